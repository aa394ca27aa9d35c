"""The simulated signature pad: strokes in millimetres on the simulators' line.

Its person never hesitates; whoever follows it sees a signature grow in less time than a hand takes.
"""

from collections.abc import Callable

from kiosk.devices.api import (
    Driver,
    Kind,
    Person,
    Settings,
    Stroke,
    StrokePoint,
    WrongAnswerError,
)
from kiosk.devices.sim.catalogue import PAD
from kiosk.devices.sim.frames import Message
from kiosk.devices.sim.remote_peer import RemotePeer
from kiosk.devices.sim.staged import PERSON, StagedDevice, started_peer

MOST_POINTS = 100_000
FURTHEST = 10_000.0  # no millimetre, pressure or second of a signature is larger
VALUES = 4  # x, y, pressure, at


class SimulatedSignaturePad(StagedDevice):
    """A `SignaturePad` on which the scene's person writes."""

    def __init__(self, peer: RemotePeer) -> None:
        super().__init__(peer)
        self._told: Callable[[tuple[Stroke, ...]], None] | None = None

    def size(self) -> tuple[float, float]:
        return PAD

    def follow(self, told: Callable[[tuple[Stroke, ...]], None] | None) -> None:
        self._told = told

    def take(self, *, timeout: float) -> tuple[Stroke, ...]:
        tell = self._told
        if tell is None:
            return decode_strokes(self._line.strokes(timeout))
        return decode_strokes(self._line.strokes(timeout, grown=lambda so_far: tell(decode_strokes(so_far))))


def decode_strokes(message: Message) -> tuple[Stroke, ...]:
    """Return the strokes of an `s` message; raises `WrongAnswerError` for anything but points of four numbers."""
    strokes = message.fields().get("strokes")
    if not isinstance(strokes, list) or not all(isinstance(stroke, list) for stroke in strokes):
        raise WrongAnswerError("The pad's answer holds no strokes; write again.")
    if sum(map(len, strokes)) > MOST_POINTS:
        raise WrongAnswerError("The pad sent a signature without end; take the pen off and write again.")
    return tuple(tuple(_point(values) for values in stroke) for stroke in strokes)


def _point(values: object) -> StrokePoint:
    if not isinstance(values, list) or len(values) != VALUES:
        raise WrongAnswerError("The pad's answer holds points that are none; write again.")
    if not all(isinstance(value, int | float) and -FURTHEST <= value <= FURTHEST for value in values):
        raise WrongAnswerError("The pad's answer holds points that are no numbers; write again.")
    return StrokePoint(*map(float, values))


def _open(settings: Settings, person: Person) -> SimulatedSignaturePad:
    return SimulatedSignaturePad(started_peer("signature_peer", settings))


DRIVER = Driver(
    name="signature.simulated",
    kind=Kind.SIGNATURE,
    title="Simulated signature pad",
    open=_open,
    settings=(PERSON,),
    simulated=True,
    ends_on_close=True,
)
