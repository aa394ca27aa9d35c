"""A motion-JPEG stream or a still picture fetched over HTTP, within a time limit."""

import http.client
from urllib.parse import urlsplit

from kiosk.devices.api import (
    BusyError,
    DeviceError,
    NotConnectedError,
    NotSupportedError,
    RefusedError,
    TooLateError,
    WrongAnswerError,
)
from kiosk.devices.drivers.timed_socket import TimedSocket, seconds_left

LONGEST_HEADER = 8192
LONGEST_PICTURE = 32 << 20
CHUNK = 65536
MOST_DIGITS = 10  # of a length; Python refuses to read numbers without end


class Fetch:
    """What comes back for one request; every read ends by its deadline."""

    def __init__(self, response: http.client.HTTPResponse, sock: TimedSocket) -> None:
        self._response = response
        self._socket = sock
        self._buffer = bytearray()

    @classmethod
    def start(cls, url: str, deadline: float) -> "Fetch":
        """Ask for the address; `deadline` in seconds of the monotonic clock.

        Raises `NotConnectedError`, `BusyError` (503), `NotSupportedError` (another refusal) or `TooLateError`.
        """
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "") or "/"
        connection = http.client.HTTPConnection(
            parts.hostname or "", parts.port or 80, timeout=seconds_left(deadline)
        )
        sock = None
        try:
            connection.connect()
            connection.sock = sock = TimedSocket(connection.sock, deadline)
            connection.request("GET", path)
            fetch = cls(connection.getresponse(), sock)
        except (OSError, http.client.HTTPException) as error:
            if sock is not None:
                sock.end()
            connection.close()
            raise _named(error) from error
        fetch._check_status()
        return fetch

    def whole(self, deadline: float) -> bytes:
        """Return the whole body."""
        announced = self._response.length
        while self._more(deadline):
            if len(self._buffer) > LONGEST_PICTURE:
                raise WrongAnswerError(
                    "The camera sends a picture without end; unplug it and plug it in again."
                )
        if announced is not None and len(self._buffer) != announced:
            raise WrongAnswerError("The camera's picture broke off; try again.")
        return bytes(self._buffer)

    def part(self, deadline: float) -> bytes:
        """Return the next part of a multipart stream, by its Content-Length."""
        length = content_length(self._until(b"\r\n\r\n", deadline))
        while len(self._buffer) < length:
            self._need(deadline)
        picture = bytes(self._buffer[:length])
        del self._buffer[:length]
        return picture

    def interrupt(self) -> None:
        """Make a read of another thread end."""
        self._socket.interrupt()

    def close(self) -> None:
        """Let go of the connection."""
        self._response.close()
        self._socket.end()

    def _check_status(self) -> None:
        status = self._response.status
        if status == http.client.OK:
            return
        self.close()
        if status == http.client.SERVICE_UNAVAILABLE:
            raise BusyError("Another program holds the camera; close it, or wait.")
        if status == http.client.FORBIDDEN:
            raise RefusedError("The camera refuses this picture; check its settings.", reason="forbidden")
        raise NotSupportedError(f"The camera answers {status} at this address; check the address.")

    def _until(self, mark: bytes, deadline: float) -> bytes:
        """Return what comes before the mark, a boundary in front; empty lines before it are passed over."""
        while (end := self._skipped().find(mark)) < 0:
            if len(self._buffer) > LONGEST_HEADER:
                raise WrongAnswerError("The camera's stream has no parts; check its address.")
            self._need(deadline)
        head = bytes(self._buffer[:end])
        del self._buffer[: end + len(mark)]
        return head

    def _skipped(self) -> bytearray:
        del self._buffer[: len(self._buffer) - len(self._buffer.lstrip(b"\r\n"))]
        return self._buffer

    def _need(self, deadline: float) -> None:
        if not self._more(deadline):
            if self._buffer.strip():
                raise WrongAnswerError("The camera's picture broke off; try again.")
            raise NotConnectedError("The camera went away; check its cable and its power.")

    def _more(self, deadline: float) -> bool:
        """Read what is there; False at the end of the body."""
        try:
            self._socket.deadline = deadline
            chunk = self._response.read1(CHUNK)
        except TimeoutError as error:
            raise TooLateError("The camera sends no picture; unplug it and plug it in again.") from error
        except (OSError, ValueError) as error:
            raise NotConnectedError("The camera went away; check its cable and its power.") from error
        except http.client.HTTPException as error:
            raise WrongAnswerError("The camera's picture broke off; try again.") from error
        self._buffer += chunk
        return bool(chunk)


def _named(error: Exception) -> DeviceError:
    if isinstance(error, TimeoutError):
        return TooLateError("The camera does not answer; check its power and its network.")
    if isinstance(error, OSError):
        return NotConnectedError("The camera is not there; check its cable and its power.")
    return WrongAnswerError("The camera's answer is no HTTP; check its address.")


def content_length(head: bytes) -> int:
    """Return how long the part behind this head is; raises `WrongAnswerError` where it does not tell."""
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        told = value.strip()
        if name.strip().lower() == b"content-length" and told.isdigit() and len(told) <= MOST_DIGITS:
            length = int(told)
            if length <= LONGEST_PICTURE:
                return length
    raise WrongAnswerError(
        "The camera's stream does not tell how long its pictures are; use another camera, or another address of it."
    )
