"""The simulated fingerprint scanner: a plate for 4-4-2 at 500 ppi on the simulators' line.

It does not find fingers, judge quality, auto-capture or warn of a dirty plate, and it gives no live picture.
"""

from kiosk.devices.api import Driver, Finger, Kind, Person, Pictures, Settings, Slap
from kiosk.devices.sim import slaps
from kiosk.devices.sim.frames import encode_fields, encode_picture
from kiosk.devices.sim.line import Line
from kiosk.devices.sim.peer import Reply, Request
from kiosk.devices.sim.raster import marked
from kiosk.devices.sim.stage import Play, flaw
from kiosk.devices.sim.staged import PERSON, StagedDevice, started_peer

FAULTS = (*slaps.FAULTS, "wrong_hand", "wrong_person")
OTHER = {Slap.RIGHT_FOUR: Slap.LEFT_FOUR, Slap.LEFT_FOUR: Slap.RIGHT_FOUR, Slap.THUMBS: Slap.RIGHT_FOUR}


class SimulatedFingerprintScanner(StagedDevice):
    """A `FingerprintScanner` whose fingers belong to the scene's person."""

    def take(self, slap: Slap, *, missing: frozenset[Finger], timeout: float) -> Pictures:
        images, ppi = self._line.pictures(timeout, part=slap, missing=sorted(missing))
        return Pictures(images, ppi)


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


def _open(settings: Settings, person: Person) -> SimulatedFingerprintScanner:
    peer = started_peer("fingerprint scanner", settings, FAULTS, _laid)
    return SimulatedFingerprintScanner(peer, Line(peer.port))


DRIVER = Driver(
    name="fingerprint.simulated",
    kind=Kind.FINGERPRINT,
    title="Simulated fingerprint scanner",
    open=_open,
    settings=(PERSON,),
    simulated=True,
)
