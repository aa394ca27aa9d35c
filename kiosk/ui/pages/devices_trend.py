"""The figure of a part over thirty days: a quiet line, the first day as a dashed one, crosses where a test failed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from kiosk.domain.selftest import HISTORY_DAYS, PartView, SelfTest, Verdict
from kiosk.ui import tokens
from kiosk.ui.kit.badges import State, state_colour
from kiosk.ui.pages.devices_words import state_of

WIDTH, HEIGHT = 104, 34
_SIDE, _POINT, _CROSS, _DOT = 4.0, 3.0, 4.0, 1.2
_LEAST_SPAN = 0.5  # of the largest value: what only trembles shall not look like a mountain range


class Trend(QWidget):
    """Draws the tests of one part; it says nothing that the row does not say in words."""

    def __init__(self, view: PartView, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(WIDTH, HEIGHT)
        self._tests, self._state = view.history, state_of(view.last)
        self._begun = now - timedelta(days=HISTORY_DAYS)
        first = view.first.measure if view.first is not None else None
        self._base = None if first is None else first.value
        values = [test.measure.value for test in self._tests if test.measure is not None]
        values += [] if self._base is None else [self._base]
        low, high = (min(values), max(values)) if values else (0.0, 0.0)
        span = max(high - low, _LEAST_SPAN * abs(high))
        middle = (low + high) / 2
        self._low, self._high = middle - span / 2, middle + span / 2

    def sizeHint(self) -> QSize:
        """Return the room of a trend."""
        return QSize(WIDTH, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what there is; nothing where the part was never tested."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._base is not None:
            painter.setPen(QPen(QColor(tokens.EDGE), 1, Qt.PenStyle.DashLine))
            height = self._height(self._base)
            painter.drawLine(QPointF(_SIDE, height), QPointF(self.width() - _SIDE, height))
        self._draw_line(painter, [test for test in self._tests if test.measure is not None])
        self._draw_failures(painter, [test for test in self._tests if test.verdict is Verdict.BROKEN])
        self._draw_last(painter)

    def _draw_line(self, painter: QPainter, tests: Sequence[SelfTest]) -> None:
        painter.setPen(QPen(QColor(self._line_colour()), 1.4))
        painter.drawPolyline(QPolygonF([self._point(test) for test in tests]))

    def _draw_last(self, painter: QPainter) -> None:
        last = self._tests[-1] if self._tests else None
        if last is not None and last.measure is not None and last.verdict is not Verdict.BROKEN:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(state_colour(self._state)))
            painter.drawEllipse(self._point(last), _POINT, _POINT)

    def _draw_failures(self, painter: QPainter, tests: Sequence[SelfTest]) -> None:
        """Draw a dot for a test that failed, a cross where it was the last."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(state_colour(State.BROKEN)))
        for test in tests:
            if test is self._tests[-1]:
                self._draw_cross(painter, self._across(test))
            else:
                painter.drawEllipse(QPointF(self._across(test), self.height() - _CROSS - 2), _DOT, _DOT)

    def _draw_cross(self, painter: QPainter, across: float) -> None:
        painter.setPen(QPen(QColor(state_colour(State.BROKEN)), 1.8))
        area = QRectF(across - _CROSS, self.height() - 2 * _CROSS - 2, 2 * _CROSS, 2 * _CROSS)
        painter.drawLine(area.topLeft(), area.bottomRight())
        painter.drawLine(area.topRight(), area.bottomLeft())

    def _line_colour(self) -> str:
        return state_colour(self._state) if self._state in (State.CARE, State.BROKEN) else tokens.MUTED

    def _point(self, test: SelfTest) -> QPointF:
        value = test.measure.value if test.measure is not None else self._low
        return QPointF(self._across(test), self._height(value))

    def _across(self, test: SelfTest) -> float:
        share = (test.at - self._begun) / timedelta(days=HISTORY_DAYS)
        return 2 * _SIDE + min(max(share, 0.0), 1.0) * (self.width() - 4 * _SIDE)

    def _height(self, value: float) -> float:
        if self._high <= self._low:
            return self.height() / 2
        share = (value - self._low) / (self._high - self._low)
        return self.height() - 2 * _SIDE - share * (self.height() - 4 * _SIDE)
