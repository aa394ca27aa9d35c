"""The first page of the form: who the resident is and where he lives."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtWidgets import QWidget

from kiosk.domain.biodata import Field
from kiosk.domain.reference import Reference
from kiosk.domain.words import Words
from kiosk.ui.kit.layout import STRETCH, row, rule
from kiosk.ui.kit.texts import Keycap, Text
from kiosk.ui.visit.biodata_fields import Cell, make_cell
from kiosk.ui.visit.biodata_form import BiodataForm
from kiosk.ui.visit.biodata_rows import ROW_GAP
from kiosk.ui.visit.regions_cascade import VillageCell


class SelfForm(BiodataForm):
    """Numbers, name, birth, what the card tells of a person, and the address."""

    def __init__(self, words: Words, reference: Reference, home: str) -> None:
        super().__init__(words)
        self._reference = reference
        self._home = home
        self._code = Text("", "small")

    def furnish(self) -> Iterator[None]:
        """Put in the rows one by one."""
        cell = self._cell
        self.put_in(self._head(), 13)
        yield from self.make_row(
            (cell(Field.NIK, hint=True), 4),
            (cell(Field.FAMILY_CARD_NO, hint=True), 4),
            (cell(Field.FULL_NAME, hint=True), 4),
        )
        yield
        self.put_in(13)
        yield from self.make_row(
            (cell(Field.BIRTH_PLACE), 3),
            (cell(Field.BIRTH_DATE), 3),
            (cell(Field.SEX), 4),
            (cell(Field.BLOOD_TYPE), 2),
        )
        yield
        self.put_in(ROW_GAP)
        yield from self.make_row(
            (cell(Field.RELIGION), 3),
            (cell(Field.MARITAL_STATUS), 3),
            (cell(Field.OCCUPATION), 4),
            (cell(Field.CITIZENSHIP), 2),
        )
        yield
        yield from self._furnish_address()

    def _furnish_address(self) -> Iterator[None]:
        cell = self._cell
        head = row(Text(self.words.say("Present address"), "h3"), STRETCH, self._code)
        self.put_in(15, rule(), 14, head, 11)
        yield from self.make_row(
            (cell(Field.ADDRESS), 5),
            (cell(Field.RT), 1),
            (cell(Field.RW), 1),
            (cell(Field.POSTAL_CODE), 2),
            (cell(Field.PHONE), 3),
        )
        yield
        village = VillageCell(self.words, self._reference.regions, self._home)
        village.path_shown.connect(self._show_code)
        self._show_code(village.path)
        yield
        self.put_in(ROW_GAP)
        self.add_row(*[(field, 3) for field in (*village.around, village)])
        self.put_in(STRETCH)
        yield

    def _cell(self, field: Field, *, hint: bool = False) -> Callable[[], Cell]:
        return partial(make_cell, self.words, self._reference, field, hint=hint)

    def _head(self) -> QWidget:
        say = self.words.say
        keys = (
            (say("Read the KK code"), "Ctrl+B"),
            (say("Next field"), "Tab"),
            (say("Find a field"), "Ctrl+F"),
        )
        shown = [item for told, key in keys for item in (Text(told, "small"), Keycap(key), 8)]
        return row(Text(say("Biodata"), "title"), STRETCH, *shown[:-1])

    def _show_code(self, code: str) -> None:
        told = self.words.say("Region code {code}. Type the code or the name.", code=code or "-")
        self._code.setText(told)
