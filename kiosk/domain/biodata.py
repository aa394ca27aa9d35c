"""The fields of form F-1.01 for a citizen: as typed on the form, and as the checked biodata.

Source: Permendagri 109/2019, form F-1.01, head and columns 2-6, 10-31 and 38-41.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.domain.codes import Code
from kiosk.domain.family_card import FamilyCardNo
from kiosk.domain.findings import Finding
from kiosk.domain.nik import Nik


class Field(StrEnum):
    """One field of the form, in the order in which it is asked."""

    NIK = "nik"
    FAMILY_CARD_NO = "family_card_no"
    FULL_NAME = "full_name"
    TITLE_BEFORE = "title_before"
    TITLE_AFTER = "title_after"
    SEX = "sex"
    BIRTH_PLACE = "birth_place"
    BIRTH_DATE = "birth_date"
    CITIZENSHIP = "citizenship"
    CITIZENSHIP_DECREE = "citizenship_decree"
    BLOOD_TYPE = "blood_type"
    RELIGION = "religion"
    BELIEF_ORGANISATION = "belief_organisation"
    MARITAL_STATUS = "marital_status"
    EDUCATION = "education"
    OCCUPATION = "occupation"
    DISABILITY = "disability"
    ADDRESS = "address"
    RT = "rt"
    RW = "rw"
    HAMLET = "hamlet"
    VILLAGE = "village"  # region code, 33.25.07.2015
    POSTAL_CODE = "postal_code"
    PHONE = "phone"
    EMAIL = "email"
    HEAD_OF_FAMILY = "head_of_family"
    FAMILY_RELATIONSHIP = "family_relationship"
    MOTHER_NIK = "mother_nik"
    MOTHER_NAME = "mother_name"
    FATHER_NIK = "father_nik"
    FATHER_NAME = "father_name"
    PASSPORT_NO = "passport_no"
    PASSPORT_EXPIRY = "passport_expiry"
    HAS_BIRTH_CERTIFICATE = "has_birth_certificate"
    BIRTH_CERTIFICATE_NO = "birth_certificate_no"
    HAS_MARRIAGE_CERTIFICATE = "has_marriage_certificate"
    MARRIAGE_CERTIFICATE_NO = "marriage_certificate_no"
    MARRIAGE_DATE = "marriage_date"
    HAS_DIVORCE_CERTIFICATE = "has_divorce_certificate"
    DIVORCE_CERTIFICATE_NO = "divorce_certificate_no"
    DIVORCE_DATE = "divorce_date"


# What the officer typed, by field; a field that is missing is empty.
Form = Mapping[Field, str]


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name with its titles, as written."""

    full: str
    title_before: str = ""
    title_after: str = ""


@dataclass(frozen=True, slots=True)
class Parent:
    """A parent as the form names them; the NIK is often not known."""

    name: str
    nik: Nik | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """Where the resident lives; `village` is a region code such as `33.25.07.2015`."""

    street: str
    rt: str
    rw: str
    village: str
    hamlet: str = ""
    postal_code: str = ""


@dataclass(frozen=True, slots=True)
class CivilAct:
    """A certificate of birth, marriage or divorce the family holds."""

    number: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Biodata:
    """The checked data of one citizen; made by `read_biodata` only."""

    nik: Nik
    family_card_no: FamilyCardNo
    name: PersonName
    sex: Code
    birth_place: str
    birth_date: date
    citizenship: Code
    blood_type: Code
    religion: Code
    marital_status: Code
    education: Code
    occupation: Code
    disability: Code
    address: Address
    family_relationship: Code
    head_of_family: str
    mother: Parent
    father: Parent
    citizenship_decree: str = ""
    belief_organisation: str = ""
    phone: str = ""
    email: str = ""
    passport_no: str = ""
    passport_expiry: date | None = None
    birth_certificate: CivilAct | None = None
    marriage_certificate: CivilAct | None = None
    divorce_certificate: CivilAct | None = None


@dataclass(frozen=True, slots=True)
class BiodataReading:
    """What the rules made of a form: all findings at once, and the biodata when no error stands."""

    biodata: Biodata | None
    findings: tuple[Finding, ...]
