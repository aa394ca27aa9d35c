"""How long the window's thread is held up while residents are enrolled, beside the same window left alone.

A timer of 5 ms beats on the GUI thread; what it comes late is a gap.  Counted is everything the program does there
between log-in's end and the last *saved*: pages built and shown, keys judged, live pictures painted, answers taken in,
while captures are taken and sealed and packets go to a centre that runs beside it.  Not counted: the log-in, reading
the residents, and pictures of the window, of which none are taken.  The scripted officer types one key a step.

`python -m benchmarks.window_heartbeat FOLDER N` prints the gaps of N enrollments in a joined office as JSON.
"""

import json
import sys
import tempfile
import time
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

from benchmarks.figures import Figure, middle
from benchmarks.office import joined_office
from benchmarks.window_session import forms, officer, play, rest, told_by, window_of
from kiosk.ui.typist import enroll, log_in

INTERVAL = 5  # milliseconds
LIMIT = 50  # milliseconds nobody notices
SETTLING, IDLE = 2.0, 10.0  # seconds
RUNS, ENROLLMENTS = 3, 3


def measure() -> list[Figure]:
    """Return the figures of the heartbeat, each run in an office and a process of its own."""
    told = []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder, joined_office(Path(folder)) as kiosk:
            told.append(told_by("benchmarks.window_heartbeat", str(kiosk), str(ENROLLMENTS)))
    longest, idle = [max(run["work"]) for run in told], [max(run["idle"]) for run in told]
    stalls, idle_stalls = [_stalls(run["work"]) for run in told], [_stalls(run["idle"]) for run in told]
    held = max(longest) <= LIMIT
    return [
        Figure(
            f"window held up at {ENROLLMENTS} enrollments, longest", "ms", middle(longest), max(longest),
            "the same window left alone", middle(idle), aim=f"at most {LIMIT} ms", holds=held,
        ),
        Figure(
            f"window held up over {LIMIT} ms", "times", middle(stalls), max(stalls),
            "the same window left alone", middle(idle_stalls), aim="never", holds=held,
        ),
    ]  # fmt: skip


def _stalls(gaps: list[float]) -> int:
    return sum(gap > LIMIT for gap in gaps)


class Heartbeat(QObject):
    """Beats on the GUI thread and keeps how many milliseconds each beat came late."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.late: list[float] = []
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self._beat)

    def begin(self) -> None:
        """Count from now."""
        self._last = time.perf_counter()
        self._timer.start()

    def end(self) -> list[float]:
        """Count no more; returns what was counted since `begin`."""
        self._timer.stop()
        late, self.late = self.late, []
        return late

    def _beat(self) -> None:
        now = time.perf_counter()
        self.late.append((now - self._last) * 1000 - INTERVAL)
        self._last = now


def gaps(folder: Path, enrollments: int) -> dict[str, list[float]]:
    """Return by how many milliseconds beats came late, of an idle window and of one at work."""
    people, hand = forms(enrollments), officer()
    with window_of(folder) as program:
        pulse = Heartbeat(program)
        play(program, log_in(program, hand))
        pulse.begin()
        play(program, chain.from_iterable(enroll(program, hand, form) for form in people))
        work = pulse.end()
        play(program, rest(SETTLING))
        pulse.begin()
        play(program, rest(IDLE))
        return {"work": work, "idle": pulse.end()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(gaps(Path(sys.argv[1]), int(sys.argv[2]))))
