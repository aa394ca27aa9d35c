"""Topaz signature pads on a serial port (BSB and serial models): places of a pen, without pressure.

The pads with HSB, HSX or USB in their names speak otherwise; the words and pictures some pads can show are not used.
"""

import re
import time
from collections.abc import Callable

from kiosk.devices.api import (
    DeviceError,
    Driver,
    Identity,
    Kind,
    NotSupportedError,
    Person,
    Setting,
    Settings,
    Stroke,
    TooLateError,
    Trace,
    WrongAnswerError,
)
from kiosk.devices.drivers.topaz_frames import blanked_frames
from kiosk.devices.drivers.topaz_models import DEFAULT, MODELS, Field, field_of, model_of
from kiosk.devices.drivers.topaz_writing import Writing
from kiosk.devices.serial_line import PORT, STEP, LineSettings, SerialLine, at_port, find_ports, line_settings

ASKED = "topaz.sign"  # what the person is asked once the pad is listened to
BITS = 11  # of a byte on the line: start, eight, parity, stop
REST = "1.5"
MOST_REST = 10.0
MOST_WRITING = 30.0  # seconds from the first touch on
MOST_POINTS = 12_000  # what the fastest pad sends in that time
MOST_SILENCE = 1.0  # seconds without a frame while the pen is down
_SECONDS = re.compile(r"\d{1,2}(\.\d{1,3})?", re.ASCII)
TELL_EVERY = 0.05  # seconds between two looks at what is being drawn
MOST_LOST = 100  # bytes that are part of no frame


class TopazPad:
    """One pad; a line that was lost is opened again by the next call."""

    def __init__(self, line: LineSettings, field: Field, rest: float, person: Person) -> None:
        self._line = SerialLine(line)
        self._byte_seconds = BITS / line.baud
        self._field = field
        self._rest = rest
        self._person = person
        self._told: Callable[[tuple[Stroke, ...]], None] | None = None
        self._told_at = 0.0

    def connect(self) -> None:
        """Open the line; raises `NotConnectedError` or `BusyError`."""
        self._line.connect()

    def identity(self) -> Identity:
        self._line.connect()
        return Identity("", f"serial signature pad at {self._line.port}, {self._line.baud} baud")

    def trace(self, to: Trace | None) -> None:
        self._line.trace(to)

    def follow(self, told: Callable[[tuple[Stroke, ...]], None] | None) -> None:
        self._told = told

    def size(self) -> tuple[float, float]:
        return self._field.width, self._field.height

    def take(self, *, timeout: float) -> tuple[Stroke, ...]:
        """Return the strokes once the pen has rested; what was written before the call does not count.

        timeout: seconds until the pen first touches; writing may take 30 seconds more.
        """
        self._line.forget()
        self._person.asked(ASKED)
        writing = Writing(self._field, self._byte_seconds)
        deadline = time.monotonic() + timeout
        try:
            while not self._finished(writing, time.monotonic(), deadline):
                self._receive(writing, deadline)
        except WrongAnswerError:
            self._line.drop()
            raise
        return writing.strokes

    def close(self) -> None:
        self._line.close()

    def _receive(self, writing: Writing, deadline: float) -> None:
        left = deadline - time.monotonic()
        came = self._line.some(STEP if writing.points else min(STEP, max(left, 0.01)))
        begun = writing.rest
        self._line.note(blanked_frames(begun + came)[len(begun) :], masked=True)
        now = time.monotonic()
        writing.add(came, now)
        if self._told is not None and came and writing.points and now - self._told_at >= TELL_EVERY:
            self._told_at = now
            self._told(writing.strokes)

    def _finished(self, writing: Writing, now: float, deadline: float) -> bool:
        """Return whether a signature is complete; raises when there is none, or will be none."""
        if writing.lost > max(MOST_LOST, writing.used):
            raise WrongAnswerError(
                "The signature pad sends noise; check its speed (baud), its parity and its cable."
            )
        if not writing.points:
            if now >= deadline:
                raise _nobody(writing)
            return False
        if writing.points > MOST_POINTS or now - writing.begun > MOST_WRITING:
            raise WrongAnswerError(
                "The pen does not leave the signature pad; take it off, wipe the pad and write again."
            )
        if writing.down and now - writing.heard > MOST_SILENCE:
            raise WrongAnswerError(
                "The signature pad fell silent in the midst of a stroke; check its cable and write again."
            )
        return not writing.down and now - writing.touched >= self._rest


def _nobody(writing: Writing) -> DeviceError:
    if writing.used:
        return TooLateError("The pen did not touch the signature pad in time; try again.")
    return TooLateError(
        "Nobody wrote on the signature pad in time; try again, and if somebody did, check its cable and its port."
    )


def _rest(settings: Settings) -> float:
    given = settings.get("rest", REST)
    seconds = float(given) if _SECONDS.fullmatch(given) else 0.0
    if not 0 < seconds <= MOST_REST:
        raise NotSupportedError(
            f"The setting rest is a number of seconds up to {MOST_REST:g}, such as {REST}."
        )
    return seconds


def _open(settings: Settings, person: Person) -> TopazPad:
    spoken = {**settings, "baud": settings.get("baud", "") or model_of(settings).baud}
    line = line_settings("signature pad", spoken, baud="", parity="odd")
    pad = TopazPad(line, field_of(settings), _rest(settings), person)
    pad.connect()
    return pad


DRIVER = Driver(
    name="signature.topaz",
    kind=Kind.SIGNATURE,
    title="Topaz signature pad on a serial port",
    open=_open,
    settings=(
        PORT,
        Setting("model", DEFAULT, f"{', '.join(MODELS)}: sets speed, range and size"),
        Setting("baud", "", "speed in bits a second; empty: the model's"),
        Setting("parity", "odd", "none, odd or even"),
        Setting("range", "", "left,top,right,bottom of the field in the pad's units; empty: the model's"),
        Setting("size", "", "width x height of the field in millimetres; empty: at 410 units an inch"),
        Setting("rest", REST, "seconds the pen rests after the last stroke"),
    ),
    find=find_ports,
    at_port=at_port,
    asks=(ASKED,),
    ends_on_close=True,
)
