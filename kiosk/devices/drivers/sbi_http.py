"""One request of a biometric service and its answer, with the service's own verbs, all within one time limit."""

import contextlib
import http.client
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.devices.api import DeviceError, NotConnectedError, TooLateError, WrongAnswerError
from kiosk.devices.drivers.mjpeg import Fetch
from kiosk.devices.drivers.sbi_lines import HOST, Lines, Mask, PartMask, RunMask
from kiosk.devices.drivers.timed_socket import TimedSocket

LONGEST_CAPTURE = 48 << 20  # bytes: a portrait without loss is a tenth of it
LONGEST_ANSWER = 1 << 20  # of anything else
CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Service:
    """Where a service answers on this machine; `base` begins and ends with a slash.  name: of the device it serves."""

    name: str
    port: int
    base: str = "/"


@dataclass(frozen=True, slots=True)
class Call:
    """One request; `body` is JSON or empty."""

    verb: str
    path: str
    body: bytes = b""

    @property
    def mask(self) -> Mask:
        """What hides the captures of its answer in a trace."""
        if self.verb == "STREAM":
            return PartMask()
        return RunMask() if self.verb == "RCAPTURE" else bytes

    @property
    def longest(self) -> int:
        """How many bytes its answer may have."""
        return LONGEST_CAPTURE if self.verb == "RCAPTURE" else LONGEST_ANSWER


def ask(service: Service, call: Call, deadline: float, lines: Lines) -> bytes:
    """Return the body of the answer, whatever its status: services tell errors under any.

    Raises `NotConnectedError`, `TooLateError`, or `WrongAnswerError` for what is no HTTP, has no end or breaks off.
    """
    with _errors(service, lines):
        line = lines.open(service.port, deadline, call.mask)
        try:
            return _whole(_answered(service, call, line), call.longest)
        finally:
            lines.end(line)


class Stream:
    """A live picture that goes on, or the error a service told in its place."""

    def __init__(self, fetch: Fetch | None, told: bytes, line: TimedSocket, lines: Lines) -> None:
        self.told = told
        self._fetch = fetch
        self._line = line
        self._lines = lines

    @classmethod
    def start(cls, service: Service, call: Call, deadline: float, lines: Lines) -> "Stream":
        """Ask for the stream; raises as `ask` does."""
        with _errors(service, lines):
            line = lines.open(service.port, deadline, call.mask)
            try:
                response = _answered(service, call, line)
                if "multipart" in response.getheader("Content-Type", "").lower():
                    return cls(Fetch(response, line), b"", line, lines)
                return cls(None, _whole(response, call.longest), line, lines)
            except BaseException:
                lines.end(line)
                raise

    def part(self, deadline: float) -> bytes:
        """Return the next picture; raises a `DeviceError`."""
        assert self._fetch is not None
        return self._fetch.part(deadline)

    def close(self) -> None:
        """Let go of it; a second call does nothing."""
        self._lines.end(self._line)


def _answered(service: Service, call: Call, line: TimedSocket) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(HOST, service.port)
    connection.sock = line
    headers = {"Content-Type": "application/json", "Connection": "close"} if call.body else {}
    connection.request(call.verb, service.base + call.path, call.body or None, headers)
    return connection.getresponse()


def _whole(response: http.client.HTTPResponse, longest: int) -> bytes:
    announced = response.length
    body = bytearray()
    while chunk := response.read1(CHUNK):
        body += chunk
        if len(body) > longest:
            raise http.client.HTTPException("an answer without end")
    if announced is not None and len(body) != announced:
        raise http.client.IncompleteRead(bytes(body[:0]), announced - len(body))
    return bytes(body)


@contextlib.contextmanager
def _errors(service: Service, lines: Lines) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise _named(error, service, lines) from error


def _named(error: Exception, service: Service, lines: Lines) -> DeviceError:
    name = service.name
    if lines.pulled:
        return NotConnectedError(f"The {name} was closed; open it again.")
    if isinstance(error, TimeoutError):
        return TooLateError(f"The {name} did not answer in time; try again, or start its service anew.")
    if isinstance(error, ConnectionRefusedError):
        return NotConnectedError(f"The service of the {name} does not run; start it, and plug the device in.")
    if isinstance(error, OSError):
        return NotConnectedError(f"The {name} went away; plug it in, and start its service anew.")
    return WrongAnswerError(f"The answer of the {name} broke off or is none; start its service anew.")
