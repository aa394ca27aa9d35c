"""The simulated Topaz pad: `signature.topaz` on a loopback line at whose other end somebody signs."""

from collections.abc import Callable

from kiosk.devices.api import (
    DeviceError,
    Driver,
    Followed,
    Identity,
    Kind,
    NotSupportedError,
    Person,
    Scene,
    Settings,
    SignaturePad,
    Stroke,
    Trace,
    Traced,
    load_driver,
)
from kiosk.devices.sim.catalogue import MAKE, PAD
from kiosk.devices.sim.hands import Hands
from kiosk.devices.sim.remote_peer import RemotePeer
from kiosk.devices.sim.staged import PERSON, started_peer

REAL = "signature.topaz"
REST = "0.3"  # seconds: a signature comes at once, its end need not be waited for long
RANGE = (400, 350, 1820, 980)  # of a field of the size of `PAD` at 410 points an inch


class SimulatedTopaz:
    """The real driver and the pad it listens to."""

    def __init__(self, peer: RemotePeer, pad: SignaturePad) -> None:
        self._peer = peer
        self._pad = pad

    def identity(self) -> Identity:
        return Identity(MAKE, "serial signature pad", "SIM-0001", "1")

    def trace(self, to: Trace | None) -> None:
        assert isinstance(self._pad, Traced)
        self._pad.trace(to)

    def follow(self, told: Callable[[tuple[Stroke, ...]], None] | None) -> None:
        assert isinstance(self._pad, Followed)
        self._pad.follow(told)

    def size(self) -> tuple[float, float]:
        return self._pad.size()

    def take(self, *, timeout: float) -> tuple[Stroke, ...]:
        return self._pad.take(timeout=timeout)

    def faults(self) -> tuple[str, ...]:
        return self._peer.menu

    def stage(self, scene: Scene) -> None:
        self._peer.stage(scene)

    def close(self) -> None:
        self._pad.close()
        self._peer.close()


def _open(settings: Settings, person: Person) -> SimulatedTopaz:
    driver = load_driver(REAL)
    peer = started_peer("topaz_peer", settings)
    spoken = {"port": f"socket://127.0.0.1:{peer.port}", "rest": REST}
    field = {"range": ",".join(map(str, RANGE)), "size": "x".join(map(str, PAD))}
    try:
        pad = driver.open(spoken | field, Hands(peer, person))
    except DeviceError:
        peer.close()
        raise
    if not isinstance(pad, SignaturePad):
        peer.close()
        raise NotSupportedError(
            f"The driver {REAL} opened something that is no signature pad; install it anew."
        )
    return SimulatedTopaz(peer, pad)


DRIVER = Driver(
    name="signature.simulated_topaz",
    kind=Kind.SIGNATURE,
    title="Simulated Topaz signature pad",
    open=_open,
    settings=(PERSON,),
    simulated=True,
    real=REAL,
    asks=("topaz.sign",),
    ends_on_close=True,
)
