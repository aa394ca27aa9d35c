#!/bin/sh
# Installs the system packages a target needs when run as root on Debian or Ubuntu; else names them in one line.
# Usage: system_packages.sh run|test
set -eu

case "${1:-run}" in
  run) packages="" ;;
  # age, tar: packets by public tools; strace: kills at every call; swtpm and systemd-creds: the key in a TPM
  test) packages="age strace tar swtpm systemd libtss2-esys-3.0.2-0 libtss2-rc0 libtss2-tcti-swtpm0" ;;
  *) echo "usage: system_packages.sh run|test" >&2; exit 2 ;;
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
