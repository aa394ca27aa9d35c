"""What a visit looks like with something typed that is not on the disk yet: judged at once, kept a moment later."""

from collections.abc import Mapping
from dataclasses import replace

from kiosk.domain.biodata import Field
from kiosk.domain.dates import full_years
from kiosk.domain.eligibility import judge_eligibility
from kiosk.services.counter import Counter
from kiosk.services.drafting import read_form
from kiosk.services.looking import VisitView


def retyped(counter: Counter, view: VisitView, changes: Mapping[Field, str]) -> VisitView:
    """Return the view with the changes in its form and the findings of the whole form; nothing is written."""
    form = {**view.form, **changes}
    reading = read_form(counter, form)
    findings, biodata = reading.findings, reading.biodata
    if biodata is not None:
        findings += judge_eligibility(
            view.service, biodata, today=counter.today(), enrolled_before=view.enrolled_before
        )
    age = full_years(biodata.birth_date, on=counter.today()) if biodata is not None else view.age
    return replace(view, form=form, findings=findings, biodata=biodata, age=age)
