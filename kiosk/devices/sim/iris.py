"""The simulated iris camera: 640 x 480 grey pixels an eye on the simulators' line.

It does not find eyes, wait for a steady gaze or light its lamps, and it gives no live picture.
"""

from kiosk.devices.api import Driver, Eye, Kind, Person, Pictures, Settings
from kiosk.devices.sim import irises
from kiosk.devices.sim.frames import encode_fields, encode_picture
from kiosk.devices.sim.line import Line
from kiosk.devices.sim.peer import Reply, Request
from kiosk.devices.sim.raster import marked
from kiosk.devices.sim.stage import Play, flaw
from kiosk.devices.sim.staged import PERSON, StagedDevice, started_peer

FAULTS = (*irises.FAULTS, "wrong_person")
BOTH = "irises"


class SimulatedIrisCamera(StagedDevice):
    """An `IrisCamera` that sees the eyes of the scene's person."""

    def take(self, eyes: tuple[Eye, ...], *, timeout: float) -> Pictures:
        images, ppi = self._line.pictures(timeout, part=BOTH, eyes=list(eyes))
        return Pictures(images, ppi)


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


def _open(settings: Settings, person: Person) -> SimulatedIrisCamera:
    peer = started_peer("iris camera", settings, FAULTS, _seen)
    return SimulatedIrisCamera(peer, Line(peer.port))


DRIVER = Driver(
    name="iris.simulated",
    kind=Kind.IRIS,
    title="Simulated iris camera",
    open=_open,
    settings=(PERSON,),
    simulated=True,
)
