"""Rows of which several are marked for one act: Space or a click on the box marks, all else is as in any list."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from kiosk.domain.words import Words
from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.layout import Item
from kiosk.ui.pages.rows import ROW_HEIGHT, SIDE, Row

BOX = 22
_REACH = SIDE + BOX + 8  # pixels from the left in which a click means the box


class MarkRow(Row):
    """A row with a box; `marked` tells that it was pressed.  is_marked: None where the row cannot be marked."""

    marked = Signal()

    def __init__(
        self,
        words: Words,
        name: str,
        *items: Item,
        is_marked: bool | None,
        height: int = ROW_HEIGHT,
        parent: QWidget | None = None,
    ) -> None:
        self._can_be_marked = is_marked is not None
        told = f"{name}, {words.say('marked')}" if is_marked else name
        super().__init__(told, _box(is_marked), *items, height=height, parent=parent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mark on Space."""
        if event.key() == Qt.Key.Key_Space and self._can_be_marked:
            if not event.isAutoRepeat():
                self.marked.emit()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Mark where the box is."""
        if self._can_be_marked and event.position().x() < _REACH:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.marked.emit()
            return
        super().mousePressEvent(event)


def _box(is_marked: bool | None) -> QWidget:
    """Return the box, or the empty place of one."""
    if is_marked is None:
        place = QWidget()
        place.setFixedWidth(BOX)
        return place
    colour = tokens.PRIMARY if is_marked else tokens.EDGE
    return IconLabel("box-checked" if is_marked else "box-empty", colour, BOX)
