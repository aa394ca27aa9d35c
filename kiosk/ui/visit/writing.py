"""How a line arranges what is typed: numbers in groups, dates with dashes, names in capitals; pure functions."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kiosk.domain.biodata import Field
from kiosk.domain.dates import screen_date
from kiosk.domain.free_text import whole

Arranged = tuple[str, int]  # the text and where the cursor stands in it
_SEPARATORS = re.compile(r"[ .-]")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_DASHES = frozenset({2, 5})  # where they stand in 17-08-1990
NIK_GROUPS = (6, 6, 4)
DATE_GROUPS = (2, 2, 4)
PHONE_GROUPS = (4, 4, 6)


def grouped(text: str, cursor: int, sizes: tuple[int, ...], mark: str) -> Arranged:
    """Return digits in groups, the cursor behind the same digit; what is more than such digits stays as it is."""
    digits = _SEPARATORS.sub("", text)
    if not (digits.isascii() and digits.isdigit()) or len(digits) > sum(sizes):
        return text, cursor
    before = len(_SEPARATORS.sub("", text[:cursor]))
    parts, begin, marks = [], 0, 0
    for size in sizes:
        if begin < len(digits):
            parts.append(digits[begin : begin + size])
        begin += size
        marks += begin < before
    return mark.join(parts), before + marks


def in_sixes(text: str, cursor: int) -> Arranged:
    """Return a NIK or family card number as 6-6-4."""
    return grouped(text, cursor, NIK_GROUPS, " ")


def in_fours(text: str, cursor: int) -> Arranged:
    """Return a telephone number in groups of four; one that begins otherwise than 0 as it is."""
    return grouped(text, cursor, PHONE_GROUPS, " ") if text.startswith("0") else (text, cursor)


def dashed(text: str, cursor: int) -> Arranged:
    """Return `17081990` as `17-08-1990` while it is typed; a date with signs of its own as it is."""
    ours = all(sign.isdigit() or sign == "-" for sign in text)
    if not ours or {place for place, sign in enumerate(text) if sign == "-"} - _DASHES:
        return text, cursor
    return grouped(text, cursor, DATE_GROUPS, "-")


def capital(text: str, cursor: int) -> Arranged:
    """Return the text in capitals, letter by letter, so that its length stays."""
    raised = "".join(sign.upper() if len(sign.upper()) == 1 else sign for sign in text)
    return raised, cursor


def as_typed(text: str, cursor: int) -> Arranged:
    """Return what was typed."""
    return text, cursor


def without_blanks(text: str) -> str:
    """Return a number without the blanks we put in; any other text whole."""
    bare = text.replace(" ", "")
    return bare if bare.isascii() and bare.isdigit() else whole(text)


def read_iso(text: str) -> str:
    """Return `1990-08-17`, as kept, the way screens show it; any other text as it is."""
    if not _ISO.match(text):
        return text
    try:
        return screen_date(date.fromisoformat(text))
    except ValueError:
        return text


@dataclass(frozen=True, slots=True)
class Writing:
    """One way to write a line.

    arrange: while it is typed.  told: what the form keeps of it.  shown: what is shown of a kept text.
    signs: what `arrange` puts in, over which Backspace and Delete go.
    """

    arrange: Callable[[str, int], Arranged] = as_typed
    told: Callable[[str], str] = whole
    shown: Callable[[str], str] = str
    signs: str = ""

    def of(self, kept: str) -> str:
        """Return a kept text as the line shows it."""
        return self.arrange(self.shown(kept), 0)[0]


_NUMBER = Writing(in_sixes, without_blanks, signs=" ")
_DATE = Writing(dashed, shown=read_iso, signs="-")
_CAPITALS = Writing(capital)
_PHONE = Writing(in_fours, without_blanks, signs=" ")
_PLAIN = Writing()

_WRITING: dict[Field, Writing] = {
    **dict.fromkeys((Field.NIK, Field.FAMILY_CARD_NO, Field.MOTHER_NIK, Field.FATHER_NIK), _NUMBER),
    **dict.fromkeys(
        (Field.BIRTH_DATE, Field.PASSPORT_EXPIRY, Field.MARRIAGE_DATE, Field.DIVORCE_DATE), _DATE
    ),
    Field.PHONE: _PHONE,
    **dict.fromkeys((Field.TITLE_BEFORE, Field.TITLE_AFTER, Field.EMAIL), _PLAIN),
}


def writing_of(field: Field) -> Writing:
    """Return how a field is written: in capitals unless the field has a way of its own."""
    return _WRITING.get(field, _CAPITALS)
