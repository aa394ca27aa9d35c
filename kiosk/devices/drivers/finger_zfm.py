"""Single-finger UART modules (ZFM-20, R30x, AS608) as a spare for a slap scanner that is out of order.

They give 256 x 288 pixels of four bits each, a part of a finger: enough to tell a person again at the same counter,
**not for AFIS**.  What they took says so, `low_quality` and `one_by_one` among its notes.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kiosk.devices.api import (
    ONE_BY_ONE,
    Driver,
    Finger,
    Identity,
    Image,
    Kind,
    NotSupportedError,
    Person,
    Pictures,
    RefusedError,
    Setting,
    Settings,
    Slap,
    TooLateError,
    Trace,
)
from kiosk.devices.drivers.zfm_line import ZfmLine
from kiosk.devices.drivers.zfm_packets import Code
from kiosk.devices.serial_line import PORT, LineSettings, at_port, find_ports, line_settings

BAUD = "57600"
PASSWORD = "00000000"  # noqa: S105  (what every module comes with)
SIZE = "256x288"
MOST_PIXELS = 640 * 640
PPI = 500
NOTES = ("low_quality", ONE_BY_ONE)
ASKED = {finger: f"zfm.{finger.value}" for finger in Finger}
POLL = 0.1  # seconds between two looks at the sensor
GAP = 64  # pixels about each print on the plate
WHITE = 255
LEFT_TO_RIGHT = {
    Slap.RIGHT_FOUR: (Finger.RIGHT_INDEX, Finger.RIGHT_MIDDLE, Finger.RIGHT_RING, Finger.RIGHT_LITTLE),
    Slap.LEFT_FOUR: (Finger.LEFT_LITTLE, Finger.LEFT_RING, Finger.LEFT_MIDDLE, Finger.LEFT_INDEX),
    Slap.THUMBS: (Finger.LEFT_THUMB, Finger.RIGHT_THUMB),
}


@dataclass(frozen=True, slots=True)
class Module:
    """What a module must be told and does not tell: its password (4 bytes) and its picture's size in pixels."""

    password: bytes
    width: int
    height: int


class ZfmScanner:
    """One module; the person is asked for one finger after another (`zfm.<finger>`), whatever the answer."""

    def __init__(self, line: LineSettings, module: Module, person: Person) -> None:
        self._line = ZfmLine(line)
        self._baud = line.baud
        self._module = module
        self._person = person

    def connect(self) -> None:
        """Open the line; raises `NotConnectedError` or `BusyError`."""
        self._line.connect()

    def identity(self) -> Identity:
        self._line.verify(self._module.password)
        told = self._line.parameters()
        model = f"UART fingerprint module {told.identifier:#06x}"
        return Identity(
            "", f"{model}, {told.places} places, packets of {told.packet_size}, {self._baud} baud"
        )

    def trace(self, to: Trace | None) -> None:
        self._line.trace(to)

    def finger_seconds(self) -> float:
        return self._line.picture_seconds(self._module.width, self._module.height)

    def take(self, slap: Slap, *, missing: frozenset[Finger], timeout: float) -> Pictures:
        """Return the prints side by side as one plate, in the order of a hand on a plate.

        timeout: seconds until the last finger lies there; each has its even share of them, in which the one before is
        sent and lifted.  The last picture may take up to 14 seconds more at 57600 baud, it usually takes 7.
        Raises `TooLateError`, or `RefusedError` (`quality`) for a finger that lies there and cannot be made out.
        """
        self._line.verify(self._module.password)
        prints: list[Image] = []
        fingers = [finger for finger in LEFT_TO_RIGHT[slap] if finger not in missing]
        begun = time.monotonic()
        for number, finger in enumerate(fingers, 1):
            deadline = begun + timeout * number / len(fingers)
            if prints:
                self._wait_for_lifting(deadline)
            self._person.asked(ASKED[finger])
            self._wait_for(finger, deadline)
            prints.append(self._line.picture(self._module.width, self._module.height))
        return Pictures(((slap.value, side_by_side(prints)),), PPI, notes=NOTES)

    def close(self) -> None:
        self._line.close()

    def _wait_for(self, finger: Finger, deadline: float) -> None:
        while (code := self._line.touch()) is not Code.DONE:
            if time.monotonic() < deadline:
                time.sleep(POLL)
            elif code is Code.NOT_MADE_OUT:
                raise RefusedError(
                    "The finger cannot be made out; wipe the sensor and the finger, and lay it down again.",
                    reason="quality",
                )
            else:
                name = finger.value.replace("_", " ")
                raise TooLateError(f"The {name} was not laid on the sensor in time; try again.")

    def _wait_for_lifting(self, deadline: float) -> None:
        while self._line.touch() is not Code.NO_FINGER:
            if time.monotonic() >= deadline:
                raise TooLateError(
                    "The finger was not lifted from the sensor in time; lift it and try again."
                )
            time.sleep(POLL)


def side_by_side(prints: Sequence[Image]) -> Image:
    """Return one white plate with all prints, each of the same size, in a row; without prints it is empty."""
    if not prints:
        return np.full((GAP, GAP), WHITE, np.uint8)
    framed = [np.pad(one, ((GAP, GAP), (GAP, 0)), constant_values=WHITE) for one in prints]
    return np.pad(np.hstack(framed), ((0, 0), (0, GAP)), constant_values=WHITE)


def _open(settings: Settings, person: Person) -> ZfmScanner:
    line = line_settings("fingerprint module", settings, baud=BAUD)
    scanner = ZfmScanner(line, _module(settings), person)
    scanner.connect()
    return scanner


def _module(settings: Settings) -> Module:
    width, _, height = settings.get("size", SIZE).partition("x")
    sized = width.isdecimal() and height.isdecimal() and int(width) % 2 == 0
    if not sized or not 0 < int(width) * int(height) <= MOST_PIXELS:
        raise NotSupportedError(
            f"The setting size is width x height in pixels, the width even, such as {SIZE}."
        )
    try:
        password = bytes.fromhex(settings.get("password", PASSWORD))
    except ValueError:
        password = b""
    if len(password) != len(PASSWORD) // 2:
        raise NotSupportedError(f"The setting password is {len(PASSWORD)} digits 0 to f, such as {PASSWORD}.")
    return Module(password, int(width), int(height))


DRIVER = Driver(
    name="fingerprint.zfm",
    kind=Kind.FINGERPRINT,
    title="Single-finger UART module (ZFM-20, R30x, AS608): a spare, not for AFIS",
    open=_open,
    settings=(
        PORT,
        Setting("baud", BAUD, "speed in bits a second"),
        Setting("password", PASSWORD, "password of the module, 8 digits 0 to f"),
        Setting("size", SIZE, "width x height of its picture in pixels"),
    ),
    find=find_ports,
    at_port=at_port,
    asks=tuple(ASKED.values()),
    ends_on_close=True,
)
