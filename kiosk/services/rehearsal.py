"""Whole enrollments without a window, in a practice office: an officer who never tires, at the configured kit."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.devices.api import DeviceError, Scene
from kiosk.domain.biodata import Biodata, Field, Form
from kiosk.domain.biodata_rules import form_from_texts
from kiosk.domain.captures import CaptureKind
from kiosk.domain.eligibility import judge_eligibility
from kiosk.domain.exceptions import CaptureException, ExceptionReason, exempt_parts, reasons_for
from kiosk.domain.findings import Finding, Severity, stops
from kiosk.domain.requests import Service, documents_required
from kiosk.domain.roles import Role
from kiosk.services import drafting
from kiosk.services.arrivals import arrive, draft_of, open_visits, park, recorded_before, take_up
from kiosk.services.capturing import CaptureTools, take
from kiosk.services.counter import Counter, Officer
from kiosk.services.errors import NotPracticeError
from kiosk.services.saving import Refused, Saved, save
from kiosk.services.steps import CAPTURED_IN, Progress, Step, progress
from kiosk.wire.contents import ResidentFile

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
MOST_DEVICE_FAILURES = 3
REASON = "rehearsed: compared with the paper"
CONSENT_VERSION = "consent-1"


@dataclass(frozen=True, slots=True)
class Already:
    """The kiosk has the record: nothing was done."""

    packet_id: str


Outcome = Saved | Refused | Already


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Who works where, and with what; `seed` decides who stands before the simulators."""

    counter: Counter
    officer: Officer
    supervisor: Officer
    tools: CaptureTools
    seed: int


def prepare_rehearsal(counter: Counter, tools: CaptureTools, *, seed: int) -> Rehearsal:
    """Return a rehearsal by the first officer and supervisor on the roster; raises `NotPracticeError`."""
    with counter.store.reading() as ledger:
        membership, people = ledger.facts.membership(), ledger.users.all()
    if membership is None or not membership.practice:
        raise NotPracticeError("Only a practice office rehearses; this kiosk records real residents.")
    signed_in = {
        user.role: Officer(user.user_id, user.name, user.role) for user in reversed(people) if user.active
    }
    if Role.OFFICER not in signed_in or Role.SUPERVISOR not in signed_in:
        raise NotPracticeError(
            "A rehearsal needs an officer and a supervisor on the roster; deliver once to get it."
        )
    return Rehearsal(counter, signed_in[Role.OFFICER], signed_in[Role.SUPERVISOR], tools, seed)


def enroll(rehearsal: Rehearsal, file: ResidentFile) -> Outcome:
    """Enroll one resident from arrival to *saved*, or say why not; takes up the resident's open draft."""
    ready = make_ready(rehearsal, file)
    if isinstance(ready, str):
        return save(rehearsal.counter, rehearsal.officer, ready)
    return ready


def make_ready(rehearsal: Rehearsal, file: ResidentFile) -> str | Refused | Already:
    """Do all but the save: returns the visit, or why there is none to be saved."""
    counter, form, service = rehearsal.counter, form_from_texts(file.biodata), Service(file.service)
    reading = drafting.read_form(counter, form)
    if reading.biodata is None:
        return Refused(reading.findings)
    eligible = judge_eligibility(
        service, reading.biodata, today=counter.today(), enrolled_before=file.enrolled_before
    )
    if stops(eligible):
        return Refused(eligible)
    before = recorded_before(counter, reading.biodata.nik)
    if before:
        return Already(before[0].packet_id)
    visit_id = _visit(rehearsal, service, form)
    rehearsal.tools.kit.stage(_scene(rehearsal, reading.biodata, file))
    _fill_in(rehearsal, visit_id, service, file)
    return _work(rehearsal, visit_id)


def _visit(rehearsal: Rehearsal, service: Service, form: Form) -> str:
    counter, officer = rehearsal.counter, rehearsal.officer
    for visit in open_visits(counter):
        if (
            visit.service is service
            and draft_of(counter, visit.visit_id).form.get(Field.NIK) == form[Field.NIK]
        ):
            take_up(counter, officer, visit.visit_id)
            return visit.visit_id
    return arrive(counter, officer, service, form=form).visit_id


def _scene(rehearsal: Rehearsal, biodata: Biodata, file: ResidentFile) -> Scene:
    digest = hashlib.sha256(f"{rehearsal.seed} {biodata.nik.digits}".encode()).digest()
    return Scene(
        person=int.from_bytes(digest[:6]),
        missing=frozenset(entry.part for entry in file.exceptions),
        birth_year=biodata.birth_date.year,
    )


def _fill_in(rehearsal: Rehearsal, visit_id: str, service: Service, file: ResidentFile) -> None:
    counter, officer = rehearsal.counter, rehearsal.officer
    draft = draft_of(counter, visit_id)
    if draft.form != form_from_texts(file.biodata):
        drafting.write_form(counter, officer, visit_id, form_from_texts(file.biodata))
    if file.enrolled_before and not draft.enrolled_before:
        drafting.tell_enrolled_before(counter, officer, visit_id, letter_no=file.police_letter_no)
    if not draft.documents_shown:
        shown = {*documents_required(service)}
        drafting.show_documents(counter, officer, visit_id, shown)
    if draft.consent is None:
        drafting.record_consent(counter, officer, visit_id, text_version=CONSENT_VERSION, language="id")
    if file.exceptions and not draft.exceptions:
        drafting.claim_exceptions(counter, officer, visit_id, _exceptions(file))
    for code, reason in file.reasons.items():
        drafting.give_reason(counter, officer, visit_id, code, reason)


def _exceptions(file: ResidentFile) -> tuple[CaptureException, ...]:
    return tuple(
        CaptureException(entry.part, ExceptionReason(entry.reason), entry.detail) for entry in file.exceptions
    )


def _work(rehearsal: Rehearsal, visit_id: str) -> str | Refused:
    """Do the next step until none is left; a step that cannot be done parks the visit."""
    done: dict[Step, int] = {}
    while (state := progress(rehearsal.counter, visit_id)).lacks:
        step = state.next_step()
        if step is None or done.get(step, 0) >= MOST_ATTEMPTS:
            park(rehearsal.counter, rehearsal.officer, visit_id, f"step left open: {step}")
            return Refused(state.lacks)
        done[step] = done.get(step, 0) + 1
        _do(rehearsal, visit_id, step, state, last=done[step] == MOST_ATTEMPTS)
    return visit_id


def _do(rehearsal: Rehearsal, visit_id: str, step: Step, state: Progress, *, last: bool) -> None:
    counter, officer = rehearsal.counter, rehearsal.officer
    lacks = next(found.lacks for found in state.states if found.step is step)
    if any(finding.code == "portrait.not_approved" for finding in lacks):
        drafting.approve_portrait(counter, officer, visit_id)
    elif not stops(lacks):
        for finding in lacks:
            drafting.give_reason(counter, officer, visit_id, finding.code, REASON)
    elif step in CAPTURED_IN and last:
        _leave_out(rehearsal, visit_id, lacks)
    elif step in CAPTURED_IN:
        _take(rehearsal, visit_id, CAPTURED_IN[step])
    else:
        _SIGNATURES[step](rehearsal, visit_id)


def _sign_off(rehearsal: Rehearsal, visit_id: str) -> None:
    drafting.finish_biodata(rehearsal.counter, rehearsal.officer, visit_id)
    drafting.sign_off(rehearsal.counter, rehearsal.officer, visit_id)


def _sign_off_exceptions(rehearsal: Rehearsal, visit_id: str) -> None:
    drafting.sign_off_exceptions(rehearsal.counter, rehearsal.supervisor, visit_id)


def _nothing_to_do(rehearsal: Rehearsal, visit_id: str) -> None:
    logger.info("visit %s lacks what a rehearsal cannot supply", visit_id)


_SIGNATURES: dict[Step, Callable[[Rehearsal, str], None]] = {
    Step.BIODATA: _nothing_to_do,
    Step.DOCUMENTS: _nothing_to_do,
    Step.CONSENT: _nothing_to_do,
    Step.EXCEPTIONS: _sign_off_exceptions,
    Step.SIGN_OFF: _sign_off,
}


def _take(rehearsal: Rehearsal, visit_id: str, kind: CaptureKind) -> None:
    """Take one attempt; a device that failed is tried again, as an officer would."""
    for failure in range(1, MOST_DEVICE_FAILURES + 1):
        try:
            take(rehearsal.counter, rehearsal.officer, visit_id, kind, tools=rehearsal.tools)
        except DeviceError as error:
            logger.warning("device of %s failed (%d): %s", kind.value, failure, error)
        else:
            return


def _leave_out(rehearsal: Rehearsal, visit_id: str, lacks: tuple[Finding, ...]) -> None:
    """Claim what stayed bad after every attempt as unreadable, where a part may be left out at all."""
    draft = draft_of(rehearsal.counter, visit_id)
    bad = {
        finding.field
        for finding in lacks
        if finding.severity is Severity.ERROR
        and finding.field is not None
        and ExceptionReason.UNREADABLE in reasons_for(finding.field)
    }
    claimed = tuple(
        CaptureException(part, ExceptionReason.UNREADABLE, REASON)
        for part in sorted(bad - exempt_parts(draft.exceptions))
    )
    if claimed:
        drafting.claim_exceptions(
            rehearsal.counter, rehearsal.officer, visit_id, (*draft.exceptions, *claimed)
        )
