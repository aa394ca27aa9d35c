"""A person's first password and PIN on this kiosk, with the rules in sight while typing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from kiosk.domain.words import Words
from kiosk.ui import tokens
from kiosk.ui.kit.badges import CheckLine, State
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.fields import EnterMoves, FormField, LineField
from kiosk.ui.kit.layout import STRETCH, card, column, put, row, scrolled
from kiosk.ui.kit.mark import Mark
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.page import Page

# What `services.accounts` asks for; a test holds them to it, since this page is painted before services are imported.
SHORTEST_PASSWORD = 8
SHORTEST_PIN = 6
_WIDTH = 620


class FirstPasswordPage(Page):
    """Asks for both, each twice; `chosen` carries password and PIN once every rule holds."""

    chosen = Signal(str, str)
    back_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._name = ElidedText("", "small")
        self.message = MessageBox("danger")
        self.password, self.again = _secret(128), _secret(128)
        self.pin, self.pin_again = _secret(12), _secret(12)
        self.rules = [CheckLine(text, State.PENDING) for text in self._rule_words()]
        self.look = Button(words.say("Show"), icon="eye")
        self.look.setCheckable(True)
        self.back = Button(words.say("Back"), key="Esc", icon="arrow-left")
        self.keep = Button(words.say("Keep and log in"), "primary", key=ENTER, icon="check")
        self.primary = self.keep
        self._fields = [self.password, self.again, self.pin, self.pin_again]
        EnterMoves(list(self._fields), self)
        self._arrange()
        self._connect()
        self.message.show_message("")
        self._show_rules()

    def show_state(self, name: str) -> None:
        """Begin for this person."""
        self._name.show_text(self.words.say("For {name}, on this kiosk", name=name))
        for field in self._fields:
            field.clear()
        self.look.setChecked(False)
        self.message.show_message("")
        self._show_rules()

    def show_error(self, head: str, rest: str = "") -> None:
        """Say why it was not kept; what was typed stays."""
        self.message.show_message(head, rest)
        self._show_rules()

    def focus_first(self) -> None:
        """Begin with the password."""
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rule_words(self) -> tuple[str, ...]:
        say = self.words.say
        return (
            say("The password has {count} characters or more", count=SHORTEST_PASSWORD),
            say("Both passwords are the same"),
            say("The PIN has {count} digits or more", count=SHORTEST_PIN),
            say("Both PINs are the same"),
        )

    def _kept_rules(self) -> tuple[bool, ...]:
        password, pin = self.password.text(), self.pin.text()
        return (
            len(password) >= SHORTEST_PASSWORD,
            bool(password) and password == self.again.text(),
            len(pin) >= SHORTEST_PIN and pin.isascii() and pin.isdigit(),
            bool(pin) and pin == self.pin_again.text(),
        )

    def _show_rules(self) -> None:
        kept = self._kept_rules()
        for line, words, holds in zip(self.rules, self._rule_words(), kept, strict=True):
            line.show_state(words, State.GOOD if holds else State.PENDING)
        self.keep.setEnabled(all(kept))

    def _show_letters(self) -> None:
        shown = self.look.isChecked()
        for field in self._fields:
            field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.look.show_icon("eye-slash" if shown else "eye")
        self.look.show_text(self.words.say("Hide") if shown else self.words.say("Show"))

    def _choose(self) -> None:
        self.keep.setEnabled(False)
        self.chosen.emit(self.password.text(), self.pin.text())

    def _connect(self) -> None:
        for field in self._fields:
            field.textChanged.connect(self._show_rules)
        self.look.toggled.connect(self._show_letters)
        self.back.clicked.connect(self.back_wanted)
        self.keep.clicked.connect(self._choose)

    def _arrange(self) -> None:
        say = self.words.say
        title = column(Text(say("Choose a password and a PIN"), "title"), self._name, gap=1)
        head = row(Mark(48), (title, 1), gap=14)
        why = say("The password opens the window. The PIN signs what you decide. Tell them to nobody.")
        buttons = row(self.back, self.look, STRETCH, self.keep)
        parts = (head, Text(why, "small", wrap=True), self.message, self._form(), buttons)
        sheet = card(*parts, gap=16, margins=(28, 28, 28, 24))
        sheet.setFixedWidth(_WIDTH)
        middle = column(STRETCH, sheet, STRETCH, margins=(0, tokens.PAGE_MARGIN, 0, tokens.PAGE_MARGIN))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        put(layout, (scrolled(row(STRETCH, middle, STRETCH)), 1))

    def _form(self) -> QFrame:
        say = self.words.say
        labels = (say("Password"), say("Password once more"), say("PIN"), say("PIN once more"))
        fields = [
            FormField(label, field, hint=False) for label, field in zip(labels, self._fields, strict=True)
        ]
        frame = QFrame()
        grid = QGridLayout(frame)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setRowMinimumHeight(2, 8)
        for place in range(2):
            grid.setColumnStretch(place, 1)
            for pair in range(2):
                grid.addWidget(fields[2 * pair + place], 3 * pair, place)
                grid.addWidget(self.rules[2 * pair + place], 3 * pair + 1, place)
        return frame


def _secret(longest: int) -> LineField:
    line = LineField(longest=longest)
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    return line
