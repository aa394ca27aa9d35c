"""The simulated page printer: `page_printer.cups` on a printer that speaks IPP on loopback and prints nothing."""

from kiosk.devices.api import (
    DeviceError,
    Driver,
    Identity,
    Kind,
    NotSupportedError,
    PagePrinter,
    Person,
    Printed,
    PrinterStatus,
    Scene,
    Settings,
    load_driver,
)
from kiosk.devices.sim.catalogue import MAKE
from kiosk.devices.sim.remote_peer import RemotePeer
from kiosk.devices.sim.staged import PERSON, started_peer

REAL = "page_printer.cups"


class SimulatedPagePrinter:
    """The real driver and the printer it asks."""

    def __init__(self, peer: RemotePeer, printer: PagePrinter) -> None:
        self._peer = peer
        self._printer = printer

    def identity(self) -> Identity:
        return Identity(MAKE, "page printer", "SIM-0001", "1")

    def status(self, *, timeout: float) -> PrinterStatus:
        return self._printer.status(timeout=timeout)

    def print(self, document: bytes, *, title: str, copies: int, timeout: float) -> Printed:
        return self._printer.print(document, title=title, copies=copies, timeout=timeout)

    def kept(self) -> list[dict[str, object]]:
        """Return the `sha256` of the last documents and how many `copies` were asked for, oldest first."""
        return self._peer.kept()

    def faults(self) -> tuple[str, ...]:
        return self._peer.menu

    def stage(self, scene: Scene) -> None:
        self._peer.stage(scene)

    def close(self) -> None:
        self._printer.close()
        self._peer.close()


def _open(settings: Settings, person: Person) -> SimulatedPagePrinter:
    driver = load_driver(REAL)
    peer = started_peer("ipp_peer", settings)
    try:
        printer = driver.open({"printer": f"ipp://127.0.0.1:{peer.port}/ipp/print"}, person)
    except DeviceError:
        peer.close()
        raise
    if not isinstance(printer, PagePrinter):
        peer.close()
        raise NotSupportedError(
            f"The driver {REAL} opened something that is no page printer; install it anew."
        )
    return SimulatedPagePrinter(peer, printer)


DRIVER = Driver(
    name="page_printer.simulated",
    kind=Kind.PAGE_PRINTER,
    title="Simulated page printer",
    open=_open,
    settings=(PERSON,),
    simulated=True,
    ends_on_close=True,
)
