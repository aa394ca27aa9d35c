"""The first start: no counter stands here yet, so practise, or join the centre with the office's code."""

from urllib.parse import urlsplit

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kiosk.domain.words import Words
from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.fields import EnterMoves, FormField, LineField
from kiosk.ui.kit.layout import STRETCH, card, column, put, row, scrolled
from kiosk.ui.kit.mark import Mark
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.kit.texts import Text
from kiosk.ui.page import Page

_WIDTH = 900
_CARD = 440


class FirstStartPage(Page):
    """Two choices; `join_wanted` carries code and the centre's address, and only when both can be meant."""

    practice_wanted = Signal()
    join_wanted = Signal(str, str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.message = MessageBox("danger")
        self.working = MessageBox("chosen", icon="hourglass-medium")
        self.practice = Button(words.say("Try it for practice"), "primary", key=ENTER, icon="graduation-cap")
        self.code, self.url = LineField(longest=128), LineField(longest=512)
        self._code_field = FormField(words.say("One-time code of the office"), self.code)
        self._url_field = FormField(words.say("Address of the centre"), self.url)
        self.join = Button(words.say("Join the centre"), key="F7", icon="link")
        self.primary = self.practice
        self._was_at: QWidget | None = None
        EnterMoves([self.code, self.url], self)
        self._arrange()
        self._connect()
        self.show_error("")

    def show_error(self, head: str, rest: str = "") -> None:
        """Say why it did not work; what was typed stays, the keyboard too.  An empty `head` takes it away."""
        self._show_idle(idle=True)
        if self._was_at is not None:
            self._was_at.setFocus(Qt.FocusReason.OtherFocusReason)
            self._was_at = None
        self.working.show_message("")
        self.message.show_message(head, rest)

    def show_working(self, text: str) -> None:
        """Say what is being done; nothing can be pressed meanwhile."""
        self.message.show_message("")
        self.working.show_message(text, self.words.say("This takes a moment."))
        self._was_at = self.focusWidget()
        self._show_idle(idle=False)

    def focus_first(self) -> None:
        """Begin with the choice most people take."""
        self.practice.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_idle(self, *, idle: bool) -> None:
        for widget in (self.practice, self.join, self.code, self.url):
            widget.setEnabled(idle)

    def _check(self) -> bool:
        code, url = self.code.text().strip(), self.url.text().strip()
        wrong_code = "" if code else self.words.say("Type the code the Dinas gave you")
        wrong_url = "" if _is_address(url) else self.words.say("Begins with https:// and the centre's name")
        self._code_field.show_hint(wrong_code, "danger" if wrong_code else "")
        self._url_field.show_hint(wrong_url, "danger" if wrong_url else "")
        if wrong_code or wrong_url:
            (self.code if wrong_code else self.url).setFocus(Qt.FocusReason.OtherFocusReason)
        return not (wrong_code or wrong_url)

    def _join(self) -> None:
        if self._check():
            self.join_wanted.emit(self.code.text().strip(), self.url.text().strip())

    def _connect(self) -> None:
        self.practice.clicked.connect(self.practice_wanted)
        self.join.clicked.connect(self._join)
        self.code.textChanged.connect(lambda: self._code_field.show_hint(""))
        self.url.textChanged.connect(lambda: self._url_field.show_hint(""))

    def _arrange(self) -> None:
        say = self.words.say
        told = say("No counter stands on this machine yet. Choose how to begin.")
        head = row(Mark(48), (column(Text(say("Welcome"), "title"), Text(told, "small"), gap=1), 1), gap=14)
        choices = row(self._practice_card(), self._join_card(), gap=20)
        choices.setMinimumWidth(_WIDTH)
        parts = (head, self.message, self.working, choices)
        margins = (0, tokens.PAGE_MARGIN, 0, tokens.PAGE_MARGIN)
        middle = column(STRETCH, *parts, STRETCH, gap=16, margins=margins)
        middle.setFixedWidth(_WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        put(layout, (scrolled(row(STRETCH, middle, STRETCH)), 1))

    def _practice_card(self) -> QFrame:
        say = self.words.say
        told = say("A practice office with invented residents and simulated devices. Nothing in it is valid.")
        later = say("A real counter is set up later, in a folder of its own.")
        return self._choice(
            "graduation-cap",
            say("Practise"),
            (Text(told, wrap=True), Text(later, "small", wrap=True)),
            self.practice,
        )

    def _join_card(self) -> QFrame:
        say = self.words.say
        told = say("A real counter. The Dinas gives the code, and it works once.")
        fields = column(self._code_field, self._url_field, gap=4)
        return self._choice("link", say("Join a centre"), (Text(told, wrap=True), fields), self.join)

    def _choice(self, icon: str, title: str, parts: tuple[QWidget, ...], button: Button) -> QFrame:
        head = row(IconLabel(icon, tokens.PRIMARY, 28), (Text(title, "h2"), 1), gap=12)
        frame = card(head, *parts, STRETCH, button, gap=14, margins=(24, 22, 24, 22))
        frame.setFixedWidth(_CARD)
        return frame

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter in the last field join: who typed an address does not want to practise."""
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enters and (self.code.hasFocus() or self.url.hasFocus() or self.join.hasFocus()):
            if not event.isAutoRepeat():
                self.join.click()
            return
        super().keyPressEvent(event)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and bool(parts.hostname)
