"""A resident in a few words, as cards and pages show them."""

from kiosk.domain.biodata import Field
from kiosk.domain.labels import SERVICE
from kiosk.domain.nik import bare_digits
from kiosk.domain.words import Words, msg
from kiosk.services.looking import VisitView
from kiosk.ui.visit.resident_card import ResidentState

_SEXES = {"1": msg("Male"), "2": msg("Female")}
_NIK_GROUPS = (6, 12)  # region, date, serial: what the eye compares


def grouped(number: str) -> str:
    """Return a NIK or family card number as 6-6-4; anything else as it is."""
    digits = bare_digits(number)
    first, second = _NIK_GROUPS
    if digits is None or not digits.isdigit():
        return number
    return " ".join(part for part in (digits[:first], digits[first:second], digits[second:]) if part)


def spaced_phone(phone: str) -> str:
    """Return a number in groups of four: `0812 5550 1234`."""
    digits = "".join(sign for sign in phone if sign.isdigit())
    return " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))


def about(words: Words, view: VisitView) -> str:
    """Return sex and age as far as they are known: `Perempuan, 35 tahun`."""
    sex = "" if view.biodata is None else words.say(_SEXES.get(view.biodata.sex.code, ""))
    age = "" if view.age is None else words.count("{count} year", "{count} years", view.age)
    return ", ".join(part for part in (sex, age) if part)


def typed(view: VisitView, field: Field) -> str:
    """Return what stands in a field of the form."""
    return view.form.get(field, "")


def resident_of(words: Words, view: VisitView) -> ResidentState:
    """Return the resident as the card beside a step shows them."""
    return ResidentState(
        name=typed(view, Field.FULL_NAME) or words.say("New resident"),
        about=about(words, view),
        village=view.village,
        ticket=words.say("Ticket {ticket}", ticket=view.ticket),
        nik=grouped(typed(view, Field.NIK)),
        service=words.say(SERVICE[view.service]),
        portrait=view.portrait,
    )
