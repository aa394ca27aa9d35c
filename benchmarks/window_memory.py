"""Memory of the window's process over enrollments by its own widgets: its resident size after each, nobody else's.

`python -m benchmarks.window_memory FOLDER N` prints the sizes in MB as JSON.
"""

import json
import sys
import tempfile
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.memory import FLAT, resident_megabytes
from benchmarks.window_session import forms, officer, play, told_by, window_of
from kiosk.app.wiring import make_practice
from kiosk.ui.typist import enroll, log_in

MOST_ENROLLMENTS = 150  # each takes some seconds of a real window
WARM_UP = 5
MOST = 350  # MB


def measure(enrollments: int = MOST_ENROLLMENTS) -> list[Figure]:
    """Return the figure of the window's memory."""
    enrollments = min(enrollments, MOST_ENROLLMENTS)
    with tempfile.TemporaryDirectory() as folder:
        make_practice(Path(folder) / "kiosk")
        told = told_by("benchmarks.window_memory", str(Path(folder) / "kiosk"), str(WARM_UP + enrollments))
    sizes = told[WARM_UP:]
    tenth = max(1, enrollments // 10)
    early, late = max(sizes[:tenth]), max(sizes[-tenth:])
    return [
        Figure(
            f"window's memory after {enrollments} enrollments", "MB", late, max(sizes),
            "highest of the first tenth", early,
            aim=f"flat: at most {FLAT:.2f} times, under {MOST} MB",
            holds=late <= early * FLAT and max(sizes) < MOST,
        )
    ]  # fmt: skip


def sizes_over(folder: Path, enrollments: int) -> list[float]:
    """Return the resident size after each of so many enrollments, in MB."""
    people, hand, sizes = forms(enrollments), officer(), []
    with window_of(folder) as program:
        play(program, log_in(program, hand))
        for form in people:
            play(program, enroll(program, hand, form))
            sizes.append(resident_megabytes())
    return sizes


if __name__ == "__main__":
    sys.stdout.write(json.dumps(sizes_over(Path(sys.argv[1]), int(sys.argv[2]))))
