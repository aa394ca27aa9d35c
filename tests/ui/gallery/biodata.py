"""The service of a visit and form F-1.01: at the start, complete, with warnings and errors, with the longest names."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from kiosk.domain import codes
from kiosk.domain.biodata import Field
from kiosk.domain.biodata_rules import read_biodata
from kiosk.domain.dates import full_years, read_date
from kiosk.domain.eligibility import judge_eligibility
from kiosk.domain.requests import Service
from kiosk.domain.words import Words
from kiosk.services.looking import RecordedBefore, VisitView
from kiosk.services.stages import Stage
from kiosk.ui.visit.biodata_page import BiodataPage
from kiosk.ui.visit.service_page import ServicePage
from tests.ui.gallery.shot import Shot
from tests.ui.gallery.story import NOW, ONLINE, STANDING, WIB, in_visit
from tests.ui.gallery.visits import FORM, LONG_FORM, lacking, reference, visit

HOME_REGION = "33.25.07"
_DIFFERS = FORM | {
    Field.FAMILY_CARD_NO: "3325071203150007",
    Field.BIRTH_DATE: "15-08-1990",
    Field.BLOOD_TYPE: f"{codes.BLOOD_TYPE}:4",
    Field.ADDRESS: "DUKUH KRAJAN, JL. MASJID NO. 4",
    Field.RT: "003",
    Field.RW: "001",
    Field.POSTAL_CODE: "51281",
    Field.PHONE: "081255501234",
}
_WRONG = _DIFFERS | {
    Field.NIK: "3325075713900002",
    Field.BIRTH_DATE: "31-02-1990",
    Field.OCCUPATION: "tukang sihir",
    Field.RT: "A1",
    Field.VILLAGE: "33.25.07.9999",
}
_LONGEST = LONG_FORM | {Field.VILLAGE: "13.05.16.2006", Field.RELIGION: "7", Field.OCCUPATION: "98"}
_BEFORE = (RecordedBefore("old", "SITI AMINAH", datetime(2025, 12, 3, 10, 4, tzinfo=WIB)),)


def judged(form: dict[Field, str], /, **changes: Any) -> VisitView:
    """Return the visit of a form with what the rules find in it, as the office would show it."""
    service = changes.pop("service", Service.FIRST_ENROLLMENT)
    reading = read_biodata(form, today=NOW.date(), reference=reference())
    findings = reading.findings
    if reading.biodata is not None:
        before = changes.get("enrolled_before", False)
        findings += judge_eligibility(service, reading.biodata, today=NOW.date(), enrolled_before=before)
    day = read_date(form.get(Field.BIRTH_DATE, ""), field=Field.BIRTH_DATE, today=NOW.date()).day
    view = visit(
        service,
        form=form,
        biodata=reading.biodata,
        findings=findings,
        age=None if day is None else full_years(day, on=NOW.date()),
        village=reference().regions.place(form.get(Field.VILLAGE, "")),
        **changes,
    )
    return replace(view, portrait=b"")


def begun(form: dict[Field, str], /, **changes: Any) -> VisitView:
    """Return the same in a visit that has come no further than its biodata."""
    view = judged(form, **changes)
    return lacking(view, *[state.stage for state in view.stages if state.stage is not Stage.SERVICE])


def biodata_page(words: Words) -> BiodataPage:
    """Return the page of the counter at Gringsing."""
    return BiodataPage(words, reference(), HOME_REGION)


def _typing(
    form: dict[Field, str],
    *,
    then: Callable[[BiodataPage], object] | None = None,
    online: bool = False,
    **changes: Any,
) -> Callable[[Words], QWidget]:
    def build(words: Words) -> QWidget:
        page = biodata_page(words)
        view = begun(form, **changes)
        window = in_visit(words, page, view, standing=ONLINE if online else STANDING)
        page.bar.show_saved(words.say("Draft kept {time}", time=words.time_seconds(view.committed_at)))
        if then is not None:
            then(page)
        return window

    return build


def _second(page: BiodataPage) -> None:
    page.turn_to(1)


def _pressed(page: BiodataPage) -> None:
    assert page.primary is not None
    page.primary.click()


def _second_pressed(page: BiodataPage) -> None:
    _second(page)
    _pressed(page)


def _in_trouble(page: BiodataPage) -> None:
    page.show_trouble(
        page.words.say("The disk is full."), page.words.say("What was typed is still here. Free some space.")
    )


def _serving(**changes: Any) -> Callable[[Words], QWidget]:
    def build(words: Words) -> QWidget:
        return in_visit(words, ServicePage(words), begun(changes.pop("form", {}), **changes))

    return build


_REASON = {"nik.other_birth_date": "Diperbaiki menurut akta lahir"}
_UNSURE = FORM | {Field.MOTHER_NAME: "", Field.MARRIAGE_CERTIFICATE_NO: "", Field.HEAD_OF_FAMILY: "SLAMET"}

SHOTS = (
    Shot("service-ask", _serving()),
    Shot(
        "service-lost-recorded", _serving(form=FORM, service=Service.REPLACEMENT_LOST, enrolled_before=True)
    ),
    Shot("service-recorded-here", _serving(form=FORM, recorded_before=_BEFORE)),
    Shot("service-not-recorded", _serving(form=FORM, service=Service.TEMPORARY_CERTIFICATE)),
    Shot("biodata-start", _typing({}, online=True)),
    Shot("biodata", _typing(_DIFFERS, reasons=_REASON), focus="reason.nik.other_birth_date"),
    Shot("biodata-complete", _typing(FORM), focus="phone"),
    Shot("biodata-missing", _typing({}, then=_pressed)),
    Shot("biodata-wrong", _typing(_WRONG), focus="birth_date"),
    Shot("biodata-recorded", _typing(FORM, recorded_before=_BEFORE)),
    Shot("biodata-longest", _typing(_LONGEST)),
    Shot("biodata-trouble", _typing(FORM, then=_in_trouble)),
    Shot("biodata-find", _typing(FORM, then=lambda page: page.ask_field())),
    Shot("biodata-family-start", _typing({}, then=_second)),
    Shot("biodata-family", _typing(FORM, then=_second)),
    Shot("biodata-family-warnings", _typing(_UNSURE, then=_second_pressed)),
    Shot("biodata-family-longest", _typing(_LONGEST, then=_second)),
)
