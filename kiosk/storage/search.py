"""Finding residents: by NIK or its beginning, by the words of a name, misspelt once or spelt as of old.

At most 200 candidates are ranked, so that a common name costs no more among 100,000 residents than among 10,000.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from sqlalchemy import ColumnElement, exists, func
from sqlalchemy.orm import aliased, defer
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from kiosk.domain.spelling import spelling_key, words_of
from kiosk.storage.records import Resident
from kiosk.storage.residents import resident_of
from kiosk.storage.tables import ResidentRow, ResidentWordRow, WordFormRow, WordRow
from kiosk.storage.word_forms import LONGEST_WORD, forms_of

MOST_CANDIDATES = 200
SHOWN = 20
_LONGEST_QUERY = 120
_MOST_WORDS = 6
_SHORTEST_WORD = 2
_SHORTEST_SPELLING = 3
_SHORTEST_TYPO = 4
_COUNTED = 2000
_NIK_LIKE = re.compile(r"[\d .-]+\Z", re.ASCII)
_NOT_A_DIGIT = re.compile(r"\D", re.ASCII)
_NIK_DIGITS = 16
_LAST = "\uffff"
_FAR = 4  # the distance of a word that does not fit


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One word asked for; `variants`: words that stand in names and are spelt otherwise, or one typo away."""

    word: str
    key: str
    variants: frozenset[str]

    def begins(self) -> ColumnElement[bool]:
        """Return what the rows fulfil whose word begins with this one."""
        word = col(ResidentWordRow.word)
        return (word >= self.word) & (word < self.word + _LAST)

    def fits(self) -> ColumnElement[bool]:
        """Return what the rows fulfil whose word is this one in any way."""
        return (
            self.begins() | col(ResidentWordRow.word).in_(self.variants) if self.variants else self.begins()
        )

    def distance(self, word: str) -> int:
        """Return how far a name's word is from this one: 0 the same, 4 another."""
        if word == self.word:
            return 0
        if word.startswith(self.word):
            return 1
        if word not in self.variants:
            return _FAR
        return 2 if spelling_key(word).startswith(self.key) else 3


def find_residents(session: Session, text: str, *, limit: int = SHOWN) -> tuple[Resident, ...]:
    """Return the best fits, without portraits; nothing for a text too short to mean anybody."""
    asked = text[:_LONGEST_QUERY].strip()
    if _NIK_LIKE.match(asked):
        return _by_nik(session, _NOT_A_DIGIT.sub("", asked), limit)
    wanted = [_wanted(session, word) for word in words_of(asked)[:_MOST_WORDS] if len(word) >= _SHORTEST_WORD]
    if not wanted:
        return ()
    numbers = _one_word(session, wanted[0]) if len(wanted) == 1 else _many_words(session, wanted)
    return _shown(session, _ranked(session, wanted, numbers)[:limit])


def _by_nik(session: Session, digits: str, limit: int) -> tuple[Resident, ...]:
    if not _SHORTEST_WORD <= len(digits) <= _NIK_DIGITS:
        return ()
    nik = col(ResidentRow.nik)
    query = _without_portraits().where(nik >= digits, nik < digits + _LAST).order_by(nik).limit(limit)
    return tuple(resident_of(row, with_portrait=False) for row in session.exec(query))


def _wanted(session: Session, word: str) -> _Wanted:
    asked = word[:LONGEST_WORD]
    key = spelling_key(asked)
    variants: set[str] = set()
    if len(asked) >= _SHORTEST_SPELLING:
        spelling = col(WordRow.spelling)
        query = select(WordRow.word).where(spelling >= key, spelling < key + _LAST).limit(MOST_CANDIDATES)
        variants.update(session.exec(query))
    if len(asked) >= _SHORTEST_TYPO:
        variants.update(_one_typo_away(session, asked))
    return _Wanted(asked, key, frozenset(found for found in variants if not found.startswith(asked)))


def _one_typo_away(session: Session, word: str) -> Iterator[str]:
    query = select(WordFormRow.word).where(col(WordFormRow.form).in_(forms_of(word))).distinct()
    for found in session.exec(query.limit(_COUNTED)):
        if OSA.distance(word, found, score_cutoff=1) <= 1:
            yield found


def _one_word(session: Session, wanted: _Wanted) -> list[int]:
    """Return who bears the word, the exact bearers first and of them the newest."""
    word = col(ResidentWordRow.word)
    numbers: dict[int, None] = {}
    for fits, newest in (
        (word == wanted.word, True),
        (wanted.begins(), False),
        (word.in_(wanted.variants), False),
    ):
        left = MOST_CANDIDATES - len(numbers)
        if left <= 0:
            break
        query = select(ResidentWordRow.resident).where(fits)
        query = query.order_by(col(ResidentWordRow.resident).desc()) if newest else query
        numbers.update(dict.fromkeys(session.exec(query.limit(left + len(numbers)))))
    return list(numbers)[:MOST_CANDIDATES]


def _many_words(session: Session, wanted: list[_Wanted]) -> list[int]:
    """Return who bears all words, looked for among the bearers of the rarest."""
    rarest, *others = sorted(wanted, key=lambda one: _bearers(session, one))
    query = select(ResidentWordRow.resident).where(rarest.fits())
    for other in others:
        query = query.where(_bears(other))
    return list(dict.fromkeys(session.exec(query.limit(MOST_CANDIDATES))))


def _bearers(session: Session, wanted: _Wanted) -> int:
    some = select(ResidentWordRow.resident).where(wanted.fits()).limit(_COUNTED).subquery()
    return session.exec(select(func.count()).select_from(some)).one()


def _bears(wanted: _Wanted) -> ColumnElement[bool]:
    """Return what the rows fulfil whose resident bears this word too."""
    other = aliased(ResidentWordRow)
    word = col(other.word)
    fits = (word >= wanted.word) & (word < wanted.word + _LAST)
    fits = fits | word.in_(wanted.variants) if wanted.variants else fits
    return exists().where(col(other.resident) == ResidentWordRow.resident, fits)


def _ranked(session: Session, wanted: list[_Wanted], numbers: list[int]) -> list[int]:
    query = select(ResidentRow.number, ResidentRow.full_name).where(col(ResidentRow.number).in_(numbers))
    ranks = {number or 0: _rank(words_of(name), wanted) for number, name in session.exec(query)}
    return sorted(ranks, key=lambda number: (ranks[number], -number))


def _rank(words: tuple[str, ...], wanted: list[_Wanted]) -> tuple[int, int, int]:
    """Return the nearest words first, then those in the order asked for, then the shorter name."""
    nearest = [min((one.distance(word), place) for place, word in enumerate(words)) for one in wanted]
    moved = sum(place != asked for asked, (_, place) in enumerate(nearest))
    return sum(far for far, _ in nearest), moved, len(words)


def _shown(session: Session, numbers: list[int]) -> tuple[Resident, ...]:
    rows = {
        row.number: row
        for row in session.exec(_without_portraits().where(col(ResidentRow.number).in_(numbers)))
    }
    return tuple(resident_of(rows[number], with_portrait=False) for number in numbers)


def _without_portraits() -> SelectOfScalar[ResidentRow]:
    return select(ResidentRow).options(defer(col(ResidentRow.portrait)))  # type: ignore[arg-type]
