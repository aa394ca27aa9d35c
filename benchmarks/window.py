"""The figures of the window but its memory, each in processes of its own: they want a machine that is left alone."""

from benchmarks import window_heartbeat, window_login, window_preview, window_start
from benchmarks.figures import Figure


def measure() -> list[Figure]:
    """Return the figures."""
    return [
        *window_start.measure(),
        *window_login.measure(),
        *window_preview.measure(),
        *window_heartbeat.measure(),
    ]
