"""Where a simulated device waits for its driver: a loopback port, one connection at a time, on a thread of its own."""

import contextlib
import socket
import threading
from collections.abc import Callable

DRIP_SECONDS = 0.05  # between the bytes of a slow device, and between two looks whether the driver has gone
_KNOCK_LIMIT = 1.0


class Listener:
    """Hands every connection to `serve`; `stopped` is set once the device is being closed."""

    def __init__(self, name: str, serve: Callable[[socket.socket], None]) -> None:
        self.stopped = threading.Event()
        self._serve = serve
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._connection: socket.socket | None = None
        self._thread = threading.Thread(target=self._listen, name=name, daemon=True)

    @property
    def port(self) -> int:
        """The loopback port it listens at."""
        return int(self._listener.getsockname()[1])

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def close(self) -> None:
        """Stop listening and end the thread; a second call does nothing."""
        if self.stopped.is_set():
            return
        self.stopped.set()
        connection = self._connection
        with contextlib.suppress(OSError):
            if connection is not None:
                connection.shutdown(socket.SHUT_RDWR)
        knock(self.port)
        self._thread.join()
        self._listener.close()

    def _listen(self) -> None:
        while not self.stopped.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._connection = connection
            with connection, contextlib.suppress(OSError):
                if not self.stopped.is_set():  # `close` may have come before the connection was known
                    self._serve(connection)
            self._connection = None


def knock(port: int) -> None:
    """Wake who waits for a connection at this port."""
    with contextlib.suppress(OSError):
        socket.create_connection(("127.0.0.1", port), _KNOCK_LIMIT).close()
