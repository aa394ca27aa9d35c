"""The backlog day by day: what was recorded, what of it the centre has, what is still here."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.domain.words import Words
from kiosk.ui import tokens
from kiosk.ui.fonts import font
from kiosk.ui.tokens import OFFLINE, SUCCESS

_LEFT, _RIGHT, _TOP, _BOTTOM = 36, 8, 22, 26
_BAR, _TICKS, _HATCH = 30, 3, 7
_BAND_LINE = "#DCD6EA"  # the grid on the tinted band
_NICE = (1, 2, 3, 4, 5, 6, 8, 10)
_DOT = 3.5


@dataclass(frozen=True, slots=True)
class ChartDay:
    """One day: its short name, what was recorded, how much of it is acknowledged, the backlog at its end."""

    name: str
    recorded: int
    acknowledged: int
    backlog: int


@dataclass(frozen=True, slots=True)
class Outage:
    """Since when nothing goes out: the place of its first day among the days, and its sentence."""

    first: int
    told: str


def nice_step(most: int) -> int:
    """Return the distance of the lines of the grid, so that three of them hold the most."""
    wanted, power = max(1, most) / _TICKS, 1
    while wanted > _NICE[-1] * power:
        power *= 10
    return next(step * power for step in _NICE if step * power >= wanted)


class DeliveriesChart(QWidget):
    """Bars and a line, drawn at whole pixels of the screen."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._days: tuple[ChartDay, ...] = ()
        self._outage: Outage | None = None
        self._step = 1
        self.setMinimumHeight(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(words.say("Backlog by day"))

    def show_days(self, days: Sequence[ChartDay], outage: Outage | None) -> None:
        """Show the days, the last of which is today."""
        self._days, self._outage = tuple(days), outage
        self._step = nice_step(max((max(day.recorded, day.backlog) for day in days), default=0))
        self.setAccessibleDescription("; ".join(self._told(day) for day in days))
        self.update()

    def _told(self, day: ChartDay) -> str:
        return self.words.say(
            "{day}: {recorded} recorded, {acknowledged} at the centre, {backlog} waiting",
            day=day.name,
            recorded=day.recorded,
            acknowledged=day.acknowledged,
            backlog=day.backlog,
        )

    def _y(self, value: float) -> float:
        plot = self.height() - _TOP - _BOTTOM
        return self._whole(_TOP + plot * (1 - value / (self._step * _TICKS)))

    def _whole(self, place: float) -> float:
        """Return the place at the next whole pixel of the screen."""
        scale = self.devicePixelRatioF()
        return round(place * scale) / scale

    def _column(self) -> float:
        return (self.width() - _LEFT - _RIGHT) / max(1, len(self._days))

    def _centre(self, place: int) -> float:
        return self._whole(_LEFT + self._column() * (place + 0.5))

    def _line(self, painter: QPainter, left: float, value: int, colour: str) -> None:
        thin = max(1, int(self.devicePixelRatioF())) / self.devicePixelRatioF()
        painter.fillRect(QRectF(left, self._y(value), self.width() - _RIGHT - left, thin), QColor(colour))

    def _paint_grid(self, painter: QPainter) -> None:
        painter.setFont(font(12))
        for value in (self._step * tick for tick in range(_TICKS + 1)):
            self._line(painter, _LEFT, value, tokens.LINE)
            painter.setPen(QColor(tokens.MUTED))
            area = QRectF(0, self._y(value) - 8, _LEFT - 8, 16)
            painter.drawText(
                area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.words.number(value)
            )

    def _paint_outage(self, painter: QPainter, outage: Outage) -> None:
        left = self._whole(_LEFT + self._column() * outage.first)
        top = self._y(self._step * _TICKS)
        band = QRectF(left, top, self.width() - _RIGHT - left, self._y(0) - top)
        painter.fillRect(band, QColor(OFFLINE.tint))
        for tick in range(1, _TICKS + 1):
            self._line(painter, left, self._step * tick, _BAND_LINE)
        painter.setFont(font(12, 600))
        painter.setPen(QColor(OFFLINE.colour))
        wide = painter.fontMetrics().horizontalAdvance(outage.told)
        begin = max(_LEFT, min(left + 8, self.width() - _RIGHT - wide))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(begin, 0, self.width() - begin, 18), flags, outage.told)

    def _paint_bar(self, painter: QPainter, place: int, day: ChartDay) -> None:
        left, base = self._centre(place) - _BAR / 2, self._y(0)
        top, done = self._y(day.recorded), self._y(day.acknowledged)
        if day.acknowledged:
            painter.fillRect(QRectF(left, done, _BAR, base - done), QColor(SUCCESS.colour))
        if day.recorded > day.acknowledged:
            paint_hatched(painter, QRectF(left, top, _BAR, done - top))
        if day.acknowledged:
            self._paint_acknowledged(painter, place, day)

    def _paint_acknowledged(self, painter: QPainter, place: int, day: ChartDay) -> None:
        """Write the number over the bar, or into it where the line or a hatched part is in the way."""
        done = self._y(day.acknowledged)
        is_taken = day.recorded > day.acknowledged or (
            day.backlog > 0 and -6 < done - self._y(day.backlog) < 40
        )
        if is_taken and self._y(0) - done < 18:
            return
        painter.setFont(font(12, 600))
        painter.setPen(QColor(tokens.ON_PRIMARY if is_taken else SUCCESS.colour))
        area = QRectF(self._centre(place) - 24, done + 2 if is_taken else done - 18, 48, 16)
        if not is_taken:  # no line of the grid runs through a number
            painter.fillRect(area.adjusted(10, 1, -10, -1), QColor(self._ground(place)))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.words.number(day.acknowledged))

    def _ground(self, place: int) -> str:
        return OFFLINE.tint if self._outage is not None and place >= self._outage.first else tokens.SURFACE

    def _paint_name(self, painter: QPainter, place: int, day: ChartDay) -> None:
        is_today = place == len(self._days) - 1
        painter.setFont(font(12, 600 if is_today else 400))
        painter.setPen(QColor(tokens.INK if is_today else tokens.MUTED))
        wide = self._column()
        area = QRectF(_LEFT + wide * place, self.height() - _BOTTOM + 4, wide, 20)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, day.name)

    def _paint_backlog(self, painter: QPainter) -> None:
        points = [QPointF(self._centre(place), self._y(day.backlog)) for place, day in enumerate(self._days)]
        path = QPainterPath(points[0])
        for point in points[1:]:
            path.lineTo(point)
        painter.setPen(QPen(QColor(tokens.INK), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        painter.setBrush(QColor(tokens.SURFACE))
        painter.setFont(font(12, 600))
        for point, day in zip(points, self._days, strict=True):
            painter.drawEllipse(point, _DOT, _DOT)
            if day.backlog:
                area = QRectF(point.x() - 46, point.y() - 20, 40, 16)
                painter.drawText(area, Qt.AlignmentFlag.AlignRight, self.words.number(day.backlog))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw grid, outage, bars and line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_grid(painter)
        if self._outage is not None:
            self._paint_outage(painter, self._outage)
        for place, day in enumerate(self._days):
            self._paint_bar(painter, place, day)
            self._paint_name(painter, place, day)
        if self._days:
            self._paint_backlog(painter)


def paint_hatched(painter: QPainter, area: QRectF) -> None:
    """Draw a hatched field with its border; its lines are drawn, since a pattern would shrink with the scale."""
    painter.save()
    painter.fillRect(area, QColor(tokens.SURFACE))
    painter.setClipRect(area)
    painter.setPen(QPen(QColor(OFFLINE.colour), 1))
    reach = area.height()
    begin = area.left() - reach
    while begin < area.right():
        painter.drawLine(QPointF(begin, area.bottom()), QPointF(begin + reach, area.top()))
        begin += _HATCH
    painter.restore()
    painter.setPen(QPen(QColor(OFFLINE.colour), 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area.adjusted(0.6, 0.6, -0.6, -0.6) if area.height() > 2 else area)


class Swatch(QWidget):
    """One sign of the chart, for its legend: `done`, `waiting` or `backlog`."""

    def __init__(self, sign: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = sign
        self.setFixedSize(18, 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sign."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._sign == "done":
            painter.fillRect(QRectF(2, 1, 14, 12), QColor(SUCCESS.colour))
        elif self._sign == "waiting":
            paint_hatched(painter, QRectF(2, 1, 14, 12))
        else:
            painter.setPen(QPen(QColor(tokens.INK), 2))
            painter.drawLine(QPointF(0, 7), QPointF(18, 7))
            painter.setBrush(QColor(tokens.SURFACE))
            painter.drawEllipse(QPointF(9, 7), 3, 3)
