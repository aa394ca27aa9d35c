"""Simulated devices behind a biometric service: the drivers `fingerprint.sbi`, `iris.sbi` and `camera.sbi` on one.

The service makes its keys when it starts, and a counter trusts its root for as long as the device is open.  It does not
find fingers, eyes or faces, wait for a quality to be reached, or move to another port.
"""

import http.client
import tempfile
from collections.abc import Callable
from pathlib import Path

from kiosk.devices.api import (
    Camera,
    Chained,
    Device,
    DeviceError,
    Driver,
    Eye,
    Finger,
    FingerprintScanner,
    Frame,
    Identity,
    IrisCamera,
    Kind,
    NotConnectedError,
    Person,
    Pictures,
    Scene,
    Settings,
    Sitting,
    Slap,
    Trace,
    Traced,
    load_driver,
)
from kiosk.devices.sim.remote_peer import RemotePeer
from kiosk.devices.sim.staged import PERSON, started_peer

FETCH_LIMIT = 10.0  # seconds; the service makes its keys meanwhile


class _SimulatedSbi:
    """The real driver and the service it talks to."""

    def __init__(self, peer: RemotePeer, device: Device) -> None:
        self._peer = peer
        self._real = device

    def identity(self) -> Identity:
        return self._real.identity()

    def trace(self, to: Trace | None) -> None:
        assert isinstance(self._real, Traced)
        self._real.trace(to)

    def serve(self, sitting: Sitting | None) -> None:
        assert isinstance(self._real, Chained)
        self._real.serve(sitting)

    def faults(self) -> tuple[str, ...]:
        return self._peer.menu

    def stage(self, scene: Scene) -> None:
        self._peer.stage(scene)

    def close(self) -> None:
        self._real.close()
        self._peer.close()


class SimulatedSbiFingerprintScanner(_SimulatedSbi):
    """A `FingerprintScanner` whose fingers belong to the scene's person."""

    def take(self, slap: Slap, *, missing: frozenset[Finger], timeout: float) -> Pictures:
        assert isinstance(self._real, FingerprintScanner)
        return self._real.take(slap, missing=missing, timeout=timeout)


class SimulatedSbiIrisCamera(_SimulatedSbi):
    """An `IrisCamera` that sees the eyes of the scene's person."""

    def take(self, eyes: tuple[Eye, ...], *, timeout: float) -> Pictures:
        assert isinstance(self._real, IrisCamera)
        return self._real.take(eyes, timeout=timeout)


class SimulatedSbiCamera(_SimulatedSbi):
    """A `Camera` before which the scene's person sits."""

    def frame(self, *, timeout: float) -> Frame:
        assert isinstance(self._real, Camera)
        return self._real.frame(timeout=timeout)

    def take(self, *, timeout: float) -> Pictures:
        assert isinstance(self._real, Camera)
        return self._real.take(timeout=timeout)


def fetched_root(port: int) -> bytes:
    """Return the root certificate a simulated service gives away; raises `NotConnectedError`."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=FETCH_LIMIT)
    try:
        connection.request("GET", "/ca")
        return connection.getresponse().read()
    except (OSError, http.client.HTTPException) as error:
        raise NotConnectedError("The simulated service does not answer; open the device again.") from error
    finally:
        connection.close()


def _opening(
    real: str, module: str, made: Callable[[RemotePeer, Device], Device]
) -> Callable[[Settings, Person], Device]:
    def open_simulated(settings: Settings, person: Person) -> Device:
        driver = load_driver(real)
        peer = started_peer(module, settings)
        try:
            with tempfile.TemporaryDirectory() as folder:
                (Path(folder) / "root.pem").write_bytes(fetched_root(peer.port))
                device = driver.open({"ports": str(peer.port), "trust": folder}, person)
        except DeviceError:
            peer.close()
            raise
        return made(peer, device)

    return open_simulated


FINGERPRINT_DRIVER = Driver(
    name="fingerprint.simulated_sbi",
    kind=Kind.FINGERPRINT,
    title="Simulated slap scanner with a biometric service (SBI)",
    open=_opening("fingerprint.sbi", "sbi_finger_peer", SimulatedSbiFingerprintScanner),
    settings=(PERSON,),
    simulated=True,
    real="fingerprint.sbi",
    ends_on_close=True,
)
IRIS_DRIVER = Driver(
    name="iris.simulated_sbi",
    kind=Kind.IRIS,
    title="Simulated iris camera with a biometric service (SBI)",
    open=_opening("iris.sbi", "sbi_iris_peer", SimulatedSbiIrisCamera),
    settings=(PERSON,),
    simulated=True,
    real="iris.sbi",
    ends_on_close=True,
)
CAMERA_DRIVER = Driver(
    name="camera.simulated_sbi",
    kind=Kind.CAMERA,
    title="Simulated face camera with a biometric service (SBI)",
    open=_opening("camera.sbi", "sbi_face_peer", SimulatedSbiCamera),
    settings=(PERSON,),
    simulated=True,
    real="camera.sbi",
    ends_on_close=True,
)
