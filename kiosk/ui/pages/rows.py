"""Rows of a list one can walk through: the whole row is the target, arrow keys move, Enter opens."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.layout import Item, boxed, put, scrolled
from kiosk.ui.kit.texts import Text

ROW_HEIGHT = 50
HEADS = 34
GAP, SIDE = 12, 18
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
LineT = TypeVar("LineT")


class Row(QPushButton):
    """One row; Enter clicks it, `entered` tells that the keyboard came.

    opens: a click only chooses the row; Enter and two clicks open it (`opened`).  in_list: a `RowList` moves the
    keyboard, and not Qt.
    """

    opened = Signal()
    entered = Signal()
    opens = False
    in_list = False

    def __init__(
        self, name: str, *items: Item, height: int = ROW_HEIGHT, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "row")
        self.setAutoDefault(False)
        self.setAccessibleName(name)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SIDE, 0, SIDE, 0)
        layout.setSpacing(GAP)
        put(layout, *items)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard came here."""
        super().focusInEvent(event)
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter: a row comes before the page's primary button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            if self.opens:
                self.opened.emit()
            else:
                self.click()
            return
        if self.in_list and event.key() in _MOVES:
            event.ignore()
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the row."""
        super().mouseDoubleClickEvent(event)
        if self.opens:
            self.opened.emit()


class RowList(QFrame, Generic[LineT]):
    """Rows made of lines; the same lines again keep rows and focus.

    `opened` carries the line that was opened, `left_upwards` tells that the arrow went up from the first row.
    build: makes the row of a line.  key: what a line is known by, so that the keyboard stays on it when others come
    and go.  choosing: a click only chooses the row, since something else may be done with it.
    """

    opened = Signal(object)
    chosen = Signal(object)
    left_upwards = Signal()

    def __init__(
        self,
        build: Callable[[LineT], Row],
        key: Callable[[LineT], str],
        parent: QWidget | None = None,
        *,
        choosing: bool = False,
    ) -> None:
        super().__init__(parent)
        self._build, self._key, self._choosing = build, key, choosing
        self._lines: tuple[LineT, ...] = ()
        self._rows: list[Row] = []
        self._chosen = ""
        self.area: QScrollArea | None = None
        self._place_of_first = QWidget(
            self
        )  # never shown: rows made later would else come last in the tab order
        self._place_of_first.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._place_of_first.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(1, 0, 1, 1)
        self._layout.setSpacing(0)
        self._layout.addStretch(1)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows in order."""
        return tuple(self._rows)

    @property
    def line(self) -> LineT | None:
        """The line that is chosen: where the keyboard is, or was last."""
        return next((line for line in self._lines if self._key(line) == self._chosen), None)

    def show_lines(self, lines: Sequence[LineT]) -> None:
        """Show the lines in their order."""
        if tuple(lines) == self._lines:
            return
        place, has_focus = self._place(), any(row.hasFocus() for row in self._rows)
        self._clear()
        self._lines = tuple(lines)
        for line in self._lines:
            self._add(line)
        if self._lines and self.line is None:
            self._chosen = self._key(self._lines[min(place, len(self._lines) - 1)])
        self._mark()
        if has_focus and self._rows:
            self._rows[self._place()].setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> bool:
        """Give the keyboard to the chosen row, the first at the beginning; False where there is none."""
        if self._rows:
            self._rows[self._place()].setFocus(Qt.FocusReason.TabFocusReason)
        return bool(self._rows)

    def focus_key(self, key: str) -> bool:
        """Give the keyboard to the row known by this key, to the first where it is gone; False where there is none."""
        self._chosen = key
        return self.focus_first()

    def _add(self, line: LineT) -> None:
        row = self._build(line)
        row.setCheckable(self._choosing)
        row.opens, row.in_list = self._choosing, True
        row.entered.connect(lambda: self._choose(line))
        row.clicked.connect(lambda: self._click(line))
        row.opened.connect(lambda: self.opened.emit(line))
        self._layout.insertWidget(len(self._rows), row)
        QWidget.setTabOrder(self._rows[-1] if self._rows else self._place_of_first, row)
        row.show()  # at once: what is not shown yet takes no keyboard
        self._rows.append(row)

    def _click(self, line: LineT) -> None:
        self._choose(line)
        if not self._choosing:
            self.opened.emit(line)

    def _choose(self, line: LineT) -> None:
        self._chosen = self._key(line)
        self._mark()
        if self.area is not None:
            self.area.ensureWidgetVisible(self._rows[self._place()], 0, 4)
        self.chosen.emit(line)

    def _mark(self) -> None:
        for line, row in zip(self._lines, self._rows, strict=True):
            row.setChecked(self._choosing and self._key(line) == self._chosen)

    def _clear(self) -> None:
        for row in self._rows:
            row.blockSignals(True)  # the keyboard may wander over those that go: nobody chose them
        for row in self._rows:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []

    def _place(self) -> int:
        keys = [self._key(line) for line in self._lines]
        return keys.index(self._chosen) if self._chosen in keys else 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrow keys."""
        move = _MOVES.get(Qt.Key(event.key()))
        if move is None or not self._rows:
            super().keyPressEvent(event)
            return
        place = self._place() + move
        if place < 0:
            self.left_upwards.emit()
            return
        self._rows[min(place, len(self._rows) - 1)].setFocus(Qt.FocusReason.TabFocusReason)


class _Listed(Box):
    """Heads over rows that scroll; the heads make room where the scroll bar does."""

    def __init__(self, rows: RowList[LineT], heads: Sequence[tuple[str, int]], height: int) -> None:
        super().__init__("card")
        self._heads = column_heads(*heads)
        self._heads.setFixedHeight(height)
        self._area = scrolled(rows)
        rows.area = self._area
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        put(layout, self._heads, (self._area, 1))
        self._area.verticalScrollBar().rangeChanged.connect(self._make_room)

    def _make_room(self, _: int, most: int) -> None:
        taken = self._area.verticalScrollBar().sizeHint().width() if most else 0
        self._heads.setContentsMargins(0, 0, taken, 0)


def listed(rows: RowList[LineT], *heads: tuple[str, int], height: int = HEADS) -> QFrame:
    """Return a card of rows that scroll, with heads (words, width) over their columns; width 0 takes what is left.

    height: of the heads, in pixels.
    """
    return _Listed(rows, heads, height)


def column_heads(*heads: tuple[str, int]) -> QFrame:
    """Return the heads over the columns of rows: words and width each; 0 takes what is left."""
    frame = boxed("plain")
    frame.setFixedHeight(HEADS)
    layout = QHBoxLayout(frame)
    layout.setContentsMargins(SIDE + 1, 0, SIDE + 1, 0)
    layout.setSpacing(GAP)
    for words, width in heads:
        layout.addWidget(cell(Text(words, "section"), width), 0 if width else 1)
    return frame


def cell(widget: QWidget, width: int) -> QWidget:
    """Return the widget as wide as its column; 0 leaves it free."""
    if width:
        widget.setSizePolicy(QSizePolicy.Policy.Fixed, widget.sizePolicy().verticalPolicy())
        widget.setFixedWidth(width)
    return widget
