"""Logging in: the first page that is painted, before anything heavy is imported, and the lock in between."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kiosk.domain.words import Words
from kiosk.ui import tokens
from kiosk.ui.kit.badges import Badge
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.choice import Segments
from kiosk.ui.kit.fields import EnterMoves, FormField
from kiosk.ui.kit.layout import STRETCH, card, column, put, row, scrolled
from kiosk.ui.kit.mark import Mark
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.page import Page
from kiosk.ui.pages.login_form import NameField, PasswordField, PracticeBox
from kiosk.ui.pages.login_form import Person as Person

_WIDTH = 460
LANGUAGES = (("id", "Bahasa Indonesia"), ("en", "English"))


@dataclass(frozen=True, slots=True)
class LoginState:
    """All the page shows.

    office: the district's name, empty while unknown; counter: `Loket 2`.  ready: the store is open.  user_id: chosen
    beforehand.  locked: somebody is at work and the window was locked.  draft_note: what is kept meanwhile.
    """

    office: str
    counter: str
    practice: bool
    people: tuple[Person, ...]
    ready: bool
    user_id: str = ""
    locked: bool = False
    draft_note: str = ""
    language: str = "id"


class LoginPage(Page):
    """Asks for name and password.

    `submitted` carries user id, or what was typed as a name, and the password, and only once the store is open;
    `empty_password` the same without a password.  `language_wanted` carries `id` or `en`.
    """

    submitted = Signal(str, str)
    empty_password = Signal(str)
    language_wanted = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._ready = self._waits = self._busy = self._locked = False
        self._title, self._office = Text("", "title"), ElidedText("", "small")
        self._practice = Badge(words.say("PRACTICE"), "warning", "graduation-cap")
        self.message = MessageBox("danger")
        self.draft_note = MessageBox("success")
        self.name = NameField()
        self._name_field = FormField(words.say("Name"), self.name)
        self.password = PasswordField(words, words.say("Password"))
        self.enter = Button(words.say("Log in"), "primary", key=ENTER, icon="arrow-right")
        self.primary = self.enter
        self.practice_people = PracticeBox(words)
        self.language = Segments(LANGUAGES)
        self.language.setAccessibleName(words.say("Language"))
        EnterMoves([self.name, self.password.line], self)
        self._arrange()
        self.enter.clicked.connect(self._submit)
        self.language.chosen.connect(self.language_wanted)
        self.message.show_message("")

    def show_state(self, state: LoginState) -> None:
        """Show the state; what is being typed stays, and what waited for the store is submitted."""
        self._title.setText(self.words.say("Locked") if state.locked else self.words.say("Log in"))
        self._office.show_text(self._place(state))
        self._practice.setVisible(state.practice)
        head = self.words.say("Nothing is lost.") if state.draft_note else ""
        self.draft_note.show_message(head, state.draft_note)
        self.name.show_people(state.people)
        self._show_who(state)
        self.practice_people.show_people(state.people if state.practice else ())
        self.language.show_key(state.language)
        self._ready = state.ready
        if self._waits and state.ready:
            self._submit()
        self._show_enter()

    def show_error(self, head: str, rest: str = "") -> None:
        """Say why nobody was let in; called again it only says it anew, and an empty `head` takes it away."""
        self.message.show_message(head, rest)
        if self._busy:
            self._busy = False
            self._show_enter()
            self.password.line.selectAll()
            self.password.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_password(self) -> None:
        """Forget the password, as when the page is left."""
        self._busy = self._waits = False
        self.password.clear()
        self._show_enter()

    def show_typed(self, name: str, password: str) -> None:
        """Put in what was typed on a page in the other language."""
        self.name.show_key(name)
        self.password.line.setText(password)

    @property
    def typed(self) -> tuple[str, str]:
        """What stands in both fields."""
        return self.name.key.strip(), self.password.line.text()

    def focus_first(self) -> None:
        """Begin with what is still empty."""
        field = self.password.line if self.name.typed else self.name
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_who(self, state: LoginState) -> None:
        """Put in who is asked for: at a lock whoever was at work, else only where nothing was typed."""
        begins_lock = state.locked and not self._locked
        self._locked = state.locked
        if state.user_id and (begins_lock or not self.name.typed):
            self.name.show_key(state.user_id)

    def _place(self, state: LoginState) -> str:
        office = self.words.say("District {office}", office=state.office) if state.office else ""
        return ", ".join(part for part in (office, state.counter) if part)

    def _submit(self) -> None:
        name, password = self.typed
        self._name_field.show_hint("")
        self.password.show_hint("")
        if not name:
            self._name_field.show_hint(self.words.say("Choose or type your name"), "danger")
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not password:
            self.password.show_hint(self.words.say("Type your password"), "danger")
            self.password.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.empty_password.emit(name)
        else:
            self._hand_over(name, password)

    def _hand_over(self, name: str, password: str) -> None:
        self._waits, self._busy = not self._ready, self._ready
        self._show_enter()
        if self._ready:
            self.submitted.emit(name, password)

    def _show_enter(self) -> None:
        text = self.words.say("Log in")
        if self._waits:
            text = self.words.say("Getting ready ...")
        elif self._busy:
            text = self.words.say("Checking ...")
        self.enter.show_text(text)
        self.enter.setEnabled(not (self._waits or self._busy))

    def _arrange(self) -> None:
        self.name.setAccessibleName(self.words.say("Name"))
        head = row(Mark(48), (column(self._title, self._office, gap=1), 1), self._practice, gap=14)
        form = column(self._name_field, self.password, gap=4)
        parts = (head, self.draft_note, self.message, form, self.enter, self.practice_people)
        sheet = card(*parts, gap=16, margins=(28, 28, 28, 24))
        sheet.setFixedWidth(_WIDTH)
        self.language.setFixedWidth(380)
        middle = column(STRETCH, sheet, 16, row(STRETCH, self.language, STRETCH), STRETCH, gap=0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        put(layout, (scrolled(_centred(middle)), 1))

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave no password behind: whoever comes to a locked window has to type it."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.clear_password()


def _centred(content: QWidget) -> QFrame:
    margins = (tokens.PAGE_MARGIN, tokens.PAGE_MARGIN, tokens.PAGE_MARGIN, tokens.PAGE_MARGIN)
    return row(STRETCH, content, STRETCH, margins=margins)
