"""The simulated code scanner: `code_scanner.serial` on a loopback line at whose other end a code is held."""

from kiosk.devices.api import (
    CodeScanner,
    DeviceError,
    Driver,
    Identity,
    Kind,
    NotSupportedError,
    Person,
    Scene,
    Settings,
    load_driver,
)
from kiosk.devices.sim.catalogue import MAKE
from kiosk.devices.sim.remote_peer import RemotePeer
from kiosk.devices.sim.staged import PERSON, started_peer

REAL = "code_scanner.serial"


class SimulatedCodeScanner:
    """The real driver and the line it listens to."""

    def __init__(self, peer: RemotePeer, scanner: CodeScanner) -> None:
        self._peer = peer
        self._scanner = scanner

    def identity(self) -> Identity:
        return Identity(MAKE, "code scanner", "SIM-0001", "1")

    def read(self, *, timeout: float) -> str | None:
        self._peer.show()
        return self._scanner.read(timeout=timeout)

    def faults(self) -> tuple[str, ...]:
        return self._peer.menu

    def stage(self, scene: Scene) -> None:
        self._peer.stage(scene)

    def close(self) -> None:
        self._scanner.close()
        self._peer.close()


def _open(settings: Settings, person: Person) -> SimulatedCodeScanner:
    driver = load_driver(REAL)
    peer = started_peer("code_source", settings)
    try:
        scanner = driver.open({"port": f"socket://127.0.0.1:{peer.port}", "end": "cr"}, person)
    except DeviceError:
        peer.close()
        raise
    if not isinstance(scanner, CodeScanner):
        peer.close()
        raise NotSupportedError(
            f"The driver {REAL} opened something that is no code scanner; install it anew."
        )
    return SimulatedCodeScanner(peer, scanner)


DRIVER = Driver(
    name="code_scanner.simulated",
    kind=Kind.CODE_SCANNER,
    title="Simulated code scanner",
    open=_open,
    settings=(PERSON,),
    simulated=True,
    ends_on_close=True,
)
