"""Where the kiosk tells the time, but for drivers: the wall's, and the seconds since boot that order relies on."""

import ctypes
import sys
import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from kiosk.domain.clock import Moment

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def system_moment() -> Moment:
    """Return both clocks of this machine now."""
    return Moment(wall=datetime.now(UTC), boottime=_seconds_since_boot(), boot_id=_boot_id())


def _seconds_since_boot() -> float:
    """Return the seconds since boot, sleep included (Windows: never run on hardware so far)."""
    if sys.platform == "win32":
        count = ctypes.windll.kernel32.GetTickCount64
        count.restype = ctypes.c_uint64
        return float(count()) / 1000
    return time.clock_gettime(time.CLOCK_BOOTTIME)


@cache
def _boot_id() -> str:
    if _BOOT_ID.exists():
        return _BOOT_ID.read_text(encoding="ascii").strip()
    booted = datetime.now(UTC).timestamp() - _seconds_since_boot()
    return f"booted-{int(booted) // 60}"
