"""The simulated iris camera: 640 x 480 grey pixels an eye on the simulators' line.

It does not find eyes, wait for a steady gaze or light its lamps, and it gives no live picture.
"""

from kiosk.devices.api import Driver, Eye, Kind, Person, Pictures, Settings
from kiosk.devices.sim.staged import PERSON, StagedDevice, started_peer

BOTH = "irises"


class SimulatedIrisCamera(StagedDevice):
    """An `IrisCamera` that sees the eyes of the scene's person."""

    def take(self, eyes: tuple[Eye, ...], *, timeout: float) -> Pictures:
        images, ppi = self._line.pictures(timeout, part=BOTH, eyes=list(eyes))
        return Pictures(images, ppi)


def _open(settings: Settings, person: Person) -> SimulatedIrisCamera:
    return SimulatedIrisCamera(started_peer("iris_peer", settings))


DRIVER = Driver(
    name="iris.simulated",
    kind=Kind.IRIS,
    title="Simulated iris camera",
    open=_open,
    settings=(PERSON,),
    simulated=True,
    ends_on_close=True,
)
