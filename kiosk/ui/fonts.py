"""The one typeface of the screen, shipped with the program so that every machine shows the same."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

FAMILY = "Inter"
BODY = 15  # pixels of usual text on a screen at 100 %
_FILES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf", "Inter-Bold.otf")
_TABULAR = QFont.Tag("tnum")


class FontsMissingError(RuntimeError):
    """The program's own fonts are not where they were installed."""


def load_fonts(resources: Path) -> None:
    """Make the fonts known to Qt; raises `FontsMissingError`."""
    for name in _FILES:
        if QFontDatabase.addApplicationFont(str(resources / "fonts" / "inter" / name)) < 0:
            raise FontsMissingError(f"The font {name} is missing from {resources}; install the program anew.")


@lru_cache(maxsize=64)
def font(size: int = BODY, weight: int = 400, *, spacing: float = 0.0) -> QFont:
    """Return the typeface in `size` pixels with figures of one width; `spacing` between letters in pixels.

    The same one every time: whoever changes it copies it first.
    """
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setFeature(_TABULAR, 1)
    if spacing:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
    return made
