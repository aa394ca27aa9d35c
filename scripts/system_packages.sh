#!/bin/sh
# Installs the system libraries a target needs when run as root on Debian or Ubuntu; else names them in one line.
# Usage: system_packages.sh run|test
set -eu

case "${1:-run}" in
  run) commands=""; packages="" ;;
  test) commands="age strace tar swtpm systemd-creds"; packages="age strace tar swtpm systemd libtss2-rc0 libtss2-tcti-swtpm0" ;;
  *) echo "usage: system_packages.sh run|test" >&2; exit 2 ;;
esac

missing=""
for command in $commands; do
  command -v "$command" >/dev/null 2>&1 || missing="$missing $command"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y -qq --no-install-recommends $packages >/dev/null 2>&1 || {
    apt-get update -qq >/dev/null
    apt-get install -y -qq --no-install-recommends $packages >/dev/null
  }
else
  echo "missing:$missing; as root: apt-get install $packages" >&2
  exit 1
fi
