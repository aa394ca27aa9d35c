"""A visit from arrival to *saved*: what each step lacks, and what nobody may do."""

import json

import pytest

from kiosk.domain.biodata import Field
from kiosk.domain.captures import CaptureKind, Finger
from kiosk.domain.exceptions import CaptureException, ExceptionReason
from kiosk.domain.requests import Service
from kiosk.services import drafting
from kiosk.services.arrivals import arrive, draft_of, open_visits, park, recorded_before, take_up
from kiosk.services.counter import Counter, Officer
from kiosk.services.errors import NotAllowedError, NoVisitError
from kiosk.services.saving import Refused, Saved, save
from kiosk.services.steps import Step, progress
from kiosk.storage.records import PacketState, VisitState
from kiosk.wire.contents import ResidentFile
from kiosk.wire.messages import PacketKind
from kiosk.wire.packet import check_file
from tests.services.conftest import ready_visit


def test_tickets_count_up_through_the_day(counter: Counter, officer: Officer) -> None:
    tickets = [arrive(counter, officer, Service.FIRST_ENROLLMENT).ticket for _ in range(3)]

    assert tickets == [1, 2, 3]


def test_a_technician_registers_nobody(counter: Counter, technician: Officer) -> None:
    with pytest.raises(NotAllowedError):
        arrive(counter, technician, Service.FIRST_ENROLLMENT)

    assert open_visits(counter) == ()


def test_an_empty_visit_lacks_every_step_and_cannot_be_saved(counter: Counter, officer: Officer) -> None:
    visit_id = arrive(counter, officer, Service.FIRST_ENROLLMENT).visit_id

    state = progress(counter, visit_id)
    outcome = save(counter, officer, visit_id)

    open_steps = {found.step for found in state.states if not found.done}
    assert open_steps == set(Step) - {Step.EXCEPTIONS}
    assert state.next_step() is Step.BIODATA
    assert isinstance(outcome, Refused)
    assert outcome.findings == state.lacks


def test_what_was_typed_is_there_for_another_officer(
    counter: Counter, officer: Officer, supervisor: Officer
) -> None:
    visit_id = arrive(counter, officer, Service.FIRST_ENROLLMENT).visit_id
    drafting.write_form(counter, officer, visit_id, {Field.FULL_NAME: "SITI AM"})
    park(counter, officer, visit_id, "the resident fetches a paper")

    draft = take_up(counter, supervisor, visit_id)

    assert draft.form[Field.FULL_NAME] == "SITI AM"


def test_a_whole_visit_is_saved_as_two_packets_that_are_whole(
    counter: Counter, officer: Officer, people: list[ResidentFile]
) -> None:
    visit_id = ready_visit(counter, officer, people[0])

    saved = save(counter, officer, visit_id)

    assert isinstance(saved, Saved)
    assert [entry.kind for entry in saved.entries] == [PacketKind.REGISTRATION, PacketKind.ENROLLMENT]
    assert [entry.device_seq for entry in saved.entries] == [1, 2]
    with counter.store.reading() as ledger:
        key, visit = ledger.facts.signing_key(), ledger.visits.get(visit_id)
        rows = [ledger.outbox.get(entry.packet_id) for entry in saved.entries]
        assert ledger.drafts.get(visit_id) is None
        assert ledger.captures.summaries(visit_id) == ()
    assert key is not None
    assert visit is not None
    assert visit.state is VisitState.SAVED
    assert {row.state for row in rows if row} == {PacketState.WAITING}
    for entry in saved.entries:
        whole = check_file(counter.store.packets.path(entry.packet_id), key.public)
        assert (whole.sha256, whole.size) == (entry.sha256, entry.size)


def test_a_registration_is_small_enough_to_go_first(
    counter: Counter, officer: Officer, people: list[ResidentFile]
) -> None:
    saved = save(counter, officer, ready_visit(counter, officer, people[0]))

    assert isinstance(saved, Saved)
    assert saved.entries[0].size < 30_000


def test_a_saved_visit_cannot_be_saved_or_typed_into_again(
    counter: Counter, officer: Officer, people: list[ResidentFile]
) -> None:
    visit_id = ready_visit(counter, officer, people[0])
    save(counter, officer, visit_id)

    with pytest.raises(NoVisitError):
        save(counter, officer, visit_id)
    with pytest.raises(NoVisitError):
        drafting.write_form(counter, officer, visit_id, {Field.FULL_NAME: "X"})


def test_a_saved_resident_is_known_to_this_kiosk(
    counter: Counter, officer: Officer, people: list[ResidentFile]
) -> None:
    visit_id = ready_visit(counter, officer, people[0])
    biodata = progress(counter, visit_id).biodata
    saved = save(counter, officer, visit_id)

    assert biodata is not None
    assert isinstance(saved, Saved)
    known = recorded_before(counter, biodata.nik)
    assert [resident.packet_id for resident in known] == [saved.packet_id]
    assert 0 < len(known[0].portrait) <= 20_000


def test_changed_data_void_the_statement_and_the_sign_off(
    counter: Counter, officer: Officer, people: list[ResidentFile]
) -> None:
    visit_id = ready_visit(counter, officer, people[0])

    drafting.write_form(counter, officer, visit_id, {Field.HAMLET: "KRAJAN"})

    open_steps = {found.step for found in progress(counter, visit_id).states if not found.done}
    assert open_steps == {Step.STATEMENT, Step.SIGN_OFF}


def test_the_same_data_typed_again_void_nothing(
    counter: Counter, officer: Officer, people: list[ResidentFile]
) -> None:
    visit_id = ready_visit(counter, officer, people[0])
    name = draft_of(counter, visit_id).form[Field.FULL_NAME]

    drafting.write_form(counter, officer, visit_id, {Field.FULL_NAME: name})

    assert progress(counter, visit_id).lacks == ()


def test_an_exception_waits_for_a_supervisor_and_then_the_visit_is_saved(
    counter: Counter, officer: Officer, supervisor: Officer, people: list[ResidentFile]
) -> None:
    visit_id = ready_visit(counter, officer, people[0])
    claimed = CaptureException(Finger.LEFT_RING.value, ExceptionReason.MISSING)
    drafting.claim_exceptions(counter, officer, visit_id, [claimed])

    refused = save(counter, officer, visit_id)
    with pytest.raises(NotAllowedError):
        drafting.sign_off_exceptions(counter, officer, visit_id)
    drafting.sign_off_exceptions(counter, supervisor, visit_id)

    assert isinstance(refused, Refused)
    assert [finding.code for finding in refused.findings] == ["exception.no_sign_off"]
    assert isinstance(save(counter, officer, visit_id), Saved)


def test_a_portrait_the_resident_did_not_approve_keeps_the_visit_open(
    counter: Counter, officer: Officer, people: list[ResidentFile]
) -> None:
    visit_id = ready_visit(counter, officer, people[0])
    with counter.store.writing() as ledger:
        ledger.captures.drop(visit_id, CaptureKind.PORTRAIT)

    state = progress(counter, visit_id)

    assert [found.step for found in state.states if not found.done] == [Step.PORTRAIT]


def test_operations_tell_who_did_what_without_the_residents_data(
    counter: Counter, officer: Officer, people: list[ResidentFile]
) -> None:
    visit_id = ready_visit(counter, officer, people[0])

    operations = draft_of(counter, visit_id).operations

    told = json.dumps([operation.model_dump(mode="json") for operation in operations])
    assert {"documents", "consent", "portrait_approval", "officer_sign_off"} <= {
        operation.step for operation in operations
    }
    assert draft_of(counter, visit_id).form[Field.NIK] not in told
