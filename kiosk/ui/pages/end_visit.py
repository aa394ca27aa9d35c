"""Ending a visit nobody will be served in: a reason from a short list, or one's own words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.domain.words import Words, msg
from kiosk.services.queue import QueueLine
from kiosk.ui import tokens
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.fields import FormField
from kiosk.ui.kit.layout import STRETCH, column, put, row
from kiosk.ui.kit.texts import Text
from kiosk.ui.pages.choice_rows import ChoiceRows
from kiosk.ui.visit.reason_line import ReasonLine

_OTHER = "other"
_REASONS: tuple[tuple[str, str, str], ...] = (
    ("absent", msg("Did not come when called"), "person-simple-walk"),
    ("left", msg("Went home"), "house"),
    ("papers", msg("Papers were missing"), "files"),
    ("elsewhere", msg("Belongs to another office"), "map-pin"),
    (_OTHER, msg("Another reason"), "chat-circle-text"),
)
_WIDTH = 392


class EndVisitPanel(Box):
    """Asks why; `answered` carries the visit and the reason in words, `left` tells that nothing is done."""

    answered = Signal(str, str)
    left = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self.setFixedWidth(_WIDTH)
        self.words = words
        self.visit_id = ""
        self._said = {key: words.say(label) for key, label, _ in _REASONS}
        self._title = Text("", "h2")
        self.reasons = ChoiceRows(
            [(key, self._said[key], icon) for key, _, icon in _REASONS], height=tokens.CONTROL
        )
        own = words.say("In your own words")
        self.own = ReasonLine(words, own)
        self._own_field = FormField(own, self.own, hint=False)
        self.cancel = Button(words.say("Leave it"), key="Esc")
        self.end = Button(words.say("End the visit"), "danger", key=ENTER)
        self._arrange()
        self.reasons.chosen.connect(self._show_ready)
        self.own.textChanged.connect(self._show_ready)
        self.cancel.clicked.connect(self.close_panel)
        self.end.clicked.connect(self._answer)
        self.hide()

    def ask(self, line: QueueLine) -> None:
        """Ask why this visit ends."""
        self.visit_id = line.visit_id
        self._title.setText(self.words.say("End the visit of {ticket}?", ticket=line.ticket))
        self.reasons.show_key("")
        self.own.clear()
        self._show_ready()
        self.show()
        self.reasons.focus_chosen()

    def close_panel(self) -> None:
        """Take the panel away; the visit stays."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def _show_ready(self) -> None:
        key = self.reasons.key
        self._own_field.setVisible(key == _OTHER)
        self.own.told.setVisible(key == _OTHER and bool(self.own.told.text()))
        self.end.setEnabled(bool(self.own.text().strip()) if key == _OTHER else key in self._said)

    def _answer(self) -> None:
        key = self.reasons.key
        reason = self.own.read() if key == _OTHER else self._said[key]
        if reason:
            self.hide()
            self.answered.emit(self.visit_id, reason)
        else:
            self.own.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        told = self.words.say("The ticket is not called again. The reason is kept with the visit.")
        head = column(self._title, Text(told, "small", wrap=True), gap=2, margins=(18, 14, 18, 10))
        own = column(self._own_field, self.own.told, gap=4)
        foot = column(own, row(STRETCH, self.cancel, self.end), gap=14, margins=(18, 12, 18, 16))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        put(layout, head, self.reasons, foot, STRETCH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer on Enter with the button that has the keyboard; on another reason go to its field first."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.isAutoRepeat():
            super().keyPressEvent(event)
        elif self.cancel.hasFocus():
            self.close_panel()
        elif self.end.isEnabled():
            self._answer()
        elif self.reasons.key == _OTHER:
            self.own.setFocus(Qt.FocusReason.TabFocusReason)
