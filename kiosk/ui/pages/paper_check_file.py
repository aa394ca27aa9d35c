"""Choosing the file that holds a paper: the newest on sticks and in a person's folders, or any other by its place."""

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
from kiosk.ui.outside_papers import OutsidePaper
from kiosk.ui.pages.choice_rows import ChoiceRows
from kiosk.ui.pages.paper_check_state import Told

_ELSEWHERE = "elsewhere"
_LONGEST = 1024
_SIDES = 18


class PaperFilePanel(Box):
    """Hidden until it asks; `file_given` carries the file's place, `left` tells that the panel is gone."""

    file_given = Signal(str)
    left = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self.words = words
        self._is_checking = False
        self._looking = Text(words.say("Looking for files ..."), "small")
        self._rows = QVBoxLayout()
        self.files = ChoiceRows([])
        self.own = LineField(longest=_LONGEST)
        self._own_field = FormField(words.say("Place of the file"), self.own, hint=False)
        self.message = MessageBox("danger")
        self.close_button = Button(words.say("Close"), key="Esc")
        self.check = Button(words.say("Check"), "primary", key=ENTER, icon="seal-check")
        self._arrange()
        self.own.textChanged.connect(self._type)
        self.close_button.clicked.connect(self.close_panel)
        self.check.clicked.connect(self._answer)
        self.hide()

    @property
    def file(self) -> str:
        """The file that is chosen; empty where none is."""
        key = self.files.key
        return self.own.text().strip() if key == _ELSEWHERE else key

    def open_panel(self) -> None:
        """Ask anew."""
        self.clear()
        self._looking.show()
        self.show()
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_files(self, files: tuple[OutsidePaper, ...]) -> None:
        """Offer these, the first of them chosen."""
        self._looking.hide()
        options = [
            (file.path, f"{file.name}, {file.place}", "usb" if file.is_stick else "files") for file in files
        ]
        options.append((_ELSEWHERE, self.words.say("Another file"), "pencil-simple"))
        self._offer(options)
        self.focus_asked()

    def show_working(self, *, is_checking: bool) -> None:
        """Let nobody choose while a file is looked at."""
        self._is_checking = is_checking
        self._weigh()

    def show_trouble(self, told: Told) -> None:
        """Say what is wrong with the file; an empty head takes it away."""
        self.message.show_message(*told, "danger")

    def focus_asked(self) -> None:
        """Put the keyboard on the file that is chosen, or where one is typed."""
        if self.files.key == _ELSEWHERE:
            self.own.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.files.rows:
            self.files.focus_chosen()
        else:
            self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Forget files and what was typed: their names may be people's."""
        self.own.setText("")  # unlike `clear`, nothing of it comes back by undoing
        self._offer([])
        self.show_trouble(("", ""))

    def close_panel(self) -> None:
        """Take the panel away."""
        if not self.isHidden():
            self.hide()
            self.clear()
            self.left.emit()

    def _offer(self, options: list[tuple[str, str, str]]) -> None:
        self._rows.removeWidget(self.files)
        self.files.hide()
        self.files.deleteLater()
        self.files = ChoiceRows(options, height=tokens.CONTROL)
        self.files.show_key(options[0][0] if options else "")
        self.files.chosen.connect(self._choose)
        self._rows.addWidget(self.files)
        for first, second in pairwise((*self.files.rows, self.own)):
            self.setTabOrder(first, second)  # they were made last, and stand in the middle
        self.files.show()
        self._weigh()

    def _choose(self, key: str) -> None:
        self.show_trouble(("", ""))
        self._weigh()
        if key == _ELSEWHERE:
            self.own.setFocus(Qt.FocusReason.OtherFocusReason)

    def _type(self) -> None:
        self.show_trouble(("", ""))
        self._weigh()

    def _weigh(self) -> None:
        self._own_field.setVisible(self.files.key == _ELSEWHERE)
        say = self.words.say
        self.check.show_text(say("Looking ...") if self._is_checking else say("Check"))
        self.check.setEnabled(bool(self.file) and not self._is_checking)
        self.files.setEnabled(not self._is_checking)

    def _answer(self) -> None:
        if self.check.isEnabled() and self.file:
            self.file_given.emit(self.file)
        elif self.files.key == _ELSEWHERE:
            self.own.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        say = self.words.say
        told = Text(say("A PDF, or a photo or scan with the whole code in it."), "small", wrap=True)
        head = column(
            Text(say("From a file"), "h2"), told, self._looking, gap=6, margins=(_SIDES, 16, _SIDES, 12)
        )
        below = column(self._own_field, self.message, gap=12, margins=(_SIDES, 12, _SIDES, 12))
        foot = column(row((self.close_button, 1), (self.check, 1), gap=8), margins=(_SIDES, 0, _SIDES, 16))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        put(layout, head, rule())
        layout.addLayout(self._rows)
        self._rows.addWidget(self.files)
        put(layout, below, STRETCH, foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Check on Enter, but on Close close."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.isAutoRepeat():
            super().keyPressEvent(event)
        elif self.close_button.hasFocus():
            self.close_panel()
        else:
            self._answer()
