"""What the report of self-tests draws beside its words: a mark for how a part stands, and the line of thirty days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from kiosk.domain.selftest import HISTORY_DAYS, Outcome, PartView, Problem, SelfTest, Verdict

MARK = 9.0  # points
TREND_WIDTH, TREND_HEIGHT = 70.0, 16.0
EDGE, QUIET = "#7C8896", "#5B6775"
_SIDE, _CROSS = 3.0, 2.4
_LEAST_SPAN = 0.5  # of the largest value: what only trembles shall not look like a mountain range


class Stand(StrEnum):
    """How a part or a stage stands, each with a shape of its own: a paper is often printed in black."""

    GOOD = "good"
    CARE = "care"
    BROKEN = "broken"
    CUT_OFF = "cut_off"
    OPEN = "open"
    ABSENT = "absent"


COLOURS = {
    Stand.GOOD: "#1B7A4B",
    Stand.CARE: "#9A5B00",
    Stand.BROKEN: "#B3261E",
    Stand.CUT_OFF: "#5E4B8B",
    Stand.OPEN: QUIET,
    Stand.ABSENT: QUIET,
}
_OF_VERDICT = {
    Verdict.GOOD: Stand.GOOD,
    Verdict.DUE: Stand.GOOD,
    Verdict.CARE: Stand.CARE,
    Verdict.BROKEN: Stand.BROKEN,
    Verdict.ABSENT: Stand.ABSENT,
}
OF_OUTCOME = {
    Outcome.REACHED: Stand.GOOD,
    Outcome.FAILED: Stand.BROKEN,
    Outcome.NOT_REACHED: Stand.ABSENT,
    Outcome.DUE: Stand.OPEN,
}


def stand_of(test: SelfTest | None) -> Stand:
    """Return how a part stands by its last test; a line that is cut off is no broken part, work goes on."""
    if test is None:
        return Stand.OPEN
    return Stand.CUT_OFF if test.problem is Problem.LINK_DOWN else _OF_VERDICT[test.verdict]


class Mark(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A tick, a triangle, a cross, a broken line, a ring or a dash."""

    def __init__(self, stand: Stand, size: float = MARK) -> None:
        super().__init__()
        self.width = self.height = size
        self._stand = stand

    def draw(self) -> None:
        """Draw it; called by reportlab with the canvas moved to its lower left corner."""
        canvas: Canvas = self.canv
        colour = HexColor(COLOURS[self._stand])
        canvas.setStrokeColor(colour)
        canvas.setFillColor(colour)
        canvas.setLineWidth(1.3)
        canvas.setLineCap(1)
        canvas.scale(self.width, self.height)
        canvas.setLineWidth(1.3 / self.width)
        _SHAPES[self._stand](canvas)


def _tick(canvas: Canvas) -> None:
    canvas.lines([(0.08, 0.5, 0.38, 0.18), (0.38, 0.18, 0.95, 0.85)])


def _triangle(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.moveTo(0.02, 0.06)
    path.lineTo(0.98, 0.06)
    path.lineTo(0.5, 0.94)
    path.close()
    canvas.drawPath(path)
    canvas.line(0.5, 0.36, 0.5, 0.6)
    canvas.circle(0.5, 0.2, 0.02)


def _cross(canvas: Canvas) -> None:
    canvas.lines([(0.12, 0.12, 0.88, 0.88), (0.12, 0.88, 0.88, 0.12)])


def _broken_line(canvas: Canvas) -> None:
    canvas.lines([(0.0, 0.5, 0.28, 0.5), (0.72, 0.5, 1.0, 0.5), (0.36, 0.12, 0.64, 0.88)])


def _ring(canvas: Canvas) -> None:
    canvas.circle(0.5, 0.5, 0.38)


def _dash(canvas: Canvas) -> None:
    canvas.line(0.2, 0.5, 0.8, 0.5)


_SHAPES = {
    Stand.GOOD: _tick,
    Stand.CARE: _triangle,
    Stand.BROKEN: _cross,
    Stand.CUT_OFF: _broken_line,
    Stand.OPEN: _ring,
    Stand.ABSENT: _dash,
}


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a test lies within a trend, in points."""

    begun: datetime
    low: float
    high: float

    @classmethod
    def of(cls, view: PartView, now: datetime) -> "_Scale":
        values = [test.measure.value for test in view.history if test.measure is not None]
        values += [] if (base := first_value(view)) is None else [base]
        low, high = (min(values), max(values)) if values else (0.0, 0.0)
        span = max(high - low, _LEAST_SPAN * max(abs(high), abs(low)))
        middle = (low + high) / 2
        return cls(now - timedelta(days=HISTORY_DAYS), middle - span / 2, middle + span / 2)

    def across(self, test: SelfTest) -> float:
        share = (test.at - self.begun) / timedelta(days=HISTORY_DAYS)
        return _SIDE + min(max(share, 0.0), 1.0) * (TREND_WIDTH - 2 * _SIDE)

    def height(self, value: float) -> float:
        if self.high <= self.low:
            return TREND_HEIGHT / 2
        return _SIDE + (value - self.low) / (self.high - self.low) * (TREND_HEIGHT - 2 * _SIDE)


def first_value(view: PartView) -> float | None:
    """Return the figure of the first day; None where there is none."""
    measure = view.first.measure if view.first is not None else None
    return None if measure is None else measure.value


class Trend(Flowable):  # type: ignore[misc]  # reportlab has no types
    """The figure of a part over thirty days, the first day as a dashed line, a cross at each test that failed."""

    def __init__(self, view: PartView, now: datetime) -> None:
        super().__init__()
        self.width, self.height = TREND_WIDTH, TREND_HEIGHT
        self._view, self._scale = view, _Scale.of(view, now)

    def draw(self) -> None:
        """Draw what there is; nothing where the part was never tested."""
        canvas: Canvas = self.canv
        base = first_value(self._view)
        canvas.setLineWidth(0.5)
        canvas.setStrokeColor(HexColor(EDGE))
        if base is not None:
            canvas.setDash(2, 2)
            canvas.line(0, self._scale.height(base), self.width, self._scale.height(base))
            canvas.setDash()
        canvas.setLineWidth(0.9)
        canvas.setStrokeColor(HexColor(QUIET))
        points = [self._point(test) for test in self._view.history if test.measure is not None]
        self._draw_line(canvas, points)
        self._draw_failures(canvas)

    def _point(self, test: SelfTest) -> tuple[float, float]:
        value = test.measure.value if test.measure is not None else self._scale.low
        return self._scale.across(test), self._scale.height(value)

    def _draw_line(self, canvas: Canvas, points: Sequence[tuple[float, float]]) -> None:
        canvas.lines([(*begin, *end) for begin, end in pairwise(points)])
        if points and self._view.failures == 0:
            canvas.setFillColor(HexColor(COLOURS[stand_of(self._view.last)]))
            canvas.circle(*points[-1], 1.4, stroke=0, fill=1)

    def _draw_failures(self, canvas: Canvas) -> None:
        canvas.setStrokeColor(HexColor(COLOURS[Stand.BROKEN]))
        for test in self._view.history:
            if test.verdict is Verdict.BROKEN:
                left, low = self._scale.across(test) - _CROSS / 2, 1.0
                canvas.line(left, low, left + _CROSS, low + _CROSS)
                canvas.line(left, low + _CROSS, left + _CROSS, low)
