"""Page printers by IPP: a queue of a CUPS server, or a printer that speaks it itself (IPP Everywhere, AirPrint).

What was handed over whole is never asked for again: where nobody says what became of it, it is `Printed.UNKNOWN`.  A
job that a trouble holds up until the limit is cancelled, so that it does not come out behind somebody's back once the
paper is filled in; that may take `CANCEL_LIMIT` beyond the limit.  An encrypted line (ipps) is not spoken.
"""

import re
import time

from kiosk.devices.api import (
    BusyError,
    DeviceError,
    Driver,
    Found,
    Identity,
    Kind,
    NotSupportedError,
    Person,
    Printed,
    PrinterStatus,
    RefusedError,
    Setting,
    Settings,
    Trace,
    WrongAnswerError,
)
from kiosk.devices.drivers import ipp_status
from kiosk.devices.drivers.ipp import (
    Answer,
    Attribute,
    Operation,
    Part,
    Tag,
    attribute,
    encode_request,
    shortened,
)
from kiosk.devices.drivers.ipp_line import IppLine, Place, Question
from kiosk.devices.drivers.ipp_paper import A4, Paper
from kiosk.devices.drivers.ipp_refusals import NOT_FOUND, checked, refusal

SERVER = "localhost:631"
QUEUES = "/printers/"  # where a CUPS server has its queues
USER = "kiosk"
IDENTITY_LIMIT = 3.0
FIND_LIMIT = 1.5
CANCEL_LIMIT = 2.0
LOOK_AGAIN = 0.5  # seconds between two looks at a job; the first ones follow sooner
FIRST_LOOK = 0.05
MOST_FOUND = 64
_QUEUE = re.compile(r"[!-~]{1,127}")

CANCELED, ABORTED, COMPLETED = 7, 8, 9  # job-state
_NOT_SEEN_OUT = frozenset({"job-completed-with-errors", "queued-in-device"})


class IppPrinter:
    """One printer or queue; every call finds it anew, so that one that was away needs no opening."""

    def __init__(self, place: Place, paper: Paper) -> None:
        self._line = IppLine(place)
        self._paper = paper
        self._asked = 0

    def identity(self) -> Identity:
        told = self._printer(ipp_status.ASKED_OF_ITSELF, time.monotonic() + IDENTITY_LIMIT)
        return ipp_status.identity_of(told.group(Part.PRINTER))

    def trace(self, to: Trace | None) -> None:
        self._line.trace(to)

    def status(self, *, timeout: float) -> PrinterStatus:
        return self._status(time.monotonic() + timeout)

    def print(self, document: bytes, *, title: str, copies: int, timeout: float) -> Printed:
        deadline = time.monotonic() + timeout
        if copies < 1:
            raise NotSupportedError("At least one copy is printed; ask for one.")
        if stops := self._status(deadline).stops:
            raise refusal(stops)
        job = self._hand_over(self._job(document, title, copies), deadline)
        return Printed.UNKNOWN if job is None else self._seen_out(job, deadline)

    def close(self) -> None:
        self._line.close()

    def _job(self, document: bytes, title: str, copies: int) -> Question:
        """Return the request that prints; a trace holds as many signs in the title's place, and a blank document."""
        self._asked += 1
        written = [self._print_request(name, copies) for name in (title, "x" * len(shortened(title)))]
        return Question(written[0], document, told=written[1])

    def _print_request(self, title: str, copies: int) -> bytes:
        operation = (
            *self._printer_uri(),
            attribute("requesting-user-name", Tag.NAME, USER),
            attribute("job-name", Tag.NAME, title),
            attribute("document-format", Tag.MIME, "application/pdf"),
        )
        job = (attribute("copies", Tag.INTEGER, copies), *self._paper.attributes())
        return encode_request(
            Operation.PRINT_JOB, self._asked, ((Part.OPERATION, operation), (Part.JOB, job))
        )

    def _hand_over(self, question: Question, deadline: float) -> int | None:
        """Return the job's number, or None where it was sent whole and nobody says what became of it."""
        exchange = self._line.send(question, deadline)
        try:
            answer = self._matched(exchange.answer())
        except (BusyError, RefusedError, NotSupportedError):  # it was understood, and not taken
            raise
        except DeviceError:
            return None
        return checked(answer).group(Part.JOB).number("job-id")

    def _seen_out(self, job: int, deadline: float) -> Printed:
        """Look at the job until it has come to an end."""
        pause = FIRST_LOOK
        while not self._line.closed.is_set() and (left := deadline - time.monotonic()) > 0:
            ended = self._ended(job, deadline)
            if ended is not None:
                return ended
            self._line.closed.wait(min(pause, left))
            pause = min(2 * pause, LOOK_AGAIN)
        return Printed.UNKNOWN if self._line.closed.is_set() else self._given_up(job)

    def _ended(self, job: int, deadline: float) -> Printed | None:
        """Return what became of the job, None while it goes on or the printer cannot be asked; raises its refusal."""
        try:
            answer = self._about_job(Operation.GET_JOB_ATTRIBUTES, job, deadline)
            told = answer.group(Part.JOB)
            state, reasons = told.number("job-state"), told.texts("job-state-reasons")
            if state not in (CANCELED, ABORTED, COMPLETED):
                return Printed.UNKNOWN if answer.status == NOT_FOUND else None
            stops = self._status(deadline).stops
        except DeviceError:
            return None
        if state == COMPLETED:
            return Printed.UNKNOWN if stops or _NOT_SEEN_OUT.intersection(reasons) else Printed.PRINTED
        if stops:
            raise refusal(stops)
        if state == CANCELED:
            raise RefusedError("The job was cancelled at the printer; print it again.", reason="cancelled")
        raise RefusedError(
            "The printer gave the job up; look at its display, then print again.", reason="aborted"
        )

    def _given_up(self, job: int) -> Printed:
        """Cancel a job that a trouble holds up; one that only takes long comes out, and nobody waits for it."""
        deadline = time.monotonic() + CANCEL_LIMIT
        try:
            stops = self._status(deadline).stops
            if not stops:
                return Printed.UNKNOWN
            self._about_job(Operation.CANCEL_JOB, job, deadline)
        except DeviceError:
            return Printed.UNKNOWN
        while time.monotonic() < deadline and not self._line.closed.is_set():
            try:
                if (ended := self._ended(job, deadline)) is not None:
                    return ended
            except RefusedError as error:
                raise refusal(stops) from error
            self._line.closed.wait(FIRST_LOOK)
        return Printed.UNKNOWN

    def _status(self, deadline: float) -> PrinterStatus:
        told = self._printer(ipp_status.ASKED, deadline).group(Part.PRINTER)
        return ipp_status.status_of(told, is_queue=self._line.place.path.startswith(QUEUES))

    def _printer(self, asked: tuple[str, ...], deadline: float) -> Answer:
        wanted = attribute("requested-attributes", Tag.KEYWORD, *asked)
        return checked(self._ask(Operation.GET_PRINTER_ATTRIBUTES, (wanted,), deadline))

    def _about_job(self, operation: Operation, job: int, deadline: float) -> Answer:
        about = (
            attribute("job-id", Tag.INTEGER, job),
            attribute("requesting-user-name", Tag.NAME, USER),
            attribute("requested-attributes", Tag.KEYWORD, "job-state", "job-state-reasons"),
        )
        return self._ask(operation, about, deadline)

    def _ask(self, operation: Operation, about: tuple[Attribute, ...], deadline: float) -> Answer:
        self._asked += 1
        content = encode_request(operation, self._asked, ((Part.OPERATION, (*self._printer_uri(), *about)),))
        return self._matched(self._line.ask(Question(content), deadline))

    def _matched(self, answer: Answer) -> Answer:
        if answer.request_id != self._asked:
            raise WrongAnswerError("The printer answers another question; switch it off and on.")
        return answer

    def _printer_uri(self) -> tuple[Attribute, ...]:
        return (attribute("printer-uri", Tag.URI, self._line.place.uri),)


def find_queues(server: str = SERVER) -> tuple[Found, ...]:
    """Return the queues of a print server with the settings that open them; none where no server answers."""
    wanted = attribute("requested-attributes", Tag.KEYWORD, "printer-name", "printer-info")
    content = encode_request(Operation.CUPS_GET_PRINTERS, 1, ((Part.OPERATION, (wanted,)),))
    line = IppLine(Place.parse(f"ipp://{server}"))
    try:
        answer = line.ask(Question(content), time.monotonic() + FIND_LIMIT)
    except DeviceError:
        return ()
    queues = [found for found in answer.all(Part.PRINTER) if _QUEUE.fullmatch(found.text("printer-name"))]
    return tuple(
        Found(
            found.text("printer-info") or found.text("printer-name"), {"printer": found.text("printer-name")}
        )
        for found in queues[:MOST_FOUND]
    )


def _place(settings: Settings) -> Place:
    printer = settings.get("printer", "")
    if not printer:
        raise NotSupportedError(
            "The setting printer is empty; name a CUPS queue, or an address ipp://host/path."
        )
    if "://" in printer:
        return Place.parse(printer, path="/ipp/print")
    if not _QUEUE.fullmatch(printer) or set(printer) & set("/#?%"):
        raise NotSupportedError(f"{printer} is no name of a CUPS queue; choose one that `lpstat -e` lists.")
    return Place.parse(f"ipp://{settings.get('server', SERVER)}{QUEUES}{printer}")


def _open(settings: Settings, person: Person) -> IppPrinter:
    paper = Paper(settings.get("media", A4), settings.get("tray", ""))
    if not f"{paper.media}{paper.tray}".isascii():
        raise NotSupportedError(
            "The settings media and tray are names of IPP, such as iso_a4_210x297mm and main."
        )
    paper.attributes()
    return IppPrinter(_place(settings), paper)


def _at_port(port: int) -> Settings:
    return {"printer": f"ipp://127.0.0.1:{port}/ipp/print"}


DRIVER = Driver(
    name="page_printer.cups",
    kind=Kind.PAGE_PRINTER,
    title="Page printer by CUPS or IPP",
    open=_open,
    settings=(
        Setting(
            "printer", "", "name of a CUPS queue, or ipp://host[:port]/path of a printer that speaks IPP"
        ),
        Setting("server", SERVER, "the CUPS server of the queue, as host:port"),
        Setting("media", A4, "paper by its IPP name, such as iso_a4_210x297mm or om_folio_215x330mm"),
        Setting("tray", "", "tray by its IPP name, such as main or tray-2; empty: the printer chooses"),
    ),
    find=find_queues,
    at_port=_at_port,
    ends_on_close=True,
)
