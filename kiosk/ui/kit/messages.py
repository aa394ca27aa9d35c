"""What a page says in itself: message boxes, empty pages, rows that are still being read, long work."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.layout import column, row
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.tokens import MOODS

MOOD_ICONS = {
    "success": "check-circle-fill",
    "warning": "warning-fill",
    "danger": "x-circle-fill",
    "offline": "cloud-slash-fill",
    "chosen": "info",
    "neutral": "info",
}


class MessageBox(Box):
    """A finding told in the page: what happened in the state's colour, what to do in ink; never a modal.

    Widgets added to `beside` stand at the right, such as the field of a reason.  flat: a banner without the bar, with
    a larger icon.  one_line: head and rest beside each other, 44 pixels high; for short texts.
    """

    def __init__(
        self,
        mood: str = "warning",
        parent: QWidget | None = None,
        *,
        icon: str = "",
        flat: bool = False,
        one_line: bool = False,
    ) -> None:
        super().__init__(mood, parent)
        self._mood = mood
        self._own_icon = icon
        self._icon = IconLabel(icon or MOOD_ICONS[mood], MOODS[mood].colour, 28 if flat else 20)
        self._flat = flat
        self._head = Text("", "strong", mood=mood, wrap=not one_line)
        self._rest = ElidedText("", "body") if one_line else Text("", "note", wrap=True)
        told = row(self._head, (self._rest, 1), gap=8) if one_line else column(self._head, self._rest, gap=2)
        self.beside = QHBoxLayout()
        self.beside.setSpacing(8)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 0 if one_line else 10, 10, 0 if one_line else 10)
        if one_line:
            self.setFixedHeight(tokens.CONTROL)
        layout.setSpacing(14 if flat else 10)
        layout.addWidget(self._icon)
        layout.addWidget(told, 1)
        layout.addLayout(self.beside)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @property
    def text(self) -> str:
        """All the box says."""
        rest = self._rest.whole if isinstance(self._rest, ElidedText) else self._rest.text()
        return f"{self._head.text()} {rest}".strip()

    def show_message(self, head: str, rest: str = "", mood: str = "") -> None:
        """Show another message; empty `head` hides the box."""
        self.setVisible(bool(head))
        self._mood = mood or self._mood
        self._icon.show_icon(self._own_icon or MOOD_ICONS[self._mood], MOODS[self._mood].colour)
        self._head.setText(head)
        self._head.show_mood(self._mood)
        if isinstance(self._rest, ElidedText):
            self._rest.show_text(rest)
        else:
            self._rest.setText(rest)
        self._rest.setVisible(bool(rest))
        self.show_box(self._mood)
        self.setAccessibleName(self.text)
        self._fit()
        self.update()

    def _fit(self) -> None:
        """Be as high as the lines need at this width: texts wrap in a narrow place."""
        layout = self.layout()
        if layout is not None and self._head.wordWrap() and layout.hasHeightForWidth():
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the new width."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tint and, unless the box is flat, the bar at its left."""
        super().paintEvent(event)
        if self._flat:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(MOODS[self._mood].colour))
        painter.setClipRect(QRectF(0, 0, 4, self.height()))
        painter.drawRoundedRect(QRectF(0, 0, 12, self.height()), tokens.RADIUS, tokens.RADIUS)


class EmptyPage(QFrame):
    """Where nothing stands yet: what will stand here, and which key starts it."""

    def __init__(self, head: str, rest: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setSpacing(4)
        layout.addStretch(1)
        for text in (Text(head, "h3", wrap=True), Text(rest, "small", wrap=True)):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(text)
        layout.addStretch(1)
        self.setAccessibleName(f"{head}. {rest}")


class Skeleton(QWidget):
    """Rows that are still being read, as quiet bars."""

    def __init__(self, rows: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setMinimumHeight(rows * 50)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.SUNKEN))
        for number in range(self._rows):
            top = number * 50 + 17
            painter.drawRoundedRect(QRectF(16, top, 72, 16), 4, 4)
            painter.drawRoundedRect(QRectF(104, top, self.width() * (0.5 - 0.05 * (number % 3)), 16), 4, 4)


class Bar(QWidget):
    """A bar that fills: progress or a share, 8 pixels high."""

    def __init__(self, parent: QWidget | None = None, *, colour: str = tokens.PRIMARY) -> None:
        super().__init__(parent)
        self._share = 0.0
        self._colour = colour
        self.setFixedHeight(8)

    def show_share(self, share: float) -> None:
        """Show a share from 0 to 1."""
        self._share = min(1.0, max(0.0, share))
        self.setAccessibleDescription(f"{self._share:.0%}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track and filling."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(Qt.PenStyle.NoPen))
        painter.setBrush(QColor(tokens.SUNKEN))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        if self._share:
            painter.setBrush(QColor(self._colour))
            painter.drawRoundedRect(QRectF(0, 0, max(8.0, self.width() * self._share), 8), 4, 4)


class LongWork(Box):
    """Work that takes a while: its count, its rate, and leave to go elsewhere."""

    def __init__(self, leave: str, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self._told = Text("", "strong")
        self._rate = Text("", "small")
        self._bar = Bar()
        self.leave = Button(leave, "quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        for widget in (self._told, self._bar, self._rate, self.leave):
            layout.addWidget(widget)

    def show_progress(self, told: str, share: float, rate: str = "") -> None:
        """Show how far it has come."""
        self._told.setText(told)
        self._rate.setText(rate)
        self._bar.show_share(share)
