"""The simulated single-finger module: `fingerprint.zfm` on a loopback line at whose other end fingers are laid down."""

from kiosk.devices.api import (
    DeviceError,
    Driver,
    Finger,
    FingerprintScanner,
    Identity,
    Kind,
    NotSupportedError,
    OneByOne,
    Person,
    Pictures,
    Scene,
    Settings,
    Slap,
    Trace,
    Traced,
    load_driver,
)
from kiosk.devices.sim.hands import Hands
from kiosk.devices.sim.remote_peer import RemotePeer
from kiosk.devices.sim.staged import PERSON, started_peer

REAL = "fingerprint.zfm"


class SimulatedZfm:
    """The real driver and the module it speaks with."""

    def __init__(self, peer: RemotePeer, scanner: FingerprintScanner) -> None:
        self._peer = peer
        self._scanner = scanner

    def identity(self) -> Identity:
        return self._scanner.identity()

    def trace(self, to: Trace | None) -> None:
        assert isinstance(self._scanner, Traced)
        self._scanner.trace(to)

    def take(self, slap: Slap, *, missing: frozenset[Finger], timeout: float) -> Pictures:
        return self._scanner.take(slap, missing=missing, timeout=timeout)

    def finger_seconds(self) -> float:
        assert isinstance(self._scanner, OneByOne)
        return self._scanner.finger_seconds()

    def faults(self) -> tuple[str, ...]:
        return self._peer.menu

    def stage(self, scene: Scene) -> None:
        self._peer.stage(scene)

    def close(self) -> None:
        self._scanner.close()
        self._peer.close()


def _open(settings: Settings, person: Person) -> SimulatedZfm:
    driver = load_driver(REAL)
    peer = started_peer("zfm_peer", settings)
    try:
        scanner = driver.open({"port": f"socket://127.0.0.1:{peer.port}"}, Hands(peer, person))
    except DeviceError:
        peer.close()
        raise
    if not isinstance(scanner, FingerprintScanner):
        peer.close()
        raise NotSupportedError(
            f"The driver {REAL} opened something that is no fingerprint scanner; install it anew."
        )
    return SimulatedZfm(peer, scanner)


DRIVER = Driver(
    name="fingerprint.simulated_zfm",
    kind=Kind.FINGERPRINT,
    title="Simulated single-finger UART module",
    open=_open,
    settings=(PERSON,),
    simulated=True,
    real=REAL,
    asks=tuple(f"zfm.{finger.value}" for finger in Finger),
    ends_on_close=True,
)
