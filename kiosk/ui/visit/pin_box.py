"""A PIN: masked digits, six or more, given with Enter."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QValidator
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kiosk.domain.words import Words
from kiosk.services.accounts import SHORTEST_PIN
from kiosk.ui.kit.fields import FormField, LineField
from kiosk.ui.kit.one_line import OneLine

LONGEST_PIN = 12


class _Digits(OneLine):
    """Lets in a whole PIN or nothing: part of a paste would be another PIN."""

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """Refuse what is no digit, and more digits than a PIN has."""
        state, line, place = super().validate(text, place)
        fits = not line or (line.isascii() and line.isdigit() and len(line) <= LONGEST_PIN)
        return state if fits else QValidator.State.Invalid, line, place


class PinBox(QWidget):
    """`entered` carries the PIN when Enter is pressed in it; `changed` tells of every digit."""

    entered = Signal(str)
    changed = Signal()

    def __init__(self, words: Words, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.line = LineField()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setValidator(_Digits(self))
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
        self._field = FormField(label, self.line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._field)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._typed)
        self.line.inputRejected.connect(self._refuse)

    @property
    def pin(self) -> str:
        """What was typed."""
        return self.line.text()

    @property
    def is_complete(self) -> bool:
        """True when there are digits enough."""
        return len(self.pin) >= SHORTEST_PIN

    @property
    def hint(self) -> str:
        """What stands under the line."""
        return self._field.hint

    def show_hint(self, text: str) -> None:
        """Say quietly what the PIN is for."""
        self._field.show_hint(text)

    def show_wrong(self, text: str) -> None:
        """Say that it was wrong; what was typed goes."""
        self.line.clear()
        self._field.show_hint(text, "danger")
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Forget what was typed."""
        self.line.clear()
        self._field.show_hint("")

    def _refuse(self) -> None:
        told = self.words.say("Only digits, at most {most}.", most=LONGEST_PIN)
        self._field.show_hint(told, "warning")

    def _typed(self) -> None:
        if self.pin:
            self._field.show_hint("")
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the PIN with Enter; too few digits are said, and Enter never presses the page's primary button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.is_complete and not event.isAutoRepeat():
                self.entered.emit(self.pin)
            elif not self.is_complete:
                told = self.words.say("A PIN has {least} or more digits.", least=SHORTEST_PIN)
                self._field.show_hint(told, "warning")
            return
        super().keyPressEvent(event)
