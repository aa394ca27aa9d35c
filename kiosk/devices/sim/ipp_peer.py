"""A page printer that speaks IPP over HTTP on loopback, with a menu of faults.

It does not look into documents, choose trays, print on both sides, take its time or ask who prints; a jam is cleared
with the job that met it.  Of a document it keeps a fingerprint, and nothing on the disk.
"""

import contextlib
import socket
from collections.abc import Callable, Collection, Mapping

from kiosk.devices.api import Scene
from kiosk.devices.listener import DRIP_SECONDS, Listener
from kiosk.devices.sim.catalogue import MAKE
from kiosk.devices.sim.ipp_jobs import CANCELED, Job, Jobs
from kiosk.devices.sim.ipp_words import (
    BOOLEAN,
    ENUM,
    INTEGER,
    JOB_PART,
    KEYWORD,
    NAME,
    OCTETS,
    PRINTER_PART,
    TEXT,
    URI,
    NoRequestError,
    Request,
    answer,
    integers,
    read_request,
    texts,
)
from kiosk.devices.sim.stage import Stage, stream

REASONS: Mapping[str, str] = {
    "paper_out": "media-empty-error",
    "cover_open": "cover-open-error",
    "supply_out": "toner-empty-error",
    "supply_low": "toner-low-warning",
    "offline": "offline-report",
    "paused": "paused",
}
STOPS = frozenset({"paper_out", "cover_open", "supply_out", "paused"})
LINE_MENU = ("vanish", "silence", "slow", "garbage", "cut")
JOB_MENU = ("busy", "paper_jam", "aborted")
MENU = (*LINE_MENU, *JOB_MENU, *REASONS)
IDLE, PROCESSING, STOPPED = 3, 4, 5  # printer-state
OK, BAD_REQUEST, NOT_FOUND, UNKNOWN_OPERATION, BUSY = 0x0000, 0x0400, 0x0406, 0x0501, 0x0507
PRINT_JOB, CANCEL_JOB, GET_JOB, GET_PRINTER = 0x0002, 0x0008, 0x0009, 0x000B
LONGEST_HEAD = 8192
LONGEST_DOCUMENT = 32 << 20
TONER, LOW_TONER = 62, 4  # per cent


class IppPeer:
    """Answers one request a connection, one connection at a time."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._jobs = Jobs()
        self._listener = Listener("page printer", self._serve)
        self._answers: Mapping[int, Callable[[Request], bytes]] = {
            PRINT_JOB: self._print,
            CANCEL_JOB: self._cancel,
            GET_JOB: self._tell_job,
            GET_PRINTER: self._tell_printer,
        }

    @property
    def port(self) -> int:
        """The loopback port it listens at."""
        return self._listener.port

    def start(self) -> None:
        """Begin to listen."""
        self._listener.start()

    def close(self) -> None:
        """Stop listening; a second call does nothing."""
        self._listener.close()

    def kept(self) -> list[dict[str, object]]:
        """Return the `sha256` of the last documents and how many `copies` were asked for, oldest first."""
        return self._jobs.kept()

    def _serve(self, connection: socket.socket) -> None:
        body = heard_body(connection)
        if body is None:
            return
        fault = self._fault_of(LINE_MENU)
        if fault in ("vanish", "silence"):
            if fault == "silence":
                _wait_out(connection)
            return
        self._play(connection, fault, as_http(self._answer(body)))

    def _play(self, connection: socket.socket, fault: str | None, whole: bytes) -> None:
        if fault == "garbage":
            connection.sendall(stream("garbage", self.stage.scene.person).bytes(4096))
        elif fault == "cut":
            connection.sendall(whole[: len(whole) - 40])
        elif fault == "slow":
            for byte in whole:
                connection.sendall(bytes([byte]))
                if self._listener.stopped.wait(DRIP_SECONDS):
                    return
        else:
            connection.sendall(whole)

    def _fault_of(self, menu: Collection[str | None]) -> str | None:
        """Return the staged fault if it is of this menu, and count the call then."""
        if self.stage.scene.fault not in menu:
            return None
        return self.stage.call().fault

    def _answer(self, body: bytes) -> bytes:
        try:
            request = read_request(body)
        except NoRequestError:
            return answer(BAD_REQUEST, 0)
        asked = self._answers.get(request.operation)
        return answer(UNKNOWN_OPERATION, request.number) if asked is None else asked(request)

    def _print(self, request: Request) -> bytes:
        fault = self._fault_of(JOB_MENU)
        if fault == "busy":
            return answer(BUSY, request.number)
        job = self._jobs.take(request.document, request.integer("copies", 1), fault)
        return self._about(request, job)

    def _tell_job(self, request: Request) -> bytes:
        job = self._jobs.find(request.integer("job-id", 0))
        return answer(NOT_FOUND, request.number) if job is None else self._about(request, job)

    def _cancel(self, request: Request) -> bytes:
        job = self._jobs.find(request.integer("job-id", 0))
        if job is None:
            return answer(NOT_FOUND, request.number)
        job.cancelled = True
        return answer(OK, request.number)

    def _about(self, request: Request, job: Job) -> bytes:
        state = self._jobs.state(job)
        reason = "job-canceled-by-user" if state == CANCELED else "none"
        said = (
            integers(INTEGER, "job-id", job.number),
            texts(URI, "job-uri", f"ipp://127.0.0.1:{self.port}/ipp/print/{job.number}"),
            integers(ENUM, "job-state", state),
            texts(KEYWORD, "job-state-reasons", reason),
        )
        return answer(OK, request.number, (JOB_PART, said))

    def _tell_printer(self, request: Request) -> bytes:
        fault = self._fault_of(REASONS)
        reasons = [REASONS[fault]] if fault else []
        if self._jobs.is_jammed:
            reasons.append("media-jam-error")
        waiting = self._jobs.waiting
        stopped = fault in STOPS or self._jobs.is_jammed
        state = STOPPED if stopped else PROCESSING if waiting else IDLE
        said = (
            integers(ENUM, "printer-state", state),
            texts(KEYWORD, "printer-state-reasons", *(reasons or ["none"])),
            integers(BOOLEAN, "printer-is-accepting-jobs", 1),
            integers(INTEGER, "queued-job-count", waiting),
            *_inside(fault),
            *_IDENTITY,
        )
        return answer(OK, request.number, (PRINTER_PART, said))


_IDENTITY = (
    texts(TEXT, "printer-make-and-model", f"{MAKE} page printer"),
    texts(TEXT, "printer-device-id", f"MFG:{MAKE};MDL:page printer;SN:SIM-0001;CMD:PDF;"),
    texts(TEXT, "printer-firmware-string-version", "1"),
)


def peer_of(scene: Scene) -> IppPeer:
    """Return the page printer's peer, not yet started."""
    return IppPeer(Stage(MENU, scene))


def _inside(fault: str | None) -> tuple[bytes, ...]:
    """Return what is in the printer: one cartridge and one tray."""
    toner = {"supply_out": 0, "supply_low": LOW_TONER}.get(fault or "", TONER)
    sheets = 0 if fault == "paper_out" else 180
    tray = f"type=sheetFeedAutoRemovableTray;maxcapacity=250;level={sheets};status=0;name=Tray 1;"
    return (
        texts(NAME, "marker-names", "Black toner"),
        texts(KEYWORD, "marker-types", "toner"),
        integers(INTEGER, "marker-levels", toner),
        texts(OCTETS, "printer-input-tray", tray),
    )


def as_http(content: bytes) -> bytes:
    """Return an answer as HTTP carries it."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content


def heard_body(connection: socket.socket) -> bytes | None:
    """Return the body of the request on the line, or None where there is none, or none that can be read."""
    with connection.makefile("rb") as heard:
        length, read = 0, 0
        while (line := heard.readline(LONGEST_HEAD)).strip():
            read += len(line)
            name, _, value = line.partition(b":")
            if name.strip().lower() == b"content-length" and value.strip().isdigit():
                length = int(value)
            if read > LONGEST_HEAD:
                return None
        body = heard.read(length) if 0 < length <= LONGEST_DOCUMENT else b""
    return body if body and len(body) == length else None


def _wait_out(connection: socket.socket) -> None:
    """Say nothing until the driver gives up."""
    with contextlib.suppress(OSError):
        while connection.recv(4096):
            pass
