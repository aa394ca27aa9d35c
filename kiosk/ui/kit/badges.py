"""Small signs of state: badges, lamps of devices, lines of a check list; a shape as well as a colour each."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel, pixmap
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.tokens import MOODS


class State(StrEnum):
    """How something stands; `PENDING` is not yet, `ABSENT` will not be."""

    GOOD = "success"
    CARE = "warning"
    BROKEN = "danger"
    OFFLINE = "offline"
    PENDING = "pending"
    ABSENT = "absent"


STATE_ICONS = {
    State.GOOD: "check-circle-fill",
    State.CARE: "warning-fill",
    State.BROKEN: "x-circle-fill",
    State.OFFLINE: "cloud-slash-fill",
    State.PENDING: "circle-dashed",
    State.ABSENT: "minus-circle",
}


def state_colour(state: State) -> str:
    """Return the colour of a state's icon and words."""
    return MOODS[state.value].colour if state.value in MOODS else tokens.MUTED


class Badge(Box):
    """At most three words on a tint: neutral, success, warning, danger, offline or chosen."""

    def __init__(
        self, text: str, mood: str = "neutral", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(mood, parent, is_badge=True)
        self._label = Text(text, "note_strong", mood=mood)
        self._icon = IconLabel(icon or "info", MOODS[mood].colour, 16)
        layout = QHBoxLayout(self)
        layout.setSpacing(5)
        layout.setContentsMargins(7 if icon else 10, 0, 10, 0)
        layout.addWidget(self._icon)
        layout.addWidget(self._label)
        self.setFixedHeight(24)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_state(text, mood, icon)

    @property
    def shown_text(self) -> str:
        """The words on the badge."""
        return self._label.text()

    def show_state(self, text: str, mood: str, icon: str = "") -> None:
        """Show another state in the same place."""
        self._label.setText(text)
        self._label.show_mood(mood)
        self._icon.setVisible(bool(icon))
        if icon:
            self._icon.show_icon(icon, MOODS[mood].colour)
        self.show_box(mood)
        self.setAccessibleName(text)


class CheckLine(QFrame):
    """One line of a check list: the state's shape, what was checked, and at the right what came out."""

    def __init__(
        self, text: str, state: State, told: str = "", parent: QWidget | None = None, *, large: bool = False
    ) -> None:
        super().__init__(parent)
        self._icon = IconLabel(STATE_ICONS[state], state_colour(state), 18)
        self._text = ElidedText(text, "body" if large else "note")
        self._told = Text(told, "small")
        layout = QHBoxLayout(self)
        layout.setSpacing(10 if large else 7)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._told)
        self.show_state(text, state, told)

    def show_state(self, text: str, state: State, told: str = "") -> None:
        """Show another outcome."""
        self._icon.show_icon(STATE_ICONS[state], state_colour(state))
        self._text.show_text(text)
        self._told.setText(told)
        self._told.setVisible(bool(told))
        self._told.show_mood(state.value if state in (State.CARE, State.BROKEN) else "")
        self.setAccessibleName(f"{text}: {told}" if told else text)


class Lamp(QWidget):
    """A device's icon with its state as a mark: dot, triangle, cross; nothing when nobody looked yet."""

    def __init__(self, icon: str, state: State = State.PENDING, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._state = state
        self.setFixedSize(30, 28)

    @property
    def state(self) -> State:
        """What the lamp shows."""
        return self._state

    def show_state(self, state: State, told: str) -> None:
        """Show a state; `told` is the sentence behind it."""
        self._state = state
        self.setToolTip(told)
        self.setAccessibleName(told)
        self.update()

    def _mark(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(state_colour(self._state)))
        if self._state is State.GOOD:
            painter.drawEllipse(QPointF(23, 21), 4, 4)
        elif self._state is State.CARE:
            painter.drawPolygon(QPolygonF([QPointF(23, 15.5), QPointF(28.5, 25.2), QPointF(17.5, 25.2)]))
        elif self._state is State.BROKEN:
            painter.setPen(QPen(QColor(state_colour(self._state)), 2.4, c=Qt.PenCapStyle.RoundCap))
            painter.drawLine(QPointF(19.8, 17.8), QPointF(26.2, 24.2))
            painter.drawLine(QPointF(26.2, 17.8), QPointF(19.8, 24.2))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon, white ring and mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        broken = self._state in (State.CARE, State.BROKEN)
        colour = state_colour(self._state) if broken else tokens.MUTED
        painter.drawPixmap(
            QRectF(2, 4, 20, 20).topLeft(), pixmap(self._icon, colour, 20, self.devicePixelRatioF())
        )
        if self._state in (State.GOOD, State.CARE, State.BROKEN):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.SURFACE))
            painter.drawEllipse(QPointF(23, 21), 6.5, 6.5)
            self._mark(painter)
