"""What is written on the simulated signature pad: drawn strokes, with a menu of what may be wrong with them."""

from kiosk.devices.api import Scene
from kiosk.devices.sim import signatures
from kiosk.devices.sim.frames import encode_fields
from kiosk.devices.sim.peer import Peer, Reply, Request, line_peer
from kiosk.devices.sim.stage import Play


def peer_of(scene: Scene) -> Peer:
    """Return the pad's peer, not yet started."""
    return line_peer("signature pad", scene, signatures.FAULTS, _written)


def _written(request: Request, play: Play) -> Reply:
    strokes = signatures.signature(play.scene.person, attempt=play.attempt, flaw=play.fault)
    points = [[(point.x, point.y, point.pressure, point.at) for point in stroke] for stroke in strokes]
    return (encode_fields(b"s", strokes=points),)
