"""A question in the page that is answered with a reason: what will happen, a line to type, yes and no."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.domain.words import Words
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.layout import row
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.visit.reason_line import ReasonLine


class ReasonBox(QWidget):
    """Hidden until it asks.  `given` carries the reason (Enter in the line or the button), `dropped` is no (Esc)."""

    given = Signal(str)
    dropped = Signal()

    def __init__(
        self, words: Words, yes: str, label: str, *, optional: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._optional = optional
        self._box = MessageBox("warning")
        self.line = ReasonLine(words, label)
        self.line.setPlaceholderText(label)
        self.yes = Button(yes, "danger")
        self.no = Button(words.say("Cancel"), "quiet", key="Esc")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._box)
        layout.addWidget(row((self.line, 1), self.yes, self.no))
        layout.addWidget(self.line.told)
        self.yes.clicked.connect(self._give)
        self.no.clicked.connect(self.drop)
        self.line.textChanged.connect(self._weigh)
        self.hide()
        self._weigh()

    def ask(self, head: str, rest: str) -> None:
        """Show the question and put the keyboard into the line."""
        self._box.show_message(head, rest)
        self.line.clear()
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def drop(self) -> None:
        """Take the question away."""
        self.hide()
        self.dropped.emit()

    def _weigh(self) -> None:
        self.yes.setEnabled(self._optional or bool(self.line.text().strip()))

    def _give(self) -> None:
        reason = self.line.read()
        if reason is None:
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.hide()
            self.given.emit(reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the line is yes, once there is a reason; it never reaches the page's primary button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.yes.isEnabled() and not event.isAutoRepeat() and not self.no.hasFocus():
                self.yes.click()
            return
        super().keyPressEvent(event)
