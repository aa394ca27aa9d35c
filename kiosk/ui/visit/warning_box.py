"""A warning that is answered where it stands: what differs, and the reason for going on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kiosk.domain.findings import Finding
from kiosk.domain.remarks import read_reason
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
        self._told = ("", "")  # head and rest of the warning
        self._refused = ""  # why the reason that stands there cannot stand
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
        told = warning_text(self._words, finding)
        if told != self._told:
            self._told = told
            self.reason.setAccessibleName(f"{self._words.say('Reason')}: {told[0]}")
            self._show_told()
        if not self.reason.hasFocus() and reason != self._given:
            self.show_reason(reason)

    def show_reason(self, reason: str) -> None:
        """Show a reason."""
        self._given = reason
        self.reason.show_key(reason)
        if self._refused:
            self._refused = ""
            self._show_told()

    def _give(self, reason: str) -> None:
        reading = read_reason(reason)
        self._refused = self._words.finding(reading.findings[0]) if reading.text is None else ""
        self._show_told()
        given = reading.text or ""
        if given != self._given:
            self._given = given
            self.reason_given.emit(self._code, given)

    def _show_told(self) -> None:
        head, rest = self._told
        self.show_message(head, self._refused or rest)
        self.reason.show_state("danger" if self._refused else "")
        self.reason.setAccessibleDescription(self._refused)
