"""The page of help: the keys of the page one came from, the keys everywhere, what is safe, whom to call."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from kiosk.domain.words import Words
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.badges import STATE_ICONS, State, state_colour
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.layout import STRETCH, card, column, row, scrolled
from kiosk.ui.kit.texts import Keycap, Text
from kiosk.ui.page import KeyHelp, Page
from kiosk.ui.pages.page_head import fill_page, page_head

_LINE = 30


@dataclass(frozen=True, slots=True)
class HelpState:
    """Which page one came from, its keys, the keys that work everywhere, and whom to call.

    contacts: who and how, such as `Technician` and a telephone number; empty where none is known.
    kiosk_id: the name of this kiosk, which whoever is called asks for.
    """

    page_title: str
    keys: tuple[KeyHelp, ...]
    everywhere: tuple[KeyHelp, ...]
    contacts: tuple[tuple[str, str], ...] = ()
    kiosk_id: str = ""


class HelpPage(Page):
    """Help; `back_wanted` goes to the page one came from."""

    back_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.back = Button(words.say("Back"), key="Esc", icon="arrow-left")
        self.back.clicked.connect(self.back_wanted)
        self._title = Text("", "h2")
        self._keys = _KeyTable()
        self._everywhere = _KeyTable()
        self._none = Text(words.say("This page has no keys of its own."), "small", wrap=True)
        self._contacts = Text("", "body", wrap=True)
        self._kiosk = Text("", "strong", wrap=True)
        self._arrange()

    @property
    def told(self) -> tuple[KeyHelp, ...]:
        """The keys that are shown: those of the page first."""
        return (*self._keys.keys_told, *self._everywhere.keys_told)

    def show_state(self, state: HelpState) -> None:
        """Show the keys."""
        self._title.setText(self.words.say("Keys of the page {page}", page=state.page_title))
        self._keys.show_keys(state.keys)
        self._keys.setVisible(bool(state.keys))
        self._none.setVisible(not state.keys)
        self._everywhere.show_keys(state.everywhere)
        told = "\n".join(f"{who}: {how}" for who, how in state.contacts)
        self._contacts.setText(told or self.words.say("Call the technician of your Dinas."))
        self._kiosk.setText(self.words.say("This kiosk: {kiosk}", kiosk=state.kiosk_id))
        self._kiosk.setVisible(bool(state.kiosk_id))

    def focus_first(self) -> None:
        """Go to the way back."""
        self.back.setFocus()

    def _arrange(self) -> None:
        say = self.words.say
        here = card(self._title, self._none, self._keys, STRETCH, gap=8)
        everywhere = card(Text(say("Keys everywhere"), "h2"), self._everywhere, STRETCH, gap=8)
        across = row(
            (here, 1), (everywhere, 1), (column(self._safe(), self._call(), STRETCH, gap=12), 1), gap=16
        )
        fill_page(self, page_head(say("Help"), self.back), (scrolled(column(across, STRETCH)), 1))

    def _safe(self) -> QFrame:
        sentences = (
            self.words.say("What you type is kept at once. A power cut loses nothing."),
            self.words.say("What is saved is safe on this machine, also without the centre."),
            self.words.say("Only what the centre has signed for counts as delivered."),
        )
        lines = [
            row(
                column(1, IconLabel(STATE_ICONS[State.GOOD], state_colour(State.GOOD), 18), STRETCH),
                (Text(sentence, "body", wrap=True), 1),
                gap=10,
            )
            for sentence in sentences
        ]
        return card(Text(self.words.say("What is safe"), "h2"), *lines, gap=10)

    def _call(self) -> QFrame:
        told = Text(self.words.say("Say what the screen says, word by word."), "small", wrap=True)
        return card(Text(self.words.say("Whom to call"), "h2"), self._contacts, self._kiosk, told, gap=8)


class _KeyTable(QFrame):
    """Keys at the left, what they do at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys_told: tuple[KeyHelp, ...] = ()
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(12)
        self._layout.setVerticalSpacing(6)
        self._layout.setColumnStretch(1, 1)

    def show_keys(self, keys: Sequence[KeyHelp]) -> None:
        """Show the keys in their order."""
        if tuple(keys) == self.keys_told:
            return
        while (item := self._layout.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.keys_told = tuple(keys)
        for number, key in enumerate(keys):
            cap = row(Keycap(key.key), STRETCH)
            cap.setMinimumHeight(_LINE)
            cap.setAccessibleName(f"{key.key}: {key.told}")
            self._layout.addWidget(cap, number, 0)
            self._layout.addWidget(Text(key.told, "body", wrap=True), number, 1)
