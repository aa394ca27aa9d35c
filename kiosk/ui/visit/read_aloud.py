"""The biodata to read aloud with the resident, in two columns."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.layout import STRETCH, boxed, column, row, scrolled
from kiosk.ui.kit.texts import Text
from kiosk.ui.tokens import PRIMARY
from kiosk.ui.visit.biodata_words import Told, told_biodata


class ReadAloud(QFrame):
    """Labels and values; long values wrap, nothing is shortened."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "card")
        self.words = words
        self._told: tuple[Told, ...] = ()
        self._body = QFrame()
        self._place = QVBoxLayout(self._body)
        self._place.setContentsMargins(16, 0, 16, 8)
        self._area: QScrollArea = scrolled(self._body)
        self._area.setStyleSheet("QScrollArea, QWidget[body='true'] { background: transparent; }")
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

    @property
    def told(self) -> tuple[Told, ...]:
        """What is shown, label and value."""
        return self._told

    def show_visit(self, view: VisitView) -> None:
        """Show the biodata; nothing is drawn anew while they stay the same."""
        told = told_biodata(self.words, view)
        if told == self._told:
            return
        self._told = told
        while (item := self._place.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._place.addWidget(_columns(told))
        self._place.addStretch(1)

    def turn(self, pages: int) -> None:
        """Scroll by that many pages, as the page's own keys ask."""
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + pages * max(40, bar.pageStep() - 40))


def _columns(told: tuple[Told, ...]) -> QFrame:
    """Return the values, the first half in the left column."""
    frame = boxed("plain")
    layout = QGridLayout(frame)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setHorizontalSpacing(24)
    layout.setVerticalSpacing(9)
    half = (len(told) + 1) // 2
    for place, (label, value) in enumerate(told):
        cell = column(Text(label, "small"), Text(value, "strong", wrap=True), gap=0)
        layout.addWidget(cell, place % half, place // half, Qt.AlignmentFlag.AlignTop)
    for number in range(2):
        layout.setColumnStretch(number, 1)
    return frame
