"""Visits of the story as values: Siti Aminah's, whole or with something missing, and one with the longest names."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from math import cos, sin
from typing import Any

from kiosk.domain import codes
from kiosk.domain.biodata import Biodata, Field
from kiosk.domain.biodata_rules import read_biodata
from kiosk.domain.captures import CaptureKind, Measure
from kiosk.domain.exceptions import CaptureException, ExceptionReason
from kiosk.domain.findings import Finding
from kiosk.domain.reference import Reference, load_reference
from kiosk.domain.requests import Service, documents_required
from kiosk.services.looking import CaptureView, VisitView
from kiosk.services.pictures import Raster
from kiosk.services.stages import Stage, StageState, stages_for
from kiosk.ui.theme import RESOURCES
from tests.ui.gallery.story import NOW

FORM: dict[Field, str] = {
    Field.NIK: "3325075708900002",
    Field.FAMILY_CARD_NO: "3325070101200001",
    Field.FULL_NAME: "SITI AMINAH",
    Field.SEX: f"{codes.SEX}:2",
    Field.BIRTH_PLACE: "BATANG",
    Field.BIRTH_DATE: "17-08-1990",
    Field.CITIZENSHIP: f"{codes.CITIZENSHIP}:1",
    Field.BLOOD_TYPE: f"{codes.BLOOD_TYPE}:13",
    Field.RELIGION: f"{codes.RELIGION}:1",
    Field.MARITAL_STATUS: f"{codes.MARITAL_STATUS}:2",
    Field.EDUCATION: f"{codes.EDUCATION}:5",
    Field.OCCUPATION: f"{codes.OCCUPATION}:9",
    Field.DISABILITY: f"{codes.DISABILITY}:7",
    Field.ADDRESS: "DUKUH KRAJAN",
    Field.RT: "001",
    Field.RW: "002",
    Field.VILLAGE: "33.25.07.2015",
    Field.PHONE: "081255501234",
    Field.HEAD_OF_FAMILY: "SLAMET WIBOWO",
    Field.FAMILY_RELATIONSHIP: f"{codes.FAMILY_RELATIONSHIP}:3",
    Field.MOTHER_NAME: "SITI MURNI",
    Field.FATHER_NAME: "JOKO WIBOWO",
    Field.HAS_MARRIAGE_CERTIFICATE: "ada",
    Field.MARRIAGE_CERTIFICATE_NO: "0123/045/VI/2012",
    Field.MARRIAGE_DATE: "17-06-2012",
}
LONG_NAME = "RADEN AYU KUSUMANINGRUM WIDYASTUTI PRAMESWARI HADININGRATAAN"  # 60 letters
_CONSENT = {
    "consent_language": "id",
    "consent_version": "consent-1",
    "consent_at": NOW - timedelta(minutes=5),
}
LONG_VILLAGE = "Tanjung Perawan Sungai Kelambu Bawah, Kapuas Hulu Tengah"
LONG_FORM = FORM | {
    Field.FULL_NAME: LONG_NAME,
    Field.TITLE_BEFORE: "Prof. Dr. dr.",
    Field.TITLE_AFTER: "Sp.OG(K)., M.Kes., Ph.D.",
    Field.MOTHER_NAME: LONG_NAME,
    Field.FATHER_NAME: LONG_NAME,
    Field.HEAD_OF_FAMILY: LONG_NAME,
    Field.ADDRESS: "Jalan Raya Pantai Utara Kilometer Empat Puluh Tujuh Gang Kenanga Nomor 123 Blok C",
    Field.HAMLET: "Dukuh Sidorejo Kidul Wetan",
}
_OF_KIND = {
    Stage.PORTRAIT: (CaptureKind.PORTRAIT,),
    Stage.SIGNATURE: (CaptureKind.SIGNATURE,),
    Stage.FINGERS: (CaptureKind.RIGHT_FOUR, CaptureKind.LEFT_FOUR, CaptureKind.THUMBS),
    Stage.IRISES: (CaptureKind.IRISES,),
}


@cache
def reference() -> Reference:
    """Return the reference tables, read once."""
    return load_reference(RESOURCES)


def biodata_of(form: Mapping[Field, str]) -> Biodata | None:
    """Return what the rules make of a form."""
    return read_biodata(form, today=NOW.date(), reference=reference()).biodata


def capture(
    kind: CaptureKind, *findings: Finding, attempts: int = 1, taken_at: datetime = NOW
) -> CaptureView:
    """Return a kept capture with those findings."""
    measures = (Measure(kind.value, "ink_length", 112.0),)
    return CaptureView(kind, attempts, findings, measures, taken_at)


def lacking(view: VisitView, *stages: Stage) -> VisitView:
    """Return the visit with those stages open."""
    states = tuple(
        StageState(state.stage, (Finding.error("step.missing", step=state.stage.value),))
        if state.stage in stages
        else state
        for state in view.stages
    )
    return replace(view, stages=states)


def _papers_of(service: Service) -> dict[str, Any]:
    papers = documents_required(service)
    return {
        "documents_required": papers,
        "documents_shown": frozenset(papers),
        "documents_photographed": frozenset(papers[1:2]),
    }


def visit(service: Service = Service.FIRST_ENROLLMENT, /, **changes: Any) -> VisitView:
    """Return Siti Aminah's visit with everything done but the review, and with what is changed."""
    stages = stages_for(service)
    kinds = [kind for stage in stages for kind in _OF_KIND.get(stage, ())]
    form = changes.get("form", FORM)
    view = VisitView(
        visit_id="visit-1",
        ticket="A-017",
        service=service,
        opened_at=NOW - timedelta(minutes=12),
        committed_at=NOW,
        form=form,
        findings=(),
        reasons={},
        biodata=biodata_of(form),
        age=35,
        village="Lebo, Gringsing",
        recorded_before=(),
        enrolled_before=False,
        police_letter_no="",
        **_papers_of(service),
        **_CONSENT,
        captures={kind: capture(kind) for kind in kinds},
        exceptions=(),
        portrait_approved=True,
        officer_sign_off="",
        supervisor_sign_off="",
        stages=tuple(StageState(stage, ()) for stage in stages),
    )
    return replace(view, **changes)


def at_review(**changes: Any) -> VisitView:
    """Return the visit before the statement and the sign-off."""
    view = visit(**changes)
    lacks = []
    if CaptureKind.STATEMENT not in view.captures:
        lacks.append(Finding.error("step.missing", "statement", step="statement"))
    if not view.officer_sign_off:
        lacks.append(Finding.error("step.missing", "sign_off", step="sign_off"))
    states = (*view.stages[:-1], StageState(Stage.REVIEW, tuple(lacks)))
    return replace(view, stages=states)


def with_captures(view: VisitView, **kept: CaptureView | None) -> VisitView:
    """Return the visit with captures put in or, by None, taken out; named by the kind's value."""
    captures = {kind: one for kind, one in view.captures.items() if kind.value not in kept}
    captures |= {CaptureKind(name): one for name, one in kept.items() if one is not None}
    return replace(view, captures=captures)


EXCEPTIONS = (
    CaptureException("left_little", ExceptionReason.BANDAGED, "jatuh dari motor"),
    CaptureException("right_thumb", ExceptionReason.MISSING),
)
SIGNED = capture(CaptureKind.STATEMENT, taken_at=NOW + timedelta(minutes=2))


def ink() -> Raster:
    """Return a drawn signature as the pad gives it: grey, dark on white."""
    width, height = 420, 140
    rows = [bytearray(b"\xff" * width) for _ in range(height)]
    before = 70
    for place in range(40, 380):
        top = round(70 + 40 * sin(place / 17) * cos(place / 90))
        for line in range(min(before, top), max(before, top) + 4):
            rows[line][place : place + 3] = b"\x18\x18\x18"
        before = top
    return Raster(width, height, 1, b"".join(bytes(row) for row in rows))
