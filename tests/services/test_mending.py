"""What was saved is corrected and taken back by new packets; a visit may end without a record."""

import pytest

from kiosk.domain.biodata import Field
from kiosk.domain.requests import Service
from kiosk.services.arrivals import arrive, open_visits, recorded_before
from kiosk.services.counter import Counter, Officer
from kiosk.services.errors import NotAllowedError, NoVisitError
from kiosk.services.mending import amend, end_unserved, withdraw
from kiosk.services.saving import Refused, Saved, save
from kiosk.services.steps import progress
from kiosk.wire.contents import ResidentFile
from kiosk.wire.messages import PacketKind
from tests.services.conftest import ready_visit


@pytest.fixture
def saved_visit(counter: Counter, officer: Officer, people: list[ResidentFile]) -> tuple[str, Saved]:
    visit_id = ready_visit(counter, officer, people[0])
    saved = save(counter, officer, visit_id)
    assert isinstance(saved, Saved)
    return visit_id, saved


def test_an_amendment_is_a_new_packet_that_names_the_enrollment(
    counter: Counter, supervisor: Officer, saved_visit: tuple[str, Saved]
) -> None:
    visit_id, saved = saved_visit

    amended = amend(counter, supervisor, visit_id, {Field.FULL_NAME: "SITI RAHAYU"}, "the name was misread")

    assert isinstance(amended, Saved)
    (entry,) = amended.entries
    assert (entry.kind, entry.refers_to) == (PacketKind.AMENDMENT, saved.packet_id)
    with counter.store.reading() as ledger:
        resident = ledger.residents.by_visit(visit_id)
    assert resident is not None
    assert resident.full_name == "SITI RAHAYU"


def test_an_amendment_with_a_wrong_value_or_without_a_reason_changes_nothing(
    counter: Counter, supervisor: Officer, saved_visit: tuple[str, Saved]
) -> None:
    visit_id, _ = saved_visit

    outcome = amend(counter, supervisor, visit_id, {Field.BIRTH_DATE: "31-02-1990"}, "")

    assert isinstance(outcome, Refused)
    assert {finding.field for finding in outcome.findings} == {"birth_date", "reason"}
    with counter.store.reading() as ledger:
        assert len(ledger.outbox.of_visit(visit_id)) == 2


def test_only_a_supervisor_takes_a_record_back_and_then_it_no_longer_counts(
    counter: Counter, officer: Officer, supervisor: Officer, people: list[ResidentFile]
) -> None:
    visit_id = ready_visit(counter, officer, people[1])
    biodata = progress(counter, visit_id).biodata
    save(counter, officer, visit_id)

    with pytest.raises(NotAllowedError):
        withdraw(counter, officer, visit_id, "recorded twice")
    outcome = withdraw(counter, supervisor, visit_id, "recorded twice")

    assert isinstance(outcome, Saved)
    assert outcome.entries[0].kind is PacketKind.WITHDRAWAL
    assert biodata is not None
    assert recorded_before(counter, biodata.nik) == ()


def test_a_visit_that_ends_unserved_tells_the_centre_why_and_keeps_nothing(
    counter: Counter, officer: Officer, people: list[ResidentFile]
) -> None:
    visit_id = ready_visit(counter, officer, people[2])

    outcome = end_unserved(counter, officer, visit_id, "the resident did not consent")

    assert isinstance(outcome, Saved)
    assert outcome.entries[0].kind is PacketKind.VISIT
    assert open_visits(counter) == ()
    with counter.store.reading() as ledger:
        assert ledger.drafts.get(visit_id) is None
        assert ledger.captures.summaries(visit_id) == ()


def test_a_visit_does_not_end_without_a_reason(counter: Counter, officer: Officer) -> None:
    visit_id = arrive(counter, officer, Service.FIRST_ENROLLMENT).visit_id

    outcome = end_unserved(counter, officer, visit_id, "  ")

    assert isinstance(outcome, Refused)
    assert [visit.visit_id for visit in open_visits(counter)] == [visit_id]


def test_an_open_visit_can_be_neither_amended_nor_withdrawn(
    counter: Counter, officer: Officer, supervisor: Officer
) -> None:
    visit_id = arrive(counter, officer, Service.FIRST_ENROLLMENT).visit_id

    with pytest.raises(NoVisitError):
        amend(counter, supervisor, visit_id, {Field.HAMLET: "KRAJAN"}, "moved")
    with pytest.raises(NoVisitError):
        withdraw(counter, supervisor, visit_id, "by mistake")
