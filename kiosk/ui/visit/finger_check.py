"""The 1:1 check at the review: both index fingers once more, against those that were recorded."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kiosk.domain.findings import Finding
from kiosk.domain.words import Words
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.layout import STRETCH, row
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.kit.texts import Text


class FingerCheck(QFrame):
    """`wanted` starts the check, `skipped` goes on without it: it warns and never stops a visit."""

    wanted = Signal()
    skipped = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._has_result = False
        self._told = Text(
            words.say("Both index fingers are compared with those just recorded."), "body", wrap=True
        )
        self.outcome = MessageBox("success")
        self.start = Button(words.say("Check the fingers"), key="F5", icon="fingerprint")
        self.skip = Button(words.say("Go on without"), "quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._told)
        layout.addWidget(self.outcome)
        layout.addWidget(row(STRETCH, self.skip, self.start))
        self.start.clicked.connect(self.wanted)
        self.skip.clicked.connect(self.skipped)
        self.outcome.show_message("")

    def show_result(self, verified: tuple[Finding, ...] | None) -> None:
        """Show what the last check found; None before it."""
        self._has_result = verified is not None
        if verified is None:
            self.outcome.show_message("")
        elif verified:
            told = " ".join(dict.fromkeys(self.words.finding(finding) for finding in verified))
            self.outcome.show_message(told, self.words.say("It is kept with the record."), "warning")
        else:
            self.outcome.show_message(self.words.say("Both fingers agree."), mood="success")
        self.start.show_text(
            self.words.say("Check again") if self._has_result else self.words.say("Check the fingers")
        )

    def show_working(self, *, working: bool) -> None:
        """Say that the scanner waits for a finger."""
        self.start.setEnabled(not working)
        self.skip.setEnabled(not working)
        self._told.setText(
            self.words.say("Lay the index finger on the glass as the scanner asks ...")
            if working
            else self.words.say("Both index fingers are compared with those just recorded.")
        )
