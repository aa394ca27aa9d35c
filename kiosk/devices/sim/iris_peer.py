"""What the simulated iris camera sees: drawn eyes, with a menu of what may be wrong with them."""

from kiosk.devices.api import Eye, Scene
from kiosk.devices.sim import irises
from kiosk.devices.sim.frames import encode_fields, encode_picture
from kiosk.devices.sim.peer import Peer, Reply, Request, line_peer
from kiosk.devices.sim.raster import marked
from kiosk.devices.sim.stage import Play, flaw

FAULTS = (*irises.FAULTS, "wrong_person")


def peer_of(scene: Scene) -> Peer:
    """Return the iris camera's peer, not yet started."""
    return line_peer("iris camera", scene, FAULTS, _seen)


def _seen(request: Request, play: Play) -> Reply:
    asked = request.get("eyes")
    pictures = tuple(_eye(Eye(eye), play) for eye in (asked if isinstance(asked, list) else ()))
    return *pictures, encode_fields(b"d", count=len(pictures), ppi=0)


def _eye(eye: Eye, play: Play) -> bytes:
    """Draw one eye; where the person has none, a closed lid."""
    wrong = "closed" if eye in play.scene.missing else flaw(play, eye, irises.FLAWS)
    person = play.scene.person + (wrong == "wrong_person")
    image = irises.iris(person, eye, attempt=play.attempt, flaw=wrong)
    return encode_picture(eye, marked(image, play.scene.marker))
