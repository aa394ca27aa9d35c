"""Keeping the window up: a small process that starts it again when it ends by a crash."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType

PAUSE = 1.0  # seconds before a window that died at once is started again
QUICK = 5.0  # seconds: whoever dies sooner gets the pause
ENDED_WELL = 0


def keep_running(folder: Path) -> int:
    """Keep the window of a folder up; returns the exit code."""
    return keep_up(partial(window_command, folder), pause=PAUSE)


def keep_up(command: Callable[[int], list[str]], *, pause: float) -> int:
    """Start a program until it ends well, or until it or we are told to end.

    command: how it is started for the n-th time, from 0.  pause: seconds before one that died at once is started again.
    """
    count = 0
    with _Keeper() as keeper:
        while True:
            began = time.monotonic()
            code = keeper.run(command(count))
            if keeper.is_told or code == ENDED_WELL or window_was_told(code):
                return ENDED_WELL
            count += 1
            if time.monotonic() - began < QUICK and keeper.is_told_within(pause):
                return ENDED_WELL


def window_command(folder: Path, count: int) -> list[str]:
    """Return what starts the window of a folder that was started so often before."""
    return [
        sys.executable,
        "-m",
        "kiosk.app.main",
        "run",
        "--kiosk",
        "--kept",
        str(count),
        "--data",
        str(folder),
    ]


def window_was_told(code: int) -> bool:
    """Tell whether the window ended because somebody ended it on purpose (SIGTERM, SIGINT)."""
    return code in (-signal.SIGTERM, -signal.SIGINT)


class _Keeper:
    """Runs one window at a time; a signal that ends this process goes on to it, so that it closes in order."""

    def __init__(self) -> None:
        self._told = threading.Event()
        self._window: subprocess.Popen[bytes] | None = None

    @property
    def is_told(self) -> bool:
        """True once somebody told this process to end."""
        return self._told.is_set()

    def is_told_within(self, seconds: float) -> bool:
        """Wait so long, unless told to end."""
        return self._told.wait(seconds)

    def run(self, command: list[str]) -> int:
        """Run a window to its end; returns its exit code."""
        self._window = subprocess.Popen(command)
        if self.is_told:  # while it was being started
            self._window.terminate()
        return self._window.wait()

    def __enter__(self) -> "_Keeper":
        self._before = {
            number: signal.signal(number, self._hear) for number in (signal.SIGTERM, signal.SIGINT)
        }
        return self

    def __exit__(self, *error: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _hear(self, number: int, frame: FrameType | None) -> None:
        self._told.set()
        if self._window is not None:
            self._window.terminate()
