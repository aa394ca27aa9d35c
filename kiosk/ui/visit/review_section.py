"""One thing to settle at the review: a line with its state, and below it, when open, what is to be done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.badges import STATE_ICONS, State, state_colour
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.texts import ElidedText, Text


class SectionHead(QPushButton):
    """The line that opens a section; Space presses it, Enter is left to the page."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "flat")
        self.setAutoDefault(False)
        self.setFixedHeight(tokens.CONTROL)
        self._title = Text(title, "h3")
        self._told = ElidedText("", "small")
        self._told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._icon = IconLabel(STATE_ICONS[State.PENDING], tokens.MUTED, 20)
        self._caret = IconLabel("caret-down", tokens.MUTED, 16)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(10)
        for widget in (self._icon, self._title, self._told, self._caret):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(widget, 1 if widget is self._told else 0)

    def show_state(self, state: State, told: str) -> None:
        """Show how the thing stands."""
        self._icon.show_icon(STATE_ICONS[state], state_colour(state))
        self._told.show_text(told)
        self._told.show_mood(state.value if state in (State.CARE, State.BROKEN) else "")
        self.setAccessibleName(f"{self._title.text()}: {told}" if told else self._title.text())

    @property
    def told(self) -> str:
        """What stands at the right."""
        return self._told.whole

    def show_open(self, *, is_open: bool) -> None:
        """Turn the caret."""
        self._caret.show_icon("caret-up" if is_open else "caret-down", tokens.MUTED)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)


class ReviewSection(Box):
    """`opened` tells that the officer wants to see it."""

    opened = Signal()

    def __init__(self, title: str, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self.head = SectionHead(title)
        self.body = body
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(body)
        body.setContentsMargins(14, 2, 14, 12)
        self.head.clicked.connect(self.opened)
        self.show_open(is_open=False)

    def show_state(self, state: State, told: str = "") -> None:
        """Show how the thing stands."""
        self.head.show_state(state, told)

    def show_open(self, *, is_open: bool) -> None:
        """Show or hide what is to be done."""
        self.body.setVisible(is_open)
        self.head.show_open(is_open=is_open)
