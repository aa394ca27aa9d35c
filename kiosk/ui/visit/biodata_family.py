"""The second page of the form: family, parents, schooling, papers and certificates."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtWidgets import QWidget

from kiosk.domain.biodata import Field
from kiosk.domain.reference import Reference
from kiosk.domain.words import Words
from kiosk.ui.kit.layout import STRETCH, row
from kiosk.ui.kit.texts import Keycap, Text
from kiosk.ui.visit.biodata_fields import Cell, make_cell
from kiosk.ui.visit.biodata_form import BiodataForm

_GAP = 10  # seven rows have to stand where page one has five
_OPTIONAL = frozenset(
    {
        Field.MOTHER_NIK, Field.FATHER_NIK, Field.HAMLET, Field.EMAIL, Field.CITIZENSHIP_DECREE,
        Field.BELIEF_ORGANISATION, Field.PASSPORT_NO, Field.PASSPORT_EXPIRY,
    }
)  # fmt: skip

_ROWS: tuple[tuple[tuple[Field, int], ...], ...] = (
    ((Field.FAMILY_RELATIONSHIP, 4), (Field.HEAD_OF_FAMILY, 4), (Field.EDUCATION, 4)),
    (
        (Field.MOTHER_NAME, 3),
        (Field.MOTHER_NIK, 3),
        (Field.FATHER_NAME, 3),
        (Field.FATHER_NIK, 3),
    ),
    ((Field.DISABILITY, 4), (Field.TITLE_BEFORE, 2), (Field.TITLE_AFTER, 2), (Field.HAMLET, 4)),
    ((Field.CITIZENSHIP_DECREE, 4), (Field.BELIEF_ORGANISATION, 4), (Field.EMAIL, 4)),
    (
        (Field.PASSPORT_NO, 3),
        (Field.PASSPORT_EXPIRY, 3),
        (Field.HAS_BIRTH_CERTIFICATE, 3),
        (Field.BIRTH_CERTIFICATE_NO, 3),
    ),
    (
        (Field.HAS_MARRIAGE_CERTIFICATE, 3),
        (Field.MARRIAGE_CERTIFICATE_NO, 6),
        (Field.MARRIAGE_DATE, 3),
    ),
    ((Field.HAS_DIVORCE_CERTIFICATE, 3), (Field.DIVORCE_CERTIFICATE_NO, 6), (Field.DIVORCE_DATE, 3)),
)


class FamilyForm(BiodataForm):
    """Seven rows, those that everybody has first."""

    def __init__(self, words: Words, reference: Reference) -> None:
        super().__init__(words)
        self._reference = reference

    def furnish(self) -> Iterator[None]:
        """Put in the rows one by one."""
        self.put_in(self._head(), 6)
        for number, fields in enumerate(_ROWS):
            if number:
                self.put_in(_GAP)
            yield from self.make_row(*[(self._cell(field), span) for field, span in fields])
            yield
        self.put_in(STRETCH)

    def _cell(self, field: Field) -> Callable[[], Cell]:
        note = self.words.say("if any") if field in _OPTIONAL else ""
        return partial(make_cell, self.words, self._reference, field, note=note)

    def _head(self) -> QWidget:
        say = self.words.say
        keys = (Text(say("Find a field"), "small"), Keycap("Ctrl+F"))
        return row(Text(say("Family and certificates"), "title"), STRETCH, *keys)
