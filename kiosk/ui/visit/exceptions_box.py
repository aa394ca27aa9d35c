"""What could not be captured, and the supervisor's agreement, given in place."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kiosk.domain.exceptions import CaptureException
from kiosk.domain.labels import REASON, label_of_value
from kiosk.domain.words import Words
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.fields import ChoiceField, FormField
from kiosk.ui.kit.layout import STRETCH, column, row
from kiosk.ui.kit.texts import Text
from kiosk.ui.visit.pin_box import PinBox


class ExceptionsBox(QFrame):
    """`signed` carries the supervisor's user id and PIN."""

    signed = Signal(str, str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._list = Text("", "body", wrap=True)
        self.signed_by = Text("", "note", wrap=True)
        self.people = ChoiceField()
        self._people = FormField(words.say("Supervisor"), self.people)
        self.pin = PinBox(words, words.say("Supervisor's PIN"))
        self.agree = Button(words.say("Agree to the exceptions"), icon="check")
        later = Text(
            words.say("Nobody here? Put the visit off (F9); it can be agreed to later."), "small", wrap=True
        )
        fields = row((self._people, 1), (self.pin, 1), gap=10)
        self._asking = column(fields, later, row(STRETCH, self.agree), gap=8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for widget in (self._list, self.signed_by, self._asking):
            layout.addWidget(widget)
        self._connect()

    def show_people(self, people: Sequence[tuple[str, str]]) -> None:
        """Offer the supervisors; the only one is chosen."""
        self.people.fill(people)
        if len(people) == 1:
            self.people.show_key(people[0][0])
        self._weigh()

    def show_exceptions(self, exceptions: Sequence[CaptureException], signed_by: str) -> None:
        """Show what was claimed, and who agreed."""
        self._list.setText("\n".join(told_exception(self.words, exception) for exception in exceptions))
        place = self.people.findData(signed_by)
        name = self.people.itemText(place) if place >= 0 else signed_by
        self.signed_by.setText(self.words.say("Agreed to by {name}.", name=name) if signed_by else "")
        self.signed_by.setVisible(bool(signed_by))
        self._asking.setVisible(not signed_by)
        if signed_by:
            self.pin.clear()

    def focus(self) -> None:
        """Go to the supervisor, or to the PIN when there is only one to choose."""
        target = self.pin.line if self._chosen() else self.people
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.pin.entered.connect(self._sign)
        self.pin.changed.connect(self._weigh)
        self.people.chosen.connect(self._weigh)
        self.agree.clicked.connect(self._sign)
        self._weigh()

    def _chosen(self) -> str:
        return self.people.key if self.people.findData(self.people.key) >= 0 else ""

    def _weigh(self) -> None:
        chosen = self._chosen()
        self.agree.setEnabled(self.pin.is_complete and bool(chosen))
        self._show_unknown(is_unknown=bool(self.people.currentText().strip()) and not chosen)

    def _show_unknown(self, *, is_unknown: bool) -> None:
        told = self.words.say("Choose one of the list.") if is_unknown else ""
        self._people.show_hint(told, "danger" if told else "")

    def _sign(self) -> None:
        if self.agree.isEnabled():
            self.signed.emit(self._chosen(), self.pin.pin)
        elif not self._chosen():
            self._show_unknown(is_unknown=True)
            self.people.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter at the supervisor goes on to the PIN."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.people.hasFocus():
            self.pin.line.setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)


def told_exception(words: Words, exception: CaptureException) -> str:
    """Return one exception in words: `Kelingking kiri: luka atau diperban (jatuh)`."""
    part = words.say(label_of_value("part", exception.part) or exception.part)
    reason = words.say(REASON[exception.reason])
    told = f"{part}: {reason[:1].lower()}{reason[1:]}"
    return f"{told} ({exception.detail})" if exception.detail else told
