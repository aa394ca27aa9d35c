"""Saved residents who want a paper, and what their office says of papers."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

from pypdf import PdfReader

from kiosk.domain.biodata_rules import form_from_texts
from kiosk.domain.captures import CaptureKind
from kiosk.domain.papers import PaperKind
from kiosk.domain.register import RegisterEntry
from kiosk.domain.requests import Service, documents_required
from kiosk.domain.verdicts import Decision
from kiosk.services import drafting
from kiosk.services.arrivals import arrive
from kiosk.services.counter import Counter, Officer
from kiosk.services.issuing import Issuer
from kiosk.services.practice import practice_papers
from kiosk.services.roster import own_directives, put_own_directives, signed_directives
from kiosk.services.saving import Refused, Saved, save
from kiosk.wire.contents import ResidentFile
from kiosk.wire.papers import OfficePapers
from kiosk.wire.signing import SigningKey
from tests.services.conftest import capture_of, ready_visit

CERTIFICATE, SHEET, SLIP = (
    PaperKind.TEMPORARY_CERTIFICATE,
    PaperKind.BIODATA_SHEET,
    PaperKind.ENROLLMENT_SLIP,
)


def recorded(counter: Counter, officer: Officer, file: ResidentFile) -> str:
    visit_id = ready_visit(counter, officer, file)
    assert isinstance(save(counter, officer, visit_id), Saved)
    return visit_id


def direct(counter: Counter, papers: OfficePapers | None) -> None:
    """Let the centre of the counter say anew how papers are issued."""
    centre = SigningKey.generate()
    with counter.store.writing() as ledger:
        membership, before = ledger.facts.membership(), signed_directives(ledger)
        assert membership is not None
        assert before is not None
        membership = replace(membership, signing_keys=(centre.public.text,))
        ledger.facts.set_membership(membership)
        put_own_directives(ledger, centre, own_directives(membership, before.roster, papers))


def ruled(change: Callable[[dict[str, object]], dict[str, object]]) -> OfficePapers:
    papers = practice_papers(2026)
    rules = tuple(rule.model_copy(update=change(rule.model_dump())) for rule in papers.rules)
    return papers.model_copy(update={"rules": rules})


def decide(counter: Counter, visit_id: str, decision: Decision) -> None:
    with counter.store.writing() as ledger:
        for entry in ledger.outbox.of_visit(visit_id):
            ledger.outbox.set_verdict(entry.packet_id, decision, "", counter.clock().wall)


def codes_of(issuer: Issuer, supervisor: Officer, visit_id: str, kind: PaperKind = CERTIFICATE) -> set[str]:
    found = next(verdict for verdict in issuer.verdicts(supervisor, visit_id) if verdict.kind is kind)
    return {finding.code for finding in found.findings}


def refusal(outcome: object) -> set[str]:
    assert isinstance(outcome, Refused)
    return {finding.code for finding in outcome.findings}


def issued(
    issuer: Issuer, supervisor: Officer, visit_id: str, kind: PaperKind = CERTIFICATE, **more: str
) -> RegisterEntry:
    entry = issuer.issue(supervisor, visit_id, kind, **more)
    assert isinstance(entry, RegisterEntry), entry
    return entry


def text_of(pdf: bytes) -> str:
    (page,) = PdfReader(BytesIO(pdf)).pages
    return " ".join(page.extract_text().split())


def asked_for_paper(
    counter: Counter, officer: Officer, file: ResidentFile, service: Service, *, enrolled_before: bool
) -> str:
    """Return a saved visit of somebody who came for a paper only, with a new portrait."""
    form = form_from_texts(file.biodata)
    visit_id = arrive(counter, officer, service, form=form).visit_id
    for code, reason in file.reasons.items():
        drafting.give_reason(counter, officer, visit_id, code, reason)
    shown = documents_required(service)
    drafting.show_documents(counter, officer, visit_id, shown)
    drafting.record_consent(counter, officer, visit_id, text_version="consent-1", language="id")
    if enrolled_before:
        drafting.tell_enrolled_before(counter, officer, visit_id, letter_no="")
    with counter.store.writing() as ledger:
        for kind in (CaptureKind.PORTRAIT, CaptureKind.SIGNATURE, CaptureKind.STATEMENT):
            ledger.captures.put(visit_id, capture_of(kind))
    drafting.approve_portrait(counter, officer, visit_id)
    drafting.sign_off(counter, officer, visit_id)
    outcome = save(counter, officer, visit_id)
    assert isinstance(outcome, Saved), outcome
    return visit_id


def tell(counter: Counter, visit_id: str, **changes: object) -> None:
    """Change what is kept of a record for papers."""
    with counter.store.writing() as ledger:
        resident = ledger.residents.by_visit(visit_id)
        assert resident is not None
        file = ResidentFile.read(resident.told).model_copy(update=changes)
        ledger.residents.put(replace(resident, told=file.model_dump_json()))
