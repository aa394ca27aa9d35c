"""The simulated ticket printer: `ticket_printer.escpos` on a loopback line to a printer that keeps what it printed."""

from kiosk.devices.api import (
    DeviceError,
    Driver,
    Identity,
    Kind,
    NotSupportedError,
    Person,
    Printed,
    PrinterStatus,
    Scene,
    Setting,
    Settings,
    Ticket,
    TicketPrinter,
    Trace,
    Traced,
    load_driver,
)
from kiosk.devices.sim.remote_peer import RemotePeer
from kiosk.devices.sim.staged import PERSON, started_peer

REAL = "ticket_printer.escpos"
PASSED_ON = ("paper", "letters", "codes", "cut", "answers")


class SimulatedTicketPrinter:
    """The real driver and the printer it prints on."""

    def __init__(self, peer: RemotePeer, printer: TicketPrinter) -> None:
        self._peer = peer
        self._printer = printer

    def identity(self) -> Identity:
        return self._printer.identity()

    def trace(self, to: Trace | None) -> None:
        if isinstance(self._printer, Traced):
            self._printer.trace(to)

    def status(self, *, timeout: float) -> PrinterStatus:
        return self._printer.status(timeout=timeout)

    def print(self, ticket: Ticket, *, timeout: float) -> Printed:
        return self._printer.print(ticket, timeout=timeout)

    def tickets(self) -> list[dict[str, object]]:
        """Return the last tickets as they came out, oldest first: `lines`, `cut`, and what was `unknown` in them."""
        return self._peer.kept()

    def faults(self) -> tuple[str, ...]:
        return self._peer.menu

    def stage(self, scene: Scene) -> None:
        self._peer.stage(scene)

    def close(self) -> None:
        self._printer.close()
        self._peer.close()


def _open(settings: Settings, person: Person) -> SimulatedTicketPrinter:
    driver = load_driver(REAL)
    peer = started_peer("ticket_peer", settings)
    given = {key: settings[key] for key in PASSED_ON if settings.get(key)}
    try:
        printer = driver.open({"port": f"socket://127.0.0.1:{peer.port}", **given}, person)
    except DeviceError:
        peer.close()
        raise
    if not isinstance(printer, TicketPrinter):
        peer.close()
        raise NotSupportedError(
            f"The driver {REAL} opened something that is no ticket printer; install it anew."
        )
    return SimulatedTicketPrinter(peer, printer)


DRIVER = Driver(
    name="ticket_printer.simulated",
    kind=Kind.TICKET_PRINTER,
    title="Simulated ticket printer",
    open=_open,
    settings=(PERSON, *(Setting(key, "", f"as {REAL} has it; empty: its default") for key in PASSED_ON)),
    simulated=True,
    real=REAL,
    ends_on_close=True,
)
