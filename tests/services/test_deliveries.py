"""The page of deliveries: every packet is counted once, day by day and state by state."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from kiosk.domain.verdicts import Decision
from kiosk.services.counter import Counter
from kiosk.services.deliveries import URGENCIES, Deliveries, deliveries
from kiosk.services.standing import LinkState
from kiosk.storage.records import Resident
from kiosk.sync.backoff import Pause
from kiosk.sync.causes import Cause
from kiosk.sync.pump import FAILED_ROUNDS, LAST_ROUND, PAUSE, RATE
from tests.services.conftest import NOW
from tests.services.packets import identifier, join, put_packet

DAY = timedelta(days=1)


def acknowledge(counter: Counter, number: int, *, at: datetime, verdict: Decision | None = None) -> None:
    with counter.store.writing() as ledger:
        ledger.outbox.acknowledge(identifier(number), "token", at)
        if verdict is not None:
            ledger.outbox.set_verdict(identifier(number), verdict, "")


def test_an_empty_outbox_is_told_as_such(counter: Counter) -> None:
    told = deliveries(counter)

    assert (told.states.total, told.tasks, told.since, told.acknowledged_last) == (0, 0, None, None)
    assert [day.day for day in told.days] == [date(2025, 12, 30) + number * DAY for number in range(7)]
    assert {(day.recorded, day.backlog_at_end) for day in told.days} == {(0, 0)}
    assert (told.attempts, told.last_attempt, told.next_attempt, told.seconds_needed) == (0, None, None, None)


@pytest.fixture
def week(counter: Counter) -> Deliveries:
    """Two packets of long ago, one of three days ago and two of today; two of them were acknowledged yesterday."""
    for number, back in enumerate((30, 30, 3, 0, 0), start=1):
        put_packet(counter, number, at=NOW.wall - back * DAY)
    for number in (1, 3):
        acknowledge(counter, number, at=NOW.wall - DAY)
    return deliveries(counter)


def test_each_day_tells_what_became_of_its_packets_and_what_was_left_at_its_end(week: Deliveries) -> None:
    told = [(day.recorded, day.acknowledged, day.waiting, day.backlog_at_end) for day in week.days]

    assert told == [
        (0, 0, 0, 2), (0, 0, 0, 2), (0, 0, 0, 2), (1, 1, 0, 3), (0, 0, 0, 3), (0, 0, 0, 1), (2, 0, 2, 3),
    ]  # fmt: skip
    assert week.days[-1].backlog_at_end == week.standing.waiting


def test_the_first_packet_and_the_last_acknowledgement_are_dated_in_the_offices_zone(
    week: Deliveries,
) -> None:
    assert week.since is not None
    assert week.acknowledged_last is not None
    assert (week.since, week.since.hour) == (NOW.wall - 30 * DAY, 9)
    assert (week.acknowledged_last, week.acknowledged_last.hour) == (NOW.wall - DAY, 9)


def test_a_packet_made_before_midnight_in_utc_belongs_to_the_offices_next_day(counter: Counter) -> None:
    put_packet(counter, 1, at=NOW.wall.replace(hour=0) - timedelta(hours=5))
    put_packet(counter, 2, at=NOW.wall.replace(hour=0) - timedelta(hours=8))

    assert [day.recorded for day in deliveries(counter).days[-2:]] == [1, 1]


def test_every_state_and_verdict_is_counted_once(counter: Counter) -> None:
    for number in range(1, 13):
        put_packet(counter, number)
    verdicts = (Decision.ACCEPTED, Decision.ACCEPTED, *Decision, None)
    for number, verdict in enumerate(verdicts, start=1):
        acknowledge(counter, number, at=NOW.wall, verdict=verdict)
    with counter.store.writing() as ledger:
        ledger.outbox.set_offset(identifier(9), 1)
        for _ in range(5):
            ledger.outbox.fail(identifier(10), "packet_damaged")

    states = deliveries(counter).states

    assert (states.waiting, states.sent, states.quarantined, states.undecided) == (2, 1, 1, 1)
    assert (states.accepted, states.duplicate, states.adjudicate) == (3, 1, 1)
    assert (states.rejected, states.printed, states.purged, states.total) == (1, 1, 0, 12)


def test_what_waits_is_told_by_urgency(counter: Counter) -> None:
    for number, priority in enumerate((1, 2, 2, 2), start=1):
        put_packet(counter, number, priority=priority)
    acknowledge(counter, 2, at=NOW.wall)

    assert deliveries(counter).by_urgency == tuple(zip(URGENCIES.values(), (1, 2, 0), strict=True))


def test_verdicts_that_need_a_person_are_tasks_until_the_record_is_withdrawn(counter: Counter) -> None:
    for number, verdict in enumerate((Decision.REJECTED, Decision.DUPLICATE, Decision.ACCEPTED), start=1):
        put_packet(counter, number)
        acknowledge(counter, number, at=NOW.wall, verdict=verdict)
    before = deliveries(counter).tasks
    gone = Resident("1", "A", "", "", identifier(900_001), identifier(1), NOW.wall, withdrawn=True)
    with counter.store.writing() as ledger:
        ledger.residents.put(gone)

    assert (before, deliveries(counter).tasks) == (2, 1)


def test_the_forecast_follows_the_measured_rate(counter: Counter) -> None:
    put_packet(counter, 1, size=600_000)
    before = deliveries(counter).seconds_needed
    with counter.store.writing() as ledger:
        ledger.facts.put(RATE, "50000")

    assert (before, deliveries(counter).seconds_needed) == (None, 12.0)


def test_the_tries_of_an_outage_are_told_with_the_pause_the_centre_asked_for(counter: Counter) -> None:
    join(counter, tried=NOW.wall.isoformat(), outage="centre_full")
    now = replace(NOW, boottime=NOW.boottime - 20)
    with counter.store.writing() as ledger:
        ledger.facts.put(FAILED_ROUNDS, "41")
        ledger.facts.put(LAST_ROUND, NOW.wall.isoformat())
        ledger.facts.put(PAUSE, Pause.begin(now, 120.0, Cause.CENTRE_FULL).text)

    told = deliveries(counter)

    assert told.standing.link is LinkState.OFFLINE
    assert (told.attempts, told.last_attempt) == (41, NOW.wall)
    assert told.next_attempt == NOW.wall + timedelta(seconds=100)
