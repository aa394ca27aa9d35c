"""The self-test a counter does by itself: once a day of the office, from early morning on, part by part.

A morning is told from another by the office's day.  Within one boot of the machine a day has passed once boot time says
so, and no change of the wall clock makes a second morning of one; after a restart a day that lies ahead is believed
until the centre has confirmed the clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta, tzinfo

from kiosk.domain.clock import ClockState, Moment
from kiosk.domain.selftest import Part, Verdict

BEGINS = time(6)  # of the office's day


@dataclass(frozen=True, slots=True)
class Morning:
    """One day's tests: which day of the office it is, when they began, and the parts taken up so far.

    A part counts as taken up before it is tested: one whose test ends the program is not tried again that day.
    """

    day: date
    begun: Moment
    parts: tuple[Part, ...] = ()

    @property
    def left(self) -> tuple[Part, ...]:
        """The parts whose turn is still to come."""
        return tuple(part for part in Part if part not in self.parts)

    def taking_up(self, part: Part) -> "Morning":
        """Return the morning with one more part taken up."""
        return replace(self, parts=(*(known for known in self.parts if known is not part), part))

    def putting_off(self, part: Part) -> "Morning":
        """Return the morning with a part whose turn comes again."""
        return replace(self, parts=tuple(known for known in self.parts if known is not part))


def morning_now(last: Morning | None, now: Moment, zone: tzinfo, *, begins: time = BEGINS) -> Morning | None:
    """Return the morning of today: the one that was begun, or a new one from `begins` on; None before that hour.

    None also while the clock, not confirmed by the centre, stands before the day of a morning of another boot.
    """
    known = None if last is None else _still(last, now, zone, begins)
    if known is not None:
        return known
    here = now.wall.astimezone(zone)
    is_ahead = last is not None and last.begun.boot_id != now.boot_id and last.day > here.date()
    if here.time() < begins or (is_ahead and now.state is not ClockState.TRUSTED):
        return None
    if (
        last is not None
        and last.begun.boot_id == now.boot_id
        and _passed(last, now) < _apart(last, zone, begins)
    ):
        return None
    return Morning(here.date(), now)


def _still(last: Morning, now: Moment, zone: tzinfo, begins: time) -> Morning | None:
    """Return a morning that still is today's, under the day it had by the clock as it stands now."""
    if last.begun.boot_id != now.boot_id:
        return last if last.day == now.wall.astimezone(zone).date() else None
    passed = _passed(last, now)
    day = (now.wall - passed).astimezone(zone).date()
    is_over = passed >= _apart(last, zone, time()) and day != now.wall.astimezone(zone).date()
    return None if is_over or passed >= _apart(last, zone, begins) else replace(last, day=day)


def _passed(last: Morning, now: Moment) -> timedelta:
    return timedelta(seconds=now.boottime - last.begun.boottime)


def _apart(last: Morning, zone: tzinfo, begins: time) -> timedelta:
    """Return how long after a morning began the next day reaches an hour, by the clock as it stood then."""
    began = last.begun.wall.astimezone(zone).time()
    return timedelta(days=1) + _since_midnight(begins) - _since_midnight(began)


def _since_midnight(hour: time) -> timedelta:
    return timedelta(hours=hour.hour, minutes=hour.minute, seconds=hour.second)


@dataclass(frozen=True, slots=True)
class Found:
    """What a morning found, as its parts stand since: those that are broken, those that need care, those to come."""

    begun: Moment
    broken: tuple[Part, ...]
    care: tuple[Part, ...]
    tested: int
    left: int

    @property
    def is_well(self) -> bool:
        """True where nothing tested so far is broken or needs care."""
        return not self.broken and not self.care


def found_in(morning: Morning, verdicts: Iterable[tuple[Part, Verdict]]) -> Found:
    """Return what a morning found; verdicts: of the newest test of each part that has one."""
    known = {part: verdict for part, verdict in verdicts if part in morning.parts}
    return Found(
        begun=morning.begun,
        broken=tuple(part for part in Part if known.get(part) is Verdict.BROKEN),
        care=tuple(part for part in Part if known.get(part) is Verdict.CARE),
        tested=len(morning.parts),
        left=len(morning.left),
    )
