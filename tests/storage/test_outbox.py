"""The outbox: nothing but an acknowledgement delivers, nothing deletes, five failures of one cause put aside."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kiosk.domain.verdicts import Decision
from kiosk.storage.errors import OutboxError, StorageError
from kiosk.storage.records import OutboxEntry, PacketState
from kiosk.storage.store import Store
from tests.storage.conftest import NOW, entry, identifier


def kept(store: Store, number: int = 1) -> OutboxEntry:
    with store.reading() as ledger:
        found = ledger.outbox.get(identifier(number))
    assert found is not None
    return found


def test_a_new_row_waits_and_comes_back_as_it_was_added(store: Store) -> None:
    with store.writing() as ledger:
        ledger.outbox.add(entry(1, refers_to=identifier(9)))

    assert kept(store) == entry(1, refers_to=identifier(9))


def test_the_most_urgent_and_oldest_come_first_and_delivered_ones_not_at_all(store: Store) -> None:
    with store.writing() as ledger:
        for number, priority in ((1, 2), (2, 1), (3, 2), (4, 1)):
            ledger.outbox.add(entry(number, priority=priority))
        ledger.outbox.acknowledge(identifier(4), "token", NOW)
        due = ledger.outbox.due(limit=10)
        urgent = ledger.outbox.due(limit=10, priorities=(1,))
        first = ledger.outbox.due(limit=1)

    assert [found.device_seq for found in due] == [2, 1, 3]
    assert [found.device_seq for found in urgent] == [2]
    assert first == due[:1]


def test_an_acknowledgement_stays_the_first_one_and_nothing_undoes_it(store: Store) -> None:
    with store.writing() as ledger:
        ledger.outbox.add(entry(1))
        ledger.outbox.acknowledge(identifier(1), "first", NOW)
        ledger.outbox.acknowledge(identifier(1), "second", NOW)
        ledger.outbox.set_offset(identifier(1), 0)
        for _ in range(9):
            ledger.outbox.fail(identifier(1), "packet_damaged")

    found = kept(store)
    assert (found.state, found.acknowledgement, found.offset) == (
        PacketState.ACKNOWLEDGED,
        "first",
        found.size,
    )


def test_an_empty_acknowledgement_is_none(store: Store) -> None:
    with store.writing() as ledger:
        ledger.outbox.add(entry(1))

    with pytest.raises(OutboxError), store.writing() as ledger:
        ledger.outbox.acknowledge(identifier(1), "", NOW)

    assert kept(store).state is PacketState.WAITING


def test_the_database_itself_refuses_delivered_without_an_acknowledgement(store: Store) -> None:
    with store.writing() as ledger:
        ledger.outbox.add(entry(1))

    with pytest.raises(StorageError), store.writing() as ledger:
        ledger.outbox._row(identifier(1)).state = "acknowledged"

    assert kept(store).state is PacketState.WAITING


def test_five_failures_of_one_cause_put_a_packet_aside_and_it_can_be_put_back(store: Store) -> None:
    with store.writing() as ledger:
        ledger.outbox.add(entry(1))
        for cause in ("packet_damaged", "packet_refused", *["packet_damaged"] * 4):
            ledger.outbox.fail(identifier(1), cause)
    assert (kept(store).state, kept(store).failures) == (PacketState.WAITING, 4)

    with store.writing() as ledger:
        ledger.outbox.fail(identifier(1), "packet_damaged")
        aside = ledger.outbox.get(identifier(1))
        due = ledger.outbox.due(limit=5)
        ledger.outbox.put_back(identifier(1))

    assert aside is not None
    assert aside.state is PacketState.QUARANTINED
    assert due == ()
    assert (kept(store).state, kept(store).failures, kept(store).cause) == (PacketState.WAITING, 0, "")


def test_a_packet_that_was_not_put_aside_cannot_be_put_back(store: Store) -> None:
    with store.writing() as ledger:
        ledger.outbox.add(entry(1))

    for number in (1, 2):
        with pytest.raises(OutboxError), store.writing() as ledger:
            ledger.outbox.put_back(identifier(number))


def test_two_packets_of_one_sequence_number_are_refused(store: Store) -> None:
    with store.writing() as ledger:
        ledger.outbox.add(entry(1))

    with pytest.raises(StorageError), store.writing() as ledger:
        ledger.outbox.add(entry(2, device_seq=1))

    with store.reading() as ledger:
        assert ledger.outbox.all() == (entry(1),)


def test_a_verdict_is_kept_with_its_reason(store: Store) -> None:
    with store.writing() as ledger:
        ledger.outbox.add(entry(1))
        ledger.outbox.set_verdict(identifier(1), Decision.DUPLICATE, "recorded in Kendal")

    assert (kept(store).verdict, kept(store).verdict_reason) == (Decision.DUPLICATE, "recorded in Kendal")


class OutboxMachine(RuleBasedStateMachine):
    """Anything may happen to three packets, in any order; what was delivered stays so, and none disappears."""

    numbers = st.integers(min_value=1, max_value=3)

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store.create(Path(self.folder.name) / "kiosk", recovery_recipients=())
        self.delivered: set[str] = set()
        with self.store.writing() as ledger:
            for number in (1, 2, 3):
                ledger.outbox.add(entry(number))

    @rule(number=numbers, offset=st.integers(min_value=0, max_value=1000))
    def move(self, number: int, offset: int) -> None:
        with self.store.writing() as ledger:
            ledger.outbox.set_offset(identifier(number), offset)

    @rule(
        number=numbers, cause=st.sampled_from(["packet_damaged", "packet_refused"]), times=st.integers(1, 6)
    )
    def fail(self, number: int, cause: str, times: int) -> None:
        with self.store.writing() as ledger:
            for _ in range(times):
                ledger.outbox.fail(identifier(number), cause)

    @rule(number=numbers)
    def acknowledge(self, number: int) -> None:
        with self.store.writing() as ledger:
            ledger.outbox.acknowledge(identifier(number), "token", NOW)
        self.delivered.add(identifier(number))

    @rule()
    def start_again(self) -> None:
        self.store.close()
        self.store = Store.open(self.store.folder)

    @invariant()
    def only_the_acknowledged_are_delivered_and_all_are_there(self) -> None:
        with self.store.reading() as ledger:
            entries = ledger.outbox.all()
        assert len(entries) == 3
        shown = {found.packet_id for found in entries if found.state is PacketState.ACKNOWLEDGED}
        assert shown == self.delivered
        assert all(
            (found.offset > 0) == (found.state is PacketState.PARTIAL)
            for found in entries
            if found.state in (PacketState.WAITING, PacketState.PARTIAL)
        )

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()


TestOutboxMachine = OutboxMachine.TestCase
TestOutboxMachine.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
