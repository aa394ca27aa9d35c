"""Sums over the outbox: made by the database, equal to what counting row by row gives."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.domain.verdicts import Decision
from kiosk.storage.outbox_sums import Ages, Made, Waiting
from kiosk.storage.records import OutboxEntry, PacketState
from kiosk.storage.store import Store
from tests.storage.conftest import CREATED, NOW, entry, identifier, resident

OFFSET = timedelta(hours=7)
MINUTES = st.integers(-60 * 24 * 9, 0)


def made_at(number: int, minutes: int, **changes: object) -> OutboxEntry:
    created = CREATED.model_copy(update={"wall": NOW + timedelta(minutes=minutes)})
    return entry(number, created=created, **changes)


def test_an_empty_outbox_has_no_sums(store: Store) -> None:
    with store.reading() as ledger:
        assert ledger.sums.waiting() == Waiting(0, 0, None)
        assert ledger.sums.ages() == Ages(0, None, None)
        assert ledger.sums.made(OFFSET) == ledger.sums.acknowledged(OFFSET) == {}
        assert ledger.sums.by_priority() == ledger.sums.decided() == {}
        assert ledger.sums.tasks() == 0


@given(minutes=st.lists(MINUTES, max_size=12), delivered=st.sets(st.integers(0, 11)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
def test_days_are_the_offices_and_every_packet_falls_on_one(
    store: Store, minutes: list[int], delivered: set[int]
) -> None:
    with store.reading() as ledger:
        before = len(ledger.outbox.all())
    with store.writing() as ledger:
        for place, minute in enumerate(minutes):
            ledger.outbox.add(made_at(before + place + 1, minute, size=100 + place))
            if place in delivered:
                ledger.outbox.acknowledge(identifier(before + place + 1), "token", NOW)

    with store.reading() as ledger:
        entries = ledger.outbox.all()
        made, acknowledged = ledger.sums.made(OFFSET), ledger.sums.acknowledged(OFFSET)
    days = Counter((one.created.wall + OFFSET).date() for one in entries)
    assert {day: one.count for day, one in made.items()} == days
    assert sum(one.size for one in made.values()) == sum(one.size for one in entries)
    assert sum(one.acknowledged for one in made.values()) == sum(acknowledged.values())
    assert set(acknowledged) <= {(NOW + OFFSET).date()}


def test_an_hour_before_midnight_here_is_still_the_same_day(store: Store) -> None:
    with store.writing() as ledger:
        for number, hour in enumerate((16, 17), start=1):
            created = CREATED.model_copy(update={"wall": NOW.replace(hour=hour, minute=0)})
            ledger.outbox.add(entry(number, created=created, size=7))

        assert ledger.sums.made(OFFSET) == {
            date(2026, 1, 5): Made(1, 7, 0),
            date(2026, 1, 6): Made(1, 7, 0),
        }
        assert ledger.sums.made(OFFSET, since=NOW.replace(hour=17, minute=0)) == {
            date(2026, 1, 6): Made(1, 7, 0)
        }


def test_what_waits_is_counted_without_what_arrived_or_was_put_aside(store: Store) -> None:
    with store.writing() as ledger:
        for number in range(1, 5):
            ledger.outbox.add(made_at(number, number, priority=1 + number % 2))
        ledger.outbox.set_offset(identifier(2), 400)
        ledger.outbox.acknowledge(identifier(1), "token", NOW)
        for _ in range(5):
            ledger.outbox.fail(identifier(4), "packet_damaged")

        assert ledger.sums.waiting() == Waiting(2, 1600, NOW + timedelta(minutes=2))
        assert ledger.sums.by_priority() == {1: 1, 2: 1}
        assert ledger.sums.ages() == Ages(4, NOW + timedelta(minutes=1), NOW)


def test_states_and_verdicts_are_counted_together(store: Store) -> None:
    with store.writing() as ledger:
        for number, verdict in enumerate((Decision.ACCEPTED, Decision.ACCEPTED, None, None), start=1):
            ledger.outbox.add(entry(number))
            if number < 4:
                ledger.outbox.acknowledge(identifier(number), "token", NOW)
            if verdict:
                ledger.outbox.set_verdict(identifier(number), verdict, "")

        assert ledger.sums.decided() == {
            (PacketState.ACKNOWLEDGED, Decision.ACCEPTED): 2,
            (PacketState.ACKNOWLEDGED, None): 1,
            (PacketState.WAITING, None): 1,
        }


def test_a_verdict_on_a_withdrawn_record_asks_for_nothing_more(store: Store) -> None:
    with store.writing() as ledger:
        for number, decision in enumerate(Decision, start=1):
            ledger.outbox.add(entry(number))
            ledger.outbox.set_verdict(identifier(number), decision, "")
        before = ledger.sums.tasks()
        ledger.residents.put(resident(902, "SITI", withdrawn=True))
        ledger.residents.put(resident(903, "BUDI"))

        assert (before, ledger.sums.tasks()) == (3, 2)
