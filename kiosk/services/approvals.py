"""What waits for a supervisor: captures that could not be made, corrections and withdrawals an officer asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from kiosk.domain.biodata import Field
from kiosk.domain.change_requests import ChangeRequest, RequestKind, RequestState
from kiosk.domain.exceptions import CaptureException, needs_supervisor
from kiosk.domain.findings import Finding, stops
from kiosk.domain.remarks import read_reason
from kiosk.domain.requests import ticket_name
from kiosk.domain.roles import Permission
from kiosk.services import drafting
from kiosk.services.counter import Counter, Officer, require
from kiosk.services.errors import NoVisitError
from kiosk.services.mending import carry_out, judge_changes, judge_reason
from kiosk.services.saving import Refused, Saved
from kiosk.storage.records import VisitState
from kiosk.storage.store import Ledger


class ApprovalKind(StrEnum):
    """What is to be decided."""

    EXCEPTION = "exception"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to be decided; asked_at in the office's zone.

    key: what `decide` knows it by.  exceptions, changes: of which it consists, by its kind.  asked_by: the name.
    """

    key: str
    kind: ApprovalKind
    visit_id: str
    ticket: str
    full_name: str
    exceptions: tuple[CaptureException, ...] = ()
    changes: tuple[tuple[Field, str], ...] = field(default=(), repr=False)
    reason: str = ""
    asked_by: str = ""
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of several decisions: how many were carried out, and the names of those that were not, with why."""

    done: int
    refused: tuple[tuple[str, tuple[Finding, ...]], ...]


def ask_correction(
    counter: Counter, officer: Officer, visit_id: str, changes: Mapping[Field, str], reason: str
) -> ChangeRequest | Refused:
    """Ask a supervisor to correct a saved record; what cannot stand is refused at once."""
    request = _request(counter, officer, RequestKind.CORRECTION, visit_id, reason)
    texts = {name.value: text for name, text in changes.items()}
    return _ask(counter, officer, replace(request, changes=texts), judge_changes(counter, changes, reason))


def ask_withdrawal(counter: Counter, officer: Officer, visit_id: str, reason: str) -> ChangeRequest | Refused:
    """Ask a supervisor to take a saved record back."""
    request = _request(counter, officer, RequestKind.WITHDRAWAL, visit_id, reason)
    return _ask(counter, officer, request, judge_reason(reason))


def waiting(counter: Counter, supervisor: Officer) -> tuple[Waiting, ...]:
    """Return what waits to be decided: exceptions of open visits first, then requests, the oldest first."""
    require(supervisor, Permission.SIGN_OFF_EXCEPTION)
    with counter.store.reading() as ledger:
        names = {user.user_id: user.name for user in ledger.users.all()}
        asked = (_of_request(counter, ledger, request, names) for request in ledger.change_requests.open())
        return (*_exceptions(counter, ledger, names), *asked)


def approve(counter: Counter, supervisor: Officer, keys: tuple[str, ...]) -> Decided:
    """Carry out what was asked for (after `confirm_pin`); each by itself, so that one that cannot be stops no other."""
    done, refused = 0, []
    for one in _chosen(counter, supervisor, keys):
        outcome = _approve(counter, supervisor, one)
        if isinstance(outcome, Refused):
            refused.append((one.full_name, outcome.findings))
        else:
            done += 1
    return Decided(done, tuple(refused))


def refuse(counter: Counter, supervisor: Officer, keys: tuple[str, ...], reason: str) -> Decided | Refused:
    """Say no with a reason (after `confirm_pin`): a request ends, an exception goes and its part is taken after all."""
    if findings := judge_reason(reason):
        return Refused(findings)
    answer = read_reason(reason).text or ""
    chosen = _chosen(counter, supervisor, keys)
    for one in chosen:
        if one.kind is ApprovalKind.EXCEPTION:
            drafting.refuse_exceptions(counter, supervisor, one.visit_id, answer)
        else:
            _refuse_request(counter, supervisor, one.key, answer)
    return Decided(len(chosen), ())


def _request(
    counter: Counter, officer: Officer, kind: RequestKind, visit_id: str, reason: str
) -> ChangeRequest:
    text, at = read_reason(reason).text or "", counter.clock().wall
    return ChangeRequest(counter.new_identifier(), kind, visit_id, {}, text, officer.user_id, at)


def _ask(
    counter: Counter, officer: Officer, request: ChangeRequest, findings: tuple[Finding, ...]
) -> ChangeRequest | Refused:
    require(officer, Permission.ASK_CHANGE)
    if stops(findings):
        return Refused(findings)
    with counter.store.writing() as ledger:
        visit = ledger.visits.get(request.visit_id)
        if visit is None or visit.state is not VisitState.SAVED:
            raise NoVisitError("There is no saved record of this visit.")
        before = ledger.change_requests.of_visit(request.visit_id)
        if any(old.kind is request.kind and old.state is RequestState.OPEN for old in before):
            return Refused((Finding.error("change.asked_already", "reason"),))
        ledger.change_requests.add(request)
        act = f"ask_{request.kind.value}"
        ledger.audit.append(request.asked_at, officer.user_id, act, request.visit_id, request.request_id)
    return request


def _chosen(counter: Counter, supervisor: Officer, keys: tuple[str, ...]) -> tuple[Waiting, ...]:
    """Return what still waits of what was chosen: somebody may have decided meanwhile."""
    return tuple(one for one in waiting(counter, supervisor) if one.key in keys)


def _approve(counter: Counter, supervisor: Officer, one: Waiting) -> Saved | Refused | None:
    if one.kind is ApprovalKind.EXCEPTION:
        drafting.sign_off_exceptions(counter, supervisor, one.visit_id)
        return None
    with counter.store.reading() as ledger:
        request = ledger.change_requests.get(one.key)
    if request is None or request.state is not RequestState.OPEN:
        return None
    return carry_out(counter, supervisor, request)


def _refuse_request(counter: Counter, supervisor: Officer, request_id: str, answer: str) -> None:
    at = counter.clock().wall
    with counter.store.writing() as ledger:
        request = ledger.change_requests.get(request_id)
        if request is not None and request.state is RequestState.OPEN:
            refused = RequestState.REFUSED
            ledger.change_requests.decide(request, refused, by=supervisor.user_id, at=at, answer=answer)
            ledger.audit.append(at, supervisor.user_id, "refuse_request", request.visit_id, request_id)


def _exceptions(counter: Counter, ledger: Ledger, names: dict[str, str]) -> tuple[Waiting, ...]:
    found = []
    for visit in ledger.visits.in_state(VisitState.OPEN, VisitState.PARKED):
        draft = ledger.drafts.get(visit.visit_id)
        if draft is None or draft.supervisor_sign_off or not needs_supervisor(draft.exceptions):
            continue
        claimed = next((one for one in reversed(draft.operations) if one.step == "exceptions"), None)
        found.append(
            Waiting(
                key=f"exceptions {visit.visit_id}",
                kind=ApprovalKind.EXCEPTION,
                visit_id=visit.visit_id,
                ticket=ticket_name(visit.ticket),
                full_name=draft.form.get(Field.FULL_NAME, ""),
                exceptions=draft.exceptions,
                asked_by=names.get(claimed.user_id, claimed.user_id) if claimed else "",
                asked_at=counter.here(claimed.at) if claimed else counter.here(visit.opened_at),
            )
        )
    return tuple(found)


def _of_request(counter: Counter, ledger: Ledger, request: ChangeRequest, names: dict[str, str]) -> Waiting:
    visit, resident = ledger.visits.get(request.visit_id), ledger.residents.by_visit(request.visit_id)
    return Waiting(
        key=request.request_id,
        kind=ApprovalKind(request.kind.value),
        visit_id=request.visit_id,
        ticket=ticket_name(visit.ticket) if visit else "",
        full_name=resident.full_name if resident else "",
        changes=tuple((Field(name), text) for name, text in request.changes.items()),
        reason=request.reason,
        asked_by=names.get(request.asked_by, request.asked_by),
        asked_at=counter.here(request.asked_at),
    )
