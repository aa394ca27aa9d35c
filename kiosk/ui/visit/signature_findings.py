"""What was found of a signature: three checks, the attempts, the reason that is asked for, what to try first."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.domain.findings import Finding, Severity
from kiosk.domain.words import Words, msg
from kiosk.services.looking import CaptureView
from kiosk.ui.kit.badges import CheckLine, State
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.layout import STRETCH, column, put, row, rule
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.kit.texts import Text
from kiosk.ui.visit.reason_line import ReasonLine

CHECKS = {
    "signature.too_small": msg("Large enough"),
    "signature.cut_off": msg("Inside the field"),
    "signature.too_quick": msg("Written out"),
}
STEPS = (
    msg("1. Press the pad's cable into its socket."),
    msg("2. Press Enter to try again."),
    msg("3. Else sign on the screen: choose Screen."),
)
_NOTHING = "signature.empty"


class SignatureFindings(Box):
    """The column beside the field.  `reason_given` carries the code of a warning and the reason for passing it."""

    reason_given = Signal(str, str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self.words = words
        self._asked = ""
        self._attempts = Text("", "small")
        self._lines = {
            code: CheckLine(words.say(text), State.PENDING, large=True) for code, text in CHECKS.items()
        }
        self._told = MessageBox("danger")
        self.reason = ReasonLine(words, words.say("Reason"))
        self.reason.setPlaceholderText(words.say("Reason"))
        self.give = Button(words.say("Note the reason"))
        self._answer = column(self.reason, self.reason.told, self.give)
        steps = [Text(words.say(step), "body", wrap=True) for step in STEPS]
        self.steps = column(rule(), Text(words.say("Try this first"), "h3"), *steps, gap=10)
        self._arrange()
        self.give.clicked.connect(self._give)
        self.reason.textChanged.connect(lambda: self.give.setEnabled(bool(self.reason.text().strip())))
        self.give.setEnabled(False)
        self.show_capture(None, {})

    def show_capture(self, capture: CaptureView | None, reasons: Mapping[str, str]) -> None:
        """Show what was found, and ask for the reason that is still missing."""
        findings = {} if capture is None else {finding.code: finding for finding in capture.findings}
        attempts = 0 if capture is None else capture.attempts
        self._attempts.setText(self.words.count("{count} attempt", "{count} attempts", attempts))
        for code, line in self._lines.items():
            is_judged = capture is not None and _NOTHING not in findings
            line.show_state(self.words.say(CHECKS[code]), _state(findings.get(code), is_judged=is_judged))
        self._show_worst(tuple(findings.values()), reasons)

    def show_steps(self, wanted: bool, /) -> None:
        """Show what to try first when the pad fails."""
        self.steps.setVisible(wanted)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 16)
        layout.setSpacing(12)
        head = row(Text(self.words.say("Quality"), "h2"), STRETCH, self._attempts)
        put(layout, head, *self._lines.values(), self._told, self._answer, self.steps, STRETCH)
        self.steps.hide()

    def _show_worst(self, findings: tuple[Finding, ...], reasons: Mapping[str, str]) -> None:
        told = [finding for finding in findings if finding.severity is not Severity.NOTE]
        worst = min(told, key=lambda finding: finding.severity is not Severity.ERROR, default=None)
        self._answer.setVisible(False)
        self._asked = ""
        if worst is None:
            self._told.show_message("")
        elif worst.severity is Severity.ERROR:
            self._told.show_message(self.words.finding(worst), self.words.say("Sign again (F5)."), "danger")
        elif reasons.get(worst.code, "").strip():
            reason = self.words.say("Reason: {reason}", reason=reasons[worst.code])
            self._told.show_message(self.words.finding(worst), reason, "success")
        else:
            self._asked = worst.code
            self._told.show_message(self.words.finding(worst), mood="warning")
            self._answer.setVisible(True)

    def _give(self) -> None:
        reason = self.reason.read()
        if self._asked and reason:
            self.reason.clear()
            self.reason_given.emit(self._asked, reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the reason notes it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.reason.hasFocus():
            self._give()
            return
        super().keyPressEvent(event)


def _state(finding: Finding | None, *, is_judged: bool) -> State:
    if not is_judged:
        return State.PENDING
    if finding is None:
        return State.GOOD
    return State.BROKEN if finding.severity is Severity.ERROR else State.CARE
