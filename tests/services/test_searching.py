"""Finding residents and the tasks the centre's verdicts leave."""

import pytest

from kiosk.domain.verdicts import Decision
from kiosk.services.counter import Counter, Officer
from kiosk.services.errors import NotAllowedError
from kiosk.services.mending import withdraw
from kiosk.services.saving import Saved, save
from kiosk.services.searching import find_residents, tasks
from kiosk.wire.contents import ResidentFile
from tests.services.conftest import ready_visit


@pytest.fixture
def saved(counter: Counter, officer: Officer, people: list[ResidentFile]) -> tuple[str, Saved]:
    visit_id = ready_visit(counter, officer, people[0])
    outcome = save(counter, officer, visit_id)
    assert isinstance(outcome, Saved)
    return visit_id, outcome


def test_a_saved_resident_is_found_and_the_look_is_written_down_without_what_was_typed(
    counter: Counter, officer: Officer, people: list[ResidentFile], saved: tuple[str, Saved]
) -> None:
    nik = people[0].biodata["nik"]

    found = find_residents(counter, officer, nik)

    assert [resident.visit_id for resident in found] == [saved[0]]
    with counter.store.reading() as ledger:
        last = ledger.audit.about(officer.user_id)[-1]
    assert (last.act, last.detail) == ("search", saved[0])
    assert nik not in last.detail


def test_a_technician_searches_nobody(counter: Counter, technician: Officer) -> None:
    with pytest.raises(NotAllowedError):
        find_residents(counter, technician, "siti")


def test_a_verdict_that_needs_a_person_is_a_task_until_the_record_is_withdrawn(
    counter: Counter, officer: Officer, supervisor: Officer, saved: tuple[str, Saved]
) -> None:
    visit_id, outcome = saved
    with counter.store.writing() as ledger:
        ledger.outbox.set_verdict(outcome.entries[0].packet_id, Decision.ACCEPTED, "")
        ledger.outbox.set_verdict(outcome.packet_id, Decision.DUPLICATE, "recorded in Kendal")

    before = tasks(counter, officer)
    withdraw(counter, supervisor, visit_id, "recorded elsewhere")
    after = tasks(counter, officer)

    assert [(task.decision, task.entry.packet_id) for task in before] == [
        (Decision.DUPLICATE, outcome.packet_id)
    ]
    assert before[0].resident is not None
    assert after == ()
