"""The line over a capture that says what to tell the resident, or asks why a warning is passed."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from kiosk.domain.words import Words, msg
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.kit.texts import typeface

REASONS = (
    msg("The resident cannot do otherwise"),
    msg("Tried several times, no better"),
    msg("Room or light allow no better"),
    msg("Compared by eye: it is right"),
)
_SIDES = 80  # icon, bar and margins of the box


class TellBox(QWidget):
    """One line where the words fit, two where they do not; `reason_given` carries a finding's code and the reason."""

    reason_given = Signal(str, str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = ("", "", "")
        self._asked = ""
        self._line = MessageBox(one_line=True)
        self._block = MessageBox()
        self.reason = Button(words.say("Give the reason"), key="Ctrl+R", icon="pencil-simple")
        self.menu = QMenu(self)
        for reason in REASONS:
            self.menu.addAction(words.say(reason))
        self._block.beside.addWidget(self.reason)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._line)
        layout.addWidget(self._block)
        self.reason.clicked.connect(self._open)
        self.menu.triggered.connect(lambda action: self.reason_given.emit(self._asked, action.text()))
        self._show(("", "", "warning"), asked="")

    @property
    def text(self) -> str:
        """All the box says."""
        return f"{self._told[0]} {self._told[1]}".strip()

    def tell(self, head: str, rest: str = "", mood: str = "warning") -> None:
        """Say something; an empty `head` hides the box."""
        self._show((head, rest, mood), asked="")

    def ask(self, code: str, head: str, rest: str = "") -> None:
        """Say a warning and ask for the reason to go on in spite of it."""
        self._show((head, rest, "warning"), asked=code)

    def _show(self, told: tuple[str, str, str], *, asked: str) -> None:
        if (told, asked) == (self._told, self._asked):
            return
        self._told, self._asked = told, asked
        self.setVisible(bool(told[0]))
        self.reason.setVisible(bool(asked))
        self.setAccessibleName(self.text)
        self._choose()

    def _choose(self) -> None:
        """Say it in one of the two boxes."""
        head, rest, _ = self._told
        needed = QFontMetrics(typeface("strong")).horizontalAdvance(head)
        needed += QFontMetrics(typeface("body")).horizontalAdvance(rest) + _SIDES
        on_one_line = not self._asked and needed <= self.width()
        shown, hidden = (self._line, self._block) if on_one_line else (self._block, self._line)
        hidden.hide()
        shown.show_message(*self._told)

    def _open(self) -> None:
        self.menu.setMinimumWidth(self.reason.width())
        self.menu.setActiveAction(self.menu.actions()[0])
        self.menu.popup(self.reason.mapToGlobal(QPoint(0, self.reason.height() + 6)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose again: there may be more room now."""
        super().resizeEvent(event)
        self._choose()
