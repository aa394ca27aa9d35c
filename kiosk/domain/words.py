"""The words people read: the catalogue of one language, and how it writes numbers, days and times."""

import datetime
import gettext
import re
import struct
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from kiosk.domain.dates import screen_date
from kiosk.domain.errors import MalformedError
from kiosk.domain.findings import Finding
from kiosk.domain.labels import label_of_value
from kiosk.domain.sentences import SENTENCES, sentence


def msg(text: str) -> str:
    """Mark a text of a table as one that `Words.say` will translate; returns it as it is."""
    return text


SOURCE_LANGUAGE = "en"
CATALOGUE = "kiosk"
_SWAPPED = str.maketrans(",.", ".,")
_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")
# Whether 1,284.5 is written 1.284,5.
_SWAPS_MARKS = {"en": False, "id": True}
_STEP = 1000
_UNITS = ("kB", "MB", "GB", "TB")
_ALWAYS_WHOLE = frozenset({"B", "kB"})
_WHOLE_FROM = 9.95  # what would be rounded to 10,0
# The values of findings that are measured finer than in whole numbers.
_WITH_DECIMALS = frozenset({"seconds"})
_MINUTE, _HOUR, _DAY = 60, 3600, 86400

DAYS = (
    msg("Monday"),
    msg("Tuesday"),
    msg("Wednesday"),
    msg("Thursday"),
    msg("Friday"),
    msg("Saturday"),
    msg("Sunday"),
)
SHORT_DAYS = (msg("Mon"), msg("Tue"), msg("Wed"), msg("Thu"), msg("Fri"), msg("Sat"), msg("Sun"))
MONTHS = (
    msg("January"),
    msg("February"),
    msg("March"),
    msg("April"),
    msg("May"),
    msg("June"),
    msg("July"),
    msg("August"),
    msg("September"),
    msg("October"),
    msg("November"),
    msg("December"),
)
SHORT_MONTHS = (
    msg("Jan"),
    msg("Feb"),
    msg("Mar"),
    msg("Apr"),
    msg("May"),
    msg("Jun"),
    msg("Jul"),
    msg("Aug"),
    msg("Sep"),
    msg("Oct"),
    msg("Nov"),
    msg("Dec"),
)


@dataclass(frozen=True, slots=True)
class Words:
    """The catalogue of one language; build one with `Words.load`. Moments given are already in the office's zone."""

    language: str
    _catalogue: gettext.NullTranslations

    @classmethod
    def load(cls, folder: Path, language: str) -> "Words":
        """Read the language from `resources/locale`; raises OSError, or MalformedError for what is no catalogue."""
        if language not in _SWAPS_MARKS:
            raise MalformedError(f"there are no words in the language {language!r}")
        if language == SOURCE_LANGUAGE:
            return cls(language, gettext.NullTranslations())
        content = (folder / language / "LC_MESSAGES" / f"{CATALOGUE}.mo").read_bytes()
        return cls(language, _read_catalogue(content))

    def say(self, text: str, /, **values: str | int) -> str:
        """Return the text in this language with its values; a value that is missing is shown as a question mark."""
        return _fill(self._translated(text), values)

    def count(self, one: str, many: str, number: int, /, **values: str | int) -> str:
        """Return the text for that many; `{count}` is the number as this language writes it."""
        text = self._catalogue.ngettext(one, many, number)
        return _fill(text, {"count": self.number(number), **values})

    def number(self, value: int) -> str:
        """Return a whole number with its thousands apart: `1.284`."""
        return self._marks(f"{value:,}")

    def decimal(self, value: float, places: int) -> str:
        """Return a number with that many places: `2,9`."""
        return self._marks(f"{value:z,.{places}f}")

    def size(self, size: int) -> str:
        """Return a number of bytes as people read it: `2,9 MB`."""
        value, unit = float(size), "B"
        for larger in _UNITS:
            if round(abs(value)) < _STEP:
                break
            value, unit = value / _STEP, larger
        is_small = abs(value) < _WHOLE_FROM and unit not in _ALWAYS_WHOLE
        return f"{self.decimal(value, 1 if is_small else 0)} {unit}"

    def date(self, day: datetime.date) -> str:
        """Return the day as screens show it: `29-01-2026`."""
        return screen_date(day)

    def long_date(self, day: datetime.date) -> str:
        """Return the day as papers show it: `29 Januari 2026`."""
        return f"{day.day} {self._translated(MONTHS[day.month - 1])} {day.year:04}"

    def month(self, day: datetime.date) -> str:
        """Return the month a day lies in: `Januari 2026`."""
        return f"{self._translated(MONTHS[day.month - 1])} {day.year:04}"

    def day_name(self, day: datetime.date) -> str:
        """Return the day with its name: `Kamis, 29 Januari`."""
        return f"{self._translated(DAYS[day.weekday()])}, {day.day} {self._translated(MONTHS[day.month - 1])}"

    def short_day(self, day: datetime.date) -> str:
        """Return the day with its name, short: `Kam 29 Jan`."""
        name = self._translated(SHORT_DAYS[day.weekday()])
        return f"{name} {day.day} {self._translated(SHORT_MONTHS[day.month - 1])}"

    def time(self, moment: datetime.datetime) -> str:
        """Return the time of day, as the office writes it in every language: `09.42`."""
        return f"{moment.hour:02}.{moment.minute:02}"

    def time_seconds(self, moment: datetime.datetime) -> str:
        """Return the time of day with its seconds: `09.41.27`."""
        return f"{self.time(moment)}.{moment.second:02}"

    def age_of(self, seconds: float) -> str:
        """Return how long ago something was: `3 hari`, `5 jam 40 menit`, `26 menit`."""
        whole = max(int(seconds), 0)
        if whole < _MINUTE:
            return self.say("less than a minute")
        if whole >= _DAY:
            return self.count("{count} day", "{count} days", whole // _DAY)
        hours, minutes = whole // _HOUR, whole % _HOUR // _MINUTE
        parts = []
        if hours:
            parts.append(self.count("{count} hour", "{count} hours", hours))
        if minutes:
            parts.append(self.count("{count} minute", "{count} minutes", minutes))
        return " ".join(parts)

    def finding(self, finding: Finding) -> str:
        """Return the sentence of a finding; values that are codes are named, decimals are written as here."""
        opening = self._translated(SENTENCES.get(finding.code, ""))
        values = tuple(
            (name, self._named(name, value, opens=opening.startswith(f"{{{name}}}")))
            for name, value in finding.values
        )
        return sentence(replace(finding, values=values), self._translated)

    def _named(self, name: str, value: str, *, opens: bool) -> str:
        label = label_of_value(name, value)
        if label is None:
            return self._marks(value) if name in _WITH_DECIMALS else value
        label = self._translated(label)
        # Inside a sentence a label begins small, unless it is a short form such as KK.
        return label if opens or label[1:2].isupper() else label[:1].lower() + label[1:]

    def _translated(self, text: str) -> str:
        # The empty text is where a catalogue keeps its own head.
        return self._catalogue.gettext(text) if text else ""

    def _marks(self, text: str) -> str:
        return text.translate(_SWAPPED) if _SWAPS_MARKS[self.language] else text


def _read_catalogue(content: bytes) -> gettext.GNUTranslations:
    try:
        return gettext.GNUTranslations(BytesIO(content))
    except (OSError, ValueError, LookupError, struct.error) as error:
        raise MalformedError("the catalogue of words cannot be read") from error


def _fill(text: str, values: dict[str, str | int]) -> str:
    def value(found: re.Match[str]) -> str:
        name = found[1]
        return found[0][0] if name is None else str(values.get(name, "?"))

    return _PLACEHOLDER.sub(value, text)
