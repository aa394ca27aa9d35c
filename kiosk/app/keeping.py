"""Keeping the window up: a small process that starts it again when it ends by a crash."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

PAUSE = 1.0  # seconds before a window that died at once is started again
QUICK = 5.0  # seconds: whoever dies sooner gets the pause
ENDED_WELL = 0


def keep_running(folder: Path) -> int:
    """Start the window until it is closed by a person; returns its exit code then, or the signal's if we are ended."""
    count = 0
    while True:
        began = time.monotonic()
        window = subprocess.Popen(_command(folder, count))
        with _PassingOn(window):
            code = window.wait()
        if code == ENDED_WELL or window_was_told(code):
            return max(code, ENDED_WELL)
        count += 1
        if time.monotonic() - began < QUICK:
            time.sleep(PAUSE)


def window_was_told(code: int) -> bool:
    """Tell whether the window ended because somebody ended it on purpose (SIGTERM, SIGINT)."""
    return code in (-signal.SIGTERM, -signal.SIGINT)


class _PassingOn:
    """Hands a signal that ends this process to the window, so that it closes in order."""

    def __init__(self, window: subprocess.Popen[bytes]) -> None:
        self._window = window

    def __enter__(self) -> None:
        self._before = signal.signal(signal.SIGTERM, self._hand_on)

    def __exit__(self, *error: object) -> None:
        signal.signal(signal.SIGTERM, self._before)

    def _hand_on(self, number: int, frame: FrameType | None) -> None:
        self._window.terminate()


def _command(folder: Path, count: int) -> list[str]:
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
