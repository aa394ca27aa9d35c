"""Jumping to a field by its name: a line over the form with the names that fit."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from kiosk.domain.words import Words
from kiosk.ui.kit.fields import LineField
from kiosk.ui.kit.layout import boxed

_WIDTH = 300
_ROW = 36
_SHOWN = 6


def ranked(names: Sequence[str], typed: str) -> list[int]:
    """Return the places of the names that fit, best first: those that begin so, a word that does, anywhere."""
    wanted = typed.strip().casefold()
    folded = [name.casefold() for name in names]
    begins = [place for place, name in enumerate(folded) if name.startswith(wanted)]
    words = [place for place, name in enumerate(folded) if f" {wanted}" in name]
    anywhere = [place for place, name in enumerate(folded) if wanted in name]
    return list(dict.fromkeys((*begins, *words, *anywhere)))


class FieldFinder(QWidget):
    """Hidden until it is opened; `found` carries the place of the chosen name, `dropped` that none was (Esc)."""

    found = Signal(int)
    dropped = Signal()

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._none = words.say("No field has this name")
        self._places: list[int] = []
        self.line = LineField(longest=60)
        self.line.setPlaceholderText(words.say("Name of the field"))
        self.line.setAccessibleName(words.say("Name of the field"))
        self._list = QListWidget()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setProperty("popup", "true")
        self._list.itemClicked.connect(lambda _: self._choose())
        self.line.textChanged.connect(self._offer)
        self._arrange()
        self.hide()

    def offer(self, names: Sequence[str]) -> None:
        """Know these names from now on."""
        self._names = tuple(names)

    def open(self) -> None:
        """Show the line at the upper right of the form."""
        parent = self.parentWidget()
        assert parent is not None  # it lies over something
        self.line.clear()
        self._offer("")
        self.move(parent.width() - _WIDTH - 20, 48)
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _arrange(self) -> None:
        frame = boxed("card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(10, 10, 10, 10)
        inside.setSpacing(8)
        inside.addWidget(self.line)
        inside.addWidget(self._list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)
        self.setFixedWidth(_WIDTH)

    def _offer(self, typed: str) -> None:
        self._places = ranked(self._names, typed)[:_SHOWN]
        self._list.clear()
        self._list.addItems([self._names[place] for place in self._places] or [self._none])
        self._list.setCurrentRow(0)
        self._list.setFixedHeight(max(1, len(self._places)) * _ROW + 6)
        self.adjustSize()

    def _choose(self) -> None:
        row = self._list.currentRow()
        if 0 <= row < len(self._places):
            self.hide()
            self.found.emit(self._places[row])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move in the names, Enter chooses, Esc closes; nothing else reaches the page."""
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if (move := moves.get(Qt.Key(event.key()))) is not None:
            self._list.setCurrentRow(max(0, min(len(self._places) - 1, self._list.currentRow() + move)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.dropped.emit()
