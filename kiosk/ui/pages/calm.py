"""The calm page: after a crash, or where the counter cannot be opened; what happened, what is safe, what to do."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kiosk.domain.words import Words
from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.layout import STRETCH, card, column, put, row, scrolled
from kiosk.ui.kit.mark import Mark
from kiosk.ui.kit.texts import Text
from kiosk.ui.page import Page
from kiosk.ui.tokens import SUCCESS

_WIDTH = 620


@dataclass(frozen=True, slots=True)
class CalmState:
    """What is said, in words already.

    head: what happened.  safe: what is safe.  todo: what to do.  reference: what a technician asks for, may be empty.
    can_go_on: the button Continue leads somewhere.
    """

    head: str
    safe: str
    todo: str
    reference: str
    can_go_on: bool


class CalmPage(Page):
    """Says it in three sentences; the technician's note is opened by its button."""

    go_on_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._head = Text("", "title", wrap=True)
        self._safe, self._todo = Text("", "body", wrap=True), Text("", "body", wrap=True)
        self._note = Text("", "note", wrap=True)
        self._note.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.note_box = column(
            Text(words.say("Tell the technician this"), "section"),
            self._note,
            gap=4,
            margins=(14, 10, 14, 10),
            box="sunken",
        )
        self.note = Button(words.say("Note for the technician"), "quiet", icon="file-text")
        self.go_on = Button(words.say("Continue"), "primary", key=ENTER, icon="arrow-right")
        self.primary = self.go_on
        self.note.clicked.connect(self._turn_note)
        self.go_on.clicked.connect(self.go_on_wanted)
        self._arrange()

    def show_state(self, state: CalmState) -> None:
        """Show what happened; the note is closed again."""
        for text, shown in (
            (self._head, state.head),
            (self._safe, state.safe),
            (self._todo, state.todo),
            (self._note, state.reference),
        ):
            text.setText(shown)
        self.note.setVisible(bool(state.reference))
        self.note_box.hide()
        self.go_on.setVisible(state.can_go_on)
        self.setAccessibleName(f"{state.head}. {state.safe} {state.todo}")

    @property
    def told(self) -> str:
        """All the page says, without the note."""
        return " ".join(text.text() for text in (self._head, self._safe, self._todo))

    def _turn_note(self) -> None:
        self.note_box.setVisible(self.note_box.isHidden())

    def _arrange(self) -> None:
        safe = self._line("shield-check", SUCCESS.colour, self.words.say("What is safe"), self._safe)
        todo = self._line("hand", tokens.PRIMARY, self.words.say("What to do"), self._todo)
        head = row(Mark(48), (self._head, 1), gap=16)
        buttons = row(self.note, STRETCH, self.go_on)
        sheet = card(head, safe, todo, self.note_box, buttons, gap=20, margins=(28, 28, 28, 24))
        sheet.setFixedWidth(_WIDTH)
        middle = column(STRETCH, sheet, STRETCH, margins=(0, tokens.PAGE_MARGIN, 0, tokens.PAGE_MARGIN))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        put(layout, (scrolled(row(STRETCH, middle, STRETCH)), 1))

    def _line(self, icon: str, colour: str, label: str, text: Text) -> QFrame:
        sign = column(IconLabel(icon, colour, 24), STRETCH)
        return row(sign, (column(Text(label, "section"), text, gap=2), 1), gap=14)
