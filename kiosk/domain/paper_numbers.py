"""Numbers of papers: a template of the office, and blocks that the centre lends, so that no two kiosks meet.

The classes are those of the national archive classification (471.13 cards; 400.12.x since 2022); the order of the parts
is the office's own.  A serial is never used twice, also not that of a void sheet.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kiosk.domain.findings import Finding
from kiosk.domain.papers import PaperKind

PARTS = ("class", "serial", "district", "month", "month_roman", "year")
LONGEST = 40  # letters of a whole number: what one line of the paper holds
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_PLACE = re.compile(r"\{([^{}]*)\}")
_SERIAL = re.compile(r"serial(?::0([1-9]))?")
_TEXT = re.compile(r"[A-Za-z0-9 ./-]*")
_LARGEST = 999_999


@dataclass(frozen=True, slots=True)
class NumberTemplate:
    """How the numbers of one kind look: `{class}/{serial:04}/{district}/{month_roman}/{year}`."""

    pattern: str
    class_code: str
    district: str

    def number(self, serial: int, on: date) -> str:
        """Return the number of a serial on a day; the template was found good by `judge_template`."""

        def part(place: re.Match[str]) -> str:
            found = _SERIAL.fullmatch(place[1])
            return f"{serial:0{found[1] or 1}}" if found else self._part(place[1], on)

        return _PLACE.sub(part, self.pattern)

    def _part(self, name: str, on: date) -> str:
        values = {
            "class": self.class_code,
            "district": self.district,
            "month": f"{on.month:02}",
            "month_roman": _ROMAN[on.month - 1],
            "year": str(on.year),
        }
        return values[name]


def judge_template(template: NumberTemplate) -> tuple[Finding, ...]:
    """Return what makes a template unusable: two papers of a year could get one number, or it does not fit its line."""
    problem = _problem(template)
    return (Finding.error("number.template", problem=problem),) if problem else ()


def _problem(template: NumberTemplate) -> str:
    places = _PLACE.findall(template.pattern)
    unknown = [place for place in places if place not in PARTS and not _SERIAL.fullmatch(place)]
    if unknown:
        return f"{{{unknown[0]}}}"
    if sum(_SERIAL.fullmatch(place) is not None for place in places) != 1:
        return "{serial}"
    if "year" not in places:
        return "{year}"
    if not _TEXT.fullmatch(_PLACE.sub("", template.pattern) + template.class_code + template.district):
        return template.pattern
    longest = template.number(_LARGEST, date(2026, 8, 31))
    return "" if len(longest) <= LONGEST else longest


@dataclass(frozen=True, slots=True)
class NumberBlock:
    """Serials a kiosk may use for one kind in one year, first and last among them."""

    kind: PaperKind
    year: int
    first: int
    last: int

    def __post_init__(self) -> None:
        if not 1 <= self.first <= self.last <= _LARGEST:
            raise ValueError(f"a block from {self.first} to {self.last}")


def next_serial(blocks: Iterable[NumberBlock], kind: PaperKind, year: int, *, last_used: int) -> int | None:
    """Return the next serial of a kind and year; None where the blocks are used up.

    last_used: the highest serial taken so far of this kind and year, 0 for none; serials only rise.
    """
    rests = [block for block in _of(blocks, kind, year) if block.last > last_used]
    return max(rests[0].first, last_used + 1) if rests else None


def serials_left(blocks: Iterable[NumberBlock], kind: PaperKind, year: int, *, last_used: int) -> int:
    """Return how many serials are left of a kind and year."""
    return sum(
        block.last - max(block.first - 1, last_used)
        for block in _of(blocks, kind, year)
        if block.last > last_used
    )


def _of(blocks: Iterable[NumberBlock], kind: PaperKind, year: int) -> list[NumberBlock]:
    chosen = [block for block in blocks if block.kind is kind and block.year == year]
    return sorted(chosen, key=lambda block: block.first)
