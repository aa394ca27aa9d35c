"""Everything an officer writes into an open visit; each call is one commit, so that nothing typed is ever lost."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from kiosk.domain.biodata import BiodataReading, Field, Form
from kiosk.domain.biodata_rules import read_biodata
from kiosk.domain.captures import CaptureKind
from kiosk.domain.exceptions import CaptureException
from kiosk.domain.findings import Finding
from kiosk.domain.free_text import whole
from kiosk.domain.remarks import read_letter_no, read_reason
from kiosk.domain.requests import DocumentKind, Service
from kiosk.domain.roles import Permission
from kiosk.services.arrivals import open_draft
from kiosk.services.counter import Counter, Officer, require
from kiosk.storage.records import Draft
from kiosk.wire.contents import ConsentFile, FindingEntry, Operation


def write_form(
    counter: Counter, officer: Officer, visit_id: str, changes: Mapping[Field, str]
) -> BiodataReading:
    """Keep what was typed, as typed, and return what the rules make of the whole form; raises `NoVisitError`.

    What was signed for other data falls: the resident's statement and the officer's sign-off.
    """
    require(officer, Permission.CAPTURE)
    with counter.store.writing() as ledger:
        old = open_draft(ledger, visit_id)
        typed = {field: whole(text) for field, text in changes.items()}
        draft = replace(old, form={**old.form, **typed})
        if draft.form != old.form:
            draft = replace(draft, officer_sign_off="")
            ledger.captures.drop(visit_id, CaptureKind.STATEMENT)
            ledger.drafts.put(draft, counter.clock().wall)
    return read_form(counter, draft.form)


def read_form(counter: Counter, form: Form) -> BiodataReading:
    """Return what the rules make of a form today; a name already in the register stays as it is."""
    return read_biodata(form, today=counter.today(), reference=counter.reference)


def give_reason(
    counter: Counter, officer: Officer, visit_id: str, code: str, reason: str
) -> tuple[Finding, ...]:
    """Answer a warning: why the officer goes on in spite of it; an empty reason takes the answer back.

    A reason that cannot stand takes it back too, and what was found in it is returned.
    """
    reading = read_reason(reason)
    given = reading.text or ""
    _change(counter, officer, visit_id, lambda old: replace(old, reasons={**old.reasons, code: given}))
    return reading.findings


def finish_biodata(counter: Counter, officer: Officer, visit_id: str) -> BiodataReading:
    """Note who finished the biodata, with what was found and why it was passed; raises `NoVisitError`."""
    with counter.store.writing() as ledger:
        draft = open_draft(ledger, visit_id)
        reading = read_form(counter, draft.form)
        reasons = "; ".join(f"{code}: {reason}" for code, reason in sorted(draft.reasons.items()) if reason)
        operation = operation_of(counter, officer, "biodata", findings=reading.findings, reason=reasons)
        ledger.drafts.put(with_operation(draft, operation), operation.at)
        ledger.audit.append(operation.at, officer.user_id, "biodata", visit_id, "")
    return reading


def tell_enrolled_before(
    counter: Counter, officer: Officer, visit_id: str, *, letter_no: str = ""
) -> tuple[Finding, ...]:
    """Note that the resident was recorded earlier elsewhere; `letter_no`: of the police letter for a lost card.

    A number that cannot stand is not kept, and what was found in it is returned.
    """
    reading = read_letter_no(letter_no)
    kept = reading.text or ""
    _change(counter, officer, visit_id, lambda old: replace(old, enrolled_before=True, police_letter_no=kept))
    return reading.findings


def change_service(counter: Counter, officer: Officer, visit_id: str, service: Service) -> None:
    """Let an open visit be for something else; what was typed and captured stays."""
    require(officer, Permission.ARRIVE)
    with counter.store.writing() as ledger:
        open_draft(ledger, visit_id)
        ledger.visits.change_service(visit_id, service)
        ledger.audit.append(counter.clock().wall, officer.user_id, "change_service", visit_id, service.value)


def show_documents(counter: Counter, officer: Officer, visit_id: str, shown: Iterable[DocumentKind]) -> None:
    """Note the papers the resident showed."""
    kinds = tuple(sorted({document.value for document in shown}))
    operation = operation_of(counter, officer, "documents", reason=", ".join(kinds))
    _change(
        counter, officer, visit_id, lambda old: with_operation(replace(old, documents_shown=kinds), operation)
    )


def record_consent(
    counter: Counter, officer: Officer, visit_id: str, *, text_version: str, language: str
) -> None:
    """Keep that the resident agreed to the text read out; a refusal ends the visit instead (`mending.end_unserved`)."""
    consent = ConsentFile(
        text_version=text_version,
        language=language,
        given=True,
        at=counter.clock().wall,
        witness=officer.user_id,
    )
    operation = operation_of(counter, officer, "consent")
    _change(counter, officer, visit_id, lambda old: with_operation(replace(old, consent=consent), operation))


def claim_exceptions(
    counter: Counter, officer: Officer, visit_id: str, exceptions: Iterable[CaptureException]
) -> None:
    """Name what cannot be captured and why, all of it; a supervisor's earlier sign-off falls."""
    claimed = tuple(exceptions)
    operation = operation_of(counter, officer, "exceptions", reason=_told(claimed))
    _change(
        counter,
        officer,
        visit_id,
        lambda old: with_operation(replace(old, exceptions=claimed, supervisor_sign_off=""), operation),
    )


def claim_exception(
    counter: Counter, officer: Officer, visit_id: str, exception: CaptureException
) -> tuple[CaptureException, ...]:
    """Name one part that cannot be captured, over what was said of the same part; returns all that are claimed now."""
    return _change_exceptions(
        counter, officer, visit_id, lambda others: (*others, exception), part=exception.part
    )


def drop_exception(
    counter: Counter, officer: Officer, visit_id: str, part: str
) -> tuple[CaptureException, ...]:
    """Take one exception back, so that the part is captured after all; returns those that are left."""
    return _change_exceptions(counter, officer, visit_id, lambda others: others, part=part)


def approve_portrait(counter: Counter, officer: Officer, visit_id: str) -> None:
    """Note that the resident saw the portrait and wants it so."""
    operation = operation_of(counter, officer, "portrait_approval")
    _change(
        counter,
        officer,
        visit_id,
        lambda old: with_operation(replace(old, portrait_approved=True), operation),
    )


def sign_off(counter: Counter, officer: Officer, visit_id: str) -> None:
    """Put an officer's name under the visit (after `confirm_pin`)."""
    operation = operation_of(counter, officer, "officer_sign_off")
    _change(
        counter,
        officer,
        visit_id,
        lambda old: with_operation(replace(old, officer_sign_off=officer.user_id), operation),
    )


def sign_off_exceptions(counter: Counter, supervisor: Officer, visit_id: str) -> None:
    """Put a supervisor's name under what could not be captured (after `confirm_pin`), in place or later."""
    operation = operation_of(counter, supervisor, "supervisor_sign_off")
    _change(
        counter,
        supervisor,
        visit_id,
        lambda old: with_operation(replace(old, supervisor_sign_off=supervisor.user_id), operation),
        permission=Permission.SIGN_OFF_EXCEPTION,
    )


def refuse_exceptions(counter: Counter, supervisor: Officer, visit_id: str, reason: str) -> None:
    """Take back what was claimed, so that the parts are captured after all (after `confirm_pin`)."""
    operation = operation_of(counter, supervisor, "supervisor_refusal", reason=reason)
    _change(
        counter,
        supervisor,
        visit_id,
        lambda old: with_operation(replace(old, exceptions=(), supervisor_sign_off=""), operation),
        permission=Permission.SIGN_OFF_EXCEPTION,
    )


def operation_of(
    counter: Counter, officer: Officer, step: str, *, findings: tuple[Finding, ...] = (), reason: str = ""
) -> Operation:
    """Return the record of one thing this officer did now."""
    return Operation(
        at=counter.clock().wall,
        user_id=officer.user_id,
        role=officer.role.value,
        step=step,
        findings=tuple(entry_of(finding) for finding in findings),
        reason=reason,
    )


def entry_of(finding: Finding) -> FindingEntry:
    """Return a finding as packets carry it."""
    return FindingEntry(
        code=finding.code, severity=finding.severity, field=finding.field, values=dict(finding.values)
    )


def with_operation(draft: Draft, operation: Operation) -> Draft:
    """Return the draft with one more operation; the same step done again by the same person replaces the last."""
    kept = tuple(
        old for old in draft.operations if (old.step, old.user_id) != (operation.step, operation.user_id)
    )
    return replace(draft, operations=(*kept, operation))


def _change_exceptions(
    counter: Counter,
    officer: Officer,
    visit_id: str,
    change: Callable[[tuple[CaptureException, ...]], tuple[CaptureException, ...]],
    *,
    part: str,
) -> tuple[CaptureException, ...]:
    """Change what is claimed within one commit: `change` is given what is claimed of every other part."""

    def changed(old: Draft) -> Draft:
        claimed = change(tuple(claim for claim in old.exceptions if claim.part != part))
        if claimed == old.exceptions:
            return old
        operation = operation_of(counter, officer, "exceptions", reason=_told(claimed))
        return with_operation(replace(old, exceptions=claimed, supervisor_sign_off=""), operation)

    return _change(counter, officer, visit_id, changed).exceptions


def _told(claimed: tuple[CaptureException, ...]) -> str:
    return ", ".join(f"{claim.part}: {claim.reason.value}" for claim in claimed)


def _change(
    counter: Counter,
    officer: Officer,
    visit_id: str,
    change: Callable[[Draft], Draft],
    *,
    permission: Permission = Permission.CAPTURE,
) -> Draft:
    require(officer, permission)
    with counter.store.writing() as ledger:
        draft = change(open_draft(ledger, visit_id))
        ledger.drafts.put(draft, counter.clock().wall)
    return draft
