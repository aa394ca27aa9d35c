"""Writing a file outside the program: into which folder, that it is being written, and where it lies then."""

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.domain.words import Words
from kiosk.ui import tokens
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.fields import FormField, LineField
from kiosk.ui.kit.layout import STRETCH, column, put, row, rule
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.kit.texts import Text
from kiosk.ui.outside_folders import OutsideFolder
from kiosk.ui.pages.choice_rows import ChoiceRows

_ELSEWHERE = "elsewhere"
SIDES = 18


@dataclass(frozen=True, slots=True)
class FolderState:
    """What the panel shows.

    folders: None while they are looked for.  written: where the file lies.  trouble: why it does not, and what to do.
    """

    folders: tuple[OutsideFolder, ...] | None = None
    is_writing: bool = False
    written: str = ""
    trouble: tuple[str, str] = ("", "")


class FolderPanel(Box):
    """Asks where to; `folder_given` carries the folder, `left` tells that the panel is gone.

    above: what is asked beside the folder, from the top down; it stands until the file is written.
    """

    folder_given = Signal(str)
    left = Signal()

    def __init__(
        self, words: Words, width: int, head: str, *above: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__("card", parent)
        self.setFixedWidth(width)
        self.words = words
        self._state = FolderState()
        self._folders: tuple[OutsideFolder, ...] | None = None
        self._above = above
        self._head = Text(head, "h2", wrap=True)
        self._looking = Text(words.say("Looking for sticks ..."), "small")
        where = Text(words.say("Where to"), "h3")
        self._where = column(where, self._looking, gap=4, margins=(SIDES, 12, SIDES, 4))
        self._rows = QVBoxLayout()
        self.places = ChoiceRows([])
        self.own = LineField()
        self._own_field = FormField(words.say("Folder"), self.own, hint=False)
        self.message = MessageBox("success")
        self.close_button = Button(words.say("Close"), key="Esc")
        self.save = Button(words.say("Save"), "primary", key=ENTER, icon="download-simple")
        self._arrange()
        self.own.textChanged.connect(self.show_ready)
        self.close_button.clicked.connect(self.close_panel)
        self.save.clicked.connect(self._answer)
        self.hide()

    @property
    def folder(self) -> str:
        """The folder that is chosen; empty where none is."""
        key = self.places.key
        return self.own.text().strip() if key == _ELSEWHERE else key

    @property
    def is_complete(self) -> bool:
        """Whether everything beside the folder was given; panels that ask for more override it."""
        return True

    def open_panel(self) -> None:
        """Ask anew."""
        self._folders = None
        self.show_state(FolderState())
        self.show()
        self.focus_asked()

    def focus_asked(self) -> None:
        """Put the keyboard where the answer begins."""
        (self._above[0] if self._above else self.close_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_state(self, state: FolderState) -> None:
        """Show the folders there are, that it is being written, where it lies, or why it does not."""
        self._state = state
        if state.folders is not None and state.folders != self._folders:
            self._offer(state.folders)
        self._folders = state.folders
        self.show_asked()
        if state.written:
            self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_panel(self) -> None:
        """Take the panel away; a file that is being written is written to its end."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def show_asked(self) -> None:
        """Show what is asked now, and what came of it."""
        state = self._state
        self._looking.setVisible(state.folders is None)
        asks = not state.written
        asked: tuple[QWidget, ...] = (*self._above, self.save, self.places, self._where)
        for shown in asked:
            shown.setVisible(asks)
        self._own_field.setVisible(asks and self.places.key == _ELSEWHERE)
        for control in (*self._above, self.places, self._own_field):
            control.setEnabled(not state.is_writing)
        head, rest = (self.words.say("Saved."), state.written) if state.written else state.trouble
        self.message.show_message(head, rest, "success" if state.written else "danger")
        self.message.setVisible(bool(head))
        self.show_ready()

    def show_ready(self) -> None:
        """Let the file be written once everything was given."""
        writing = self._state.is_writing
        self.save.show_text(self.words.say("Saving ...") if writing else self.words.say("Save"))
        self.save.setEnabled(bool(self.folder) and self.is_complete and not writing)
        self.close_button.setEnabled(not writing)

    def _offer(self, folders: tuple[OutsideFolder, ...]) -> None:
        """Make the rows anew, the first of them chosen."""
        options = [(one.path, one.name, "usb" if one.is_stick else "files") for one in folders]
        options.append((_ELSEWHERE, self.words.say("Another folder"), "pencil-simple"))
        self._rows.removeWidget(self.places)
        self.places.hide()
        self.places.deleteLater()
        self.places = ChoiceRows(options, height=tokens.CONTROL)
        self.places.show_key(options[0][0])
        self.places.chosen.connect(self._choose)
        self._rows.addWidget(self.places)
        before = (*self._above[:1], *self.places.rows, self.own)
        for first, second in pairwise(before):
            self.setTabOrder(first, second)  # they were made last, and stand in the middle
        self.places.show()

    def _choose(self, key: str) -> None:
        self.show_asked()
        if key == _ELSEWHERE:
            self.own.setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer(self) -> None:
        if self.save.isEnabled() and self.folder:
            self.folder_given.emit(self.folder)
        elif self.places.key == _ELSEWHERE:
            self.own.setFocus(Qt.FocusReason.TabFocusReason)

    def _arrange(self) -> None:
        head = column(self._head, *self._above, gap=10, margins=(SIDES, 16, SIDES, 12))
        buttons = row((self.close_button, 1), (self.save, 1), gap=8)
        told = column(self._own_field, self.message, gap=10, margins=(SIDES, 10, SIDES, 10))
        foot = column(buttons, margins=(SIDES, 0, SIDES, 16))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        put(layout, head, rule(), self._where)
        layout.addLayout(self._rows)
        self._rows.addWidget(self.places)
        put(layout, told, STRETCH, foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save on Enter, but on Close close, and on another folder go to its field first."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.isAutoRepeat():
            super().keyPressEvent(event)
        elif self.close_button.hasFocus():
            self.close_panel()
        else:
            self._answer()
