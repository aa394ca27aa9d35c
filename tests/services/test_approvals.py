"""What waits for a supervisor: decided once, one by one or many, with a reason for a no; nothing goes out before."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.domain.biodata import Field
from kiosk.domain.captures import Finger
from kiosk.domain.change_requests import ChangeRequest, RequestState
from kiosk.domain.exceptions import CaptureException, ExceptionReason
from kiosk.services import drafting
from kiosk.services.approvals import (
    ApprovalKind,
    Decided,
    approve,
    ask_correction,
    ask_withdrawal,
    refuse,
    waiting,
)
from kiosk.services.counter import Counter, Officer
from kiosk.services.errors import NotAllowedError, NoVisitError
from kiosk.services.looking import look_at
from kiosk.services.mending import amend
from kiosk.services.saving import Refused, save
from kiosk.wire.contents import CHANGE, ChangeFile, ResidentFile
from kiosk.wire.messages import PacketKind
from kiosk.wire.opening import OpeningIdentity
from kiosk.wire.packet import open_packet
from tests.services.conftest import ready_visit
from tests.services.papers import recorded, refusal

CHANGES = {Field.HAMLET: "KRAJAN"}
STIFF = CaptureException(Finger.LEFT_LITTLE.value, ExceptionReason.STIFF, "kecelakaan")


@pytest.fixture
def visit_id(counter: Counter, officer: Officer, people: list[ResidentFile]) -> str:
    return recorded(counter, officer, people[0])


def kinds(counter: Counter, visit_id: str) -> list[PacketKind]:
    with counter.store.reading() as ledger:
        return [entry.kind for entry in ledger.outbox.of_visit(visit_id)][2:]


def readable(counter: Counter) -> OpeningIdentity:
    """Let the counter seal to an identity of the test."""
    identity = OpeningIdentity.generate()
    with counter.store.writing() as ledger:
        membership = ledger.facts.membership()
        assert membership is not None
        ledger.facts.set_membership(replace(membership, recipients=(identity.recipient,)))
    return identity


def last_change(counter: Counter, visit_id: str, identity: OpeningIdentity) -> ChangeFile:
    with counter.store.reading() as ledger:
        key, packet = ledger.facts.signing_key(), ledger.outbox.of_visit(visit_id)[-1]
    assert key is not None
    sealed = counter.store.packets.path(packet.packet_id).read_bytes()
    return ChangeFile.read(open_packet(sealed, key.public, identity.secret).members[CHANGE])


def asked(outcome: ChangeRequest | Refused) -> ChangeRequest:
    assert isinstance(outcome, ChangeRequest), outcome
    return outcome


def state_of(counter: Counter, request: ChangeRequest) -> ChangeRequest:
    with counter.store.reading() as ledger:
        kept = ledger.change_requests.get(request.request_id)
    assert kept is not None
    return kept


def test_a_correction_goes_out_once_a_supervisor_approved_it_and_names_both(
    counter: Counter, officer: Officer, supervisor: Officer, visit_id: str
) -> None:
    identity = readable(counter)
    request = asked(ask_correction(counter, officer, visit_id, CHANGES, "salah dusun"))
    assert kinds(counter, visit_id) == []
    (one,) = waiting(counter, supervisor)
    assert (one.kind, one.reason, one.asked_by) == (ApprovalKind.CORRECTION, "salah dusun", officer.name)
    assert one.changes == ((Field.HAMLET, "KRAJAN"),)

    assert approve(counter, supervisor, (one.key,)) == Decided(1, ())

    assert kinds(counter, visit_id) == [PacketKind.AMENDMENT]
    change = last_change(counter, visit_id, identity)
    assert (change.user_id, change.asked_by, change.biodata) == (
        supervisor.user_id,
        officer.user_id,
        {"hamlet": "KRAJAN"},
    )
    assert state_of(counter, request).state is RequestState.APPROVED


def test_what_was_decided_is_not_done_again(
    counter: Counter, officer: Officer, supervisor: Officer, visit_id: str
) -> None:
    request = asked(ask_correction(counter, officer, visit_id, CHANGES, "salah dusun"))
    approve(counter, supervisor, (request.request_id,))

    assert approve(counter, supervisor, (request.request_id,)) == Decided(0, ())
    assert refuse(counter, supervisor, (request.request_id,), "terlambat") == Decided(0, ())
    assert kinds(counter, visit_id) == [PacketKind.AMENDMENT]
    assert state_of(counter, request).state is RequestState.APPROVED


def test_a_withdrawal_takes_the_record_back_once_it_is_approved(
    counter: Counter, officer: Officer, supervisor: Officer, visit_id: str
) -> None:
    request = asked(ask_withdrawal(counter, officer, visit_id, "direkam dua kali"))

    approve(counter, supervisor, (request.request_id,))

    assert kinds(counter, visit_id) == [PacketKind.WITHDRAWAL]
    with counter.store.reading() as ledger:
        resident = ledger.residents.by_visit(visit_id)
    assert resident is not None
    assert resident.withdrawn


def test_many_are_decided_at_once_and_one_that_cannot_be_stops_no_other(
    counter: Counter, officer: Officer, supervisor: Officer, people: list[ResidentFile]
) -> None:
    visits = [recorded(counter, officer, file) for file in people[:3]]
    requests = [asked(ask_correction(counter, officer, one, CHANGES, "salah dusun")) for one in visits]
    with counter.store.writing() as ledger:  # a change that stood when it was asked for, and stands no more
        ledger.change_requests.decide(
            requests[1], RequestState.REFUSED, by="", at=requests[1].asked_at, answer="-"
        )
        ledger.change_requests.add(
            replace(requests[1], request_id="again", changes={"birth_date": "31-02-1990"})
        )

    told = approve(counter, supervisor, (requests[0].request_id, "again", requests[2].request_id))

    assert told.done == 2
    ((name, findings),) = told.refused
    assert name
    assert {finding.field for finding in findings} == {"birth_date"}
    assert [len(kinds(counter, one)) for one in visits] == [1, 0, 1]


def test_a_no_wants_a_reason_and_is_kept_with_it(
    counter: Counter, officer: Officer, supervisor: Officer, visit_id: str
) -> None:
    request = asked(ask_withdrawal(counter, officer, visit_id, "direkam dua kali"))

    assert refusal(refuse(counter, supervisor, (request.request_id,), " ")) == {"change.no_reason"}
    assert refuse(counter, supervisor, (request.request_id,), "bukan ganda") == Decided(1, ())

    kept = state_of(counter, request)
    assert (kept.state, kept.answer, kept.decided_by) == (RequestState.REFUSED, "bukan ganda", "supervisor")
    assert kinds(counter, visit_id) == []
    assert waiting(counter, supervisor) == ()
    assert asked(ask_withdrawal(counter, officer, visit_id, "sungguh ganda"))


def test_the_same_is_not_asked_for_twice(counter: Counter, officer: Officer, visit_id: str) -> None:
    asked(ask_correction(counter, officer, visit_id, CHANGES, "salah dusun"))

    assert refusal(ask_correction(counter, officer, visit_id, CHANGES, "lagi")) == {"change.asked_already"}
    assert asked(ask_withdrawal(counter, officer, visit_id, "direkam dua kali"))


def test_what_cannot_stand_is_refused_before_anybody_is_asked(
    counter: Counter, officer: Officer, supervisor: Officer, visit_id: str
) -> None:
    outcome = ask_correction(counter, officer, visit_id, {Field.BIRTH_DATE: "31-02-1990"}, "")

    assert isinstance(outcome, Refused)
    assert {finding.field for finding in outcome.findings} == {"birth_date", "reason"}
    with pytest.raises(NoVisitError):
        ask_withdrawal(counter, officer, "no-visit", "salah")
    assert waiting(counter, supervisor) == ()


@pytest.mark.parametrize(
    "act",
    [
        waiting,
        lambda counter, who: approve(counter, who, ("x",)),
        lambda counter, who: refuse(counter, who, ("x",), "tidak"),
        lambda counter, who: amend(counter, who, "no-visit", CHANGES, "salah"),
    ],
    ids=["look", "approve", "refuse", "amend"],
)
def test_an_officer_decides_nothing(
    counter: Counter, officer: Officer, act: Callable[[Counter, Officer], object]
) -> None:
    with pytest.raises(NotAllowedError):
        act(counter, officer)


def test_exceptions_of_a_visit_are_agreed_to_later_from_the_list(
    counter: Counter, officer: Officer, supervisor: Officer, people: list[ResidentFile]
) -> None:
    visit_id = ready_visit(counter, officer, people[0])
    drafting.claim_exception(counter, officer, visit_id, STIFF)
    assert isinstance(save(counter, officer, visit_id), Refused)
    (one,) = waiting(counter, supervisor)
    assert (one.kind, one.exceptions, one.asked_by) == (ApprovalKind.EXCEPTION, (STIFF,), officer.name)

    approve(counter, supervisor, (one.key,))

    assert look_at(counter, visit_id).supervisor_sign_off == supervisor.user_id
    assert waiting(counter, supervisor) == ()


def test_an_exception_that_is_refused_is_captured_after_all(
    counter: Counter, officer: Officer, supervisor: Officer, people: list[ResidentFile]
) -> None:
    visit_id = ready_visit(counter, officer, people[0])
    drafting.claim_exception(counter, officer, visit_id, STIFF)
    (one,) = waiting(counter, supervisor)

    assert refuse(counter, supervisor, (one.key,), "jari terlihat baik") == Decided(1, ())

    assert look_at(counter, visit_id).exceptions == ()
    with counter.store.reading() as ledger:
        draft = ledger.drafts.get(visit_id)
    assert draft is not None
    assert draft.operations[-1].reason == "jari terlihat baik"
