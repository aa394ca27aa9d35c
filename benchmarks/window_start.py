"""From the start of the process to a painted log-in page that has taken a typed key, beside a bare Qt window.

Both are begun alternately by the same interpreter; `window_first_key` says where they end.  The counter of a practice
office is opened beside the log-in page, as always.
"""

import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure, high, middle
from benchmarks.window_session import told_by
from kiosk.app.wiring import make_practice

CHILD = "benchmarks.window_first_key"
RUNS = 9
MOST = 3  # times the bare window


def measure() -> list[Figure]:
    """Return the figure of the start."""
    with tempfile.TemporaryDirectory() as folder:
        office = Path(folder) / "kiosk"
        make_practice(office)
        pairs = [(_started(str(office)), _started()) for _ in range(RUNS + 1)][1:]  # the first one warms up
    ours, theirs = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return [
        Figure(
            "start to a log-in page that took a key", "ms", middle(ours), high(ours),
            "bare Qt window with one line", middle(theirs),
            aim=f"at most {MOST} times", holds=middle(ours) <= MOST * middle(theirs),
        )
    ]  # fmt: skip


def _started(*arguments: str) -> float:
    return float(told_by(CHILD, str(time.monotonic()), *arguments))
