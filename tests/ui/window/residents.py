"""Invented residents for the window, and visits that services brought to a certain step before the test begins."""

from collections.abc import Mapping

from kiosk.app.practice_residents import practice_residents
from kiosk.domain.biodata import Field, Form
from kiosk.domain.biodata_rules import canonical_form, form_from_texts
from kiosk.domain.captures import CaptureKind
from kiosk.domain.requests import Service, documents_required
from kiosk.domain.roles import Role
from kiosk.services import drafting
from kiosk.services.arrivals import arrive, park
from kiosk.services.counter import Counter, Officer
from kiosk.services.saving import Saved, save
from kiosk.services.stages import Stage
from tests.services.conftest import capture_of

FIRST = Service.FIRST_ENROLLMENT
PETUGAS = Officer("petugas", "Petugas Latihan", Role.OFFICER)
_CAPTURES = {
    Stage.PORTRAIT: (CaptureKind.PORTRAIT,),
    Stage.SIGNATURE: (CaptureKind.SIGNATURE,),
    Stage.FINGERS: (CaptureKind.RIGHT_FOUR, CaptureKind.LEFT_FOUR, CaptureKind.THUMBS),
    Stage.IRISES: (CaptureKind.IRISES,),
}


def resident(counter: Counter, number: int = 0) -> dict[Field, str]:
    """Return the form of a resident about whose data there is nothing to ask."""
    made = practice_residents(40, seed=2, today=counter.today(), reference=counter.reference)
    forms = (dict(form_from_texts(file.biodata)) for file in made if not file.exceptions)
    return [form for form in forms if not drafting.read_form(counter, form).findings][number]


def as_kept(counter: Counter, form: Form) -> Form:
    """Return a form as the rules write it: numbers bare, days by year, month, day."""
    biodata = drafting.read_form(counter, form).biodata
    assert biodata is not None
    return canonical_form(biodata, form)


def visit_at(
    counter: Counter, stage: Stage, number: int = 0, *, officer: Officer = PETUGAS, service: Service = FIRST
) -> str:
    """Return a parked visit of which all before a step is done; the captures of it show nobody."""
    visit_id = arrive(counter, officer, service, form=resident(counter, number)).visit_id
    drafting.finish_biodata(counter, officer, visit_id)
    if list(Stage).index(stage) > list(Stage).index(Stage.DOCUMENTS):
        drafting.show_documents(counter, officer, visit_id, documents_required(service))
    if list(Stage).index(stage) > list(Stage).index(Stage.CONSENT):
        drafting.record_consent(counter, officer, visit_id, text_version="consent-1", language="id")
    for earlier in list(Stage)[: list(Stage).index(stage)]:
        with counter.store.writing() as ledger:
            for kind in _CAPTURES.get(earlier, ()):
                ledger.captures.put(visit_id, capture_of(kind))
    if list(Stage).index(stage) > list(Stage).index(Stage.PORTRAIT):
        drafting.approve_portrait(counter, officer, visit_id)
    park(counter, officer, visit_id, "device")
    return visit_id


def waiting(counter: Counter, number: int = 0) -> str:
    """Return the visit of a resident who arrived and waits; only the NIK is known."""
    form: Mapping[Field, str] = {Field.NIK: resident(counter, number)[Field.NIK]}
    return arrive(counter, PETUGAS, FIRST, form=form).visit_id


def recorded(counter: Counter, number: int = 0, *, officer: Officer = PETUGAS) -> str:
    """Return the visit of a resident who was recorded and saved."""
    visit_id = visit_at(counter, Stage.REVIEW, number, officer=officer)
    with counter.store.writing() as ledger:
        ledger.visits.resume(visit_id)
        ledger.captures.put(visit_id, capture_of(CaptureKind.STATEMENT))
    drafting.sign_off(counter, officer, visit_id)
    outcome = save(counter, officer, visit_id)
    assert isinstance(outcome, Saved), outcome
    return visit_id
