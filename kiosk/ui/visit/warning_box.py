"""A warning that is answered where it stands: what differs, and the reason for going on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kiosk.domain.findings import Finding
from kiosk.domain.words import Words
from kiosk.ui.kit.fields import ChoiceField
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.kit.texts import Text
from kiosk.ui.visit.warning_words import usual_reasons, warning_text

_REASON_WIDTH = 300


class WarningBox(MessageBox):
    """One warning with its *Reason*; `reason_given` carries the finding's code and the reason, when it changed."""

    reason_given = Signal(str, str)

    def __init__(self, words: Words, code: str, parent: QWidget | None = None) -> None:
        super().__init__("warning", parent)
        self._words = words
        layout = self.layout()
        assert layout is not None  # made by the box
        layout.setContentsMargins(18, 6, 8, 6)
        self._code = code
        self._given = ""
        self.reason = ChoiceField()
        self.reason.setFixedWidth(_REASON_WIDTH)
        self.reason.setObjectName(f"reason.{code}")
        self.reason.fill((told, told) for told in usual_reasons(words, code))
        self.reason.chosen.connect(self._give)
        label = Text(words.say("Reason"), "label")
        label.setBuddy(self.reason)
        self.beside.addWidget(label)
        self.beside.addWidget(self.reason)
        self.show_reason("")

    def show_warning(self, finding: Finding, reason: str) -> None:
        """Show what was found and the reason that was given, empty while there is none."""
        head, rest = warning_text(self._words, finding)
        told = f"{head} {rest}"
        if self.text != told:
            self.show_message(head, rest)
            self.reason.setAccessibleName(f"{self._words.say('Reason')}: {head}")
        if not self.reason.hasFocus() and reason != self._given:
            self.show_reason(reason)

    def show_reason(self, reason: str) -> None:
        """Show a reason."""
        self._given = reason
        self.reason.show_key(reason)

    def _give(self, reason: str) -> None:
        given = reason.strip()
        if given != self._given:
            self._given = given
            self.reason_given.emit(self._code, given)
