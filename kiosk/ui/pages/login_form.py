"""Fields of logging in: who, and the password that can be looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kiosk.domain.words import Words
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.fields import ChoiceField, FormField, LineField
from kiosk.ui.kit.layout import column, put, row
from kiosk.ui.kit.texts import ElidedText, Text


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may log in; password: of practice people only, whom everybody may know."""

    user_id: str
    name: str
    role_word: str
    password: str = ""


class NameField(ChoiceField):
    """Whose name it is; what was typed before the people were known stays as it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people: tuple[Person, ...] = ()

    def show_people(self, people: Sequence[Person]) -> None:
        """Offer the people."""
        if tuple(people) == self._people:
            return
        self._people = tuple(people)
        line = self.line
        typed, place = line.text(), line.cursorPosition()
        self.fill([(person.user_id, _offered(person)) for person in people])
        if self.hasFocus():
            line.setText(typed)
            line.setCursorPosition(place)

    @property
    def typed(self) -> str:
        """What stands in the field."""
        return self.line.text()


class PasswordField(QFrame):
    """A password with a button to look at it, and a word when the capitals are locked."""

    def __init__(self, words: Words, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.line = LineField(longest=128)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.line.installEventFilter(self)
        self.look = Button(words.say("Show"), icon="eye")
        self.look.setCheckable(True)
        self.look.setFixedWidth(136)
        self.look.toggled.connect(self._show_letters)
        self._field = FormField(label, row((self.line, 1), self.look))
        self.line.setAccessibleName(label)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        put(layout, (self._field, 1))

    @property
    def hint(self) -> str:
        """What stands under the field."""
        return self._field.hint

    def show_hint(self, text: str, state: str = "") -> None:
        """Say something under the field."""
        self._field.show_hint(text, state)
        self.line.show_state(state)
        self.line.setAccessibleDescription(text)

    def clear(self) -> None:
        """Forget what was typed, and hide the letters again."""
        self.line.clear()
        self.look.setChecked(False)

    def _show_letters(self) -> None:
        shown = self.look.isChecked()
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self.look.show_icon("eye-slash" if shown else "eye")
        self.look.show_text(self.words.say("Hide") if shown else self.words.say("Show"))

    def _watch_capitals(self, event: QKeyEvent) -> None:
        letter = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self.show_hint("")
        elif letter.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            locked = letter.isupper() != shift
            self.show_hint(self.words.say("Caps Lock is on") if locked else "", "warning" if locked else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See whether the capitals are locked."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._watch_capitals(event)
        return False


class PracticeBox(Box):
    """Names and passwords of practice people: who practises may look them up."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("sunken", parent)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(6)
        put(layout, Text(words.say("Practice people and their passwords"), "section"))
        layout.addLayout(self._lines)
        self._shown: tuple[Person, ...] = ()

    def show_people(self, people: Sequence[Person]) -> None:
        """Show those whose password everybody may know."""
        known = tuple(person for person in people if person.password)
        self.setVisible(bool(known))
        if known == self._shown:
            return
        self._shown = known
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for person in known:
            self._lines.addWidget(self._line(person))

    def _line(self, person: Person) -> QFrame:
        name = Text(person.name, "note_strong")
        name.setFixedWidth(136)
        secret = Text(person.password, "note")
        secret.setMinimumWidth(124)
        secret.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        role = ElidedText(person.role_word, "small")
        return column(row(name, secret, (role, 1), gap=12), gap=0)


def _offered(person: Person) -> str:
    return f"{person.name} ({person.role_word})" if person.role_word else person.name
