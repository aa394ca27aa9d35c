"""What can be read from the numbers of a form, as hints under their fields and lines of the resident's card."""

from collections.abc import Callable
from datetime import date

from kiosk.domain.biodata import Field
from kiosk.domain.dates import screen_date
from kiosk.domain.eligibility import CARD_AGE
from kiosk.domain.errors import MalformedError
from kiosk.domain.family_card import FamilyCardNo
from kiosk.domain.findings import Finding, Severity
from kiosk.domain.names import LONGEST
from kiosk.domain.nik import DIGITS, FEMALE, Nik, bare_digits
from kiosk.domain.regions import RegionTable
from kiosk.domain.requests import makes_enrollment
from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.ui.kit.badges import State
from kiosk.ui.visit.biodata_findings import is_of_card
from kiosk.ui.visit.biodata_rows import Hint
from kiosk.ui.visit.resident_card import Check
from kiosk.ui.visit.warning_words import heading

_NUMBERS = (Field.NIK, Field.FAMILY_CARD_NO)


def quiet_hints(words: Words, regions: RegionTable, view: VisitView) -> dict[Field, Hint]:
    """Return what stands under the first row where nothing was found."""
    length = len(view.form.get(Field.FULL_NAME, "").strip())
    name = words.count("{count} of {most} letters", "{count} of {most} letters", length, most=LONGEST)
    return {
        Field.NIK: _number(
            words, view, Field.NIK, lambda text: _nik(words, regions, text, view.opened_at.date())
        ),
        Field.FAMILY_CARD_NO: _number(
            words, view, Field.FAMILY_CARD_NO, lambda text: _family_card(words, regions, text)
        ),
        Field.FULL_NAME: Hint(name if length else ""),
    }


def _number(words: Words, view: VisitView, field: Field, read: Callable[[str], str]) -> Hint:
    digits = bare_digits(view.form.get(field, ""))
    if not digits:
        return Hint()
    if len(digits) < DIGITS:
        count = len(digits)
        return Hint(words.count("{count} of {most} digits", "{count} of {most} digits", count, most=DIGITS))
    if _is_wrong(view, field):
        return Hint()
    try:
        return Hint(read(digits), "success")
    except MalformedError:
        return Hint()


def _nik(words: Words, regions: RegionTable, digits: str, today: date) -> str:
    nik = Nik.parse(digits)
    sex = words.say("woman") if nik.sex == FEMALE else words.say("man")
    day = screen_date(nik.birth_date(today=today))
    return words.say("Valid. {place}, {sex}, {day}", place=_district(regions, nik.district), sex=sex, day=day)


def _family_card(words: Words, regions: RegionTable, digits: str) -> str:
    number = FamilyCardNo.parse(digits)
    day = f"{digits[6:8]}-{digits[8:10]}-20{digits[10:12]}"
    return words.say("Valid. {place}, of {day}", place=_district(regions, number.district), day=day)


def _district(regions: RegionTable, code: str) -> str:
    retired = regions.retired(code)
    return regions.name(code) or (retired.name if retired else code)


def _is_wrong(view: VisitView, field: Field) -> bool:
    return any(found.field == field and found.severity is Severity.ERROR for found in view.findings)


def checks_of(words: Words, view: VisitView) -> tuple[Check, ...]:
    """Return the lines of the resident's card: numbers, earlier recording, age, and what is to be known."""
    told = [found for found in view.findings if _is_worth_a_line(found, view)]
    lines = [Check(heading(words, found), _state(view, found)) for found in told]
    return (_numbers(words, view), _recorded(words, view), _age(words, view), *dict.fromkeys(lines))


def _numbers(words: Words, view: VisitView) -> Check:
    lengths = [len(bare_digits(view.form.get(field, "")) or "") for field in _NUMBERS]
    if min(lengths) < DIGITS:
        return Check(words.say("NIK and KK valid"), State.PENDING)
    if any(_is_wrong(view, field) for field in _NUMBERS):
        return Check(words.say("NIK or KK not valid"), State.BROKEN)
    return Check(words.say("NIK and KK valid"), State.GOOD)


def _recorded(words: Words, view: VisitView) -> Check:
    if view.recorded_before:
        state = State.BROKEN if makes_enrollment(view.service) else State.GOOD
        return Check(words.say("Recorded here before"), state)
    known = len(bare_digits(view.form.get(Field.NIK, "")) or "") == DIGITS
    return Check(words.say("Not recorded here before"), State.GOOD if known else State.PENDING)


def _age(words: Words, view: VisitView) -> Check:
    told = words.say("{age} years or older", age=CARD_AGE)
    if view.age is None:
        return Check(told, State.PENDING)
    if view.age >= CARD_AGE:
        return Check(told, State.GOOD)
    return Check(words.say("Younger than {age} years", age=CARD_AGE), State.CARE)


def _is_worth_a_line(found: Finding, view: VisitView) -> bool:
    if is_of_card(found):
        return True
    if found.severity is not Severity.WARNING:
        return False
    return bool(view.form.get(Field(found.field), "").strip()) if found.field in set(Field) else True


def _state(view: VisitView, found: Finding) -> State:
    return State.PENDING if found.severity is Severity.NOTE else State.CARE
