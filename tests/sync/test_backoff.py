"""Waiting: full jitter within its bounds, the centre's own word above it, counted by the time since boot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sync.backoff import BASE, CAP, Pause, delay
from kiosk.sync.causes import Cause
from tests.sync.conftest import Machine

FAILURES = st.integers(min_value=0, max_value=10_000)
RANDOM = st.floats(min_value=0, max_value=1, exclude_max=True)


@given(failures=FAILURES, random=RANDOM)
def test_no_delay_is_longer_than_base_doubled_for_each_failure_nor_than_the_cap(
    failures: int, random: float
) -> None:
    waited = delay(failures, random=random)

    assert 0 <= waited <= CAP
    assert waited <= BASE * 2 ** min(failures, 60)


@given(failures=FAILURES)
def test_the_jitter_is_full_from_nothing_up_to_the_bound(failures: int) -> None:
    bound = min(CAP, BASE * 2 ** min(failures, 60))

    assert delay(failures, random=0.0) == 0
    assert delay(failures, random=0.5) == bound / 2


@given(failures=FAILURES, random=RANDOM, asked=st.floats(min_value=0.5, max_value=3600))
def test_what_the_centre_asks_for_wins_over_the_jitter(failures: int, random: float, asked: float) -> None:
    assert delay(failures, random=random, retry_after=asked) == asked


def test_the_centre_cannot_send_a_kiosk_to_sleep_for_more_than_an_hour() -> None:
    assert delay(0, random=0.0, retry_after=1e12) == 3600


def test_asking_for_no_pause_at_all_does_not_make_the_kiosk_ask_without_pause() -> None:
    assert delay(3, random=0.5, retry_after=0.0) == delay(3, random=0.5) > 0


def test_a_pause_is_counted_by_the_time_since_boot_whatever_the_wall_clock_does() -> None:
    machine = Machine()
    pause = Pause.begin(machine(), 120, Cause.CENTRE_FULL)
    machine.pass_time(50)
    machine.wall = machine.wall.replace(year=2019)

    assert pause.left(machine()) == 70


def test_a_pause_ends_and_never_becomes_negative() -> None:
    machine = Machine()
    pause = Pause.begin(machine(), 120, Cause.CENTRE_FULL)
    machine.pass_time(121)

    assert pause.left(machine()) == 0


def test_after_a_reboot_only_the_time_since_that_boot_counts_as_waited() -> None:
    machine = Machine()
    pause = Pause.begin(machine(), 120, Cause.CENTRE_FULL)
    machine.pass_time(100)
    machine.reboot()
    machine.pass_time(30)

    assert pause.left(machine()) == 120 - machine.boottime


def test_a_pause_comes_back_from_its_text_as_it_was() -> None:
    pause = Pause.begin(Machine()(), 119.25, Cause.CENTRE_BUSY)

    assert Pause.parse(pause.text) == pause


@pytest.mark.parametrize("text", ["", "a\nb", "boot\n1.0\nx\ncut", "boot\n1.0\n2.0\nnothing_known", "\n\n\n"])
def test_a_pause_nobody_can_read_is_none(text: str) -> None:
    assert Pause.parse(text) is None
