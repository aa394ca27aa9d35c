#!/bin/sh
# Prepares emupos, a simulated ticket printer of other hands, for the tests, in .cache/emupos.
# It needs Python 3.13 or newer: one of this machine, else one out of a Debian of its own (root on Debian, a minute).
# Where neither can be had, this says so and ends well: the tests name what they lacked.
set -eu
cd "$(dirname "$0")/.."
home="$PWD/.cache/emupos"
tree="$PWD/.cache/trixie"
pins=requirements/emupos.txt
limit=240 # seconds for a Debian

lacking() { echo "emupos is not to be had, its tests will not run: $1" >&2; exit 0; }

new_enough() { "$1" -c 'import sys; raise SystemExit(sys.version_info < (3, 13))' >/dev/null 2>&1; }

of_this_machine() {
  for python in python3.13 python3.14 python3 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[3-9]*/bin/python3; do
    if new_enough "$python"; then "$python" -c 'import sys; print(repr(sys.executable))'; return; fi
  done
  return 1
}

# Its Python runs under its own loader: no chroot, nothing mounted.
out_of_a_debian() {
  [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ] || return 1
  if [ ! -e "$tree" ]; then
    command -v debootstrap >/dev/null || apt-get install -y -qq --no-install-recommends debootstrap >/dev/null 2>&1 || return 1
    rm -rf --one-file-system "$tree.part"
    timeout "$limit" debootstrap --variant=minbase --include=python3 trixie "$tree.part" >/dev/null 2>&1 || return 1
    mv "$tree.part" "$tree"
  fi
  echo "'$(echo "$tree"/lib*/ld-linux*.so.*)' --library-path '$(echo "$tree"/usr/lib/*-linux-gnu)' '$tree/usr/bin/python3'"
}

wrapped() { # path, command, its first words
  printf '#!/bin/sh\n%s\nexec %s "$@"\n' "$2" "$3" >"$1"
  chmod +x "$1"
}

cmp -s "$pins" "$home/pins" && new_enough "$home/python" && exit 0
python=$(of_this_machine || out_of_a_debian) || lacking "no Python 3.13, and no Debian to take one from"
rm -rf "$home"
mkdir -p "$home"
wrapped "$home/python" "" "$python"
new_enough "$home/python" || lacking "the Python found does not run"
.venv/bin/pip --python "$home/python" install --quiet --root-user-action ignore --no-deps --require-hashes \
  --only-binary :all: --target "$home/site" -r "$pins" || lacking "its packages cannot be installed"
wrapped "$home/emupos" "export PYTHONPATH='$home/site'" "'$home/python' -m emupos.cli.app"
cp "$pins" "$home/pins"
