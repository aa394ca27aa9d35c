"""The signature pads of Topaz by model: the range of their coordinates, their size, and their speed.

Ranges are those the maker's own software sets for a model, at 410 points an inch.  None was compared with a pad: where
a signature comes out cut off or small, the settings `range` and `size` have the last word.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.devices.api import NotSupportedError, Settings, StrokePoint

POINTS_AN_INCH = 410
MM_AN_INCH = 25.4
HIGHEST = (1 << 12) - 1  # of a coordinate
PRESSURE = 0.5  # these pads tell only whether the pen is down
DEFAULT = "t-s460"
_FOUR_NUMBERS = re.compile(r"(\d{1,4}),(\d{1,4}),(\d{1,4}),(\d{1,4})", re.ASCII)
_TWO_LENGTHS = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)x(\d{1,3}(?:\.\d{1,3})?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Field:
    """The writing field: its left, top, right and bottom in the pad's units, its width and height in millimetres."""

    left: int
    top: int
    right: int
    bottom: int
    width: float
    height: float

    def point(self, x: int, y: int, at: float) -> StrokePoint:
        """Return a place of the pad's units in millimetres; what lies beyond the field is at its rim."""
        across = (x - self.left) / (self.right - self.left) * self.width
        down = (y - self.top) / (self.bottom - self.top) * self.height
        return StrokePoint(min(max(across, 0.0), self.width), min(max(down, 0.0), self.height), PRESSURE, at)


@dataclass(frozen=True, slots=True)
class Model:
    """The range of a pad's coordinates (left, top, right, bottom) and its speed in bits a second."""

    range: tuple[int, int, int, int]
    baud: str = "19200"


MODELS: Mapping[str, Model] = {
    DEFAULT: Model((400, 350, 2400, 1050)),  # and T-LBK460, T-L462, T-LBK462: 1 x 5 inches
    "t-lbk755": Model((500, 400, 2650, 2100), "38400"),  # and T-LBK750: 4 x 3 inches
    "t-lbk766": Model((500, 500, 2600, 2100)),  # 4 x 5 inches
    "t-lbk57gc": Model((300, 350, 2370, 1950), "115200"),  # a colour screen of 5.7 inches
}


def model_of(settings: Settings) -> Model:
    """Return the model the settings name; raises `NotSupportedError` for an unknown one."""
    name = settings.get("model", DEFAULT)
    if name not in MODELS:
        raise NotSupportedError(f"The setting model is one of {', '.join(MODELS)}.")
    return MODELS[name]


def field_of(settings: Settings) -> Field:
    """Return the writing field of the settings' model, or of the range and size they give in its place.

    A pad whose left is the larger number is written on from the other side.  Raises `NotSupportedError`.
    """
    left, top, right, bottom = _range(settings.get("range", "")) or model_of(settings).range
    inches = abs(right - left) / POINTS_AN_INCH, abs(bottom - top) / POINTS_AN_INCH
    width, height = _size(settings.get("size", "")) or [round(inch * MM_AN_INCH, 1) for inch in inches]
    return Field(left, top, right, bottom, width, height)


def _range(text: str) -> list[int] | None:
    found = _FOUR_NUMBERS.fullmatch(text)
    if not text:
        return None
    numbers = [int(number) for number in found.groups()] if found else [HIGHEST + 1]
    if max(numbers) > HIGHEST or numbers[0] == numbers[2] or numbers[1] == numbers[3]:
        raise NotSupportedError(
            f"The setting range is left,top,right,bottom, from 0 to {HIGHEST}, neither width nor height 0."
        )
    return numbers


def _size(text: str) -> list[float] | None:
    found = _TWO_LENGTHS.fullmatch(text)
    if not text:
        return None
    numbers = [float(number) for number in found.groups()] if found else [0.0]
    if min(numbers) <= 0:
        raise NotSupportedError("The setting size is width x height in millimetres, such as 112x33.")
    return numbers
