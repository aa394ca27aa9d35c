#!/bin/sh
# Installs the system packages a target needs when run as root on Debian or Ubuntu; else names them in one line.
# Usage: system_packages.sh run|test|devices
set -eu

case "${1:-run}" in
  # what Qt loads: the first row to draw at all, the second to open a window on an X display
  run) packages="libegl1 libgl1 libx11-6 libdbus-1-3 libfontconfig1 libfreetype6 libglib2.0-0 libxkbcommon0
    libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0
    libxcb-render0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1 libxcb-xfixes0 libxcb-xkb1 libxkbcommon-x11-0" ;;
  # cups-...: a printer and a print server of the tests' own, with the message bus the printer wants
  # chromium: the page that checks papers, and the centre's, in a real browser
  # poppler-utils: fonts and text of papers; age, tar: packets by public tools; strace: kills at every call; swtpm and systemd-creds: the key in a TPM
  test) packages="age strace tar poppler-utils swtpm systemd libtss2-esys-3.0.2-0 libtss2-rc0 libtss2-tcti-swtpm0
    cups-ipp-utils cups-daemon cups-client cups-core-drivers dbus-daemon printer-driver-cups-pdf
    chromium" ;;
  # to build the libraries of requirements/devices-linux.txt, and what the tests drive with them
  devices) packages="gcc libc6-dev python3-dev pkg-config swig libpcsclite-dev pcscd vsmartcard-vpcd
    libsane-dev libsane1" ;;
  *) echo "usage: system_packages.sh run|test|devices" >&2; exit 2 ;;
esac

missing=""
for package in $packages; do
  dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 || {
    apt-get update -qq >/dev/null
    apt-get install -y -qq --no-install-recommends $missing >/dev/null
  }
else
  echo "missing:$missing; as root: apt-get install$missing" >&2
  exit 1
fi
