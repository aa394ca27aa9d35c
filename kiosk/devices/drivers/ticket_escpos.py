"""Ticket printers that take ESC/POS, on a serial line or on TCP; how they stand is read back.

Written is not printed: behind a ticket the printer is asked for an answer that it gives when it has come that far, and
meanwhile how it stands.  A ticket is never sent twice.
"""

import contextlib
import time
from collections.abc import Iterator, Mapping

from kiosk.devices.api import (
    Driver,
    Identity,
    Kind,
    NotConnectedError,
    NotSupportedError,
    Person,
    Printed,
    PrinterStatus,
    RefusedError,
    Setting,
    Settings,
    Ticket,
    TooLateError,
    Trace,
    Trouble,
    WrongAnswerError,
)
from kiosk.devices.drivers.escpos_line import PrinterLine, WayBack
from kiosk.devices.drivers.escpos_status import NOISE
from kiosk.devices.drivers.escpos_text import PAGES
from kiosk.devices.drivers.escpos_ticket import CUTS, Paper, laid_out
from kiosk.devices.serial_line import PORT, LineSettings, at_port, find_ports, line_settings

BAUD = "9600"
ANSWER = 3.0  # seconds a printer that waits for a ticket may take to say how it stands
LOOK = 0.5  # seconds between two looks at one that prints
COLUMNS = {"58": 32, "80": 48}  # letters of 12 dots, 8 dots a millimetre
FEWEST, MOST = 16, 64  # columns
CODES = ("drawn", "picture")
MAKER, MODEL, SERIAL, FIRMWARE = 66, 67, 68, 65  # of GS I
PASSING = frozenset({Trouble.OFFLINE, Trouble.PAUSED})  # may go away by itself while a ticket is printed

# What stops a printer and what a person does then; the first one counts: an open cover lifts the paper sensor too.
STOPS: Mapping[Trouble, tuple[str, str]] = {
    Trouble.COVER_OPEN: ("The cover of the ticket printer is open", "close it"),
    Trouble.PAPER_OUT: ("The ticket printer has no paper", "put in a roll"),
    Trouble.PAPER_JAM: ("The cutter of the ticket printer is stuck", "open the cover and free it"),
    Trouble.OTHER: ("The ticket printer reports a fault", "switch it off and on"),
    Trouble.PAUSED: ("The ticket printer rests, too hot or fed by hand", "wait a minute"),
    Trouble.OFFLINE: ("The ticket printer is off line", "press its button"),
}


class EscPosPrinter:
    """One printer; a line that was lost is opened again by the next call."""

    def __init__(self, line: LineSettings, paper: Paper, way_back: WayBack) -> None:
        self._line = PrinterLine(line, way_back)
        self._paper = paper

    def connect(self) -> None:
        """Open the line; raises `NotConnectedError` or `BusyError`."""
        self._line.begin()

    def identity(self) -> Identity:
        model = f"ESC/POS ticket printer at {self._line.place}"
        if self._line.way_back is WayBack.NONE:
            return Identity("", model)
        self._line.begin()
        maker = self._line.name(MAKER)
        if not maker:  # a printer that is off line tells none
            return Identity("", model)
        return Identity(maker, self._line.name(MODEL), self._line.name(SERIAL), self._line.name(FIRMWARE))

    def trace(self, to: Trace | None) -> None:
        self._line.trace(to)

    def status(self, *, timeout: float) -> PrinterStatus:
        with self._hanging_up():
            self._line.begin()
            if self._line.way_back is WayBack.NONE:
                return PrinterStatus(told=False)
            return self._line.ask(time.monotonic() + timeout)

    def print(self, ticket: Ticket, *, timeout: float) -> Printed:
        deadline = time.monotonic() + timeout
        sheet = laid_out(ticket, self._paper)
        stops = self.status(timeout=min(timeout, ANSWER)).stops
        if stops:
            raise _refused(stops, "{what}; {help} and print again.")
        try:
            with self._hanging_up():
                self._line.send(sheet.content, sheet.told, deadline)
                return self._outcome(deadline)
        except NotConnectedError as error:
            raise NotConnectedError(
                "The ticket printer went away while it printed; plug it in again "
                "and look whether the ticket came out."
            ) from error
        except WrongAnswerError as error:
            raise WrongAnswerError(f"{NOISE} and look whether the ticket came out.") from error

    def close(self) -> None:
        self._line.close()

    def _outcome(self, deadline: float) -> Printed:
        """Wait until the ticket has been worked off; raises `RefusedError` when the printer came to a stop."""
        if self._line.way_back is WayBack.NONE:
            return Printed.UNKNOWN
        stops: frozenset[Trouble] = frozenset()
        try:
            while not self._line.wait_for_proof(min(deadline, time.monotonic() + LOOK)):
                stops = self._line.ask(deadline).stops
                _halt(stops - PASSING)
            _halt(self._line.ask(deadline).stops - PASSING)
        except TooLateError:
            self._line.drop()
        if not self._line.proven:
            _halt(stops)
        return Printed.PRINTED if self._line.proven else Printed.UNKNOWN

    @contextlib.contextmanager
    def _hanging_up(self) -> Iterator[None]:
        """Drop the line after a failure of the talk: the answer may still be on its way."""
        try:
            yield
        except (TooLateError, WrongAnswerError, RefusedError):
            self._line.drop()
            raise


def _halt(stops: frozenset[Trouble]) -> None:
    if stops:
        raise _refused(
            stops,
            "{what}, and the ticket may not be whole; {help}, throw away what came out and print it again.",
        )


def _refused(stops: frozenset[Trouble], sentence: str) -> RefusedError:
    reason = next((trouble for trouble in STOPS if trouble in stops), Trouble.OTHER)
    what, to_do = STOPS[reason]
    return RefusedError(sentence.format(what=what, help=to_do), reason=reason.value)


def _open(settings: Settings, person: Person) -> EscPosPrinter:
    way_back = _chosen(settings, "answers", WayBack.STATUS, tuple(WayBack))
    printer = EscPosPrinter(
        line_settings("ticket printer", settings, baud=BAUD), _paper(settings), WayBack(way_back)
    )
    printer.connect()
    return printer


def _paper(settings: Settings) -> Paper:
    width = _chosen(settings, "paper", "80", tuple(COLUMNS))
    columns = settings.get("columns", "") or str(COLUMNS[width])
    if not columns.isdecimal() or not FEWEST <= int(columns) <= MOST:
        raise NotSupportedError(f"The setting columns is a number from {FEWEST} to {MOST}.")
    return Paper(
        columns=int(columns),
        page=_chosen(settings, "letters", "cp437", tuple(PAGES)),
        cut=_chosen(settings, "cut", "partial", tuple(CUTS)),
        draws_codes=_chosen(settings, "codes", "drawn", CODES) == "drawn",
    )


def _chosen(settings: Settings, key: str, default: str, known: tuple[str, ...]) -> str:
    value = settings.get(key, default)
    if value not in known:
        raise NotSupportedError(f"The setting {key} is one of {', '.join(known)}.")
    return value


DRIVER = Driver(
    name="ticket_printer.escpos",
    kind=Kind.TICKET_PRINTER,
    title="Ticket printer (ESC/POS) on a serial port or the network",
    open=_open,
    settings=(
        PORT,
        Setting("baud", BAUD, "speed in bits a second, as on the printer's own test page"),
        Setting("paper", "80", "width of the roll in millimetres: 58 or 80"),
        Setting("columns", "", "letters on a line where it is not 32 (58 mm) or 48 (80 mm)"),
        Setting("letters", "cp437", f"code page of the printer: {', '.join(PAGES)}"),
        Setting("codes", "drawn", "QR codes: drawn by the printer, or sent to it as a picture"),
        Setting("cut", "partial", "partial, full, or none for a printer without a cutter"),
        Setting(
            "answers",
            "status",
            "how it says that a ticket is done: status (nearly all), process (Epson TM), none (it cannot)",
        ),
    ),
    find=find_ports,
    at_port=at_port,
    ends_on_close=True,
)
