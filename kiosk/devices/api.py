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

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import entry_points
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from kiosk.domain.captures import Eye, Finger, Measure
from kiosk.domain.errors import KioskError

API_VERSION = 1
ENTRY_POINTS = "kiosk.devices"  # the entry-point group; a name is `kind.what`, as in `camera.opencv`

Image = npt.NDArray[np.uint8]  # height x width (grey) or height x width x 3 (RGB)
Settings = Mapping[str, str]

__all__ = [
    "API_VERSION",
    "ENTRY_POINTS",
    "BusyError",
    "Camera",
    "CodeScanner",
    "Device",
    "DeviceError",
    "Driver",
    "Eye",
    "Finger",
    "FingerprintScanner",
    "Frame",
    "Identity",
    "Image",
    "IrisCamera",
    "Kind",
    "Measure",
    "NotConnectedError",
    "NotSupportedError",
    "Person",
    "Pictures",
    "RefusedError",
    "Scene",
    "Setting",
    "Settings",
    "SignaturePad",
    "Simulated",
    "Slap",
    "Stroke",
    "StrokePoint",
    "TooLateError",
    "WrongAnswerError",
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

    images: by part (`Slap`, `Eye` or `portrait`), uint8.  ppi: pixels an inch, 0 where unknown.
    measures: the device's own quality, if it has one.  signed: the payload the device signed itself, if it does.
    """

    images: tuple[tuple[str, Image], ...]
    ppi: int
    measures: tuple[Measure, ...] = ()
    signed: bytes | None = None


@dataclass(frozen=True, slots=True)
class StrokePoint:
    """One sample of a pen: millimetres from the upper left corner, pressure 0..1, seconds since the first sample."""

    x: float
    y: float
    pressure: float
    at: float


Stroke = tuple[StrokePoint, ...]  # from pen down to pen up


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
        """Return the plate's picture under the slap's name; `missing` fingers are not waited for."""


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
class Driver:
    """The descriptor behind an entry point of the group `kiosk.devices`."""

    name: str
    kind: Kind
    title: str
    open: Callable[[Settings, Person], Device]
    settings: tuple[Setting, ...] = ()
    simulated: bool = False
    api_version: int = API_VERSION


def load_driver(name: str) -> Driver:
    """Import the module behind an entry point and return its descriptor.

    Raises `NotSupportedError` when no such driver is installed, when it cannot be imported on this machine, or when it
    was written for another `API_VERSION`.
    """
    entry = next(iter(entry_points(group=ENTRY_POINTS, name=name)), None)
    if entry is None:
        raise NotSupportedError(f"No driver named {name} is installed; install the package that brings it.")
    try:
        driver = entry.load()
    except (
        Exception,
        SystemExit,
    ) as error:  # a stranger's module may fail in any way, and must not stop the others
        raise NotSupportedError(f"The driver {name} cannot be loaded here: {error}") from error
    if not isinstance(driver, Driver):
        raise NotSupportedError(f"The driver {name} offers no Driver at {entry.value}.")
    if driver.api_version != API_VERSION:
        raise NotSupportedError(
            f"The driver {name} was written for version {driver.api_version} of the device interface, "
            f"this program has version {API_VERSION}; install a matching version of the driver."
        )
    return driver
