"""How long the window's thread is held up while residents are enrolled, beside a bare program that only waits.

A timer of 5 ms beats on the GUI thread; what it comes late is a gap.  Counted is everything the program does there
between log-in's end and the last *saved*: pages built and shown, keys judged, live pictures painted, answers taken in,
while captures are taken and sealed and packets go to a centre that runs beside it.  Not counted: the log-in, reading
the residents, and pictures of the window, of which none are taken.  The scripted officer types one key a step.

The witness is another process that sleeps and wakes at the same beat, and does nothing else: where it comes late too,
the machine stood still and not the window.  Such gaps are taken out of the count and told beside it.

`python -m benchmarks.window_heartbeat FOLDER N` prints the gaps of N enrollments in a joined office as JSON.
"""

import json
import subprocess
import sys
import tempfile
import time
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

from benchmarks.figures import Figure, middle
from benchmarks.office import joined_office
from benchmarks.window_session import forms, officer, play, told_by, window_of
from kiosk.ui.typist import enroll, log_in

INTERVAL = 5  # milliseconds
LIMIT = 50  # milliseconds nobody notices
SAME = 0.03  # seconds: of a machine that stands still, both are told within so long
RUNS, ENROLLMENTS = 3, 3


def measure() -> list[Figure]:
    """Return the figures of the heartbeat, each run in an office and a process of its own."""
    told = []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder, joined_office(Path(folder)) as kiosk:
            told.append(_witnessed(str(kiosk)))
    own, bare = [run[0] for run in told], [run[1] for run in told]
    longest, bare_longest = [max(gaps) for gaps in own], [max(gaps) for gaps in bare]
    stalls, bare_stalls = [_stalls(gaps) for gaps in own], [_stalls(gaps) for gaps in bare]
    held = max(longest) <= LIMIT
    return [
        Figure(
            f"window held up at {ENROLLMENTS} enrollments, longest", "ms", middle(longest), max(longest),
            "a bare program that waits", middle(bare_longest), aim=f"at most {LIMIT} ms", holds=held,
        ),
        Figure(
            f"window held up over {LIMIT} ms", "times", middle(stalls), max(stalls),
            "a bare program that waits", middle(bare_stalls), aim="never", holds=held,
        ),
    ]  # fmt: skip


def _witnessed(kiosk: str) -> tuple[list[float], list[float]]:
    """Return the gaps of the window, without those of the machine, and the gaps of the witness."""
    command = [sys.executable, "-m", "benchmarks.witness"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as witness:
        gaps = told_by("benchmarks.window_heartbeat", kiosk, str(ENROLLMENTS))
        bare: list[tuple[float, float]] = json.loads(witness.communicate()[0])
    begun, ended = gaps[0][0], gaps[-1][0]
    during = [(at, late) for at, late in bare if begun <= at <= ended]
    own = [late for at, late in gaps if late <= LIMIT or not _stood_still(at, late, during)]
    return own, [late for _, late in during] or [0.0]


def _stood_still(at: float, late: float, bare: list[tuple[float, float]]) -> bool:
    """Tell whether the bare program was held up for most of the same while."""
    return any(abs(at - bare_at) < SAME and bare_late >= late / 2 for bare_at, bare_late in bare)


def _stalls(gaps: list[float]) -> int:
    return sum(gap > LIMIT for gap in gaps)


class Heartbeat(QObject):
    """Beats on the GUI thread and keeps when each beat came, and how many milliseconds late."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.late: list[tuple[float, float]] = []
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self._beat)

    def begin(self) -> None:
        """Count from now."""
        self._last = time.monotonic()
        self._timer.start()

    def end(self) -> list[tuple[float, float]]:
        """Count no more; returns what was counted since `begin`."""
        self._timer.stop()
        late, self.late = self.late, []
        return late

    def _beat(self) -> None:
        now = time.monotonic()
        self.late.append((now, (now - self._last) * 1000 - INTERVAL))
        self._last = now


def gaps(folder: Path, enrollments: int) -> list[tuple[float, float]]:
    """Return when each beat of a window at work came, and by how many milliseconds late."""
    people, hand = forms(enrollments), officer()
    with window_of(folder) as program:
        pulse = Heartbeat(program)
        play(program, log_in(program, hand))
        pulse.begin()
        play(program, chain.from_iterable(enroll(program, hand, form) for form in people))
        return pulse.end()


if __name__ == "__main__":
    sys.stdout.write(json.dumps(gaps(Path(sys.argv[1]), int(sys.argv[2]))))
