"""One question to a printer over HTTP and its answer: every read ends by its deadline, what was sent is known."""

import http.client
import re
import socket
import threading
from dataclasses import dataclass
from urllib.parse import urlsplit

from kiosk.devices.api import (
    DeviceError,
    NotConnectedError,
    NotSupportedError,
    TooLateError,
    Trace,
    WrongAnswerError,
)
from kiosk.devices.drivers.ipp import MOST_BYTES, Answer, decode_answer
from kiosk.devices.drivers.ipp_refusals import check_status
from kiosk.devices.drivers.timed_socket import TimedSocket, seconds_left
from kiosk.devices.traces import Way, blanked

CONNECT_LIMIT = 3.0  # seconds; beyond, nobody is there
PORT = 631
_CHUNK = 1 << 16
_PLAIN = re.compile("[!-~]+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a printer is asked: host and port, the path of the request, and the address it goes by."""

    host: str
    port: int
    path: str

    @property
    def uri(self) -> str:
        """The printer's address as requests name it."""
        return f"ipp://{self._netloc}{self.path}"

    @property
    def _netloc(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @classmethod
    def parse(cls, address: str, *, path: str = "/") -> "Place":
        """Return the place of `ipp://host[:port][/path]`; raises `NotSupportedError` with the reason."""
        try:
            parts = urlsplit(address)
            host, port = parts.hostname, parts.port or PORT
        except ValueError:
            host, port = None, PORT
        if not host or parts.scheme != "ipp" or not _PLAIN.fullmatch(address):
            raise NotSupportedError(
                f"{address} is no address of a printer; write ipp://host/path, or the name of a CUPS queue."
            )
        return cls(host, port, parts.path if len(parts.path) > 1 else path)

    def head(self, length: int) -> bytes:
        """Return the HTTP header of a request with so many bytes."""
        return (
            f"POST {self.path} HTTP/1.1\r\nHost: {self._netloc}\r\nContent-Type: application/ipp\r\n"
            f"Content-Length: {length}\r\nConnection: close\r\n\r\n"
        ).encode("ascii")


@dataclass(frozen=True, slots=True)
class Question:
    """A request and the document behind it.  told: the same request as a trace may hold it."""

    content: bytes
    document: bytes = b""
    told: bytes = b""


class IppLine:
    """Asks one printer or server; each question has a connection of its own.

    One thread asks at a time; `close` may come from any and ends a question that waits.
    """

    def __init__(self, place: Place) -> None:
        self.place = place
        self.closed = threading.Event()
        self._trace: Trace | None = None
        self._line: TimedSocket | None = None

    def trace(self, to: Trace | None) -> None:
        """Note there what goes over the line from now on."""
        self._trace = to

    def ask(self, question: Question, deadline: float) -> Answer:
        """Return the answer, whatever its status says; raises a `DeviceError`."""
        return self.send(question, deadline).answer()

    def send(self, question: Question, deadline: float) -> "Exchange":
        """Send a question whole; an error raised here means that it was not, one of the exchange that it was."""
        if self.closed.is_set():
            raise NotConnectedError("The printer was closed; open it again.")
        head = self.place.head(len(question.content) + len(question.document))
        told = head + (question.told or question.content) + blanked(question.document)
        line = self._line = self._connected(told, deadline)
        if self.closed.is_set():  # while it was connected
            line.interrupt()
        try:
            line.sendall(head + question.content + question.document)
        except OSError as error:
            line.end()
            raise _named(error) from error
        return Exchange(line)

    def close(self) -> None:
        """Ask no more; a second call does nothing."""
        self.closed.set()
        if (line := self._line) is not None:
            line.interrupt()

    def _connected(self, told: bytes, deadline: float) -> TimedSocket:
        try:
            left = min(seconds_left(deadline), CONNECT_LIMIT)
            line = socket.create_connection((self.place.host, self.place.port), left)
        except (OSError, UnicodeError) as error:
            raise NotConnectedError(
                "The printer is not there; switch it on, check its cable, or change its address."
            ) from error
        if self._trace is None:
            return TimedSocket(line, deadline)
        self._trace.line(Way.OPENED)
        return TimedSocket(line, deadline, _Ear(self._trace, told))


class Exchange:
    """A question that was sent whole."""

    def __init__(self, line: TimedSocket) -> None:
        self._line = line

    def answer(self) -> Answer:
        """Return the answer, whatever its status says; raises a `DeviceError`."""
        response = http.client.HTTPResponse(self._line, method="POST")  # type: ignore[arg-type]
        try:
            return decode_answer(self._whole(response))
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise _named(error) from error
        finally:
            response.close()
            self._line.end()

    def _whole(self, response: http.client.HTTPResponse) -> bytes:
        response.begin()
        check_status(response.status)
        content = bytearray()
        while chunk := response.read1(_CHUNK):
            content += chunk
            if len(content) > MOST_BYTES:
                raise WrongAnswerError("The printer sends without end; switch it off and on.")
        if response.length:
            raise http.client.IncompleteRead(bytes(content))
        return bytes(content)


class _Ear:
    """Tells a trace what goes over one connection: what was sent as the trace may hold it."""

    def __init__(self, trace: Trace, told: bytes) -> None:
        self.is_lost = False
        self._trace = trace
        self._told = told

    def sent(self, content: bytes) -> None:
        self._trace.sent(self._told)

    def came(self, content: bytes) -> None:
        if content:
            self._trace.came(content)
        self.is_lost = not content

    def closed(self) -> None:
        self._trace.line(Way.LOST if self.is_lost else Way.CLOSED)


def _named(error: Exception) -> DeviceError:
    if isinstance(error, TimeoutError):
        return TooLateError("The printer does not answer; check its power and its network.")
    if isinstance(error, OSError | http.client.RemoteDisconnected):
        return NotConnectedError("The printer went away; check its cable and its power.")
    return WrongAnswerError("The printer's answer broke off or is none; switch it off and on.")
