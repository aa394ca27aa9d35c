"""Dates as officers type them, and counting by the calendar."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from kiosk.domain.findings import Finding
from kiosk.domain.free_text import mend, shown

MONTHS_A_YEAR = 12
OLDEST_YEARS = 125
_LONGEST = 40
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})\Z", re.ASCII)
_BARE = re.compile(r"(\d{2})(\d{2})(\d{4})\Z", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z", re.ASCII)
_WORDS = re.compile(r"(\d{1,2})[- ]([a-z]+)[- ](\d{4}|\d{2})\Z", re.ASCII)
_FULL_YEAR = 4
_MONTHS = (
    ("januari", "january"),
    ("februari", "february", "pebruari"),
    ("maret", "march"),
    ("april",),
    ("mei", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("agustus", "august", "agt", "agst", "ags"),
    ("september",),
    ("oktober", "october"),
    ("november", "nopember"),
    ("desember", "december"),
)


@dataclass(frozen=True, slots=True)
class DateReading:
    """The day that was typed; None when nothing was typed or an error stands."""

    day: date | None
    findings: tuple[Finding, ...]


def read_date(text: str, *, field: str, today: date) -> DateReading:
    """Read a day that has come: `17-08-1990`, `17081990`, `17 Agustus 1990` or `1990-08-17`; may be empty."""
    reading = read_any_date(text, field=field)
    if reading.day is None:
        return reading
    if reading.day > today:
        return DateReading(None, (Finding.error("date.future", field, given=screen_date(reading.day)),))
    if full_years(reading.day, on=today) > OLDEST_YEARS:
        return DateReading(None, (Finding.error("date.too_long_ago", field, given=screen_date(reading.day)),))
    return reading


def read_any_date(text: str, *, field: str) -> DateReading:
    """Read a day that may lie ahead, such as the last day of a passport; may be empty."""
    mended = mend(text) if len(text) <= _LONGEST else text[:_LONGEST]
    if not mended:
        return DateReading(None, ())
    parts = _parts(mended.casefold())
    if parts is None:
        return DateReading(None, (Finding.error("date.unreadable", field, given=shown(text)),))
    year, month, day = parts
    if len(year) < _FULL_YEAR:
        return DateReading(None, (Finding.error("date.short_year", field, given=shown(text)),))
    try:
        return DateReading(date(int(year), month, int(day)), ())
    except ValueError:
        return DateReading(None, (Finding.error("date.impossible", field, given=shown(text)),))


def _parts(text: str) -> tuple[str, int, str] | None:
    if found := _NUMBERS.match(text) or _BARE.match(text):
        return found[3], int(found[2]), found[1]
    if found := _ISO.match(text):
        return found[1], int(found[2]), found[3]
    found = _WORDS.match(text)
    month = _month(found[2]) if found else 0
    return (found[3], month, found[1]) if found and month else None


def _month(word: str) -> int:
    for number, names in enumerate(_MONTHS, start=1):
        if any(word in (name, name[:3]) for name in names):
            return number
    return 0


def add_months(day: date, months: int) -> date:
    """Return the same day of a later month; its last day where it has no such day (31 August -> 28 February)."""
    count = day.year * MONTHS_A_YEAR + day.month - 1 + months
    year, month = divmod(count, MONTHS_A_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def birthday(birth_date: date, years: int) -> date:
    """Return the day on which somebody completes that many years; 29 February counts on 1 March."""
    try:
        return birth_date.replace(year=birth_date.year + years)
    except ValueError:
        return date(birth_date.year + years, 3, 1)


def full_years(birth_date: date, *, on: date) -> int:
    """Return the completed years of life on a day."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def screen_date(day: date) -> str:
    """Return the day as screens show it: `17-08-1990`."""
    return f"{day.day:02}-{day.month:02}-{day.year:04}"
