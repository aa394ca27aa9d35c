"""Plays a trace back: a loopback line at whose other end the recorded device seems to hang.

The driver's bytes are counted and compared, never judged: what came after so many of them is sent again, blanked
captures too.  A line that was lost ends; one that the driver closed waits for it to do so again.
"""

import contextlib
import socket
import threading
from collections import deque
from collections.abc import Iterable, Iterator

from kiosk.devices.listener import Listener
from kiosk.devices.traces import Step, Way

FLUSHED = 0.3  # seconds; what a driver finds on a line that it opens it throws away


class Replay:
    """One trace on one port; each opening of the trace is one connection, and after its last step there is silence.

    pace: how much of the recorded pauses is kept, 0 (none) to 1 (all).
    """

    def __init__(self, steps: Iterable[Step], *, pace: float = 0.0) -> None:
        self.finished = threading.Event()
        self.as_recorded = True
        self._pace = pace
        self._lines = deque(lines_of(steps))
        self._listener = Listener("replay", self._serve)

    @property
    def port(self) -> int:
        """The loopback port it listens at."""
        return self._listener.port

    @property
    def address(self) -> str:
        """What a driver of a serial device takes as its port."""
        return f"socket://127.0.0.1:{self._listener.port}"

    def start(self) -> None:
        """Begin to listen."""
        self._listener.start()

    def close(self) -> None:
        """Stop listening; a second call does nothing."""
        self._listener.close()
        self.as_recorded &= not self._lines  # what was never asked for was not

    def _serve(self, connection: socket.socket) -> None:
        steps = self._lines.popleft() if self._lines else ()
        if steps and steps[0].way is Way.IN:
            self._listener.stopped.wait(FLUSHED)
        before = steps[0].at if steps else 0.0
        for step in steps:
            if step.way is Way.IN:
                self._listener.stopped.wait(self._pace * (step.at - before))
            if not self._played(connection, step):
                self.as_recorded = False
                return
            before = step.at
        if not self._lines:
            self.finished.set()
        while connection.recv(4096):  # silence until the driver lets go
            pass

    def _played(self, connection: socket.socket, step: Step) -> bool:
        """Play one step; return whether the driver is still there."""
        if step.way is Way.OUT:
            return self._heard(connection, step)
        if step.way is Way.IN:
            connection.sendall(step.content)
        elif step.way is Way.LOST:
            connection.shutdown(socket.SHUT_WR)  # a whole close could throw away what was not read yet
        return True

    def _heard(self, connection: socket.socket, step: Step) -> bool:
        expected = step.content
        heard = bytearray()
        while len(heard) < len(expected):
            came = connection.recv(len(expected) - len(heard))
            if not came:
                return False
            heard += came
        if heard != expected and not step.masked:
            self.as_recorded = False  # the driver asks otherwise than it did; it is answered all the same
        return True


def lines_of(steps: Iterable[Step]) -> tuple[tuple[Step, ...], ...]:
    """Return the steps of each connection; a trace may begin in the midst of one."""
    lines: list[list[Step]] = [[]]
    for number, step in enumerate(steps):
        if step.way is not Way.OPENED:
            lines[-1].append(step)
        elif number:
            lines.append([])
    return tuple(map(tuple, lines))


@contextlib.contextmanager
def replaying(steps: Iterable[Step], *, pace: float = 0.0) -> Iterator[Replay]:
    """Play the steps back to whoever opens the replay's `address`."""
    replay = Replay(steps, pace=pace)
    replay.start()
    with contextlib.closing(replay):
        yield replay
