"""Changing what was saved by a new packet that names the old one, and ending a visit that came to nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from kiosk.domain.biodata import Field
from kiosk.domain.biodata_rules import form_texts
from kiosk.domain.change_requests import ChangeRequest, RequestKind, RequestState
from kiosk.domain.findings import Finding, stops
from kiosk.domain.remarks import read_reason
from kiosk.domain.roles import Permission
from kiosk.services.arrivals import open_draft
from kiosk.services.counter import Counter, Officer, created, require
from kiosk.services.drafting import read_form
from kiosk.services.errors import NoVisitError
from kiosk.services.register_acts import Register
from kiosk.services.saving import Refused, Saved
from kiosk.services.sealing import fulfil
from kiosk.storage.records import PacketState, Sealing, VisitState
from kiosk.storage.store import Ledger
from kiosk.wire.contents import ChangeFile
from kiosk.wire.messages import PacketKind


@dataclass(frozen=True, slots=True)
class _Asked:
    """One change to what was saved; request: what it approves, which is decided in the same commit."""

    visit_id: str
    reason: str
    changes: Mapping[Field, str] = dataclass_field(default_factory=dict)
    request: ChangeRequest | None = None


def amend(
    counter: Counter, supervisor: Officer, visit_id: str, changes: Mapping[Field, str], reason: str
) -> Saved | Refused:
    """Correct fields of a saved record; the old packet stays as it is, and the new one names it.

    The kiosk cannot read what it sealed, so each changed field is judged by itself; the centre judges the whole.
    """
    return _amend(counter, supervisor, _Asked(visit_id, reason, changes))


def withdraw(counter: Counter, supervisor: Officer, visit_id: str, reason: str) -> Saved | Refused:
    """Take a saved record back with the papers that rest on it; it stays at the centre, marked.

    It no longer counts as recorded here.  The papers come first: killed in between, none counts without its record.
    """
    return _withdraw(counter, supervisor, _Asked(visit_id, reason))


def carry_out(counter: Counter, supervisor: Officer, request: ChangeRequest) -> Saved | Refused:
    """Do what an officer asked for; the request is decided in the same commit, so that it is never done twice."""
    changes = {Field(name): text for name, text in request.changes.items()}
    asked = _Asked(request.visit_id, request.reason, changes, request)
    act = _withdraw if request.kind is RequestKind.WITHDRAWAL else _amend
    return act(counter, supervisor, asked)


def end_unserved(counter: Counter, officer: Officer, visit_id: str, reason: str) -> Saved | Refused:
    """End an open visit without a record, with its reason; draft and captures are deleted, the centre is told."""
    require(officer, Permission.END_VISIT)
    if findings := judge_reason(reason):
        return Refused(findings)
    change = _change(counter, officer, "ended", _Asked(visit_id, reason))
    with counter.store.writing() as ledger:
        open_draft(ledger, visit_id)
        sealing = _begin(counter, ledger, visit_id, change, (PacketKind.VISIT, None))
    return _saved(counter, sealing)


def put_back(counter: Counter, packet_id: str, *, user_id: str = "") -> None:
    """Let a packet that was put aside be tried again; raises `OutboxError` for any other.

    user_id: who asked for it; empty where a command did, with nobody signed in.
    """
    with counter.store.writing() as ledger:
        ledger.outbox.put_back(packet_id)
        ledger.audit.append(counter.clock().wall, user_id, "put_back", packet_id, "")


def put_all_back(counter: Counter, officer: Officer) -> int:
    """Let every packet that was put aside be tried again; returns how many."""
    require(officer, Permission.SEE_DELIVERIES)
    with counter.store.writing() as ledger:
        aside = [entry for entry in ledger.outbox.all() if entry.state is PacketState.QUARANTINED]
        for entry in aside:
            ledger.outbox.put_back(entry.packet_id)
            ledger.audit.append(counter.clock().wall, officer.user_id, "put_back", entry.packet_id, "")
    return len(aside)


def _amend(counter: Counter, supervisor: Officer, asked: _Asked) -> Saved | Refused:
    require(supervisor, Permission.AMEND)
    findings = judge_changes(counter, asked.changes, asked.reason)
    if stops(findings):
        return Refused(findings)
    change = _change(counter, supervisor, "amendment", asked)
    return _send_after_saved(counter, PacketKind.AMENDMENT, change, asked)


def _withdraw(counter: Counter, supervisor: Officer, asked: _Asked) -> Saved | Refused:
    require(supervisor, Permission.WITHDRAW)
    if findings := judge_reason(asked.reason):
        return Refused(findings)
    register = Register(counter)
    for paper in register.of_visit(supervisor, asked.visit_id):
        if paper.is_open:
            register.withdraw(supervisor, paper.number, asked.reason)
    change = _change(counter, supervisor, "withdrawal", asked)
    return _send_after_saved(counter, PacketKind.WITHDRAWAL, change, asked)


def _send_after_saved(counter: Counter, kind: PacketKind, change: ChangeFile, asked: _Asked) -> Saved:
    with counter.store.writing() as ledger:
        visit = ledger.visits.get(asked.visit_id)
        entries = ledger.outbox.of_visit(asked.visit_id)
        if visit is None or visit.state is not VisitState.SAVED or not entries:
            raise NoVisitError("There is no saved record of this visit.")
        record = next((entry for entry in entries if entry.kind is PacketKind.ENROLLMENT), entries[0])
        sealing = _begin(counter, ledger, asked.visit_id, change, (kind, record.packet_id))
        if asked.request is not None:
            approved = RequestState.APPROVED
            ledger.change_requests.decide(asked.request, approved, by=change.user_id, at=change.at)
    return _saved(counter, sealing)


def _begin(
    counter: Counter,
    ledger: Ledger,
    visit_id: str,
    change: ChangeFile,
    packet: tuple[PacketKind, str | None],
) -> Sealing:
    return ledger.sealings.begin(
        visit_id,
        ((counter.new_identifier(), *packet),),
        created=created(counter.clock()),
        user_id=change.user_id,
        change=change.model_dump_json().encode("utf-8"),
    )


def _saved(counter: Counter, sealing: Sealing) -> Saved:
    entries = fulfil(counter, sealing)
    return Saved(entries[-1].packet_id, entries)


def _change(counter: Counter, officer: Officer, action: str, asked: _Asked) -> ChangeFile:
    return ChangeFile(
        action=action,
        reason=read_reason(asked.reason).text or "",
        user_id=officer.user_id,
        asked_by=asked.request.asked_by if asked.request else "",
        at=counter.clock().wall,
        biodata=form_texts(asked.changes),
    )


def judge_changes(counter: Counter, changes: Mapping[Field, str], reason: str) -> tuple[Finding, ...]:
    """Return what stands against a correction: each changed field by itself, and its reason."""
    reading = read_form(counter, changes)
    touched = {field.value for field in changes}
    findings = tuple(
        finding
        for finding in reading.findings
        if finding.field in touched and finding.code != "field.missing"
    )
    return (*findings, *judge_reason(reason))


def judge_reason(reason: str) -> tuple[Finding, ...]:
    """Return what stands against a reason; one has to be given."""
    reading = read_reason(reason)
    return (Finding.error("change.no_reason", "reason"),) if reading.text == "" else reading.findings
