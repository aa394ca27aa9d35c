"""The bar under a step: back and pause at the left, at the right why, what else, and the one primary button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.domain.words import Words
from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.badges import STATE_ICONS, State, state_colour
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.texts import ElidedText, Text


class ActionBar(Box):
    """Back (Alt+Left), pause (F9), what is saved; hint, further buttons, primary (Enter)."""

    back_wanted = Signal()
    pause_wanted = Signal()
    hint_clicked = Signal()

    def __init__(self, words: Words, primary: Button, *others: Button, parent: QWidget | None = None) -> None:
        super().__init__("bottom", parent)
        self.setFixedHeight(tokens.ACTION_BAR)
        self.words = words
        self.back = Button(words.say("Back"), key="Alt+Left", icon="arrow-left")
        self.pause = Button(words.say("Put off"), key="F9", icon="pause")
        self.primary = primary
        self._saved_icon = IconLabel(STATE_ICONS[State.GOOD], state_colour(State.GOOD), 18)
        self._saved = Text("", "small")
        self._hint_icon = IconLabel("check-circle", tokens.MUTED, 18)
        self._hint = ElidedText("", "small")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.back.clicked.connect(self.back_wanted)
        self.pause.clicked.connect(self.pause_wanted)
        self._arrange(*others, primary)
        self.show_saved("")
        self.show_hint("")

    def show_saved(self, told: str, state: State = State.GOOD) -> None:
        """Say what of the draft is on the disk."""
        self._saved.setText(told)
        self._saved.show_mood("warning" if state is State.CARE else "")
        self._saved_icon.show_icon(STATE_ICONS[state], state_colour(state))
        self._saved_icon.setVisible(bool(told))

    def show_hint(self, text: str, state: State = State.PENDING) -> None:
        """Say why the primary button can be pressed, or cannot."""
        self._hint.show_text(text)
        self._hint.show_mood(state.value if state in (State.CARE, State.BROKEN, State.GOOD) else "")
        self._hint_icon.show_icon(STATE_ICONS[state], state_colour(state))
        self._hint_icon.setVisible(bool(text) and state is not State.PENDING)
        leads = state is State.BROKEN or state is State.CARE
        self._hint.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)

    @property
    def hint(self) -> str:
        """What stands beside the primary button."""
        return self._hint.whole

    def _arrange(self, *buttons: Button) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(tokens.PAGE_MARGIN, 0, tokens.PAGE_MARGIN, 0)
        layout.setSpacing(8)
        for widget in (self.back, self.pause):
            layout.addWidget(widget)
        layout.addSpacing(8)
        layout.addWidget(self._saved_icon)
        layout.addWidget(self._saved)
        layout.addWidget(self._hint, 1)
        layout.addWidget(self._hint_icon)
        layout.addSpacing(8)
        for button in buttons:
            layout.addWidget(button)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell that the hint was clicked: it leads to what it speaks of."""
        super().mouseReleaseEvent(event)
        if self.hint and self._hint.geometry().contains(event.position().toPoint()):
            self.hint_clicked.emit()


def onward(text: str) -> Button:
    """Return the usual primary button: on to the next step."""
    return Button(text, "primary", key=ENTER, icon="arrow-right")
