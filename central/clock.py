"""The one place where the centre reads the time."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the wall's time: aware, UTC."""
    return datetime.now(UTC)
