"""The typeface of papers: Noto Sans, embedded in each file, so that a paper looks the same on every machine."""

from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from kiosk.domain.errors import KioskError

REGULAR, STRONG = "NotoSans", "NotoSans-Bold"
_FILES = {REGULAR: "NotoSans-Regular.ttf", STRONG: "NotoSans-Bold.ttf"}
_UNKNOWN = "?"

rl_config.useA85 = 0  # streams as bytes and not as letters: files are a fifth smaller, and made sooner


class TypefaceMissingError(KioskError):
    """The program's own fonts are not where they were installed."""


def load_typeface(resources: Path) -> None:
    """Make the fonts known to reportlab; raises `TypefaceMissingError`."""
    known = set(pdfmetrics.getRegisteredFontNames())
    for name, file in _FILES.items():
        if name not in known:
            pdfmetrics.registerFont(_read(name, resources / "fonts" / "noto" / file))


def printable(text: str) -> str:
    """Return the text with a question mark for what the typeface has no sign for; line ends become spaces."""
    signs = pdfmetrics.getFont(REGULAR).face.charToGlyph
    return "".join(sign if ord(sign) in signs else _UNKNOWN for sign in " ".join(text.split()))


def _read(name: str, path: Path) -> TTFont:
    try:
        return TTFont(name, str(path))
    except (OSError, TTFError) as error:
        raise TypefaceMissingError(
            f"The font {path.name} is missing from {path.parent}; no paper was made. Install the program anew."
        ) from error
