"""A socket for `http.client` whose every read and write ends by one deadline, headers that drip in included."""

import contextlib
import io
import socket
import time
from typing import Protocol


class Ear(Protocol):
    """Who is told of every byte of a connection."""

    def sent(self, content: bytes) -> None: ...

    def came(self, content: bytes) -> None:
        """Take what came; nothing where the other end let go."""

    def closed(self) -> None: ...


class TimedSocket:
    """One connection; `deadline` in seconds of the monotonic clock.  It ends by `end`, not by `close`."""

    def __init__(self, sock: socket.socket, deadline: float, ear: Ear | None = None) -> None:
        self.deadline = deadline
        self._socket = sock
        self._ear = ear

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self))

    def receive_into(self, buffer: memoryview) -> int:
        self._socket.settimeout(seconds_left(self.deadline))
        count = self._socket.recv_into(buffer)
        if self._ear is not None:
            self._ear.came(bytes(buffer[:count]))
        return count

    def sendall(self, data: bytes) -> None:
        self._socket.settimeout(seconds_left(self.deadline))
        if self._ear is not None:
            self._ear.sent(data)
        self._socket.sendall(data)

    def close(self) -> None:
        """Do nothing: `http.client` closes early, while its answer is still read."""

    def interrupt(self) -> None:
        """Make a read of another thread end."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        """Let go of the connection; a second call does nothing."""
        ear, self._ear = self._ear, None
        self._socket.close()
        if ear is not None:
            ear.closed()


class _TimedReader(io.RawIOBase):
    def __init__(self, source: TimedSocket) -> None:
        self._source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        return self._source.receive_into(buffer)


def seconds_left(deadline: float) -> float:
    """Return the seconds until then; raises `TimeoutError` when there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
