#!/bin/sh
# Resolves requirements/*.in anew, all against one another, with hashes and without naming any registry.
set -eu
cd "$(dirname "$0")/../requirements"
together=$(mktemp)
trap 'rm -f "$together"' EXIT
compile="uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet"
$compile -o "$together" kiosk.in central.in dev.in devices-linux.in
for name in kiosk central dev devices-linux; do
  $compile --constraint "$together" -o "$name.txt" "$name.in"
done
# In a Python of its own: scripts/emupos.sh.
$(echo "$compile" | sed 's/3\.11/3.13/') -o emupos.txt emupos.in
