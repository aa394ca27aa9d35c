"""Both hands from above, as the resident sees the own: every finger with its colour, mark and number."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.domain.captures import Finger
from kiosk.domain.words import Words
from kiosk.ui import tokens
from kiosk.ui.fonts import font
from kiosk.ui.icons import pixmap
from kiosk.ui.kit.badges import State
from kiosk.ui.tokens import MOODS
from kiosk.ui.visit.part_mark import PartMark, marks_told

_HIGH, _WIDE = 196.0, 180.0  # the field one hand is drawn on
_PALM = "#B9C3CF"


@dataclass(frozen=True, slots=True)
class _Shape:
    """One finger of a right hand: where its root lies beside the middle, tip and root from above, its lean."""

    across: float
    tip: float
    root: float
    lean: float


_SHAPES = {
    "thumb": _Shape(-46, 98, 146, -34),
    "index": _Shape(-34, 44, 108, -7),
    "middle": _Shape(-11, 26, 104, -2),
    "ring": _Shape(12, 36, 106, 3),
    "little": _Shape(35, 60, 114, 10),
}
_THICK = 19.0
_DEEP = 10.0  # how far a finger reaches below its root


class Hands(QWidget):
    """Both hands; `pressed` carries the `Finger` under the pointer."""

    pressed = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._marks: dict[str, PartMark] = {}
        self._chosen = ""
        self.setAccessibleName(words.say("Both hands"))
        self.setMinimumHeight(150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_marks(self, marks: Mapping[str, PartMark], chosen: str = "") -> None:
        """Show how every finger stands, and which one is spoken of."""
        if marks == self._marks and chosen == self._chosen:
            return
        self._marks, self._chosen = dict(marks), chosen
        self.setAccessibleDescription(marks_told(self.words, self._marks))
        self.update()

    def _placed(self, finger: Finger) -> tuple[QTransform, QRectF]:
        """Return how a finger's own field lies in the widget, and its shape there; the root is the origin."""
        shape = _SHAPES[finger.value.split("_")[1]]
        side = 1 if finger.value.startswith("right") else -1
        scale = self.height() / _HIGH
        middle = self.width() / 2 + side * self._apart()
        turn = QTransform()
        turn.translate(middle + side * shape.across * scale, shape.root * scale)
        turn.rotate(side * shape.lean)
        long = (shape.root - shape.tip) * scale
        return turn, QRectF(-_THICK * scale / 2, -long, _THICK * scale, long + _DEEP * scale)

    def _apart(self) -> float:
        return min(self.width() * 0.275, _WIDE * 0.55 * self.height() / _HIGH)

    def _paint_palm(self, painter: QPainter, side: int) -> None:
        scale = self.height() / _HIGH
        middle = self.width() / 2 + side * self._apart()
        palm = QRectF(middle - 45 * scale, 100 * scale, 90 * scale, 76 * scale)
        painter.setPen(QPen(QColor(_PALM), 1.25))
        painter.setBrush(QColor(tokens.SUNKEN))
        painter.drawRoundedRect(palm, 26 * scale, 26 * scale)
        painter.setFont(font(13, 600))
        painter.setPen(QColor(tokens.MUTED))
        named = self.words.say("Left") if side < 0 else self.words.say("Right")
        painter.drawText(palm.adjusted(0, 0, 0, -10 * scale), Qt.AlignmentFlag.AlignCenter, named)

    def _paint_finger(self, painter: QPainter, finger: Finger) -> None:
        mark = self._marks.get(finger, PartMark())
        turn, area = self._placed(finger)
        colour, fill = _colours(mark.state)
        painter.save()
        painter.setTransform(turn, combine=True)
        if finger == self._chosen:
            painter.setPen(QPen(QColor(tokens.PRIMARY), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(-4, -4, 4, 4), area.width() / 2 + 4, area.width() / 2 + 4)
        pending = mark.state in (State.PENDING, State.ABSENT)
        dash = Qt.PenStyle.DashLine if mark.state is State.PENDING else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(colour), 1.25 if pending else 2, dash))
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(area, area.width() / 2, area.width() / 2)
        if mark.state is State.ABSENT:
            painter.setBrush(Qt.BrushStyle.BDiagPattern)
            painter.drawRoundedRect(area, area.width() / 2, area.width() / 2)
        self._paint_mark(painter, area, mark.state)
        painter.restore()
        self._paint_number(painter, turn, area, mark)

    def _paint_mark(self, painter: QPainter, area: QRectF, state: State) -> None:
        name = {State.GOOD: "check-bold", State.BROKEN: "x-bold"}.get(state)
        if name is not None:
            size = 12
            mark = pixmap(name, _colours(state)[0], size, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(-size / 2, area.top() + 5), mark)

    def _paint_number(self, painter: QPainter, turn: QTransform, area: QRectF, mark: PartMark) -> None:
        told = str(mark.quality) if mark.quality is not None else ""
        if not told:
            return
        tip = turn.map(QPointF(0, area.top() - 10))
        painter.setFont(font(13, 600))
        painter.setPen(QColor(_colours(mark.state)[0]))
        painter.drawText(QRectF(tip.x() - 20, tip.y() - 9, 40, 18), Qt.AlignmentFlag.AlignCenter, told)

    def _paint_words(self, painter: QPainter) -> None:
        """Draw under the hands what the hatching says."""
        words = {mark.word: None for mark in self._marks.values() if mark.state is State.ABSENT}
        if not words:
            return
        told = ", ".join(words)
        painter.setFont(font(12, 600))
        wide = painter.fontMetrics().horizontalAdvance(told)
        left, top = (self.width() - wide - 22) / 2, self.height() - 17.0
        painter.setPen(QPen(QColor(tokens.EDGE), 1))
        painter.setBrush(Qt.BrushStyle.BDiagPattern)
        painter.drawRoundedRect(QRectF(left, top + 1, 14, 14), 4, 4)
        painter.setPen(QColor(tokens.MUTED))
        painter.drawText(QRectF(left + 20, top, wide + 4, 16), Qt.AlignmentFlag.AlignVCenter, told)

    def sizeHint(self) -> QSize:
        """Return the size of the drawing in the target pictures."""
        return QSize(336, 164)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell which finger was pressed."""
        for finger in Finger:
            turn, area = self._placed(finger)
            back, possible = turn.inverted()
            if possible and area.adjusted(-3, -6, 3, 3).contains(back.map(event.position())):
                self.pressed.emit(finger)
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw thumbs, palms and fingers."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for side in (-1, 1):
            self._paint_palm(painter, side)
        for finger in Finger:
            self._paint_finger(painter, finger)
        self._paint_words(painter)


def _colours(state: State) -> tuple[str, str]:
    """Return colour of line and words, and filling."""
    if state in (State.GOOD, State.BROKEN):
        mood = MOODS[state.value]
        return mood.colour, mood.tint
    return tokens.EDGE, tokens.SURFACE
