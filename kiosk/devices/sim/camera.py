"""The simulated camera: `camera.opencv` on a loopback source of pictures of people who do not exist.

After a change of scene a picture or two of the old one may still be on the line, as with any camera.
"""

from kiosk.devices.api import (
    Camera,
    DeviceError,
    Driver,
    Frame,
    Identity,
    Kind,
    NotSupportedError,
    Person,
    Pictures,
    Scene,
    Settings,
    load_driver,
)
from kiosk.devices.sim.catalogue import MAKE
from kiosk.devices.sim.remote_peer import RemotePeer
from kiosk.devices.sim.staged import PERSON, started_peer

REAL = "camera.opencv"


class SimulatedCamera:
    """The real driver and the source it looks at."""

    def __init__(self, peer: RemotePeer, camera: Camera) -> None:
        self._peer = peer
        self._camera = camera

    def identity(self) -> Identity:
        return Identity(MAKE, "camera", "SIM-0001", "1")

    def frame(self, *, timeout: float) -> Frame:
        return self._camera.frame(timeout=timeout)

    def take(self, *, timeout: float) -> Pictures:
        return self._camera.take(timeout=timeout)

    def faults(self) -> tuple[str, ...]:
        return self._peer.menu

    def stage(self, scene: Scene) -> None:
        self._peer.stage(scene)

    def close(self) -> None:
        self._camera.close()
        self._peer.close()


def _open(settings: Settings, person: Person) -> SimulatedCamera:
    driver = load_driver(REAL)
    peer = started_peer("picture_source", settings)
    try:
        camera = driver.open(
            {
                "source": f"http://127.0.0.1:{peer.port}/stream",
                "still": f"http://127.0.0.1:{peer.port}/still",
            },
            person,
        )
    except DeviceError:
        peer.close()
        raise
    if not isinstance(camera, Camera):
        peer.close()
        raise NotSupportedError(f"The driver {REAL} opened something that is no camera; install it anew.")
    return SimulatedCamera(peer, camera)


DRIVER = Driver(
    name="camera.simulated",
    kind=Kind.CAMERA,
    title="Simulated camera",
    open=_open,
    settings=(PERSON,),
    simulated=True,
    ends_on_close=True,
)
