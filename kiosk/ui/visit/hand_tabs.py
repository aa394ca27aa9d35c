"""The tabs of the fingers: left hand, right hand, thumbs, each with how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QGroupBox, QSizePolicy, QWidget

from kiosk.ui import tokens
from kiosk.ui.fonts import font
from kiosk.ui.icons import pixmap
from kiosk.ui.kit.badges import STATE_ICONS, State, state_colour

_ICON = 20
_MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: its name, what belongs to it, and how far it is."""

    key: str
    name: str
    told: str
    state: State


class HandTabs(QGroupBox):
    """Three tabs; Left and Right move, `chosen` carries the key."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs: tuple[Tab, ...] = ()
        self._key = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(tokens.CONTROL)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_tabs(self, tabs: Sequence[Tab], key: str) -> None:
        """Show the tabs and which of them is open."""
        if (tuple(tabs), key) == (self._tabs, self._key):
            return
        self._tabs, self._key = tuple(tabs), key
        opened = next((tab for tab in self._tabs if tab.key == key), None)
        self.setAccessibleDescription(f"{opened.name}, {opened.told}" if opened else "")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.update()

    def _place(self) -> int:
        return next((place for place, tab in enumerate(self._tabs) if tab.key == self._key), 0)

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self._tabs) and self._tabs[place].key != self._key:
            self.chosen.emit(self._tabs[place].key)

    def _paint_tab(self, painter: QPainter, area: QRectF, tab: Tab) -> None:
        is_open = tab.key == self._key
        open_icon = is_open and tab.state is State.PENDING
        name = "hand-palm" if open_icon else STATE_ICONS[tab.state]
        colour = tokens.PRIMARY if open_icon else state_colour(tab.state)
        head = font(15, 600 if is_open else 500)
        wide, told = QFontMetricsF(head).horizontalAdvance(tab.name), QFontMetricsF(font(13))
        left = area.left() + (area.width() - (_ICON + 14 + wide + told.horizontalAdvance(tab.told))) / 2
        picture = pixmap(name, colour, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(left, area.center().y() - _ICON / 2), picture)
        painter.setFont(head)
        painter.setPen(QColor(tokens.INK if is_open or tab.state is not State.PENDING else tokens.MUTED))
        text = QRectF(left + _ICON + 6, area.top(), wide + 4, area.height())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, tab.name)
        painter.setFont(font(13))
        painter.setPen(QColor(tokens.MUTED))
        rest = QRectF(text.right() + 4, area.top(), area.width(), area.height())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, tab.told)
        if is_open:
            painter.fillRect(QRectF(area.left(), self.height() - 3, area.width(), 3), QColor(tokens.PRIMARY))

    def sizeHint(self) -> QSize:
        """Return the room three tabs need."""
        return QSize(600, tokens.CONTROL)

    def event(self, event: QEvent) -> bool:
        """Keep Left and Right from the page while the tabs have the keyboard."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() in _MOVES:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move to the tab beside."""
        move = _MOVES.get(Qt.Key(event.key()))
        if move is None:
            super().keyPressEvent(event)
        else:
            self._choose(self._place() + move)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the tab under the pointer."""
        self._choose(int(event.position().x() * len(self._tabs) / max(1, self.width())))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tabs over their line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), QColor(tokens.LINE))
        for place, tab in enumerate(self._tabs):
            width = self.width() / len(self._tabs)
            self._paint_tab(painter, QRectF(place * width, 0, width, self.height()), tab)
