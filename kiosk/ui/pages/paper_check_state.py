"""What the page of checks shows: how the ways to a code stand, and what came of the last paper."""

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.services.paper_answers import PaperAnswer


class Way(StrEnum):
    """How a device stands that may read the code."""

    NONE = "none"  # no such device is set up
    OPENS = "opens"
    READS = "reads"
    AWAY = "away"  # it failed and is looked for
    RESTS = "rests"  # an answer is shown


Told = tuple[str, str]
"""A sentence and what to do; empty for nothing."""

NOTHING: Told = ("", "")


@dataclass(frozen=True, slots=True)
class PaperCheckState:
    """How everything stands.

    camera_told: why there is no picture.  scanner_told: what is wrong with the scanner.  trouble: why a paper could not
    be checked.
    """

    answer: PaperAnswer | None = field(default=None, repr=False)
    is_checking: bool = False
    camera: Way = Way.OPENS
    camera_told: Told = NOTHING
    scanner: Way = Way.OPENS
    scanner_told: str = ""
    trouble: Told = NOTHING
