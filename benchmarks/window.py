"""All figures of the window, each in processes of its own."""

from benchmarks import window_heartbeat, window_login, window_memory, window_preview, window_start
from benchmarks.figures import Figure

MOST_ENROLLMENTS = 150  # in the figure of memory: each takes some seconds of a real window


def measure(enrollments: int = MOST_ENROLLMENTS) -> list[Figure]:
    """Return the figures; `enrollments` is for that of memory."""
    return [
        *window_start.measure(),
        *window_login.measure(),
        *window_preview.measure(),
        *window_heartbeat.measure(),
        *window_memory.measure(min(enrollments, MOST_ENROLLMENTS)),
    ]
