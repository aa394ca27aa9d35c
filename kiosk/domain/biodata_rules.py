"""Reading form F-1.01: every rule at once, each finding at its field."""

from collections.abc import Mapping
from datetime import date

from kiosk.domain.biodata import Address, Biodata, BiodataReading, Field, Form, Parent, PersonName
from kiosk.domain.biodata_relations import judge_relations
from kiosk.domain.errors import MalformedError
from kiosk.domain.family_card import FamilyCardNo
from kiosk.domain.findings import Finding, stops
from kiosk.domain.form_fields import CODE_LIST_OF, REQUIRED, FormFields
from kiosk.domain.free_text import shown
from kiosk.domain.nik import Nik
from kiosk.domain.reference import Reference

__all__ = [
    "CODE_LIST_OF",
    "REQUIRED",
    "canonical_form",
    "form_from_texts",
    "form_texts",
    "read_biodata",
    "unknown_keys",
]


def form_from_texts(texts: Mapping[str, str]) -> Form:
    """Return the form of texts by field name; MalformedError names the keys that are no field."""
    unknown = [key for key in texts if key not in _FIELDS]
    if unknown:
        raise MalformedError(f"no field of the form: {', '.join(shown(key) for key in unknown[:5])}")
    return {_FIELDS[key]: text for key, text in texts.items()}


def unknown_keys(texts: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return a finding for each key that is no field of the form."""
    return tuple(
        Finding.error("form.key_unknown", None, key=shown(key)) for key in texts if key not in _FIELDS
    )


def form_texts(form: Form) -> dict[str, str]:
    """Return the texts of a form by field name, in the order of the form; empty fields are left out."""
    return {field.value: form[field] for field in Field if form.get(field)}


_FIELDS = {field.value: field for field in Field}


def read_biodata(
    form: Form, *, today: date, reference: Reference, first_recording: bool = False
) -> BiodataReading:
    """Read a form; there is biodata when no error stands.

    today: the day at the office.
    first_recording: the name is recorded for the first time, so the rules for new names hold.
    """
    fields = FormFields(form, today, reference)
    biodata = _build(fields, first_recording=first_recording)
    findings = (*fields.findings, *judge_relations(biodata))
    return BiodataReading(None if stops(findings) else biodata, findings)


_MARRIAGE = (Field.HAS_MARRIAGE_CERTIFICATE, Field.MARRIAGE_CERTIFICATE_NO, Field.MARRIAGE_DATE)
_DIVORCE = (Field.HAS_DIVORCE_CERTIFICATE, Field.DIVORCE_CERTIFICATE_NO, Field.DIVORCE_DATE)


def _build(fields: FormFields, *, first_recording: bool) -> Biodata:
    # What could not be read is held by an empty stand-in, which never leaves `read_biodata`.
    return Biodata(
        nik=fields.nik(Field.NIK) or Nik(""),
        family_card_no=fields.family_card_no() or FamilyCardNo(""),
        name=_name(fields, first_recording=first_recording),
        sex=fields.code(Field.SEX),
        birth_place=fields.text(Field.BIRTH_PLACE),
        birth_date=fields.past_day(Field.BIRTH_DATE) or date.min,
        citizenship=fields.code(Field.CITIZENSHIP),
        blood_type=fields.code(Field.BLOOD_TYPE),
        religion=fields.code(Field.RELIGION),
        marital_status=fields.code(Field.MARITAL_STATUS),
        education=fields.code(Field.EDUCATION),
        occupation=fields.code(Field.OCCUPATION),
        disability=fields.code(Field.DISABILITY),
        address=_address(fields),
        family_relationship=fields.code(Field.FAMILY_RELATIONSHIP),
        head_of_family=fields.name(Field.HEAD_OF_FAMILY),
        mother=Parent(fields.name(Field.MOTHER_NAME), fields.nik(Field.MOTHER_NIK)),
        father=Parent(fields.name(Field.FATHER_NAME), fields.nik(Field.FATHER_NIK)),
        citizenship_decree=fields.text(Field.CITIZENSHIP_DECREE),
        belief_organisation=fields.text(Field.BELIEF_ORGANISATION),
        phone=fields.phone(),
        email=fields.email(),
        passport_no=fields.text(Field.PASSPORT_NO),
        passport_expiry=fields.any_day(Field.PASSPORT_EXPIRY),
        birth_certificate=fields.civil_act(Field.HAS_BIRTH_CERTIFICATE, Field.BIRTH_CERTIFICATE_NO),
        marriage_certificate=fields.civil_act(*_MARRIAGE),
        divorce_certificate=fields.civil_act(*_DIVORCE),
    )


def _name(fields: FormFields, *, first_recording: bool) -> PersonName:
    return PersonName(
        fields.name(Field.FULL_NAME, first_recording=first_recording),
        fields.text(Field.TITLE_BEFORE),
        fields.text(Field.TITLE_AFTER),
    )


def _address(fields: FormFields) -> Address:
    return Address(
        street=fields.text(Field.ADDRESS),
        rt=fields.neighbourhood(Field.RT),
        rw=fields.neighbourhood(Field.RW),
        village=fields.village(),
        hamlet=fields.text(Field.HAMLET),
        postal_code=fields.postal_code(),
    )


def canonical_form(biodata: Biodata, form: Form) -> Form:
    """Return the form with its codes written with their lists and its numbers bare, as kept and sent."""
    canonical = dict(form)
    canonical[Field.NIK] = biodata.nik.digits
    canonical[Field.FULL_NAME] = biodata.name.full
    canonical[Field.FAMILY_CARD_NO] = biodata.family_card_no.digits
    canonical[Field.BIRTH_DATE] = biodata.birth_date.isoformat()
    canonical[Field.VILLAGE] = biodata.address.village
    canonical[Field.RT], canonical[Field.RW] = biodata.address.rt, biodata.address.rw
    canonical[Field.SEX] = biodata.sex.text
    canonical[Field.CITIZENSHIP] = biodata.citizenship.text
    canonical[Field.BLOOD_TYPE] = biodata.blood_type.text
    canonical[Field.RELIGION] = biodata.religion.text
    canonical[Field.MARITAL_STATUS] = biodata.marital_status.text
    canonical[Field.EDUCATION] = biodata.education.text
    canonical[Field.OCCUPATION] = biodata.occupation.text
    canonical[Field.DISABILITY] = biodata.disability.text
    canonical[Field.FAMILY_RELATIONSHIP] = biodata.family_relationship.text
    return canonical
