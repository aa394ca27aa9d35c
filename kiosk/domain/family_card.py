"""The 16-digit number of a family card (No. KK): district of issue, day of registration, serial."""

from dataclasses import dataclass
from datetime import date

from kiosk.domain.errors import MalformedError
from kiosk.domain.findings import Finding
from kiosk.domain.nik import DIGITS, NO_SERIAL, bare_digits
from kiosk.domain.region_number import RegionNumber
from kiosk.domain.regions import RegionTable, Standing

_CENTURY, _LAST_CENTURY = 2000, 1900


@dataclass(frozen=True, slots=True, repr=False)
class FamilyCardNo(RegionNumber):
    """A checked family card number. Build one with `FamilyCardNo.parse` or `read_family_card_no`."""

    @classmethod
    def parse(cls, text: str) -> "FamilyCardNo":
        """Return the number in the text; MalformedError when no table could make a number of it."""
        digits = bare_digits(text)
        if digits is None or _judge_digits(digits, "family_card_no") or digits[4:6] == "00":
            raise MalformedError("this is not a family card number")
        return cls(digits)


@dataclass(frozen=True, slots=True)
class FamilyCardReading:
    """The number, None when an error stands, and all findings."""

    number: FamilyCardNo | None
    findings: tuple[Finding, ...]


def read_family_card_no(
    text: str, *, regions: RegionTable, field: str = "family_card_no"
) -> FamilyCardReading:
    """Read a typed family card number; its day carries no +40."""
    digits = bare_digits(text)
    if digits == "":
        return FamilyCardReading(None, (Finding.error("family_card_no.missing", field),))
    errors = _judge_digits(digits, field)
    if digits is None or len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return FamilyCardReading(None, errors)
    district_errors, remarks = _judge_district(digits, regions, field)
    errors += district_errors
    if digits[12:] == NO_SERIAL:
        # that serials start at 0001 is certain for the NIK only
        remarks += (Finding.warning("family_card_no.serial_zero", field),)
    return FamilyCardReading(None if errors else FamilyCardNo(digits), errors + remarks)


def _judge_digits(digits: str | None, field: str) -> tuple[Finding, ...]:
    if digits is None:
        return (Finding.error("family_card_no.length", field, given="?"),)
    findings: tuple[Finding, ...] = ()
    if len(digits) != DIGITS:
        findings += (Finding.error("family_card_no.length", field, given=str(len(digits))),)
    if not (digits.isascii() and digits.isdigit()):
        findings += (Finding.error("family_card_no.not_digits", field),)
    if not findings and not _is_day(int(digits[6:8]), int(digits[8:10]), int(digits[10:12])):
        findings += (
            Finding.error(
                "family_card_no.date", field, day=digits[6:8], month=digits[8:10], year=digits[10:12]
            ),
        )
    return findings


def _is_day(day: int, month: int, year: int) -> bool:
    for century in (_CENTURY, _LAST_CENTURY):
        try:
            date(century + year, month, day)
        except ValueError:
            continue
        return True
    return False


def _judge_district(
    digits: str, regions: RegionTable, field: str
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    district = f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}"
    standing = regions.standing(digits)
    if standing is Standing.NO_PROVINCE:
        return (Finding.error("family_card_no.province_unknown", field, province=digits[:2]),), ()
    if standing is Standing.NO_DISTRICT:
        return (Finding.error("family_card_no.district_zero", field),), ()
    if standing is Standing.UNKNOWN:
        return (), (Finding.warning("family_card_no.district_unknown", field, district=district),)
    if standing is Standing.RETIRED:
        return (), (Finding.note("family_card_no.district_retired", field, district=district),)
    return (), ()
