#!/bin/sh
# Prepares PixelPass, a reader of identity QR codes by other hands, for the tests, in .cache/pixelpass.
# It needs node and npm: of this machine, else of Debian (root).  Every package is pinned with its hash.
# Where it cannot be had, this says so and ends well: the tests name what they lacked.
set -eu
cd "$(dirname "$0")/.."
home="$PWD/.cache/pixelpass"
pins=requirements/pixelpass

lacking() { echo "PixelPass is not to be had, its test will not run: $1" >&2; exit 0; }

cmp -s "$pins/package-lock.json" "$home/pins" && exit 0
if ! command -v npm >/dev/null; then
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || lacking "no node and npm"
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null 2>&1 ||
    lacking "node and npm cannot be installed"
fi
rm -rf "$home"
mkdir -p "$home"
cp "$pins/package.json" "$pins/package-lock.json" "$home/"
(cd "$home" && npm ci --omit=dev --ignore-scripts --no-audit --no-fund --silent >/dev/null 2>&1) ||
  lacking "its packages cannot be installed"
cp "$pins/package-lock.json" "$home/pins"
