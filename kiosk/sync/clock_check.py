"""Whether the wall clock may be believed: it is held against the time since boot, and against the centre's."""

from datetime import datetime, timedelta

from kiosk.domain.clock import ClockState, Moment

TOLERANCE = timedelta(minutes=2)  # time servers step a clock by less than this on a healthy machine


def judge_clock(before: Moment, now: Moment, *, tolerance: timedelta = TOLERANCE) -> ClockState:
    """Return the clock's state now, given an earlier reading; suspicion stays until the centre's time clears it.

    Within one boot both clocks must have gone equally far; over a reboot the wall may at least not run backwards.
    """
    if before.state is ClockState.SUSPECT:
        return ClockState.SUSPECT
    walled = now.wall - before.wall
    if before.boot_id != now.boot_id:
        return ClockState.SUSPECT if walled < -tolerance else ClockState.UNCHECKED
    passed = timedelta(seconds=now.boottime - before.boottime)
    return ClockState.SUSPECT if abs(walled - passed) > tolerance else before.state


def judge_against_centre(
    now: Moment, centre_time: datetime, *, tolerance: timedelta = TOLERANCE
) -> ClockState:
    """Return the clock's state after the centre told its signed time."""
    return ClockState.SUSPECT if abs(now.wall - centre_time) > tolerance else ClockState.TRUSTED
