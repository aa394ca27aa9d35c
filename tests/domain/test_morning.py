"""When the morning's self-test is due: vectors of clocks that go on, stand still, are set, and start anew."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from kiosk.domain.clock import ClockState, Moment
from kiosk.domain.morning import Morning, found_in, morning_now
from kiosk.domain.selftest import Part, Verdict

WIB = timezone(timedelta(hours=7), "WIB")
TODAY, YESTERDAY, FAR = date(2026, 11, 26), date(2026, 11, 25), date(2031, 2, 1)
UNCHECKED, SUSPECT, TRUSTED = ClockState.UNCHECKED, ClockState.SUSPECT, ClockState.TRUSTED


def at(
    day: date, clock: str, boottime: float = 100_000.0, boot: str = "a", state: ClockState = UNCHECKED
) -> Moment:
    wall = datetime.combine(day, time.fromisoformat(clock), WIB).astimezone(UTC)
    return Moment(wall, boottime, boot, state)


def held(day: date, clock: str = "06:00", boottime: float = 100_000.0, boot: str = "a") -> Morning:
    return Morning(day, at(day, clock, boottime, boot), (Part.CAMERA,))


def kept_or_new(last: Morning | None, now: Moment) -> str:
    found = morning_now(last, now, WIB)
    if found is None:
        return "none"
    return "goes on" if last is not None and found.parts == last.parts else "new"


HOUR = 3600.0
VECTORS = {
    "before the hour nothing is due": (None, at(TODAY, "05:59:59"), "none"),
    "from the hour on it is": (None, at(TODAY, "06:00"), "new"),
    "a machine that was off in the morning makes it up": (None, at(TODAY, "10:30"), "new"),
    "and in the evening too": (held(YESTERDAY, boot="z"), at(TODAY, "23:59"), "new"),
    "one that was begun goes on": (held(TODAY), at(TODAY, "06:01", 100_060.0), "goes on"),
    "also before the hour, once begun": (held(TODAY, "05:00"), at(TODAY, "05:10", 100_600.0), "goes on"),
    "and after a restart": (held(TODAY), at(TODAY, "09:00", 30.0, "b"), "goes on"),
    "the next day has its own": (held(YESTERDAY), at(TODAY, "06:00", 100_000.0 + 24 * HOUR), "new"),
    "not before its hour": (held(YESTERDAY), at(TODAY, "05:00", 100_000.0 + 23 * HOUR), "none"),
    "midnight UTC is no new day of the office": (
        held(TODAY, "06:30"),
        at(TODAY, "07:30", 100_000.0 + HOUR),
        "goes on",
    ),
    "a clock set back a day stays in the same morning": (
        held(TODAY),
        at(YESTERDAY, "06:30", 100_000.0 + HOUR / 2),
        "goes on",
    ),
    "a clock set forward by years does too": (held(TODAY), at(FAR, "06:30", 100_000.0 + HOUR / 2), "goes on"),
    "one set back before midnight waits for the day its boot time tells": (
        held(TODAY),
        at(YESTERDAY, "06:30", 100_000.0 + 24.2 * HOUR),
        "new",
    ),
    "one set back while it stood on does not": (
        held(TODAY, "07:00"),
        at(TODAY, "07:00", 100_000.0 + 10 * HOUR),
        "goes on",
    ),
    "begun at night, it is over at midnight": (
        held(YESTERDAY, "23:00"),
        at(TODAY, "00:30", 105_400.0),
        "none",
    ),
    "and comes again in the morning": (held(YESTERDAY, "23:00"), at(TODAY, "06:00", 125_200.0), "new"),
    "after a restart a day ahead is believed": (held(FAR), at(TODAY, "07:00", 30.0, "b"), "none"),
    "also by a suspect clock": (held(FAR), at(TODAY, "07:00", 30.0, "b", SUSPECT), "none"),
    "until the centre confirms today": (held(FAR), at(TODAY, "07:00", 30.0, "b", TRUSTED), "new"),
    "a day that passed while it was off is a new one": (
        held(YESTERDAY),
        at(TODAY, "08:00", 30.0, "b"),
        "new",
    ),
}


@pytest.mark.parametrize(("last", "now", "expected"), VECTORS.values(), ids=VECTORS)
def test_a_morning_is_told_from_another(last: Morning | None, now: Moment, expected: str) -> None:
    assert kept_or_new(last, now) == expected


def test_the_hour_is_the_offices_own() -> None:
    now = at(TODAY, "07:00")

    assert morning_now(None, now, WIB, begins=time(7, 30)) is None
    assert morning_now(None, now, timezone(timedelta(hours=9), "WIT"), begins=time(7, 30)) is not None


def test_set_back_and_forth_all_day_it_runs_once() -> None:
    last, begun = None, 0
    for minute in range(0, 600, 10):
        day = YESTERDAY if minute % 20 else TODAY
        found = morning_now(last, at(day, "07:00", 100_000.0 + minute * 60.0), WIB)
        assert found is not None
        begun += last is None or found.begun != last.begun
        last = found

    assert begun == 1


def test_a_clock_put_right_in_the_same_boot_moves_the_day_along() -> None:
    began_wrong = held(date(2000, 1, 1), "00:01", 60.0)
    put_right = at(TODAY, "06:10", 600.0)

    found = morning_now(began_wrong, put_right, WIB)

    assert found is not None
    assert (found.day, found.begun) == (TODAY, began_wrong.begun)


def test_parts_are_taken_up_and_put_off_in_the_order_of_the_table() -> None:
    morning = Morning(TODAY, at(TODAY, "06:00"))
    taken = morning.taking_up(Part.CAMERA).taking_up(Part.LINK)

    assert morning.left == tuple(Part)
    assert Part.CAMERA not in taken.left
    assert taken.putting_off(Part.CAMERA).left[0] is Part.CAMERA
    assert taken.taking_up(Part.CAMERA).parts == (Part.LINK, Part.CAMERA)


def test_what_it_found_is_said_of_its_own_parts_alone() -> None:
    morning = Morning(TODAY, at(TODAY, "06:00"), (Part.CAMERA, Part.IRIS, Part.DISK))
    verdicts = [
        (Part.CAMERA, Verdict.GOOD),
        (Part.IRIS, Verdict.BROKEN),
        (Part.DISK, Verdict.CARE),
        (Part.LINK, Verdict.BROKEN),
    ]
    found = found_in(morning, verdicts)

    assert (found.broken, found.care) == ((Part.IRIS,), (Part.DISK,))
    assert (found.tested, found.left) == (3, len(Part) - 3)
    assert not found.is_well
    assert found_in(morning, [(Part.CAMERA, Verdict.DUE), (Part.IRIS, Verdict.ABSENT)]).is_well
