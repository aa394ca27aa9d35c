"""What is laid on the simulated plate: drawn slaps, with a menu of what may be wrong with them."""

from kiosk.devices.api import Scene, Slap
from kiosk.devices.sim import slaps
from kiosk.devices.sim.frames import encode_fields, encode_picture
from kiosk.devices.sim.peer import Peer, Reply, Request, line_peer
from kiosk.devices.sim.raster import marked
from kiosk.devices.sim.stage import Play, flaw

FAULTS = (*slaps.FAULTS, "wrong_hand", "wrong_person")
OTHER = {Slap.RIGHT_FOUR: Slap.LEFT_FOUR, Slap.LEFT_FOUR: Slap.RIGHT_FOUR, Slap.THUMBS: Slap.RIGHT_FOUR}


def peer_of(scene: Scene) -> Peer:
    """Return the plate's peer, not yet started."""
    return line_peer("fingerprint scanner", scene, FAULTS, _laid)


def _laid(request: Request, play: Play) -> Reply:
    """Draw what is laid on the plate: neither what the person lacks nor what need not be laid."""
    asked = Slap(str(request["part"]))
    untaken = request.get("missing")
    missing = play.scene.missing | frozenset(untaken if isinstance(untaken, list) else ())
    wrong = flaw(play, asked, slaps.FLAWS)
    person = play.scene.person + (wrong == "wrong_person")
    image = slaps.slap(
        person, OTHER[asked] if wrong == "wrong_hand" else asked, missing, attempt=play.attempt, flaw=wrong
    )
    return encode_picture(asked, marked(image, play.scene.marker)), encode_fields(
        b"d", count=1, ppi=slaps.PPI
    )
