"""The process the peers of all simulators live in: one a kiosk, from the first device opened to the last one closed.

What they draw takes 250 MB and long turns of the interpreter; a kiosk has neither to spare.
"""

import os
import subprocess
import sys
import threading

from kiosk.devices.api import NotConnectedError

PROGRAM = "kiosk.devices.sim.peers"
START_LIMIT = 15.0
END_LIMIT = 5.0
ONE_HEAP = {
    "MALLOC_ARENA_MAX": "1"
}  # glibc: else each drawing thread keeps pictures of its own, 400 MB in all


class PeerProcess:
    """A running program of peers, the port of its door, and how many devices use it."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.port = 0
        self.users = 0
        self._process = process

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def wait_for_door(self, *, timeout: float) -> None:
        """Wait until it tells its port; raises `NotConnectedError` when it does not within `timeout` seconds."""
        limit = threading.Timer(timeout, self._process.kill)  # a killed program ends the wait, everywhere
        limit.start()
        try:
            assert self._process.stdout is not None
            told = self._process.stdout.readline().strip()
        finally:
            limit.cancel()
            limit.join()
        if not told.isdigit():
            raise NotConnectedError("The simulators do not start; close other programs and try again.")
        self.port = int(told)

    def end(self) -> None:
        """Close its input, by which it ends, and wait for it."""
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        try:
            self._process.wait(END_LIMIT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class SharedPeerProcess:
    """Starts the process for its first user and ends it after the last; one that died is started again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: PeerProcess | None = None

    def take(self) -> PeerProcess:
        """Return the process, counted as used once more; raises `NotConnectedError`."""
        with self._lock:
            if self._running is None or not self._running.alive:
                self._running = _started()
            self._running.users += 1
            return self._running

    def give_back(self, process: PeerProcess) -> None:
        """Count one user less; the last one ends the process."""
        with self._lock:
            process.users -= 1
            if process.users:
                return
            if process is self._running:
                self._running = None
            process.end()


def _started() -> PeerProcess:
    try:  # -P: nothing of the folder we happen to stand in is imported
        process = PeerProcess(
            subprocess.Popen(
                [sys.executable, "-P", "-m", PROGRAM],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, **ONE_HEAP},
            )
        )
    except OSError as error:
        raise NotConnectedError(
            "The simulators cannot be started; close other programs and try again."
        ) from error
    try:
        process.wait_for_door(timeout=START_LIMIT)
    except NotConnectedError:
        process.end()
        raise
    return process


SHARED = SharedPeerProcess()
