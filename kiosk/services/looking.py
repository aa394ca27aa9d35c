"""What a page of a visit shows: everything about one open visit in one value, read in one transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.domain.biodata import Biodata, Field, Form
from kiosk.domain.captures import CaptureKind, Measure
from kiosk.domain.dates import full_years, read_date
from kiosk.domain.exceptions import CaptureException
from kiosk.domain.findings import Finding
from kiosk.domain.nik import bare_digits
from kiosk.domain.requests import DocumentKind, Service, documents_required, ticket_name
from kiosk.services.arrivals import open_draft
from kiosk.services.counter import Counter
from kiosk.services.neighbours import name_of
from kiosk.services.stages import StageState, stage_states
from kiosk.services.steps import progress_in
from kiosk.services.verifying import STEP as VERIFICATION
from kiosk.storage.records import CaptureSummary, Draft, Visit
from kiosk.storage.store import Ledger
from kiosk.wire.contents import ConsentFile, Operation


@dataclass(frozen=True, slots=True)
class CaptureView:
    """A kept capture without its pictures: what was found and measured, in how many attempts."""

    kind: CaptureKind
    attempts: int
    findings: tuple[Finding, ...]
    measures: tuple[Measure, ...]
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class RecordedBefore:
    """An earlier record of the same NIK at this counter."""

    visit_id: str
    full_name: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class VisitView:
    """One open or parked visit.

    ticket: as called, `A-017`.  findings: of the form and the service, unanswered or not.  age: full years, None while
    the birth date cannot be read.  village: name of the village and its district, empty while unknown.
    documents_required, documents_shown, documents_photographed: of this visit.  consent_language: empty before consent.
    consent_version, consent_at: which text was agreed to, and when.
    verified: findings of the 1:1 check, None before it.  opened_at, committed_at: in the office's zone.
    parked_because: empty unless the visit is parked.  elsewhere: name of the office the resident was sent to then.
    """

    visit_id: str
    ticket: str
    service: Service
    opened_at: datetime
    committed_at: datetime
    form: Form
    findings: tuple[Finding, ...]
    reasons: Mapping[str, str]
    biodata: Biodata | None
    age: int | None
    village: str
    recorded_before: tuple[RecordedBefore, ...]
    enrolled_before: bool
    police_letter_no: str
    documents_required: tuple[DocumentKind, ...]
    documents_shown: frozenset[DocumentKind]
    documents_photographed: frozenset[DocumentKind]
    consent_language: str
    captures: Mapping[CaptureKind, CaptureView]
    exceptions: tuple[CaptureException, ...]
    portrait_approved: bool
    officer_sign_off: str
    supervisor_sign_off: str
    stages: tuple[StageState, ...]
    verified: tuple[Finding, ...] | None = None
    parked_because: str = ""
    elsewhere: str = ""
    consent_version: str = ""
    consent_at: datetime | None = None
    portrait: bytes = field(default=b"", repr=False)  # JPEG of the kept portrait, for the resident card


def look_at(counter: Counter, visit_id: str) -> VisitView:
    """Return an open or parked visit as its pages show it; raises `NoVisitError`."""
    with counter.store.reading() as ledger:
        draft = open_draft(ledger, visit_id)
        visit, committed_at = ledger.visits.get(visit_id), ledger.drafts.committed_at(visit_id)
        assert visit is not None
        assert committed_at is not None
        view = _view(counter, ledger, visit, draft, committed_at)
        elsewhere = name_of(counter, draft.elsewhere) if draft.elsewhere else ""
        whole = replace(view, portrait=_portrait(ledger, visit_id), elsewhere=elsewhere)
        return _with_consent(counter, whole, draft.consent)


def village_of(counter: Counter, form: Form, biodata: Biodata | None) -> str:
    """Return the name of the village and its district, the empty string while it is unknown."""
    code = biodata.address.village if biodata else form.get(Field.VILLAGE, "").strip()
    return counter.reference.regions.place(code)


def _view(counter: Counter, ledger: Ledger, visit: Visit, draft: Draft, committed_at: datetime) -> VisitView:
    progress = progress_in(counter, ledger, visit.visit_id)
    captured = {summary.kind: summary for summary in ledger.captures.summaries(visit.visit_id)}
    return VisitView(
        visit_id=visit.visit_id,
        ticket=ticket_name(visit.ticket),
        service=visit.service,
        opened_at=counter.here(visit.opened_at),
        committed_at=counter.here(committed_at),
        form=draft.form,
        findings=progress.findings,
        reasons=draft.reasons,
        biodata=progress.biodata,
        age=_age(counter, draft.form),
        village=village_of(counter, draft.form, progress.biodata),
        recorded_before=_recorded_before(counter, ledger, draft.form),
        enrolled_before=draft.enrolled_before,
        police_letter_no=draft.police_letter_no,
        documents_required=documents_required(visit.service),
        documents_shown=_papers(draft.documents_shown),
        documents_photographed=_photographed(captured),
        consent_language="",
        captures={kind: _capture(counter, summary) for kind, summary in captured.items()},
        exceptions=draft.exceptions,
        portrait_approved=draft.portrait_approved,
        officer_sign_off=draft.officer_sign_off,
        supervisor_sign_off=draft.supervisor_sign_off,
        stages=stage_states(visit.service, progress),
        verified=_verified(draft.operations),
        parked_because=visit.reason,
    )


def _with_consent(counter: Counter, view: VisitView, consent: ConsentFile | None) -> VisitView:
    if consent is None:
        return view
    return replace(
        view,
        consent_language=consent.language,
        consent_version=consent.text_version,
        consent_at=counter.here(consent.at),
    )


def _age(counter: Counter, form: Form) -> int | None:
    typed = form.get(Field.BIRTH_DATE, "")
    day = read_date(typed, field=Field.BIRTH_DATE, today=counter.today()).day
    return None if day is None else full_years(day, on=counter.today())


def _recorded_before(counter: Counter, ledger: Ledger, form: Form) -> tuple[RecordedBefore, ...]:
    digits = bare_digits(form.get(Field.NIK, ""))
    return tuple(
        RecordedBefore(resident.visit_id, resident.full_name, counter.here(resident.saved_at))
        for resident in (ledger.residents.by_nik(digits) if digits else ())
        if not resident.withdrawn
    )


def _papers(names: Iterable[str]) -> frozenset[DocumentKind]:
    """Return the papers among the names; one of another version's list is left out."""
    known = {kind.value: kind for kind in DocumentKind}
    return frozenset(known[name] for name in names if name in known)


def _photographed(captured: Mapping[CaptureKind, CaptureSummary]) -> frozenset[DocumentKind]:
    papers = captured.get(CaptureKind.DOCUMENT)
    return _papers(papers.parts if papers else ())


def _capture(counter: Counter, summary: CaptureSummary) -> CaptureView:
    return CaptureView(
        kind=summary.kind,
        attempts=summary.attempts,
        findings=summary.findings,
        measures=summary.measures,
        taken_at=counter.here(summary.taken_at),
    )


def _verified(operations: tuple[Operation, ...]) -> tuple[Finding, ...] | None:
    """Return what the newest 1:1 check found; None where there was none."""
    checks = [operation for operation in operations if operation.step == VERIFICATION]
    if not checks:
        return None
    newest = max(checks, key=lambda operation: operation.at)
    return tuple(
        Finding(entry.code, entry.severity, entry.field, tuple(entry.values.items()))
        for entry in newest.findings
    )


def _portrait(ledger: Ledger, visit_id: str) -> bytes:
    part = ledger.captures.part(visit_id, CaptureKind.PORTRAIT, CaptureKind.PORTRAIT)
    return part.content if part else b""
