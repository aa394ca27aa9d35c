"""A line that counts what is put on it, both ways, and breaks each time so many bytes have gone up."""

import contextlib
import selectors
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

IN_FLIGHT = 4096  # bytes that may be lost when the line breaks: 200 ms of a 128 kbit/s line are 3.2 kB


class CutLine:
    """What went over the line so far; what is lost in flight was on it too."""

    def __init__(self, url: str, every: int) -> None:
        self.up = 0
        self.down = 0
        self.cuts = 0
        self.url = ""
        self._target = (str(urlsplit(url).hostname), int(urlsplit(url).port or 80))
        self._every = every
        self._left = every

    def carry(self, kiosk: socket.socket) -> None:
        """Carry one connection until either side closes it or the line breaks."""
        with kiosk, socket.create_connection(self._target) as centre, selectors.DefaultSelector() as ready:
            for side in (kiosk, centre):
                side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            ready.register(kiosk, selectors.EVENT_READ, centre)
            ready.register(centre, selectors.EVENT_READ, kiosk)
            while True:
                for key, _ in ready.select():
                    if not self._moved(key.fileobj, key.data, upward=key.fileobj is kiosk):
                        return

    def _moved(self, source: object, target: socket.socket, *, upward: bool) -> bool:
        assert isinstance(source, socket.socket)
        block = source.recv(IN_FLIGHT)
        if not upward:
            self.down += len(block)
            target.sendall(block)
            return bool(block)
        self.up += len(block)
        target.sendall(block[: self._left])
        self._left -= len(block)
        if self._left <= 0:
            self._left = self._every
            self.cuts += 1
            source.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return False
        return bool(block)


@contextmanager
def cut_line(url: str, *, every: int) -> Iterator[CutLine]:
    """Lend a line to an address."""
    line = CutLine(url, every)
    with socket.create_server(("127.0.0.1", 0)) as server:
        line.url = f"http://127.0.0.1:{server.getsockname()[1]}"
        thread = threading.Thread(target=_serve, args=(server, line))
        thread.start()
        try:
            yield line
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join(5)


def _serve(server: socket.socket, line: CutLine) -> None:
    with contextlib.suppress(OSError):
        while True:
            connection, _ = server.accept()
            with contextlib.suppress(OSError):
                line.carry(connection)
