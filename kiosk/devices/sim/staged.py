"""What every simulator on a line shares: a started peer, the line to it, and the scene it plays."""

from collections.abc import Callable

from kiosk.devices.api import Identity, Scene, Setting, Settings
from kiosk.devices.sim.line import Line
from kiosk.devices.sim.peer import LINE_MENU, Peer, Reply, Request
from kiosk.devices.sim.stage import Play, Stage, first_scene

PERSON = Setting("person", "1", "number of the invented person who stands before the device at first")
MAKE = "Kiosk simulators"


class StagedDevice:
    """A device of the simulators' own protocol; one thread calls it at a time, `close` may come from any."""

    def __init__(self, peer: Peer, line: Line) -> None:
        self._peer = peer
        self._line = line

    def identity(self) -> Identity:
        return self._line.identity()

    def faults(self) -> tuple[str, ...]:
        return self._peer.stage.menu

    def stage(self, scene: Scene) -> None:
        self._peer.stage.set(scene)

    def close(self) -> None:
        self._line.close()
        self._peer.close()


def started_peer(
    model: str, settings: Settings, faults: tuple[str, ...], answer: Callable[[Request, Play], Reply]
) -> Peer:
    """Return a peer that listens; its menu is the line's faults and those of its pictures."""
    stage = Stage((*LINE_MENU, *faults), first_scene(settings.get("person", PERSON.default)))
    peer = Peer(Identity(MAKE, model, "SIM-0001", "1"), stage, answer)
    peer.start()
    return peer
