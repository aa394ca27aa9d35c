"""The audit chain: every change of a row already written is noticed, wherever it is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.storage.audit import FIRST_HEAD, first_break
from kiosk.storage.records import AuditEntry
from kiosk.storage.recovery import check_integrity
from kiosk.storage.store import Store
from tests.storage.conftest import NOW, entry


@pytest.fixture
def chain(store: Store) -> list[AuditEntry]:
    with store.writing() as ledger:
        for number in range(5):
            ledger.audit.append(NOW, "petugas", "capture", f"visit-{number % 2}", f"detail {number}")
        return list(ledger.audit.all())


def test_an_empty_chain_has_a_head_of_zeros(store: Store) -> None:
    with store.reading() as ledger:
        assert (ledger.audit.head(), ledger.audit.length()) == (FIRST_HEAD, 0)


def test_the_head_stands_for_every_row(store: Store, chain: list[AuditEntry]) -> None:
    with store.reading() as ledger:
        assert (ledger.audit.head(), ledger.audit.length()) == (chain[-1].head, 5)
    assert len({entry.head for entry in chain}) == 5
    assert first_break(chain) is None


@pytest.mark.parametrize(
    "change",
    [
        {"user_id": "somebody"},
        {"act": "look"},
        {"subject": "visit-9"},
        {"detail": "nothing"},
        {"at": NOW + timedelta(microseconds=1)},
        {"head": "0" * 64},
        {"index": 7},
    ],
)
def test_any_changed_value_breaks_the_chain_there(chain: list[AuditEntry], change: dict[str, object]) -> None:
    altered = [*chain[:2], replace(chain[2], **change), *chain[3:]]  # type: ignore[arg-type]

    assert first_break(altered) == 3


def test_a_row_taken_out_or_put_in_breaks_the_chain(chain: list[AuditEntry]) -> None:
    assert first_break(chain[:2] + chain[3:]) == 3
    assert first_break(chain[:2] + chain[1:]) == 3


def test_words_moved_from_one_field_to_the_next_are_noticed(chain: list[AuditEntry]) -> None:
    moved = replace(chain[2], act="captur", subject="evisit-0")

    assert first_break([*chain[:2], moved, *chain[3:]]) == 3


def test_what_was_done_to_one_subject_can_be_told(store: Store, chain: list[AuditEntry]) -> None:
    with store.reading() as ledger:
        assert ledger.audit.about("visit-1") == (chain[1], chain[3])


def test_a_row_edited_in_the_database_is_named_by_the_examination(
    store: Store, chain: list[AuditEntry]
) -> None:
    with store._writer.begin() as connection:
        connection.exec_driver_sql("UPDATE audit SET user_id = 'another' WHERE number = 4")

    (problem,) = check_integrity(store)

    assert "row 4" in problem


def test_a_gap_in_the_packets_numbers_is_named_by_the_examination(store: Store) -> None:
    with store.writing() as ledger:
        for number in (1, 2, 5):
            ledger.outbox.add(entry(number))

    (problem,) = check_integrity(store)

    assert "3 to 4" in problem
