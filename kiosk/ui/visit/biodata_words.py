"""The biodata of a visit as they are read aloud: a label and a value each, in the order of the form."""

from datetime import date

from kiosk.domain.biodata import Biodata, CivilAct, Field, Parent
from kiosk.domain.labels import FIELD
from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.ui.visit.person_words import grouped, spaced_phone

Told = tuple[str, str]


def told_biodata(words: Words, view: VisitView) -> tuple[Told, ...]:
    """Return what the resident hears; of a form with errors, what was typed.  What is empty is left out."""
    if view.biodata is None:
        return tuple(
            (words.say(FIELD[field]), view.form[field]) for field in Field if view.form.get(field, "").strip()
        )
    data = view.biodata
    lines = (*_person(words, data), *_place(words, view, data), *_family(words, data), *_papers(words, data))
    return tuple((label, value) for label, value in lines if value)


def _person(words: Words, data: Biodata) -> tuple[Told, ...]:
    name = " ".join(part for part in (data.name.title_before, data.name.full) if part)
    belief = f"{data.religion.label}, {data.belief_organisation}".removesuffix(", ")
    return (
        (words.say(FIELD[Field.FULL_NAME]), f"{name}, {data.name.title_after}".removesuffix(", ")),
        (words.say(FIELD[Field.NIK]), grouped(data.nik.digits)),
        (words.say(FIELD[Field.FAMILY_CARD_NO]), grouped(data.family_card_no.digits)),
        (words.say("Birth place and date"), f"{data.birth_place}, {words.date(data.birth_date)}"),
        (words.say(FIELD[Field.SEX]), data.sex.label),
        (words.say(FIELD[Field.BLOOD_TYPE]), data.blood_type.label),
        (words.say(FIELD[Field.RELIGION]), belief),
        (words.say(FIELD[Field.MARITAL_STATUS]), data.marital_status.label),
        (words.say(FIELD[Field.OCCUPATION]), data.occupation.label),
        (words.say(FIELD[Field.EDUCATION]), data.education.label),
        (words.say(FIELD[Field.DISABILITY]), data.disability.label),
        (
            words.say(FIELD[Field.CITIZENSHIP]),
            f"{data.citizenship.label} {data.citizenship_decree}".strip(),
        ),
    )


def _place(words: Words, view: VisitView, data: Biodata) -> tuple[Told, ...]:
    address = data.address
    street = ", ".join(
        part for part in (address.street, f"RT {address.rt} RW {address.rw}", address.hamlet) if part
    )
    return (
        (words.say(FIELD[Field.ADDRESS]), street),
        (words.say(FIELD[Field.VILLAGE]), f"{view.village} {address.postal_code}".strip()),
        (words.say(FIELD[Field.PHONE]), spaced_phone(data.phone)),
        (words.say(FIELD[Field.EMAIL]), data.email),
    )


def _family(words: Words, data: Biodata) -> tuple[Told, ...]:
    return (
        (words.say(FIELD[Field.HEAD_OF_FAMILY]), data.head_of_family),
        (words.say(FIELD[Field.FAMILY_RELATIONSHIP]), data.family_relationship.label),
        (words.say(FIELD[Field.MOTHER_NAME]), _parent(data.mother)),
        (words.say(FIELD[Field.FATHER_NAME]), _parent(data.father)),
    )


def _papers(words: Words, data: Biodata) -> tuple[Told, ...]:
    return (
        (words.say(FIELD[Field.BIRTH_CERTIFICATE_NO]), _act(words, data.birth_certificate)),
        (words.say(FIELD[Field.MARRIAGE_CERTIFICATE_NO]), _act(words, data.marriage_certificate)),
        (words.say(FIELD[Field.DIVORCE_CERTIFICATE_NO]), _act(words, data.divorce_certificate)),
        (words.say(FIELD[Field.PASSPORT_NO]), data.passport_no),
        (words.say(FIELD[Field.PASSPORT_EXPIRY]), _day(words, data.passport_expiry)),
    )


def _parent(parent: Parent) -> str:
    return parent.name if parent.nik is None else f"{parent.name} ({grouped(parent.nik.digits)})"


def _act(words: Words, act: CivilAct | None) -> str:
    if act is None:
        return ""
    return ", ".join(part for part in (act.number, _day(words, act.on)) if part)


def _day(words: Words, day: date | None) -> str:
    return "" if day is None else words.date(day)
