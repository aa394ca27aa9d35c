"""The simulated fingerprint scanner: a plate for 4-4-2 at 500 ppi on the simulators' line.

It does not find fingers, judge quality, auto-capture or warn of a dirty plate, and it gives no live picture.
"""

from kiosk.devices.api import Driver, Finger, Kind, Person, Pictures, Settings, Slap
from kiosk.devices.sim.staged import PERSON, StagedDevice, started_peer


class SimulatedFingerprintScanner(StagedDevice):
    """A `FingerprintScanner` whose fingers belong to the scene's person."""

    def take(self, slap: Slap, *, missing: frozenset[Finger], timeout: float) -> Pictures:
        images, ppi = self._line.pictures(timeout, part=slap, missing=sorted(missing))
        return Pictures(images, ppi)


def _open(settings: Settings, person: Person) -> SimulatedFingerprintScanner:
    return SimulatedFingerprintScanner(started_peer("fingerprint_peer", settings))


DRIVER = Driver(
    name="fingerprint.simulated",
    kind=Kind.FINGERPRINT,
    title="Simulated fingerprint scanner",
    open=_open,
    settings=(PERSON,),
    simulated=True,
    ends_on_close=True,
)
