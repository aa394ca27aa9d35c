"""Taking the report along: the report alone or everything, where to, and where it lies then."""

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.domain.words import Words, msg
from kiosk.services.taking_along import Taken
from kiosk.ui import tokens
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.choice import Segments
from kiosk.ui.kit.fields import FormField, LineField
from kiosk.ui.kit.layout import STRETCH, column, put, row, rule
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.kit.texts import Text
from kiosk.ui.outside_folders import OutsideFolder
from kiosk.ui.pages.choice_rows import ChoiceRows

_ELSEWHERE = "elsewhere"
_SIDES = 18
_TOLD = {
    Taken.REPORT: msg("A PDF: how every part stands, its last test, and the first day beside it."),
    Taken.BUNDLE: msg(
        "A ZIP file: the report, all tests, logs, settings without secrets, facts of this machine."
    ),
}


@dataclass(frozen=True, slots=True)
class ReportState:
    """What the panel shows.

    folders: None while they are looked for.  written: where the file lies.  trouble: why it does not, and what to do.
    """

    folders: tuple[OutsideFolder, ...] | None = None
    is_writing: bool = False
    written: str = ""
    trouble: tuple[str, str] = ("", "")


class ReportPanel(Box):
    """Asks what and where to; `answered` carries both, `left` tells that the panel is gone."""

    answered = Signal(object, str)
    left = Signal()

    def __init__(self, words: Words, width: int, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self.setFixedWidth(width)
        self._words = words
        self._state = ReportState()
        self._folders: tuple[OutsideFolder, ...] | None = None
        self.what = Segments(
            [(Taken.REPORT, words.say("Report")), (Taken.BUNDLE, words.say("Report and logs"))]
        )
        self.what.setAccessibleName(words.say("What to take along"))
        self._told, self._looking = (
            Text("", "small", wrap=True),
            Text(words.say("Looking for sticks ..."), "small"),
        )
        where = Text(words.say("Where to"), "h3")
        self._where = column(where, self._looking, gap=4, margins=(_SIDES, 12, _SIDES, 4))
        self._rows = QVBoxLayout()
        self.places = ChoiceRows([])
        self.own = LineField()
        self._own_field = FormField(words.say("Folder"), self.own, hint=False)
        self.message = MessageBox("success")
        self.close_button = Button(words.say("Close"), key="Esc")
        self.save = Button(words.say("Save"), "primary", key=ENTER, icon="download-simple")
        self._arrange()
        self.what.chosen.connect(self._show)
        self.own.textChanged.connect(self._show_ready)
        self.close_button.clicked.connect(self.close_panel)
        self.save.clicked.connect(self._answer)
        self.hide()

    @property
    def folder(self) -> str:
        """The folder that is chosen; empty where none is."""
        key = self.places.key
        return self.own.text().strip() if key == _ELSEWHERE else key

    def open_panel(self) -> None:
        """Ask, beginning with the report alone."""
        self.what.show_key(Taken.REPORT)
        self._folders = None
        self.show()
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_state(self, state: ReportState) -> None:
        """Show the folders there are, that it is being written, where it lies, or why it does not."""
        self._state = state
        if state.folders is not None and state.folders != self._folders:
            self._offer(state.folders)
        self._folders = state.folders
        self._show()
        if state.written:
            self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_panel(self) -> None:
        """Take the panel away; a file that is being written is written to its end."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def _offer(self, folders: tuple[OutsideFolder, ...]) -> None:
        """Make the rows anew, the first of them chosen."""
        options = [(one.path, one.name, "usb" if one.is_stick else "files") for one in folders]
        options.append((_ELSEWHERE, self._words.say("Another folder"), "pencil-simple"))
        self._rows.removeWidget(self.places)
        self.places.hide()
        self.places.deleteLater()
        self.places = ChoiceRows(options, height=tokens.CONTROL)
        self.places.show_key(options[0][0])
        self.places.chosen.connect(self._choose)
        self._rows.addWidget(self.places)
        for before, after in pairwise((self.what, *self.places.rows, self.own)):
            self.setTabOrder(before, after)  # they were made last, and stand in the middle
        self.places.show()

    def _choose(self, key: str) -> None:
        self._show()
        if key == _ELSEWHERE:
            self.own.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        state, say = self._state, self._words.say
        self._told.setText(say(_TOLD[Taken(self.what.key or Taken.REPORT)]))
        self._looking.setVisible(state.folders is None)
        asks, is_free = not state.written, not state.is_writing
        asked: tuple[QWidget, ...] = (self._told, self.save, self.what, self.places, self._where)
        for shown in asked:
            shown.setVisible(asks)
        self._own_field.setVisible(asks and self.places.key == _ELSEWHERE)
        choosing: tuple[QWidget, ...] = (self.what, self.places, self._own_field)
        for control in choosing:
            control.setEnabled(is_free)
        head, rest = (say("Saved."), state.written) if state.written else state.trouble
        self.message.show_message(head, rest, "success" if state.written else "danger")
        self.message.setVisible(bool(head))
        self._show_ready()

    def _show_ready(self) -> None:
        self.save.show_text(
            self._words.say("Saving ...") if self._state.is_writing else self._words.say("Save")
        )
        self.save.setEnabled(bool(self.folder) and not self._state.is_writing)
        self.close_button.setEnabled(not self._state.is_writing)

    def _answer(self) -> None:
        if self.save.isEnabled() and self.folder:
            self.answered.emit(Taken(self.what.key), self.folder)
        elif self.places.key == _ELSEWHERE:
            self.own.setFocus(Qt.FocusReason.TabFocusReason)

    def _arrange(self) -> None:
        say = self._words.say
        calm = Text(say("Nothing of a resident is in it."), "small", wrap=True)
        head = column(
            Text(say("Take the report along"), "h2"), self.what, self._told, calm, gap=10,
            margins=(_SIDES, 16, _SIDES, 12),
        )  # fmt: skip
        buttons = row((self.close_button, 1), (self.save, 1), gap=8)
        told = column(self._own_field, self.message, gap=12, margins=(_SIDES, 12, _SIDES, 12))
        foot = column(buttons, margins=(_SIDES, 0, _SIDES, 16))
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
