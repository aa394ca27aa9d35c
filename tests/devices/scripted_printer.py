"""A printer that says what a test wrote down, and notes what it was asked; it hangs up or says nothing when told to."""

import socket
import threading
from collections.abc import Callable
from types import TracebackType

from kiosk.devices.listener import Listener
from kiosk.devices.sim.ipp_peer import as_http, heard_body
from kiosk.devices.sim.ipp_words import (
    BOOLEAN,
    ENUM,
    INTEGER,
    JOB_PART,
    KEYWORD,
    PRINTER_PART,
    Request,
    answer,
    integers,
    read_request,
    texts,
)

PRINT_JOB, CANCEL_JOB, GET_JOB, GET_PRINTER = 0x0002, 0x0008, 0x0009, 0x000B
CANCELED, ABORTED, COMPLETED, PROCESSING = 7, 8, 9, 5
Script = Callable[[Request], bytes | None]


def printer_says(state: int = 3, *reasons: str, accepting: bool = True) -> Script:
    """Tell a printer's state and its reasons."""
    said = (
        integers(ENUM, "printer-state", state),
        texts(KEYWORD, "printer-state-reasons", *(reasons or ("none",))),
        integers(BOOLEAN, "printer-is-accepting-jobs", int(accepting)),
    )
    return lambda request: as_http(answer(0, request.number, (PRINTER_PART, said)))


def job_says(state: int, *reasons: str) -> Script:
    """Tell a job's state and its reasons."""
    said = (
        integers(INTEGER, "job-id", 7),
        integers(ENUM, "job-state", state),
        texts(KEYWORD, "job-state-reasons", *(reasons or ("none",))),
    )
    return lambda request: as_http(answer(0, request.number, (JOB_PART, said)))


def refuses(status: int) -> Script:
    """Answer with an error of IPP."""
    return lambda request: as_http(answer(status, request.number))


def says(content: bytes) -> Script:
    """Send bytes as they are, then hang up."""
    return lambda _: content


def in_turn(*scripts: Script) -> Script:
    """Say each once, the last one for ever."""
    left = list(scripts)

    def say(request: Request) -> bytes | None:
        return (left.pop(0) if len(left) > 1 else left[0])(request)

    return say


def hangs_up(request: Request) -> bytes:
    return b""


def is_silent(request: Request) -> None:
    return None


class ScriptedPrinter:
    """Answers by operation; `asked` has the requests in order."""

    def __init__(self, **scripts: Script) -> None:
        self._scripts: dict[int, Script] = {
            GET_PRINTER: scripts.get("status", printer_says()),
            PRINT_JOB: scripts.get("job", job_says(PROCESSING)),
            GET_JOB: scripts.get("look", job_says(COMPLETED)),
            CANCEL_JOB: scripts.get("cancel", self._cancels),
        }
        self.asked: list[Request] = []
        self.heard = threading.Event()
        self._listener = Listener("scripted printer", self._serve)

    @property
    def address(self) -> str:
        return f"ipp://127.0.0.1:{self._listener.port}/ipp/print"

    def __enter__(self) -> "ScriptedPrinter":
        self._listener.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.close()

    def _cancels(self, request: Request) -> bytes | None:
        self._scripts[GET_JOB] = job_says(CANCELED)
        return refuses(0)(request)

    def _serve(self, connection: socket.socket) -> None:
        body = heard_body(connection)
        if body is None:
            return
        request = read_request(body)
        self.asked.append(request)
        self.heard.set()
        said = self._scripts[request.operation](request)
        if said is None:
            while connection.recv(4096):
                pass
        else:
            connection.sendall(said)
