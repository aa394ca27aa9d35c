"""What every page is: it renders a state, says what the person wants, and gives Enter to its primary button."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kiosk.domain.words import Words
from kiosk.ui.kit.buttons import Button


@dataclass(frozen=True, slots=True)
class KeyHelp:
    """One key of a page and what it does, for the page of help."""

    key: str
    told: str


class Page(QWidget):
    """One page of the window.

    A page has a `show_state(state)` of its own and signals that mean something; it decides nothing, calls no service.
    """

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.primary: Button | None = None
        self.setProperty("ring", "none")  # it has the keyboard only until its first state is there
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return the keys of this page: those on its buttons, in order; pages add their own."""
        shown = [
            button for button in self.findChildren(Button) if button.shown_key and button.isVisibleTo(self)
        ]
        return tuple(KeyHelp(button.shown_key, button.shown_text) for button in shown)

    def focus_first(self) -> None:
        """Put the keyboard where the person goes on; pages choose."""
        if self.primary is not None and self.primary.isEnabled():
            self.primary.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focusNextChild()

    def close_page(self) -> None:
        """Let go of what the page holds beyond its widgets; pages with timers override it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the primary button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            if self.primary is not None and self.primary.isEnabled() and self.primary.isVisibleTo(self):
                self.primary.click()
            return
        super().keyPressEvent(event)
