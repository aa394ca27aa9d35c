"""Saving a paper or the register as a file: who signs for it, why again, and into which folder."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from kiosk.domain.words import Words
from kiosk.ui.kit.fields import FormField
from kiosk.ui.kit.layout import column
from kiosk.ui.kit.texts import Text
from kiosk.ui.pages.folder_panel import FolderPanel
from kiosk.ui.visit.pin_box import PinBox
from kiosk.ui.visit.reason_line import ReasonLine


class SignedSavePanel(FolderPanel):
    """`answered` carries folder, PIN and a reason, which is empty unless a panel asks for one.

    told: what to know of the file.  above: what is asked between PIN and folder.
    """

    answered = Signal(str, str, str)

    def __init__(
        self, words: Words, width: int, head: str, told: str, *above: QWidget, parent: QWidget | None = None
    ) -> None:
        self.pin = PinBox(words, words.say("PIN of the supervisor"))
        self._told = Text(told, "small", wrap=True)
        super().__init__(words, width, head, self.pin, *above, self._told, parent=parent)
        self.pin.changed.connect(self.show_ready)
        self.pin.entered.connect(lambda _: self._answer())
        self.folder_given.connect(self.give)

    @property
    def is_complete(self) -> bool:
        """Whether the PIN was typed."""
        return self.pin.is_complete

    def ask(self) -> None:
        """Ask anew."""
        self.pin.clear()
        self.open_panel()

    def give(self, folder: str) -> None:
        """Tell what was answered."""
        self.answered.emit(folder, self.pin.pin, "")

    def show_asked(self) -> None:
        """Leave the explanation away where a folder is typed: a low screen has no room for both."""
        super().show_asked()
        if self._own_field.isVisibleTo(self):
            self._told.hide()

    def show_wrong_pin(self, told: str) -> None:
        """Say that the PIN was wrong."""
        self.pin.show_wrong(told)

    def focus_asked(self) -> None:
        """Begin with the PIN."""
        self.pin.line.setFocus(Qt.FocusReason.OtherFocusReason)


class PaperSavePanel(SignedSavePanel):
    """Asks for a reason too, where a sheet was printed before."""

    def __init__(self, words: Words, width: int, head: str, told: str, parent: QWidget | None = None) -> None:
        self.reason = ReasonLine(words, words.say("Reason"))
        self._asks_reason = False
        field = FormField(words.say("Why it is printed again"), self.reason, hint=False)
        self._reason = column(field, self.reason.told, gap=2)
        super().__init__(words, width, head, told, self._reason, parent=parent)
        self.reason.textChanged.connect(self.show_ready)

    @property
    def is_complete(self) -> bool:
        """Whether the PIN, and where it is asked for the reason, were typed."""
        return super().is_complete and (not self._asks_reason or bool(self.reason.text().strip()))

    def ask_again(self, *, reason: bool) -> None:
        """Ask anew; reason: a sheet was printed before."""
        self._asks_reason = reason
        self.reason.clear()
        self.ask()

    def give(self, folder: str) -> None:
        """Tell what was answered, unless the reason cannot stand."""
        reason = self.reason.read() if self._asks_reason else ""
        if reason is not None:
            self.answered.emit(folder, self.pin.pin, reason)

    def show_asked(self) -> None:
        """Show the reason only where it is asked for."""
        super().show_asked()
        self._reason.setVisible(self._asks_reason and self.pin.isVisibleTo(self))
