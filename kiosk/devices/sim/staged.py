"""What every simulator on a line shares: the peer it was given, the line to it, and the scene it plays."""

from kiosk.devices.api import Identity, NotSupportedError, Scene, Setting, Settings
from kiosk.devices.sim.line import Line
from kiosk.devices.sim.remote_peer import RemotePeer

PERSON = Setting("person", "1", "number of the invented person who stands before the device at first")


class StagedDevice:
    """A device of the simulators' own protocol; one thread calls it at a time, `close` may come from any."""

    def __init__(self, peer: RemotePeer) -> None:
        self._peer = peer
        self._line = Line(peer.port)

    def identity(self) -> Identity:
        return self._line.identity()

    def faults(self) -> tuple[str, ...]:
        return self._peer.menu

    def stage(self, scene: Scene) -> None:
        self._peer.stage(scene)

    def close(self) -> None:
        self._line.close()
        self._peer.close()


def started_peer(module: str, settings: Settings) -> RemotePeer:
    """Return a peer that listens, the person of the settings before it.

    module: which of `kiosk.devices.sim` holds it; it has `peer_of(scene)`.

    Raises `NotSupportedError` for a person that is no number, and `NotConnectedError` when the peer does not start.
    """
    person = settings.get("person", PERSON.default)
    if not person.isdecimal():
        raise NotSupportedError(f"The setting person is a whole number, not {person!r}.")
    return RemotePeer.start(module, Scene(person=int(person)))
