"""What every driver offers and every caller may rely on; drivers import this module and their vendor library only.

Errors, named by what a person can do:

    DeviceError
      NotConnectedError   plug it in, switch it on
      BusyError           wait, or close the other program
      TooLateError        nothing came within the time limit; try again
      WrongAnswerError    the device spoke nonsense; unplug and plug it again
      RefusedError        the device says no: paper, cover, quality; `reason` says which
      NotSupportedError   this model cannot do it
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol, runtime_checkable

from kiosk.devices.abilities import Chained, Followed, OneByOne, Traced
from kiosk.devices.traces import Trace
from kiosk.devices.values import (
    ONE_BY_ONE,
    WARNINGS,
    Card,
    Frame,
    Identity,
    Image,
    Pictures,
    Printed,
    PrinterStatus,
    Settings,
    Sitting,
    Stroke,
    StrokePoint,
    Supply,
    Ticket,
    TicketCode,
    TicketText,
    Trouble,
)
from kiosk.domain.captures import Eye, Finger, Measure
from kiosk.domain.errors import KioskError

API_VERSION = 1
ENTRY_POINTS = "kiosk.devices"  # the entry-point group; a name is `kind.what`, as in `camera.opencv`

__all__ = [
    "API_VERSION",
    "ENTRY_POINTS",
    "ONE_BY_ONE",
    "WARNINGS",
    "BusyError",
    "Camera",
    "Card",
    "CardReader",
    "Chained",
    "CodeScanner",
    "Device",
    "DeviceError",
    "DocumentScanner",
    "Driver",
    "Eye",
    "Finger",
    "FingerprintScanner",
    "Followed",
    "Found",
    "Frame",
    "Identity",
    "Image",
    "IrisCamera",
    "Kind",
    "Measure",
    "NotConnectedError",
    "NotSupportedError",
    "OneByOne",
    "PagePrinter",
    "Person",
    "Pictures",
    "Printed",
    "PrinterStatus",
    "RefusedError",
    "Scene",
    "Setting",
    "Settings",
    "SignaturePad",
    "Simulated",
    "Sitting",
    "Slap",
    "Stroke",
    "StrokePoint",
    "Supply",
    "Ticket",
    "TicketCode",
    "TicketPrinter",
    "TicketText",
    "TooLateError",
    "Trace",
    "Traced",
    "Trouble",
    "WrongAnswerError",
    "installed_drivers",
    "load_driver",
]  # fmt: skip


class DeviceError(KioskError):
    """A device did not do what was asked."""


class NotConnectedError(DeviceError):
    """The device is not there, or went away."""


class BusyError(DeviceError):
    """Another program or call holds the device."""


class TooLateError(DeviceError):
    """Nothing came within the time limit."""


class WrongAnswerError(DeviceError):
    """The device answered something its protocol does not allow."""


class RefusedError(DeviceError):
    """The device says no; `reason` is a key such as `paper_out`, `cover_open`, `quality`."""

    def __init__(self, message: str, *, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


class NotSupportedError(DeviceError):
    """Neither this model nor this platform can do what was asked."""


class Kind(StrEnum):
    """The kinds of devices of a counter."""

    CAMERA = "camera"
    FINGERPRINT = "fingerprint"
    IRIS = "iris"
    SIGNATURE = "signature"
    CODE_SCANNER = "code_scanner"
    CARD_READER = "card_reader"
    DOCUMENT_SCANNER = "document_scanner"
    TICKET_PRINTER = "ticket_printer"
    PAGE_PRINTER = "page_printer"


class Slap(StrEnum):
    """What is laid on the plate in one go (4-4-2)."""

    RIGHT_FOUR = "right_four"
    LEFT_FOUR = "left_four"
    THUMBS = "thumbs"


@runtime_checkable
class Device(Protocol):
    """What every open device can do."""

    def identity(self) -> Identity:
        """Return make, model, serial and firmware as far as the device tells them."""

    def close(self) -> None:
        """Let go of the device; a second call does nothing."""


@runtime_checkable
class Camera(Device, Protocol):
    """A camera with a live picture."""

    def frame(self, *, timeout: float) -> Frame:
        """Return the newest picture, RGB; raises `TooLateError` when none comes within `timeout` seconds."""

    def take(self, *, timeout: float) -> Pictures:
        """Return one picture in the best resolution the camera has, under the part `portrait`."""


@runtime_checkable
class FingerprintScanner(Device, Protocol):
    """A plate that takes four fingers or two thumbs at once, 500 ppi, grey."""

    def take(self, slap: Slap, *, missing: frozenset[Finger], timeout: float) -> Pictures:
        """Return the plate's picture under the slap's name; `missing` fingers are not waited for.

        timeout: seconds for the whole slap, also where its fingers come one after the other (`OneByOne`).
        """


@runtime_checkable
class IrisCamera(Device, Protocol):
    """A camera for one or both irises, 640 x 480 grey an eye."""

    def take(self, eyes: tuple[Eye, ...], *, timeout: float) -> Pictures:
        """Return one picture an eye, under the eye's name."""


@runtime_checkable
class SignaturePad(Device, Protocol):
    """A pad that tells where the pen is."""

    def size(self) -> tuple[float, float]:
        """Return width and height of the writing field in millimetres."""

    def take(self, *, timeout: float) -> tuple[Stroke, ...]:
        """Return the strokes once the pen has rested; raises `TooLateError` when nobody writes."""


@runtime_checkable
class CodeScanner(Device, Protocol):
    """A reader of barcodes and QR codes."""

    def read(self, *, timeout: float) -> str | None:
        """Return the next code's text without its end mark, or None when nothing was shown within `timeout`."""


@runtime_checkable
class CardReader(Device, Protocol):
    """A reader of contactless cards (PC/SC)."""

    def card(self, *, timeout: float) -> Card | None:
        """Return the card in the field, or None when none was held there within `timeout` seconds."""


@runtime_checkable
class DocumentScanner(Device, Protocol):
    """A flatbed or a feeder."""

    def scan(self, *, ppi: int, timeout: float) -> Pictures:
        """Return one page, RGB, under the part `page`; raises `RefusedError` (`feeder_empty`, `jam`, `cover_open`)."""


@runtime_checkable
class TicketPrinter(Device, Protocol):
    """A printer of slips on a roll, 58 or 80 mm."""

    def status(self, *, timeout: float) -> PrinterStatus:
        """Return how the printer stands."""

    def print(self, ticket: Ticket, *, timeout: float) -> Printed:
        """Print and cut; raises `RefusedError` with the reason, before anything was sent or after it came to a stop."""


@runtime_checkable
class PagePrinter(Device, Protocol):
    """A printer of A4 and folio pages."""

    def status(self, *, timeout: float) -> PrinterStatus:
        """Return how the printer and its queue stand."""

    def print(self, document: bytes, *, title: str, copies: int, timeout: float) -> Printed:
        """Print a PDF; raises `RefusedError` with the reason.  What was handed over and not seen out is `UNKNOWN`."""


class Person(Protocol):
    """Whom a driver asks when it needs hands or eyes."""

    def asked(self, question: str) -> bool:
        """Return the answer to a yes/no question, given as a message key."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Who stands before a simulator and what goes wrong.

    person: seed of a person who does not exist.  fault: a name of the simulator's menu, or None.
    times: after how many calls the fault passes (0: it stays).  marker: bytes to hide in the first row of each image.
    missing: fingers and eyes this person does not have, by name.  birth_year: odd, red background; even, blue.
    code: the text on the code held before a code scanner, shown once a scene; empty: none is shown.
    """

    person: int
    fault: str | None = None
    times: int = 0
    missing: frozenset[str] = frozenset()
    marker: bytes = b""
    birth_year: int = 1990
    code: str = ""


@runtime_checkable
class Simulated(Protocol):
    """An open simulator; `stage` sets who is in front of it and what goes wrong."""

    def faults(self) -> tuple[str, ...]:
        """Return the names of the fault menu."""

    def stage(self, scene: Scene) -> None:
        """Let the peer at the other end of the line play this scene from the next call on."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting a driver understands: key, default, and what it means."""

    key: str
    default: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Found:
    """A device a driver sees on this machine: what it is called, and the settings that open it."""

    title: str
    settings: Settings


def finds_nothing() -> tuple[Found, ...]:
    """Return nothing: such a driver has to be told where its device is."""
    return ()


@dataclass(frozen=True, slots=True)
class Driver:
    """The descriptor behind an entry point of the group `kiosk.devices`.

    find: looks for devices of the driver without opening one for use; ends within 3 seconds.
    asks: every message key its devices may ask a `Person` by.
    ends_on_close: whether `close` may come from another thread and ends a call that waits.
    at_port: the settings by which it finds its line at a port of this machine, where a trace is played back to it; None
    where none can be.  real: the driver behind a simulator, for which its traces are.
    """

    name: str
    kind: Kind
    title: str
    open: Callable[[Settings, Person], Device]
    settings: tuple[Setting, ...] = ()
    find: Callable[[], tuple[Found, ...]] = finds_nothing
    simulated: bool = False
    asks: tuple[str, ...] = ()
    ends_on_close: bool = False
    at_port: Callable[[int], Settings] | None = None
    real: str = ""
    api_version: int = API_VERSION


def installed_drivers() -> Mapping[str, EntryPoint]:
    """Return the entry points of all installed drivers by name."""
    return _installed(tuple(sys.path))


@lru_cache(maxsize=4)
def _installed(path: tuple[str, ...]) -> Mapping[str, EntryPoint]:
    """Read them once: that is a tenth of a second of files, and devices are opened again and again."""
    return {entry.name: entry for entry in entry_points(group=ENTRY_POINTS)}


def load_driver(name: str) -> Driver:
    """Import the module behind an entry point and return its descriptor.

    Raises `NotSupportedError` when no such driver is installed, when it cannot be imported on this machine, or when it
    was written for another `API_VERSION`.
    """
    entry = installed_drivers().get(name)
    if entry is None:
        raise NotSupportedError(f"No driver named {name} is installed; install the package that brings it.")
    try:
        driver = entry.load()
    except (
        Exception,
        SystemExit,
    ) as error:  # a stranger's module may fail in any way, and must not stop the others
        raise NotSupportedError(
            f"The driver {name} cannot be loaded here ({error}); install it anew."
        ) from error
    if not isinstance(driver, Driver):
        raise NotSupportedError(
            f"The driver {name} offers no Driver at {entry.value}; install another version of it."
        )
    if driver.api_version != API_VERSION:
        raise NotSupportedError(
            f"The driver {name} was written for version {driver.api_version} of the device interface, "
            f"this program has version {API_VERSION}; install a matching version of the driver."
        )
    return driver
