"""One of the two pages of the form: its rows in a card that scrolls where the screen is too low."""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kiosk.domain.biodata import Field
from kiosk.domain.findings import Finding
from kiosk.domain.words import Words
from kiosk.ui.kit.fields import FormField
from kiosk.ui.kit.layout import card, put, scrolled
from kiosk.ui.kit.turns import in_turns
from kiosk.ui.visit.biodata_fields import Cell
from kiosk.ui.visit.biodata_findings import NOTHING, Told
from kiosk.ui.visit.biodata_rows import FormRow, Hint
from kiosk.ui.visit.warning_box import WarningBox

_ABOVE_FOCUS = 90  # what is scrolled into view around a field: its label, its hint, the row below


class BiodataForm(QFrame):
    """A page of the form; the two pages fill it with their rows.

    `reason_given` carries a finding's code and the reason, `box_made` the cell a box stands under, and the box.
    """

    reason_given = Signal(str, str)
    box_made = Signal(object, object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.rows: list[FormRow] = []
        self._card = card(gap=0, margins=(20, 13, 20, 14))
        self._area = scrolled(self._card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All fields of the page, in order."""
        return tuple(cell for row in self.rows for cell in row.cells)

    def make_row(self, *makers: tuple[Callable[[], FormField], int]) -> Iterator[None]:
        """Make the fields of another row one a turn and put them in, with the columns they span."""
        fields = yield from in_turns(*(maker for maker, _ in makers))
        self.add_row(*zip(fields, (span for _, span in makers), strict=True))

    def add_row(self, *fields: tuple[FormField, int]) -> None:
        """Put in another row of fields and the columns they span."""
        made = FormRow(self.words, fields)
        made.reason_given.connect(self.reason_given)
        made.box_made.connect(self.box_made)
        self.rows.append(made)
        self.put_in(made)

    @abstractmethod
    def furnish(self) -> Iterator[None]:
        """Put in the rows one by one: all at a stroke would hold up the window."""

    def put_in(self, *items: QWidget | int | str) -> None:
        """Put further parts under those before; an int is a space."""
        layout = self._card.layout()
        assert isinstance(layout, QVBoxLayout)  # a card is a column
        put(layout, *items)

    def show_told(
        self, told: Mapping[Field | None, Told], quiet: Mapping[Field, Hint], reasons: Mapping[str, str]
    ) -> None:
        """Show what was found at each field; `quiet` is what stands there where nothing was found."""
        for row in self.rows:
            row.show_hints(
                {
                    cell.field: self._hint(told.get(cell.field, NOTHING), quiet.get(cell.field))
                    for cell in row.cells
                }
            )
            row.show_warnings(_warnings(row.cells, told), reasons)

    def box_of(self, code: str) -> WarningBox | None:
        """Return the box of a warning while it is shown here."""
        return next((box for row in self.rows if (box := row.box_of(code))), None)

    def reveal(self, widget: QWidget) -> None:
        """Scroll a field into view with what belongs to it."""
        self._area.ensureWidgetVisible(widget, 0, _ABOVE_FOCUS)

    def _hint(self, told: Told, quiet: Hint | None) -> Hint:
        if told.errors:
            return Hint(self.words.finding(told.errors[0]), "danger")
        if told.warnings:
            return Hint("", "warning")
        if told.notes and (quiet is None or quiet.state != "success"):
            return Hint(self.words.finding(told.notes[0]))
        return quiet or Hint()


def _warnings(cells: Sequence[Cell], told: Mapping[Field | None, Told]) -> dict[str, tuple[Cell, Finding]]:
    return {
        finding.code: (cell, finding) for cell in cells for finding in told.get(cell.field, NOTHING).warnings
    }
