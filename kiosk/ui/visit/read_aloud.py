"""The biodata to read aloud with the resident, in two columns."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.layout import STRETCH, row, scrolled
from kiosk.ui.kit.texts import Text
from kiosk.ui.tokens import PRIMARY
from kiosk.ui.visit.biodata_words import Told, told_biodata

_USUAL, _A_TURN = 20, 4  # cells made beforehand, and how many of them at a time


class ReadAloud(Box):
    """Labels and values; long values wrap, nothing is shortened.

    Cells are made when they are needed; `furnish` makes the usual ones beforehand.
    """

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self.words = words
        self._told: tuple[Told, ...] = ()
        self._cells: list[_Cell] = []
        self._body = QFrame()
        self._grid = QGridLayout()
        self._arrange_cells()
        self._area: QScrollArea = scrolled(self._body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 14, 1, 1)
        layout.setSpacing(10)
        head = row(
            IconLabel("speaker-high", PRIMARY, 20),
            Text(words.say("Read this with the resident"), "h2"),
            STRETCH,
            gap=8,
            margins=(16, 0, 16, 0),
        )
        layout.addWidget(head)
        layout.addWidget(self._area, 1)

    def _arrange_cells(self) -> None:
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(9)
        for number in range(2):
            self._grid.setColumnStretch(number, 1)
        place = QVBoxLayout(self._body)
        place.setContentsMargins(16, 0, 16, 8)
        place.addLayout(self._grid)
        place.addStretch(1)

    def furnish(self) -> Iterator[None]:
        """Make the cells nearly everybody needs, a few a turn."""
        for count in range(_A_TURN, _USUAL + 1, _A_TURN):
            yield
            self._place_cells(count)

    @property
    def told(self) -> tuple[Told, ...]:
        """What is shown, label and value."""
        return self._told

    def show_visit(self, view: VisitView) -> None:
        """Show the biodata; nothing is drawn anew while they stay the same."""
        told = told_biodata(self.words, view)
        if told == self._told:
            return
        if len(told) != len(self._told) or not self._told:
            self._place_cells(len(told))
        self._told = told
        for cell, (label, value) in zip(self._cells, told, strict=False):
            cell.show_told(label, value)

    def _place_cells(self, count: int) -> None:
        """Put that many cells in two columns, the first half at the left; the others are hidden."""
        self._cells += [_Cell() for _ in range(count - len(self._cells))]
        half = (count + 1) // 2
        for place, cell in enumerate(self._cells):
            self._grid.removeWidget(cell)
            if place < count:
                self._grid.addWidget(cell, place % half, place // half, Qt.AlignmentFlag.AlignTop)
            cell.setVisible(place < count)

    def turn(self, pages: int) -> None:
        """Scroll by that many pages, as the page's own keys ask."""
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + pages * max(40, bar.pageStep() - 40))


class _Cell(QFrame):
    """A label with its value below."""

    def __init__(self) -> None:
        super().__init__()
        self._label = Text("", "small")
        self._value = Text("", "strong", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._label)
        layout.addWidget(self._value)

    def show_told(self, label: str, value: str) -> None:
        """Show a label and a value."""
        self._label.setText(label)
        self._value.setText(value)
