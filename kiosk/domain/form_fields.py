"""The fields of a form read one by one, with the findings gathered on the way."""

import re
from datetime import date

from kiosk.domain import codes
from kiosk.domain.biodata import CivilAct, Field, Form
from kiosk.domain.codes import Code, CodeList
from kiosk.domain.dates import read_any_date, read_date
from kiosk.domain.family_card import FamilyCardNo, read_family_card_no
from kiosk.domain.findings import Finding
from kiosk.domain.free_text import mend, read_text, shown
from kiosk.domain.names import read_name
from kiosk.domain.nik import Nik, bare_digits, read_nik
from kiosk.domain.reference import Reference
from kiosk.domain.regions import RegionLevel

CODE_LIST_OF: dict[Field, str] = {
    Field.SEX: codes.SEX,
    Field.CITIZENSHIP: codes.CITIZENSHIP,
    Field.BLOOD_TYPE: codes.BLOOD_TYPE,
    Field.RELIGION: codes.RELIGION,
    Field.MARITAL_STATUS: codes.MARITAL_STATUS,
    Field.EDUCATION: codes.EDUCATION,
    Field.OCCUPATION: codes.OCCUPATION,
    Field.DISABILITY: codes.DISABILITY,
    Field.FAMILY_RELATIONSHIP: codes.FAMILY_RELATIONSHIP,
}
REQUIRED = frozenset(
    {
        Field.NIK,
        Field.FAMILY_CARD_NO,
        Field.FULL_NAME,
        Field.BIRTH_PLACE,
        Field.BIRTH_DATE,
        Field.ADDRESS,
        Field.RT,
        Field.RW,
        Field.VILLAGE,
        Field.HEAD_OF_FAMILY,
        *CODE_LIST_OF,
    }
)
# Parents are not always known; then the officer says so.
_WANTED = frozenset({Field.MOTHER_NAME, Field.FATHER_NAME})
_OPTIONAL_NIKS = frozenset({Field.MOTHER_NIK, Field.FATHER_NIK})
_LONGEST = {
    Field.TITLE_BEFORE: 30,
    Field.TITLE_AFTER: 30,
    Field.BIRTH_PLACE: 60,
    Field.CITIZENSHIP_DECREE: 60,
    Field.BELIEF_ORGANISATION: 100,
    Field.ADDRESS: 120,
    Field.HAMLET: 60,
    Field.PASSPORT_NO: 20,
}
_LONGEST_CODE = 80
_LONGEST_NUMBER = 40
_LONGEST_EMAIL = 254
_LONGEST_CERTIFICATE_NO = 60
_VILLAGE = re.compile(r"(\d{2})\.?(\d{2})\.?(\d{2})\.?(\d{4})\Z", re.ASCII)
_NEIGHBOURHOOD = re.compile(r"\d{1,3}\Z", re.ASCII)
_POSTAL_CODE = re.compile(r"\d{5}\Z", re.ASCII)
_PHONE = re.compile(r"(?:\+62|62|0)(\d{7,13})\Z", re.ASCII)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+\Z")
_YES = frozenset({"yes", "ada", "ya", "y", "true"})
_NO = frozenset({"no", "tidak ada", "tidak", "t", "false", "-"})


class FormFields:
    """One form being read: each method reads a field, adds its findings and returns its value."""

    def __init__(self, form: Form, today: date, reference: Reference) -> None:
        self._form = form
        self._today = today
        self._reference = reference
        self.findings: list[Finding] = []

    def _typed(self, field: Field) -> str:
        return self._form.get(field, "")

    def _miss(self, field: Field) -> None:
        if field in REQUIRED:
            self.findings.append(Finding.error("field.missing", field))
        elif field in _WANTED:
            self.findings.append(Finding.warning("parent.unknown", field))

    def text(self, field: Field, longest: int = 0) -> str:
        """Return a free text, empty when nothing was typed or it cannot stand."""
        reading = read_text(self._typed(field), field=field, longest=longest or _LONGEST[field])
        self.findings.extend(reading.findings)
        if reading.text == "":
            self._miss(field)
        return reading.text or ""

    def name(self, field: Field, *, first_recording: bool = False) -> str:
        """Return a name, empty when there is none."""
        reading = read_name(self._typed(field), field=field, first_recording=first_recording)
        self.findings.extend(reading.findings)
        if reading.name is None and not reading.findings:
            self._miss(field)
        return reading.name or ""

    def nik(self, field: Field) -> Nik | None:
        """Return a NIK; those of the parents may be left empty."""
        typed = self._typed(field)
        if field in _OPTIONAL_NIKS and bare_digits(typed) == "":
            return None
        reading = read_nik(typed, regions=self._reference.regions, field=field)
        self.findings.extend(reading.findings)
        return reading.nik

    def family_card_no(self) -> FamilyCardNo | None:
        """Return the number of the family card."""
        reading = read_family_card_no(self._typed(Field.FAMILY_CARD_NO), regions=self._reference.regions)
        self.findings.extend(reading.findings)
        return reading.number

    def past_day(self, field: Field) -> date | None:
        """Return a day that has come."""
        reading = read_date(self._typed(field), field=field, today=self._today)
        self.findings.extend(reading.findings)
        if reading.day is None and not reading.findings:
            self._miss(field)
        return reading.day

    def any_day(self, field: Field) -> date | None:
        """Return a day that may lie ahead."""
        reading = read_any_date(self._typed(field), field=field)
        self.findings.extend(reading.findings)
        return reading.day

    def code(self, field: Field) -> Code:
        """Return an entry of the field's list, typed as `list:code`, as the bare number or by its label."""
        known = self._reference.codes[CODE_LIST_OF[field]]
        typed = self._typed(field)
        mended = mend(typed) if len(typed) <= _LONGEST_CODE else "?"
        if not mended:
            self._miss(field)
            return Code(known.list_id, "", "")
        code = self._listed(mended, known) or known.find(mended) or self._numbered(mended, known, field)
        if code is None:
            self.findings.append(Finding.error("code.unknown", field, given=shown(typed), title=known.title))
        return code or Code(known.list_id, "", "")

    def _listed(self, text: str, known: CodeList) -> Code | None:
        code = self._reference.codes.code(text) if ":" in text else None
        return None if code is None else self._reference.codes.carry_over(code, known.list_id)

    def _numbered(self, text: str, known: CodeList, field: Field) -> Code | None:
        code = known.get(text)
        elsewhere = known.elsewhere.get(code.code) if code else None
        if code and elsewhere:
            self.findings.append(
                Finding.note("code.elsewhere", field, code=code.code, label=code.label, other=elsewhere)
            )
        return code

    def _match(self, field: Field, pattern: re.Pattern[str], longest: int) -> re.Match[str] | None:
        typed = self._typed(field)
        mended = mend(typed) if len(typed) <= longest else "?"
        if not mended:
            self._miss(field)
            return None
        found = pattern.match(mended)
        if found is None:
            self.findings.append(Finding.error("field.unreadable", field, given=shown(typed)))
        return found

    def neighbourhood(self, field: Field) -> str:
        """Return RT or RW as three digits, `000` where the place has none."""
        if self._typed(field).strip() == "-":
            return "000"
        found = self._match(field, _NEIGHBOURHOOD, _LONGEST_NUMBER)
        return found[0].zfill(3) if found else ""

    def postal_code(self) -> str:
        """Return five digits, or nothing."""
        found = self._match(Field.POSTAL_CODE, _POSTAL_CODE, _LONGEST_NUMBER)
        return found[0] if found else ""

    def phone(self) -> str:
        """Return an Indonesian number with its leading zero, or nothing."""
        typed = self._typed(Field.PHONE)
        if len(typed) <= _LONGEST_NUMBER:
            typed = re.sub(r"[\s().-]", "", typed)
        found = _PHONE.match(typed) if len(typed) <= _LONGEST_NUMBER else None
        if typed and found is None:
            given = shown(self._typed(Field.PHONE))
            self.findings.append(Finding.error("field.unreadable", Field.PHONE, given=given))
        return f"0{found[1]}" if found else ""

    def email(self) -> str:
        """Return an address of electronic mail, or nothing."""
        found = self._match(Field.EMAIL, _EMAIL, _LONGEST_EMAIL)
        return found[0] if found else ""

    def village(self) -> str:
        """Return the code of a village that exists today: `33.25.07.2015`."""
        found = self._match(Field.VILLAGE, _VILLAGE, _LONGEST_NUMBER)
        if found is None:
            return ""
        code = ".".join(found.groups())
        region = self._reference.regions.get(code)
        if region is None or region.level is not RegionLevel.VILLAGE:
            self.findings.append(Finding.error("village.unknown", Field.VILLAGE, given=code))
            return ""
        return code

    def civil_act(self, held: Field, number: Field, day: Field | None = None) -> CivilAct | None:
        """Return the certificate, None where the family holds none; number and day must agree with that."""
        is_held = self._is_held(held)
        written = self.text(number, _LONGEST_CERTIFICATE_NO)
        on = self.past_day(day) if day else None
        if is_held is False and (written or on):
            self.findings.append(Finding.error("certificate.not_held", number))
        if is_held and not written and not self._typed(number):
            self.findings.append(Finding.error("certificate.number_missing", number))
        return CivilAct(written, on) if written else None

    def _is_held(self, field: Field) -> bool | None:
        typed = self._typed(field)
        word = mend(typed).casefold() if len(typed) <= _LONGEST_NUMBER else "?"
        if not word:
            return None
        if word not in _YES | _NO:
            self.findings.append(Finding.error("certificate.held_unclear", field, given=shown(typed)))
            return None
        return word in _YES
