"""The 16-digit national identity number (NIK) and what can be read from it.

Layout: PP 37/2007 article 37, PP 40/2019 article 30(2): district of first registration, birth date
(women: day + 40), serial. There is no check digit, and the number follows neither moves nor corrections.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from kiosk.domain.codes import SEX, Code
from kiosk.domain.dates import screen_date
from kiosk.domain.errors import MalformedError
from kiosk.domain.findings import Finding
from kiosk.domain.region_number import RegionNumber
from kiosk.domain.regions import RegionTable, Standing

DIGITS = 16
WOMAN_DAY = 40
NO_SERIAL = "0000"
MALE, FEMALE = "1", "2"
_CENTURY, _LAST_CENTURY = 2000, 1900
_MONTHS = 12
# Beyond this length nobody typed a number; the text is not even looked at.
_LONGEST = 64
_SEPARATORS = re.compile("[\\s.\u2010-\u2015-]")


@dataclass(frozen=True, slots=True, repr=False)
class Nik(RegionNumber):
    """A checked NIK. Build one with `Nik.parse` or `read_nik`; shown masked wherever it is not asked for."""

    @classmethod
    def parse(cls, text: str) -> "Nik":
        """Return the number in the text; MalformedError when no table could make a NIK of it."""
        digits = bare_digits(text)
        if digits is None or _judge_digits(digits, "nik") or digits[4:6] == "00":
            raise MalformedError("this is not a NIK")
        return cls(digits)

    @property
    def sex(self) -> str:
        """The code of the sex in the list `sex.siak`."""
        return FEMALE if int(self.digits[6:8]) > WOMAN_DAY else MALE

    @property
    def day(self) -> int:
        """The day of birth, 1 to 31."""
        return int(self.digits[6:8]) % WOMAN_DAY

    @property
    def month(self) -> int:
        """The month of birth, 1 to 12."""
        return int(self.digits[8:10])

    @property
    def year(self) -> int:
        """The last two digits of the year of birth."""
        return int(self.digits[10:12])

    def birth_date(self, *, today: date) -> date:
        """Return the latest day not after today that fits; the century stands nowhere, so ask."""
        for century in (_CENTURY, _LAST_CENTURY):
            if self.day <= _days_in(century + self.year, self.month):
                guess = date(century + self.year, self.month, self.day)
                if guess <= today:
                    return guess
        return date(_LAST_CENTURY + self.year, self.month, min(self.day, 28))

    def born_on(self, birth_date: date) -> bool:
        """Tell whether the number carries that birth date, whatever the century."""
        return (self.day, self.month, self.year) == (
            birth_date.day,
            birth_date.month,
            birth_date.year % 100,
        )


@dataclass(frozen=True, slots=True)
class NikReading:
    """The number, None when an error stands, and all findings."""

    nik: Nik | None
    findings: tuple[Finding, ...]


def bare_digits(text: str) -> str | None:
    """Return the text without blanks, dots and dashes; None when nobody can have typed that."""
    return None if len(text) > _LONGEST else _SEPARATORS.sub("", text)


def read_nik(text: str, *, regions: RegionTable, field: str = "nik") -> NikReading:
    """Read a typed NIK with every rule that needs no other field."""
    digits = bare_digits(text)
    if digits == "":
        return NikReading(None, (Finding.error("nik.missing", field),))
    errors = _judge_digits(digits, field)
    if digits is None or len(digits) != DIGITS or not _is_number(digits):
        return NikReading(None, errors)
    district_errors, remarks = _judge_district(digits, regions, field)
    errors += district_errors
    return NikReading(None if errors else Nik(digits), errors + remarks)


def _is_number(text: str) -> bool:
    # str.isdigit alone takes Arabic and full-width digits
    return text.isascii() and text.isdigit()


def _judge_digits(digits: str | None, field: str) -> tuple[Finding, ...]:
    if digits is None:
        return (Finding.error("nik.length", field, given="?"),)
    findings: tuple[Finding, ...] = ()
    if len(digits) != DIGITS:
        findings += (Finding.error("nik.length", field, given=str(len(digits))),)
    if not _is_number(digits):
        findings += (Finding.error("nik.not_digits", field),)
    if findings:
        return findings
    day, month, year = digits[6:8], digits[8:10], digits[10:12]
    if not _is_birth_date(int(day), int(month), int(year)):
        findings += (Finding.error("nik.birth_date", field, day=day, month=month, year=year),)
    if digits[12:] == NO_SERIAL:
        findings += (Finding.error("nik.serial_zero", field),)
    return findings


def _is_birth_date(day: int, month: int, year: int) -> bool:
    day -= WOMAN_DAY if day > WOMAN_DAY else 0
    if not 1 <= month <= _MONTHS:
        return False
    longest = max(_days_in(_CENTURY + year, month), _days_in(_LAST_CENTURY + year, month))
    return 1 <= day <= longest


def _days_in(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _judge_district(
    digits: str, regions: RegionTable, field: str
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    district = f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}"
    standing = regions.standing(digits)
    if standing is Standing.NO_PROVINCE:
        return (Finding.error("nik.province_unknown", field, province=digits[:2]),), ()
    if standing is Standing.NO_DISTRICT:
        return (Finding.error("nik.district_zero", field),), ()
    if standing is Standing.UNKNOWN:
        return (), (Finding.warning("nik.district_unknown", field, district=district),)
    retired = regions.retired(district)
    if standing is Standing.RETIRED and retired is not None:
        return (), (Finding.note("nik.district_retired", field, district=district, name=retired.name),)
    return (), ()


def compare_nik(nik: Nik, *, sex: Code | None, birth_date: date | None) -> tuple[Finding, ...]:
    """Return how the stated data differ from the number; both happen in life and want a reason.

    The region is not compared: a number keeps the district of first registration after every move.
    """
    findings: tuple[Finding, ...] = ()
    if birth_date is not None and not nik.born_on(birth_date):
        coded = f"{nik.day:02}-{nik.month:02}-{nik.year:02}"
        findings += (
            Finding.warning("nik.other_birth_date", "birth_date", given=screen_date(birth_date), coded=coded),
        )
    if sex is not None and sex.list_id == SEX and sex.code != nik.sex:
        findings += (Finding.warning("nik.other_sex", "sex", given=sex.label),)
    return findings
