"""What stands in the place of a picture while its device is gone: what happened, what is safe, what to try first."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.domain.words import Words, msg
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.badges import Badge, State
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.layout import STRETCH, put, row
from kiosk.ui.kit.texts import Text
from kiosk.ui.tokens import DANGER

FIRST_STEPS = (
    msg("Look whether its cable is plugged in at both ends."),
    msg("Pull the cable out, wait five seconds, put it back."),
    msg("Close other programs that may use it."),
)
_BADGE_ICONS = {State.GOOD: "check-circle", State.CARE: "warning", State.BROKEN: "x-circle"}


class DeviceTrouble(Box):
    """Hidden until something is wrong, and again when the device is back.  `left_open` leaves the step for later."""

    left_open = Signal()

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__("card", parent)
        self._head = Text("", "h2", mood="danger", wrap=True)
        self._safe = Text("", "body", wrap=True)
        self.skip = Button(words.say("Leave open for now"), key="Alt+Right", icon="minus-circle")
        self.skip.clicked.connect(self.left_open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        put(layout, row(IconLabel("plugs", DANGER.colour, 28), (self._head, 1), gap=12), self._safe, 4)
        put(layout, Text(words.say("Try this first"), "h3"), *_numbered(words, FIRST_STEPS))
        put(layout, Text(words.say("It goes on by itself when it is back."), "small", wrap=True), 4)
        put(layout, row(self.skip, STRETCH))
        self.hide()

    def show_trouble(self, head: str, safe: str = "") -> None:
        """Say what happened and what is safe; an empty `head` takes the message away."""
        self._head.setText(head)
        self._safe.setText(safe)
        self._safe.setVisible(bool(safe))
        self.setAccessibleName(f"{head} {safe}".strip())
        self.setVisible(bool(head))


def lay_over(picture: QWidget, trouble: DeviceTrouble) -> None:
    """Let the trouble stand in the middle of a picture's place."""
    layout = QVBoxLayout(picture)
    layout.setContentsMargins(16, 16, 16, 16)
    layout.addStretch(1)
    layout.addWidget(trouble)
    layout.addStretch(1)


def _numbered(words: Words, steps: Sequence[str]) -> list[QWidget]:
    return [Text(f"{number}. {words.say(step)}", wrap=True) for number, step in enumerate(steps, 1)]


class DeviceSign:
    """How the device of a page stands: its badge in the title row and, while it is gone, the trouble on the picture."""

    def __init__(self, words: Words, picture: QWidget) -> None:
        self.words = words
        self.badge = Badge("", "neutral")
        self.badge.hide()
        self.trouble = DeviceTrouble(words, picture)
        self.is_broken = False
        lay_over(picture, self.trouble)

    def show_device(self, state: State, told: str, *, over_picture: bool = True) -> None:
        """Show a state; `told`: one sentence, or for a broken device what happened and then what is safe."""
        self.is_broken = state is State.BROKEN
        head, point, safe = told.partition(". ")
        mood = state.value if state in (State.GOOD, State.CARE, State.BROKEN) else "neutral"
        shown = self.words.say("Not ready") if self.is_broken else told
        self.badge.setVisible(bool(told))
        self.badge.show_state(shown, mood, _BADGE_ICONS.get(state, ""))
        self.badge.setToolTip(told)
        is_over = self.is_broken and over_picture
        self.trouble.show_trouble(head + point.strip() if is_over else "", safe)
