"""What is written on the simulated signature pad: drawn strokes, with a menu of what may be wrong with them."""

from collections.abc import Iterator

from kiosk.devices.api import Scene
from kiosk.devices.sim import signatures
from kiosk.devices.sim.frames import encode_fields
from kiosk.devices.sim.peer import Peer, Reply, Request, line_peer
from kiosk.devices.sim.stage import Play

A_LOOK = 12  # points between two looks at what is being written

Strokes = list[list[tuple[float, float, float, float]]]


def peer_of(scene: Scene) -> Peer:
    """Return the pad's peer, not yet started."""
    return line_peer("signature pad", scene, signatures.FAULTS, _written)


def _written(request: Request, play: Play) -> Reply:
    strokes = signatures.signature(play.scene.person, attempt=play.attempt, flaw=play.fault)
    points = [[(point.x, point.y, point.pressure, point.at) for point in stroke] for stroke in strokes]
    whole = encode_fields(b"s", strokes=points)
    if not request.get("live") or play.fault is not None:
        return (whole,)
    return (*(encode_fields(b"l", strokes=so_far) for so_far in _growing(points)), whole)


def _growing(strokes: Strokes) -> Iterator[Strokes]:
    """Yield what stands there after every few points."""
    for number, stroke in enumerate(strokes):
        for end in range(A_LOOK, len(stroke), A_LOOK):
            yield [*strokes[:number], stroke[:end]]
