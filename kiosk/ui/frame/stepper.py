"""The stages of a visit across the top: done, current, later, left open; done ones can be gone back to."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from kiosk.ui import tokens
from kiosk.ui.fonts import font
from kiosk.ui.icons import pixmap
from kiosk.ui.kit.boxes import Box
from kiosk.ui.tokens import SUCCESS, WARNING, Mood

_CIRCLE = 24
_DIGITS = 9  # Ctrl+1 to Ctrl+9


class Standing(StrEnum):
    """How a step stands."""

    DONE = "done"
    CURRENT = "current"
    OPEN = "open"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class StepMark:
    """One step: its name for signals, its word, how it stands."""

    name: str
    word: str
    standing: Standing


class Stepper(Box):
    """The steps with the lines between them; `wanted` carries the name of a step to go to."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("top", parent)
        self.setFixedHeight(tokens.STEPPER)
        self._steps: list[_StepButton] = []
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(tokens.PAGE_MARGIN, 0, tokens.PAGE_MARGIN, 1)
        self._layout.setSpacing(0)

    def show_steps(self, marks: Sequence[StepMark]) -> None:
        """Show the steps; the same steps again keep their places and the focus."""
        if [step.mark.name for step in self._steps] != [mark.name for mark in marks]:
            self._rebuild(marks)
        if [step.mark for step in self._steps] != list(marks):
            for step, mark in zip(self._steps, marks, strict=True):
                step.show_mark(mark)
            self.update()

    def steps(self) -> tuple["QAbstractButton", ...]:
        """Return the buttons in order."""
        return tuple(self._steps)

    def _rebuild(self, marks: Sequence[StepMark]) -> None:
        while (item := self._layout.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._steps = [_StepButton(mark, number, self) for number, mark in enumerate(marks, start=1)]
        for number, step in enumerate(self._steps):
            if number:
                self._layout.addStretch(1)
            self._layout.addWidget(step)
            step.clicked.connect(lambda _=False, name=step.mark.name: self.wanted.emit(name))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines between the steps."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2 - 0.5
        for left, right in zip(self._steps, self._steps[1:], strict=False):
            done = left.mark.standing in (Standing.DONE, Standing.OPEN)
            painter.setPen(QPen(QColor(SUCCESS.colour if done else tokens.LINE), 1.5))
            begin, end = left.geometry().right() + 8.0, right.geometry().left() - 6.0
            if end - begin > 4:
                painter.drawLine(QPointF(begin, middle), QPointF(end, middle))


class _StepButton(QAbstractButton):
    """One step: circle, word, and a bar below the current one."""

    def __init__(self, mark: StepMark, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.mark = mark
        self._number = number
        self.setFixedHeight(tokens.STEPPER - 1)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if number <= _DIGITS:
            QShortcut(QKeySequence(f"Ctrl+{number}"), self).activated.connect(self.click)
        self.show_mark(mark)

    def show_mark(self, mark: StepMark) -> None:
        """Show how the step stands; a later one cannot be pressed."""
        if mark == self.mark and self.text():
            return
        self.mark = mark
        self.setText(mark.word)
        self.setAccessibleName(mark.word)
        self.setAccessibleDescription(mark.standing.value)
        self.setEnabled(mark.standing is not Standing.LATER)
        self.updateGeometry()
        self.update()

    def _circle(self, painter: QPainter, area: QRectF) -> None:
        standing = self.mark.standing
        if standing is Standing.DONE:
            self._ring(painter, area, SUCCESS, "check-bold", Qt.PenStyle.SolidLine)
        elif standing is Standing.OPEN:
            self._ring(painter, area, WARNING, "warning-bold", Qt.PenStyle.DashLine)
        else:
            self._numbered(painter, area, current=standing is Standing.CURRENT)

    def _ring(self, painter: QPainter, area: QRectF, mood: Mood, icon: str, line: Qt.PenStyle) -> None:
        painter.setPen(QPen(QColor(mood.colour), 1.5, line))
        painter.setBrush(QColor(mood.tint))
        painter.drawEllipse(area.adjusted(0.75, 0.75, -0.75, -0.75))
        drawing = pixmap(icon, mood.colour, 14, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(area.left() + 5, area.top() + 5), drawing)

    def _numbered(self, painter: QPainter, area: QRectF, *, current: bool) -> None:
        painter.setPen(Qt.PenStyle.NoPen if current else QPen(QColor(tokens.EDGE), 1))
        painter.setBrush(QColor(tokens.PRIMARY if current else tokens.SURFACE))
        painter.drawEllipse(area if current else area.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(QColor(tokens.ON_PRIMARY if current else tokens.MUTED))
        painter.setFont(font(13, 700 if current else 500))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(self._number))

    def sizeHint(self) -> QSize:
        """Return the room of circle and word."""
        return QSize(
            _CIRCLE + 10 + QFontMetrics(font(14, 600)).horizontalAdvance(self.text()), tokens.STEPPER - 1
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the step."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        self._circle(painter, QRectF(0, middle - _CIRCLE / 2, _CIRCLE, _CIRCLE))
        current = self.mark.standing is Standing.CURRENT
        colours = {Standing.LATER: tokens.MUTED, Standing.OPEN: WARNING.colour}
        painter.setPen(QColor(colours.get(self.mark.standing, tokens.INK)))
        painter.setFont(font(14, 600 if current else 500))
        word = QRectF(_CIRCLE + 8, 0, self.width() - _CIRCLE - 8, self.height())
        painter.drawText(word, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if current:
            painter.fillRect(QRectF(0, self.height() - 3, self.width(), 3), QColor(tokens.PRIMARY))
