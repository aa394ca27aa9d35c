"""The typed steps of a visit: which are asked for, which are done, and what each still lacks."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.biodata import Biodata, BiodataReading
from kiosk.domain.captures import CaptureKind
from kiosk.domain.eligibility import judge_eligibility
from kiosk.domain.exceptions import exempt_parts, judge_exceptions, needs_supervisor
from kiosk.domain.findings import Finding, Severity, unanswered
from kiosk.domain.requests import captures_required, documents_required, parts_of
from kiosk.services.arrivals import open_draft
from kiosk.services.counter import Counter
from kiosk.services.drafting import read_form
from kiosk.storage.records import CaptureSummary, Draft, Visit
from kiosk.storage.store import Ledger


class Step(StrEnum):
    """One thing to do in a visit, in the usual order; the office may ask for the captures in another."""

    BIODATA = "biodata"
    DOCUMENTS = "documents"
    CONSENT = "consent"
    PORTRAIT = "portrait"
    SIGNATURE = "signature"
    RIGHT_FOUR = "right_four"
    LEFT_FOUR = "left_four"
    THUMBS = "thumbs"
    IRISES = "irises"
    EXCEPTIONS = "exceptions"
    STATEMENT = "statement"
    SIGN_OFF = "sign_off"


CAPTURED_IN = {
    Step(kind.value): kind
    for kind in (
        CaptureKind.PORTRAIT,
        CaptureKind.SIGNATURE,
        CaptureKind.RIGHT_FOUR,
        CaptureKind.LEFT_FOUR,
        CaptureKind.THUMBS,
        CaptureKind.IRISES,
        CaptureKind.STATEMENT,
    )
}


@dataclass(frozen=True, slots=True)
class StepState:
    """What a step still lacks: nothing when it is done."""

    step: Step
    lacks: tuple[Finding, ...]

    @property
    def done(self) -> bool:
        """True when nothing is lacking."""
        return not self.lacks


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a visit has come; `biodata` is there once the form has no error.

    findings: of the form and the service, answered or not.
    """

    states: tuple[StepState, ...]
    biodata: Biodata | None
    findings: tuple[Finding, ...]

    @property
    def lacks(self) -> tuple[Finding, ...]:
        """All that keeps the visit from being saved."""
        return tuple(finding for state in self.states for finding in state.lacks)

    def next_step(self) -> Step | None:
        """Return the first step that is not done."""
        return next((state.step for state in self.states if not state.done), None)


def progress(counter: Counter, visit_id: str) -> Progress:
    """Return how far an open visit has come; raises `NoVisitError`."""
    with counter.store.reading() as ledger:
        return progress_in(counter, ledger, visit_id)


def progress_in(counter: Counter, ledger: Ledger, visit_id: str) -> Progress:
    """Return the same within a transaction that is already open."""
    draft = open_draft(ledger, visit_id)
    visit = ledger.visits.get(visit_id)
    if visit is None:
        raise AssertionError("a draft without its visit")
    reading = read_form(counter, draft.form)
    findings = _of_biodata(counter, visit, draft, reading)
    captured = {summary.kind: summary for summary in ledger.captures.summaries(visit_id)}
    states = (
        StepState(Step.BIODATA, _standing(findings, draft)),
        StepState(Step.DOCUMENTS, _documents(visit, draft)),
        StepState(Step.CONSENT, () if draft.consent else (_missing(Step.CONSENT),)),
        *_captures(visit, draft, captured),
        StepState(Step.SIGN_OFF, () if draft.officer_sign_off else (_missing(Step.SIGN_OFF),)),
    )
    return Progress(states, reading.biodata, findings)


def _missing(step: Step) -> Finding:
    return Finding.error("step.missing", step.value, step=step.value)


def _standing(findings: tuple[Finding, ...], draft: Draft) -> tuple[Finding, ...]:
    errors = tuple(finding for finding in findings if finding.severity is Severity.ERROR)
    return errors + unanswered(findings, draft.reasons)


def _of_biodata(counter: Counter, visit: Visit, draft: Draft, reading: BiodataReading) -> tuple[Finding, ...]:
    findings = reading.findings
    if reading.biodata is not None:
        findings += judge_eligibility(
            visit.service, reading.biodata, today=counter.today(), enrolled_before=draft.enrolled_before
        )
    return findings


def _documents(visit: Visit, draft: Draft) -> tuple[Finding, ...]:
    return tuple(
        Finding.error("document.missing", Step.DOCUMENTS.value, document=document.value)
        for document in documents_required(visit.service)
        if document.value not in draft.documents_shown
    )


def _captures(
    visit: Visit, draft: Draft, captured: dict[CaptureKind, CaptureSummary]
) -> tuple[StepState, ...]:
    required = captures_required(visit.service)
    steps = [step for step, kind in CAPTURED_IN.items() if kind in required]
    states = [
        StepState(step, _capture(step, draft, captured.get(CAPTURED_IN[step])))
        for step in steps
        if step is not Step.STATEMENT
    ]
    if required:
        states.append(StepState(Step.EXCEPTIONS, _exceptions(draft)))
    if Step.STATEMENT in steps:
        states.append(
            StepState(Step.STATEMENT, _capture(Step.STATEMENT, draft, captured.get(CaptureKind.STATEMENT)))
        )
    return tuple(states)


def _capture(step: Step, draft: Draft, summary: CaptureSummary | None) -> tuple[Finding, ...]:
    exempt = exempt_parts(draft.exceptions)
    if set(parts_of(CAPTURED_IN[step])) <= exempt:
        return ()
    if summary is None:
        return (_missing(step),)
    standing = _standing(summary.findings, draft)
    lacks = tuple(finding for finding in standing if finding.field not in exempt)
    if step is Step.PORTRAIT and not lacks and not draft.portrait_approved:
        return (Finding.error("portrait.not_approved", step.value),)
    return lacks


def _exceptions(draft: Draft) -> tuple[Finding, ...]:
    lacks = _standing(judge_exceptions(draft.exceptions), draft)
    if needs_supervisor(draft.exceptions) and not draft.supervisor_sign_off:
        lacks += (Finding.error("exception.no_sign_off", Step.EXCEPTIONS.value),)
    return lacks
