"""A field to sign in with a pen, a finger or the mouse: strokes in millimetres, and the ink as it flows."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEventPoint,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.ui import tokens
from kiosk.ui.fonts import font

Sample = tuple[float, float, float, float]
"""x and y in millimetres, pressure from 0 to 1, seconds since the first sample."""

_INCH = 25.4
_USUAL_DPI = 96.0
_LEAST_DPI, _MOST_DPI = 50.0, 400.0  # a screen that says else does not know its own size
_TOUCHES = frozenset(
    {QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel}
)
_INK, _PRESSED = 1.4, 1.8  # pixels of a light pen, and how much more where it presses


class DrawingPad(QWidget):
    """Takes the strokes of one signature; `changed` tells of ink that came or went.

    One thing writes at a time: while a pen or a finger is down, other fingers and the palm are passed over.
    """

    changed = Signal()

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self._strokes: list[list[Sample]] = []
        self._began: int | None = None
        self._is_down = False
        self._finger: int | None = None  # which one writes
        self._tool = ("", "")
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAccessibleName(hint)
        self.setMinimumSize(240, 100)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)

    @property
    def strokes(self) -> tuple[tuple[Sample, ...], ...]:
        """The strokes so far."""
        return tuple(tuple(stroke) for stroke in self._strokes)

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height of the field on this screen."""
        return (self.width() / self._per_mm(), self.height() / self._per_mm())

    @property
    def per_mm(self) -> float:
        """Pixels a millimetre on this screen."""
        return self._per_mm()

    @property
    def tool(self) -> tuple[str, str]:
        """What wrote last, `pen`, `finger` or `mouse`, and what its device calls itself; empty before."""
        return self._tool

    @property
    def is_down(self) -> bool:
        """True while something writes."""
        return self._is_down

    @property
    def has_ink(self) -> bool:
        """True when anything was written."""
        return bool(self._strokes)

    def clear(self) -> None:
        """Take all ink away."""
        self._strokes = []
        self._began = None
        self._is_down = False
        self._finger = None
        self.update()
        self.changed.emit()

    def _per_mm(self) -> float:
        dpi = self.screen().physicalDotsPerInch()
        return (dpi if _LEAST_DPI <= dpi <= _MOST_DPI else _USUAL_DPI) / _INCH

    def _begin(self, place: QPointF, pressure: float, at: int) -> None:
        self._is_down = True
        self._strokes.append([])
        self._add(place, pressure, at)
        self.changed.emit()

    def _add(self, place: QPointF, pressure: float, at: int) -> None:
        began = at if self._began is None else self._began
        self._began = began
        x = min(max(place.x(), 0.0), float(self.width())) / self._per_mm()
        y = min(max(place.y(), 0.0), float(self.height())) / self._per_mm()
        self._strokes[-1].append((x, y, pressure, max(0.0, (at - began) / 1000)))
        self.update()

    def _end(self) -> None:
        self._is_down = False
        self._finger = None
        self.changed.emit()

    def _touch(self, event: QTouchEvent) -> None:
        """Write with the first finger; taken here, so that no mouse event follows."""
        event.accept()
        for point in event.points():
            if self._finger is None and point.state() == QEventPoint.State.Pressed and not self._is_down:
                self._finger = point.id()
                self._tool = ("finger", event.device().name())
                self._begin(point.position(), _pressure(point.pressure()), point.timestamp())
            elif point.id() == self._finger:
                self._add(point.position(), _pressure(point.pressure()), point.timestamp())
                if point.state() == QEventPoint.State.Released:
                    self._end()
        if event.type() == QEvent.Type.TouchCancel and self._finger is not None:
            self._end()

    def _paint_field(self, painter: QPainter) -> None:
        area = QRectF(0.5, 0.5, self.width() - 1, self.height() - 1)
        painter.setPen(QPen(QColor(tokens.EDGE if self.isEnabled() else tokens.LINE), 1))
        painter.setBrush(QColor(tokens.SURFACE if self.isEnabled() else tokens.SUNKEN))
        painter.drawRoundedRect(area, tokens.RADIUS, tokens.RADIUS)
        baseline = self.height() * 0.72
        painter.setPen(QPen(QColor(tokens.LINE), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(24, baseline), QPointF(self.width() - 24, baseline))
        if not self._strokes:
            painter.setFont(font(13))
            painter.setPen(QColor(tokens.MUTED))
            below = QRectF(24, baseline + 4, self.width() - 48, 24)
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, self._hint)

    def _paint_stroke(self, painter: QPainter, stroke: list[Sample]) -> None:
        """Draw from the middle of one piece to the middle of the next, so that corners are round."""
        scale = self._per_mm()
        spots = [QPointF(x * scale, y * scale) for x, y, _, _ in stroke]
        if len(spots) == 1:
            painter.drawPoint(spots[0])
        path = QPainterPath(spots[0])
        for here, there in pairwise(spots):
            path.quadTo(here, (here + there) / 2)
        path.lineTo(spots[-1])
        painter.drawPath(path)

    def sizeHint(self) -> QSize:
        """Return the room a signature likes."""
        return QSize(480, 180)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        if event.button() == Qt.MouseButton.LeftButton and not self._is_down:
            self._tool = ("mouse", event.device().name())
            self._begin(event.position(), 1.0, event.timestamp())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw on."""
        if self._is_down:
            self._add(event.position(), 1.0, event.timestamp())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke."""
        if self._is_down and event.button() == Qt.MouseButton.LeftButton:
            self._add(event.position(), 1.0, event.timestamp())
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Do the same with a pen, which knows how hard it presses; taken here, so that no mouse event follows."""
        pressure = _pressure(event.pressure())
        if event.type() == QEvent.Type.TabletPress:
            if self._finger is not None:  # a palm that was there before the pen
                self._strokes.pop()
                self._finger = None
            self._tool = ("pen", event.device().name())
            self._begin(event.position(), pressure, event.timestamp())
        elif self._is_down and self._finger is None:
            self._add(event.position(), pressure, event.timestamp())
            if event.type() == QEvent.Type.TabletRelease:
                self._end()
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Take the touch of a finger before Qt makes a mouse of it."""
        if event.type() in _TOUCHES and self.isEnabled():
            assert isinstance(event, QTouchEvent)
            self._touch(event)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, its line and the ink."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_field(painter)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in self._strokes:
            pressed = sum(sample[2] for sample in stroke) / len(stroke)
            painter.setPen(
                QPen(
                    QColor(tokens.INK),
                    _INK + _PRESSED * pressed,
                    c=Qt.PenCapStyle.RoundCap,
                    j=Qt.PenJoinStyle.RoundJoin,
                )
            )
            self._paint_stroke(painter, stroke)


def _pressure(told: float) -> float:
    """Return a pressure from 0 to 1; where a device tells none, it writes as a mouse does."""
    return min(1.0, max(0.0, told)) or 1.0
