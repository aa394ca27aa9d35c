"""What goes to a device and what comes from it, as values; drivers find all of them in `kiosk.devices.api`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from kiosk.domain.captures import Measure

Image = npt.NDArray[np.uint8]  # height x width (grey) or height x width x 3 (RGB)
Settings = Mapping[str, str]

ONE_BY_ONE = (
    "one_by_one"  # note of pictures: the parts were taken one after the other, and laid there by the driver
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a device says of itself; empty where it says nothing."""

    make: str
    model: str
    serial: str = ""
    firmware: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of a stream; `at`: seconds of the monotonic clock when it came."""

    image: Image
    at: float


@dataclass(frozen=True, slots=True)
class Pictures:
    """What one capture gave.

    images: by part (`Slap`, `Eye`, `portrait` or `page`), uint8.  ppi: pixels an inch, 0 where unknown.
    measures: the device's own quality, if it has one.  signed: the payload the device signed itself, if it does.
    notes: keys of what its reader should know, such as `low_quality` for a sensor that is not made for AFIS.
    """

    images: tuple[tuple[str, Image], ...]
    ppi: int
    measures: tuple[Measure, ...] = ()
    signed: bytes | None = None
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Sitting:
    """One person's signed captures of one visit, by whichever devices, one after the other.

    token: whose they are, and nobody's name.  link: the end of the chain so far, upper-case hexadecimal; empty before
    the first.  A driver moves it on once it believes what it took.
    """

    token: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class StrokePoint:
    """One sample of a pen: millimetres from the upper left corner, pressure 0..1, seconds since the first sample."""

    x: float
    y: float
    pressure: float
    at: float


Stroke = tuple[StrokePoint, ...]  # from pen down to pen up


@dataclass(frozen=True, slots=True)
class Card:
    """A contactless card in the field of a reader: presence, ATR and UID only.

    The KTP-el's chip gives more to a reader with the state's secure module alone.  uid: empty where the reader does
    not tell it.
    """

    atr: bytes = field(repr=False)
    uid: bytes = field(default=b"", repr=False)


class Trouble(StrEnum):
    """Why a printer cannot print now, or soon will not; the values are reasons of a `RefusedError`."""

    PAPER_OUT = "paper_out"
    PAPER_LOW = "paper_low"
    COVER_OPEN = "cover_open"
    PAPER_JAM = "paper_jam"
    SUPPLY_OUT = "supply_out"
    SUPPLY_LOW = "supply_low"
    OFFLINE = "offline"
    PAUSED = "paused"
    OTHER = "other"


WARNINGS = frozenset({Trouble.PAPER_LOW, Trouble.SUPPLY_LOW})  # it still prints


@dataclass(frozen=True, slots=True)
class Supply:
    """Toner, ink or paper as the printer tells it; level: per cent, -1 where it says only that there is some."""

    name: str
    level: int


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """How a printer stands.

    told: False where it was written to but cannot answer (no status line, or a port without a way back).
    jobs: documents that wait in its queue.
    """

    troubles: frozenset[Trouble] = frozenset()
    supplies: tuple[Supply, ...] = ()
    jobs: int = 0
    told: bool = True

    @property
    def stops(self) -> frozenset[Trouble]:
        """What keeps it from printing."""
        return self.troubles - WARNINGS


class Printed(StrEnum):
    """What became of a job: `UNKNOWN` was written in full, and nobody but a person can say whether it came out."""

    PRINTED = "printed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TicketText:
    """A line of a ticket; the driver wraps what is longer than its paper."""

    text: str
    large: bool = False
    bold: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class TicketCode:
    """A QR code on a ticket, centred."""

    text: str


Ticket = tuple[TicketText | TicketCode, ...]  # from top to bottom; the driver cuts the paper after it
