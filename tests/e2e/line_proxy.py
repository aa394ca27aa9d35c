"""A line between kiosk and centre on loopback that fails as it is told: cut, answers lost, a log-in page instead."""

import contextlib
import socket
import threading
from collections.abc import Callable

_BLOCK = 8192
_PAGE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 26\r\nConnection: close\r\n\r\n"
    b"<html>Log in first!</html>"
)


class LineProxy:
    """Carries bytes both ways; counts those that the kiosk sent.

    at_bytes, then: once so many bytes came from the kiosk, `then` is called and the line is cut.
    lose_answers_after: from so many bytes of the kiosk on, nothing of the answer is carried any more.
    page: everything is answered by the log-in page of a network.
    """

    def __init__(self, target_port: int) -> None:
        self.target_port = target_port
        self.sent = 0
        self.page = False
        self.at_bytes: int | None = None
        self.then: Callable[[], None] | None = None
        self.lose_answers_after: int | None = None
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self._spawn(self._accept)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)

    def _spawn(self, target: Callable[..., None], *arguments: socket.socket) -> threading.Thread:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()
        return thread

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                kiosk, _ = self._listener.accept()
                self._spawn(self._answer_with_page if self.page else self._carry, kiosk)

    def _answer_with_page(self, kiosk: socket.socket) -> None:
        with kiosk, contextlib.suppress(OSError):
            kiosk.recv(_BLOCK)
            kiosk.sendall(_PAGE)

    def _carry(self, kiosk: socket.socket) -> None:
        with (
            kiosk,
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", self.target_port)) as centre,
        ):
            back = self._spawn(self._carry_back, centre, kiosk)
            try:
                self._carry_out(kiosk, centre)
            finally:
                for end in (centre, kiosk):
                    with contextlib.suppress(OSError):
                        end.shutdown(socket.SHUT_RDWR)
                back.join(10)

    def _carry_out(self, kiosk: socket.socket, centre: socket.socket) -> None:
        while block := kiosk.recv(_BLOCK):
            centre.sendall(block)
            self.sent += len(block)
            if self.at_bytes is not None and self.sent >= self.at_bytes:
                self.at_bytes = None
                if self.then is not None:
                    self.then()
                return

    def _carry_back(self, centre: socket.socket, kiosk: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while block := centre.recv(_BLOCK):
                if self.lose_answers_after is not None and self.sent >= self.lose_answers_after:
                    kiosk.shutdown(socket.SHUT_RDWR)
                    return
                kiosk.sendall(block)
