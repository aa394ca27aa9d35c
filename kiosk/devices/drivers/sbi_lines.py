"""The connections to a biometric service on this machine: ended from any thread, told to a trace without captures."""

import re
import socket
import threading
from collections.abc import Callable

from kiosk.devices.api import Trace, WrongAnswerError
from kiosk.devices.drivers.mjpeg import LONGEST_HEADER, content_length
from kiosk.devices.drivers.timed_socket import TimedSocket, seconds_left
from kiosk.devices.traces import Way

HOST = "127.0.0.1"
SHOWN = 64  # characters of a long run that a trace keeps: whole hashes, no capture
_OTHERS = re.compile(rb"[^A-Za-z0-9+/=_-]")

Mask = Callable[[bytes], bytes]


class RunMask:
    """Blanks long runs of base64, in which records travel, in whatever pieces they come; their length stays."""

    def __init__(self) -> None:
        self._run = 0

    def __call__(self, content: bytes) -> bytes:
        """Return the piece with an A for every character of a run after its first ones."""
        masked, start = bytearray(content), 0
        for end in (*(found.start() for found in _OTHERS.finditer(content)), len(content)):
            shown = min(end, start + max(0, SHOWN - self._run))
            masked[shown:end] = b"A" * (end - shown)
            self._run = 0 if end < len(content) else self._run + end - start
            start = end + 1
        return bytes(masked)


class PartMask:
    """Blanks the pictures of a multipart stream, in whatever pieces they come; an error told in JSON stays."""

    def __init__(self) -> None:
        self._head = bytearray()
        self._left: int | None = 0  # bytes of a picture that are still to come; None: nobody knows

    def __call__(self, content: bytes) -> bytes:
        """Return the piece with zeros for every byte of a picture."""
        masked = bytearray()
        while content:
            count = len(content) if self._left is None else min(self._left, len(content))
            masked += bytes(count)
            content = content[count:]
            if self._left is not None:
                self._left -= count
            if self._left == 0:
                content = self._passed(content, masked)
        return bytes(masked)

    def _passed(self, content: bytes, masked: bytearray) -> bytes:
        """Let a head pass; return what follows it."""
        end = (self._head + content).find(b"\r\n\r\n")
        if end < 0:
            room = max(0, LONGEST_HEADER - len(self._head))
            self._left = 0 if len(content) <= room else None
            self._head += content[:room]
            masked += content[:room]
            return content[room:]
        count = end + 4 - len(self._head)
        self._left = _length(bytes(self._head + content[:count]))
        self._head.clear()
        masked += content[:count]
        return content[count:]


def _length(head: bytes) -> int | None:
    """Return how many bytes behind a head are to be blanked; None: all of them."""
    if not head.strip() or (head.startswith(b"HTTP/") and b"multipart" in head.lower()):
        return 0
    if b"application/json" in head.lower():
        return 0
    try:
        return content_length(head)
    except WrongAnswerError:
        return None


class _TraceEar:
    def __init__(self, trace: Trace, mask: Mask) -> None:
        self._trace = trace
        self._mask = mask
        trace.line(Way.OPENED)

    def sent(self, content: bytes) -> None:
        self._trace.sent(content)

    def came(self, content: bytes) -> None:
        if not content:
            self._trace.line(Way.LOST)
            return
        masked = self._mask(content)
        self._trace.came(masked, masked=masked != content)

    def closed(self) -> None:
        self._trace.line(Way.CLOSED)


class Lines:
    """All connections of one device, or of one scan.

    trace: who is told of the connections that are opened from now on.
    """

    def __init__(self, trace: Trace | None = None) -> None:
        self.trace = trace
        self._lock = threading.Lock()
        self._open: set[TimedSocket] = set()
        self._pulled = False

    @property
    def pulled(self) -> bool:
        """Whether every connection was ended, those to come included."""
        return self._pulled

    def open(self, port: int, deadline: float, mask: Mask) -> TimedSocket:
        """Connect to a port of this machine; raises `OSError`."""
        connection = socket.create_connection((HOST, port), seconds_left(deadline))
        ear = None if self.trace is None else _TraceEar(self.trace, mask)
        line = TimedSocket(connection, deadline, ear)
        with self._lock:
            self._open.add(line)
            pulled = self._pulled
        if pulled:
            line.interrupt()
        return line

    def end(self, line: TimedSocket) -> None:
        """Let go of one connection."""
        with self._lock:
            self._open.discard(line)
        line.end()

    def pull(self) -> None:
        """End what waits on any connection, and on every one that is opened later."""
        with self._lock:
            self._pulled = True
            for line in self._open:
                line.interrupt()
