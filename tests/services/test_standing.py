"""What the strip says of link, backlog, disk and clock, and how far the last try came."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.clock import ClockState
from kiosk.services import standing as looked
from kiosk.services.counter import Counter
from kiosk.services.standing import (
    RESERVE,
    LinkState,
    StageMark,
    Standing,
    cause_text,
    link_stages,
    standing,
    standing_in,
)
from kiosk.sync.causes import SENTENCES, Cause
from tests.services.conftest import NOW, StandingClock
from tests.services.packets import identifier, join, put_packet

DAY = timedelta(days=1)


def with_free(counter: Counter, free: int) -> Standing:
    with counter.store.reading() as ledger:
        return standing_in(counter, ledger, free, is_sending=False)


def test_a_practice_office_without_a_centre_says_that_there_is_none(counter: Counter) -> None:
    told = standing(counter)

    assert (told.link, told.cause, told.link_since) == (LinkState.NOT_JOINED, "not_joined", None)
    assert told.practice
    assert (told.office_code, told.office_name) == ("33.25.07", "Gringsing")
    assert told.kiosk_id == "practice-gringsing-1"


def test_before_the_first_try_nothing_is_claimed(counter: Counter) -> None:
    join(counter)

    told = standing(counter)

    assert (told.link, told.cause, told.link_since) == (LinkState.OFFLINE, None, None)


def test_an_outage_says_since_when_and_why(counter: Counter) -> None:
    join(counter, tried=NOW.wall.isoformat(), outage="refused", since="2026-01-02T01:12:00+00:00")

    told = standing(counter)

    assert (told.link, told.cause) == (LinkState.OFFLINE, "refused")
    assert told.link_since is not None
    assert (told.link_since.day, told.link_since.hour, told.link_since.minute) == (2, 8, 12)


def test_after_a_good_round_the_link_stands_and_what_is_saved_then_is_being_sent(counter: Counter) -> None:
    join(counter, tried=NOW.wall.isoformat(), outage="", since="")
    empty = standing(counter)
    put_packet(counter, 1)

    assert (empty.link, empty.cause) == (LinkState.ONLINE, None)
    assert standing(counter).link is LinkState.SENDING


def test_the_backlog_is_counted_by_what_is_left_to_send(counter: Counter) -> None:
    for number in range(1, 5):
        put_packet(counter, number, at=NOW.wall + number * timedelta(minutes=1))
    with counter.store.writing() as ledger:
        ledger.outbox.acknowledge(identifier(1), "token", NOW.wall)
        ledger.outbox.set_offset(identifier(2), 400)
        for _ in range(5):
            ledger.outbox.fail(identifier(4), "packet_refused")

    told = standing(counter)

    assert (told.waiting, told.waiting_bytes, told.acknowledged, told.quarantined) == (2, 1600, 1, 1)
    assert told.oldest_waiting == NOW.wall + timedelta(minutes=2)
    assert told.oldest_waiting.hour == 9


def test_the_disk_lasts_as_long_as_the_days_before_were_large(counter: Counter, clock: StandingClock) -> None:
    put_packet(counter, 1, at=NOW.wall - 20 * DAY, size=9_000_000)
    put_packet(counter, 2, at=NOW.wall - 3 * DAY, size=1_000_000)
    put_packet(counter, 3, at=NOW.wall - 2 * DAY, size=2_000_000)
    put_packet(counter, 4, at=NOW.wall - 2 * DAY, size=1_000_000)
    put_packet(counter, 5, at=NOW.wall, size=10)

    assert with_free(counter, RESERVE + 21_000_000).disk_days == 10


def test_on_the_first_day_the_forecast_is_made_of_that_day(counter: Counter) -> None:
    before = with_free(counter, RESERVE + 5_000_000).disk_days
    put_packet(counter, 1, size=1_000_000)

    assert (before, with_free(counter, RESERVE + 5_000_000).disk_days) == (None, 5)


def test_the_gate_closes_below_the_reserve(counter: Counter) -> None:
    put_packet(counter, 1)

    open_gate, closed = with_free(counter, RESERVE), with_free(counter, RESERVE - 1)

    assert (open_gate.disk_gate, closed.disk_gate) == (False, True)
    assert closed.disk_days == 0
    assert closed.disk_free_bytes == RESERVE - 1


def test_a_clock_in_doubt_is_told(counter: Counter, clock: StandingClock) -> None:
    clock.now = replace(NOW, state=ClockState.SUSPECT)

    assert standing(counter).clock is ClockState.SUSPECT


@pytest.mark.parametrize("cause", [cause for cause in Cause if cause is not Cause.NOT_JOINED])
def test_every_cause_stands_at_one_stage_or_beyond_all_and_has_its_sentence(cause: Cause) -> None:
    marks = [stage.mark for stage in link_stages(cause.value)]

    failed = [number for number, mark in enumerate(marks) if mark is StageMark.FAILED]
    reached = failed[0] if failed else len(marks)
    assert len(failed) <= 1
    assert set(marks[:reached]) <= {StageMark.PASSED}
    assert set(marks[reached + 1 :]) <= {StageMark.NOT_REACHED}
    assert cause_text(cause.value) == SENTENCES[cause]


def test_a_refused_connection_passed_network_and_name_and_never_reached_the_certificate() -> None:
    marks = [stage.mark for stage in link_stages("refused")]

    assert marks == [
        StageMark.PASSED,
        StageMark.PASSED,
        StageMark.FAILED,
        StageMark.NOT_REACHED,
        StageMark.NOT_REACHED,
    ]


@pytest.mark.parametrize(
    ("cause", "mark"),
    [(None, StageMark.PASSED), ("not_joined", StageMark.NOT_REACHED), ("of_tomorrow", StageMark.NOT_REACHED)],
)
def test_without_a_cause_all_stages_are_passed_and_without_a_try_none(
    cause: str | None, mark: StageMark
) -> None:
    assert {stage.mark for stage in link_stages(cause)} == {mark}
    assert cause_text("of_tomorrow") == ""


def test_the_stages_are_named(counter: Counter) -> None:
    assert [stage.name for stage in link_stages(None)] == list(looked.STAGE_NAMES)
