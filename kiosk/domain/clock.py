"""Moments: the wall's time is only shown, the time since boot is what order and waiting rely on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ClockState(StrEnum):
    """Whether the wall clock may be believed."""

    TRUSTED = "trusted"  # agreed with the centre since this boot
    UNCHECKED = "unchecked"  # nothing speaks against it, nobody confirmed it
    SUSPECT = "suspect"  # ran backwards or jumped against boot time


@dataclass(frozen=True, slots=True)
class Moment:
    """One reading of both clocks.

    wall: aware, UTC.  boottime: seconds since boot, sleep included.  boot_id: which boot that was.
    """

    wall: datetime
    boottime: float
    boot_id: str
    state: ClockState = ClockState.UNCHECKED


Clock = Callable[[], Moment]
