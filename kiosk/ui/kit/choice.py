"""Choosing one of two or three in sight: a segmented control."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QGroupBox, QSizePolicy, QWidget

from kiosk.ui import tokens
from kiosk.ui.fonts import font
from kiosk.ui.icons import pixmap
from kiosk.ui.tokens import MOODS

_CHECK = 16


class Segments(QGroupBox):  # so that a screen reader knows it as a group
    """One of a few keys; arrow keys move, the first letter selects, `chosen` carries the key."""

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = tuple(options)
        self._key = ""
        self._state = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(tokens.CONTROL)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def key(self) -> str:
        """What is chosen; empty before anything was."""
        return self._key

    def show_key(self, key: str) -> None:
        """Show what is chosen, without telling anybody."""
        if key != self._key:
            self._key = key
            words = dict(self._options).get(key, "")
            self.setAccessibleDescription(words)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
            self.update()

    def show_state(self, state: str) -> None:
        """Mark the control as warning, danger or nothing."""
        if state != self._state:
            self._state = state
            self.update()

    def choose(self, key: str) -> None:
        """Choose as the person would."""
        if key != self._key and self.isEnabled():
            self.show_key(key)
            self.chosen.emit(key)

    def _place(self) -> int:
        keys = [key for key, _ in self._options]
        return keys.index(self._key) if self._key in keys else -1

    def _segment(self, number: int) -> QRectF:
        width = self.width() / len(self._options)
        return QRectF(number * width, 0, width, self.height())

    def _paint_segment(self, painter: QPainter, number: int, words: str) -> None:
        area, selected = self._segment(number), number == self._place()
        if selected:
            painter.setPen(QPen(QColor(tokens.PRIMARY), 2))
            painter.setBrush(QColor(tokens.PRIMARY_TINT))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), tokens.RADIUS, tokens.RADIUS)
            tick = pixmap("check-bold", tokens.PRIMARY, _CHECK, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(area.left() + 10, area.center().y() - _CHECK / 2), tick)
        elif number and number - 1 != self._place():
            painter.setPen(QPen(QColor(tokens.LINE), 1))
            painter.drawLine(QPointF(area.left(), 8), QPointF(area.left(), self.height() - 8))
        painter.setFont(font(self.font().pixelSize(), 600 if selected else 400))
        painter.setPen(QColor(tokens.PRIMARY_DEEP if selected else tokens.INK))
        painter.drawText(area.adjusted(20 if selected else 0, 0, 0, 0), Qt.AlignmentFlag.AlignCenter, words)

    def sizeHint(self) -> QSize:
        """Return the room the words need."""
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(words) for _, words in self._options), default=40)
        return QSize((widest + 56) * len(self._options), tokens.CONTROL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move, a first letter selects."""
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        if (move := moves.get(Qt.Key(event.key()))) is not None:
            place = max(0, min(len(self._options) - 1, self._place() + move))
            self.choose(self._options[place][0])
            return
        typed = event.text().casefold()
        fits = [key for key, words in self._options if typed.strip() and words.casefold().startswith(typed)]
        if fits:
            self.choose(fits[0])
        elif event.key() == Qt.Key.Key_Space and self._place() < 0:
            self.choose(self._options[0][0])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is under the pointer."""
        place = int(event.position().x() * len(self._options) / max(1, self.width()))
        self.choose(self._options[min(place, len(self._options) - 1)][0])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw frame and segments."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marked = self._state in ("warning", "danger")
        edge = 2 if marked else 1
        painter.setPen(QPen(QColor(MOODS[self._state].colour if marked else tokens.EDGE), edge))
        painter.setBrush(QColor(tokens.SURFACE if self.isEnabled() else tokens.SUNKEN))
        frame = QRectF(self.rect()).adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2)
        painter.drawRoundedRect(frame, tokens.RADIUS, tokens.RADIUS)
        for number, (_, words) in enumerate(self._options):
            self._paint_segment(painter, number, words)
