"""The wall's clock for devices that sign the time: the one place below `kiosk.app` that tells it."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the time of this machine, in UTC."""
    return datetime.now(UTC)
