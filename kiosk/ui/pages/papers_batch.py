"""A batch in the page of papers: how many, one PIN for all of them, and how far the printing is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.domain.words import Words
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.layout import STRETCH, column, row
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.visit.pin_box import PinBox

_PIN = 220


class BatchBox(QWidget):
    """Hidden until it asks.  `given` carries the PIN, `dropped` is no, `stopped` that no further sheet is wanted."""

    given = Signal(str)
    dropped = Signal()
    stopped = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._box = MessageBox("chosen")
        self.pin = PinBox(words, words.say("PIN of the supervisor"))
        self.pin.setFixedWidth(_PIN)
        self.yes = Button(words.say("Issue and print"), "primary", key=ENTER, icon="printer")
        self.no = Button(words.say("Cancel"), "quiet", key="Esc")
        self.stop = Button(words.say("Stop after this sheet"), icon="x")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        buttons = column(STRETCH, row(self.no, self.yes, self.stop, gap=8), STRETCH)
        layout.addWidget(row((self._box, 1), self.pin, buttons, gap=12))
        self.yes.clicked.connect(self._give)
        self.no.clicked.connect(self.drop)
        self.stop.clicked.connect(self._stop)
        self.pin.entered.connect(lambda _: self._give())
        self.pin.changed.connect(self._weigh)
        self.hide()

    def ask(self, count: int) -> None:
        """Ask for the PIN of so many certificates."""
        say = self.words
        head = say.count("Issue {count} certificate?", "Issue {count} certificates?", count)
        self._box.show_message(
            head, say.say("Each gets its number and its line. They print in the order of the list.")
        )
        self.pin.clear()
        self._show_asking(asking=True)
        self.show()
        self.pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_progress(self, done: int, count: int) -> None:
        """Say how many sheets of how many are printed."""
        told = self.words.say("{done} of {count} printed", done=done, count=count)
        self._box.show_message(told, self.words.say("What is printed is in the register already."))
        if not self.stop.isVisibleTo(self):
            self._show_asking(asking=False)
            self.stop.setEnabled(True)
            self.show()

    def show_wrong(self, told: str) -> None:
        """Say that the PIN was wrong."""
        self._show_asking(asking=True)
        self.pin.show_wrong(told)

    def drop(self) -> None:
        """Take the question away; a batch that prints is stopped instead."""
        if self.isHidden():
            return
        if self.stop.isVisibleTo(self):
            self._stop()
            return
        self.hide()
        self.dropped.emit()

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.stopped.emit()

    def _show_asking(self, *, asking: bool) -> None:
        for asked in (self.pin, self.yes, self.no):
            asked.setVisible(asking)
        self.stop.setVisible(not asking)
        self._weigh()

    def _weigh(self) -> None:
        self.yes.setEnabled(self.pin.is_complete)

    def _give(self) -> None:
        if self.pin.is_complete:
            self.yes.setEnabled(False)
            self.given.emit(self.pin.pin)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter from the page's primary button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return
        super().keyPressEvent(event)
