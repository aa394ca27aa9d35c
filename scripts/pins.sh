#!/bin/sh
# Resolves requirements/*.in anew, the three against one another, with hashes and without naming any registry.
set -eu
cd "$(dirname "$0")/../requirements"
together=$(mktemp)
trap 'rm -f "$together"' EXIT
compile="uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet"
$compile -o "$together" kiosk.in central.in dev.in
for name in kiosk central dev; do
  $compile --constraint "$together" -o "$name.txt" "$name.in"
done
