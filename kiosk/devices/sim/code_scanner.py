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
from kiosk.devices.sim.code_source import MENU, CodeSource
from kiosk.devices.sim.stage import Stage, first_scene
from kiosk.devices.sim.staged import MAKE, PERSON

REAL = "code_scanner.serial"


class SimulatedCodeScanner:
    """The real driver and the line it listens to."""

    def __init__(self, source: CodeSource, scanner: CodeScanner) -> None:
        self._source = source
        self._scanner = scanner

    def identity(self) -> Identity:
        return Identity(MAKE, "code scanner", "SIM-0001", "1")

    def read(self, *, timeout: float) -> str | None:
        self._source.show()
        return self._scanner.read(timeout=timeout)

    def faults(self) -> tuple[str, ...]:
        return self._source.stage.menu

    def stage(self, scene: Scene) -> None:
        self._source.stage.set(scene)

    def close(self) -> None:
        self._scanner.close()
        self._source.close()


def _open(settings: Settings, person: Person) -> SimulatedCodeScanner:
    scene = first_scene(settings.get("person", PERSON.default))
    driver = load_driver(REAL)
    source = CodeSource(Stage(MENU, scene))
    source.start()
    try:
        scanner = driver.open({"port": f"socket://127.0.0.1:{source.port}", "end": "cr"}, person)
    except DeviceError:
        source.close()
        raise
    if not isinstance(scanner, CodeScanner):
        source.close()
        raise NotSupportedError(f"The driver {REAL} opened something that is no code scanner.")
    return SimulatedCodeScanner(source, scanner)


DRIVER = Driver(
    name="code_scanner.simulated",
    kind=Kind.CODE_SCANNER,
    title="Simulated code scanner",
    open=_open,
    settings=(PERSON,),
    simulated=True,
)
