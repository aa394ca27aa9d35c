"""What every page of a visit is: its stage, its bar, and the visit it shows."""

from abc import abstractmethod
from collections.abc import Generator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.services.stages import Stage
from kiosk.ui.frame.action_bar import ActionBar
from kiosk.ui.kit.buttons import Button
from kiosk.ui.page import KeyHelp, Page
from kiosk.ui.visit.resident_card import Check


class StepPage(Page):
    """One stage of a visit.

    `show_visit` draws the whole page from the view and may be called at any time; what is being typed stays.
    `onward` asks for the next page.  `show_trouble` says in the page what went wrong; empty takes it away.
    """

    onward = Signal()

    def __init__(
        self, words: Words, stage: Stage, primary: Button, *others: Button, parent: QWidget | None = None
    ) -> None:
        super().__init__(words, parent)
        self.stage = stage
        self.primary = primary
        self.bar = ActionBar(words, primary, *others)

    def furnish(self) -> Generator[None, None, None]:
        """Make, piece by piece, what was left for later; the page is whole when it ends."""
        yield from ()

    @abstractmethod
    def show_visit(self, view: VisitView) -> None:
        """Show the visit as it is kept now."""

    @abstractmethod
    def show_trouble(self, head: str, rest: str = "") -> None:
        """Say what happened, and what is safe and to be done; an empty `head` takes it away."""

    def enter(self) -> None:
        """Begin what runs while the page is seen, such as a live picture."""

    def leave(self) -> None:
        """End what `enter` began: the page is about to be hidden."""

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return the keys of the page and of its bar, which is shown elsewhere."""
        buttons = [button for button in self.bar.findChildren(Button) if not button.isHidden()]
        bar = (KeyHelp(button.shown_key, button.shown_text) for button in buttons if button.shown_key)
        return (*super().keys(), *bar)

    def back_within(self) -> bool:
        """Go back within the page where it has pages of its own; False where Back leaves the stage."""
        return False

    def checks(self, view: VisitView) -> tuple[str, tuple[Check, ...], str]:
        """Return heading, lines and advice for the resident's card; pages override what differs."""
        return "", (), ""
