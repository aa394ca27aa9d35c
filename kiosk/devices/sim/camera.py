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
from kiosk.devices.sim.picture_source import MENU, PictureSource
from kiosk.devices.sim.stage import Stage, first_scene
from kiosk.devices.sim.staged import MAKE, PERSON

REAL = "camera.opencv"


class SimulatedCamera:
    """The real driver and the source it looks at."""

    def __init__(self, source: PictureSource, camera: Camera) -> None:
        self._source = source
        self._camera = camera

    def identity(self) -> Identity:
        return Identity(MAKE, "camera", "SIM-0001", "1")

    def frame(self, *, timeout: float) -> Frame:
        return self._camera.frame(timeout=timeout)

    def take(self, *, timeout: float) -> Pictures:
        return self._camera.take(timeout=timeout)

    def faults(self) -> tuple[str, ...]:
        return self._source.stage.menu

    def stage(self, scene: Scene) -> None:
        self._source.stage.set(scene)

    def close(self) -> None:
        self._camera.close()
        self._source.close()


def _open(settings: Settings, person: Person) -> SimulatedCamera:
    scene = first_scene(settings.get("person", PERSON.default))
    driver = load_driver(REAL)
    source = PictureSource(Stage(MENU, scene))
    source.start()
    try:
        camera = driver.open({"source": f"{source.url}/stream", "still": f"{source.url}/still"}, person)
    except DeviceError:
        source.close()
        raise
    if not isinstance(camera, Camera):
        source.close()
        raise NotSupportedError(f"The driver {REAL} opened something that is no camera.")
    return SimulatedCamera(source, camera)


DRIVER = Driver(
    name="camera.simulated",
    kind=Kind.CAMERA,
    title="Simulated camera",
    open=_open,
    settings=(PERSON,),
    simulated=True,
)
