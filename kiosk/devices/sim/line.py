"""The driver's half of the simulators' protocol: one request, its replies, all within one time limit."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from kiosk.devices.api import (
    BusyError,
    DeviceError,
    Identity,
    Image,
    NotConnectedError,
    NotSupportedError,
    RefusedError,
    TooLateError,
    WrongAnswerError,
)
from kiosk.devices.sim.frames import (
    CHECKSUM,
    HEADER,
    Message,
    decode,
    decode_picture,
    encode,
    encode_fields,
    payload_length,
)

IDENTITY_LIMIT = 2.0
MOST_PICTURES = 16
MOST_LOOKS = 1000  # at one signature while it is written


class Line:
    """A connection to a device; dropped after every failure and made again by the next call."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None
        self._closed = False

    def identity(self) -> Identity:
        """Ask who the device is."""
        with self._call(IDENTITY_LIMIT) as deadline:
            self._send(encode(b"I", b""), deadline)
            fields = _expected(self._receive(deadline), b"i").fields()
        return Identity(*(str(fields.get(key, "")) for key in ("make", "model", "serial", "firmware")))

    def pictures(self, timeout: float, **request: object) -> tuple[tuple[tuple[str, Image], ...], int]:
        """Capture; return the pictures by part and their ppi."""
        with self._call(timeout) as deadline:
            self._send(encode_fields(b"C", **request), deadline)
            found: list[tuple[str, Image]] = []
            while (message := self._receive(deadline)).kind == b"p" and len(found) < MOST_PICTURES:
                found.append(decode_picture(message))
            fields = _expected(message, b"d").fields()
            ppi = fields.get("ppi")
            if fields.get("count") != len(found) or not isinstance(ppi, int):
                raise WrongAnswerError(
                    "The device sent another number of pictures than it announced; try again."
                )
        return tuple(found), ppi

    def strokes(self, timeout: float, *, grown: Callable[[Message], None] | None = None) -> Message:
        """Wait for a signature; return its message.

        grown: hears of what is written so far, as often as the device tells.
        """
        if grown is None:
            return self.message(b"s", timeout)
        with self._call(timeout) as deadline:
            self._send(encode_fields(b"C", live=True), deadline)
            for _ in range(MOST_LOOKS):
                if (message := self._receive(deadline)).kind != b"l":
                    return _expected(message, b"s")
                grown(message)
        raise WrongAnswerError("The pad tells of a signature without end; take the pen off and try again.")

    def message(self, kind: bytes, timeout: float) -> Message:
        """Capture what is one message of this kind; return it."""
        with self._call(timeout) as deadline:
            self._send(encode_fields(b"C"), deadline)
            return _expected(self._receive(deadline), kind)

    def close(self) -> None:
        """Let go of the connection for good."""
        self._closed = True
        waiting = self._socket
        if waiting is not None:
            with suppress(OSError):
                waiting.shutdown(socket.SHUT_RDWR)  # wakes a call of another thread
        self._drop()

    @contextmanager
    def _call(self, timeout: float) -> Iterator[float]:
        if self._closed:
            raise NotConnectedError("The device was closed; open it again.")
        deadline = time.monotonic() + timeout
        try:
            yield deadline
        except TimeoutError as error:
            self._drop()
            raise TooLateError(f"The device gave no answer within {timeout:g} seconds; try again.") from error
        except OSError as error:
            self._drop()
            raise NotConnectedError("The device is not there; check its cable and its power.") from error
        except (BusyError, RefusedError, NotSupportedError):
            raise  # a whole answer was read: the line is in order
        except DeviceError:
            self._drop()
            raise

    def _connected(self, deadline: float) -> socket.socket:
        if self._closed:
            raise NotConnectedError("The device was closed; open it again.")
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), _left(deadline))
        self._socket.settimeout(_left(deadline))
        return self._socket

    def _send(self, request: bytes, deadline: float) -> None:
        self._connected(deadline).sendall(request)

    def _receive(self, deadline: float) -> Message:
        header = self._exactly(HEADER.size, deadline, first=True)
        return decode(header, self._exactly(payload_length(header) + CHECKSUM.size, deadline))

    def _exactly(self, size: int, deadline: float, *, first: bool = False) -> bytes:
        buffer = bytearray(size)
        filled = 0
        while filled < size:
            count = self._connected(deadline).recv_into(memoryview(buffer)[filled:])
            if count == 0 and first and filled == 0:
                raise NotConnectedError("The device went away; check its cable and its power.")
            if count == 0:
                raise WrongAnswerError("The device's answer broke off; unplug it and plug it in again.")
            filled += count
        return bytes(buffer)

    def _drop(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _expected(message: Message, kind: bytes) -> Message:
    if message.kind == b"e":
        _refuse(message)
    if message.kind != kind:
        raise WrongAnswerError("The device answered something else than it was asked; try again.")
    return message


def _refuse(message: Message) -> None:
    told = message.fields()
    code = str(told.get("code", ""))
    if code == "busy":
        raise BusyError("Another program holds the device; close it, or wait.")
    if code == "refused":
        text = told.get("text") or "The device refuses this capture; clean the plate and try again."
        raise RefusedError(str(text), reason=str(told.get("reason", "")))
    if code == "not_supported":
        raise NotSupportedError("The device cannot do what was asked; use another one for it.")
    raise WrongAnswerError("The device told of an error this program does not know; open it again.")
