"""The buttons under a capture: take, take again, on to the next; one of them is the primary at a time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.services.stages import Stage
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.page import Page
from kiosk.ui.visit.shell import STAGE_WORDS


class Going(Enum):
    """What comes next at a device."""

    TAKE = auto()  # nothing was taken yet, or the live picture is shown
    AGAIN = auto()  # what was taken will not do
    WAITING = auto()  # it will do, and somebody still has to decide
    ONWARD = auto()


class CaptureButtons:
    """Four buttons of which two are seen at most."""

    def __init__(self, words: Words, again: str, *, take_icon: str) -> None:
        self.words = words
        icon = "arrow-counter-clockwise"
        self.again = Button(again, key="F5", icon=icon)
        self.onward = Button(words.say("Onward"), "primary", key=ENTER, icon="arrow-right")
        self.take = Button(words.say("Take"), "primary", key=ENTER, icon=take_icon)
        self.retake = Button(again, "primary", key="F5", icon=icon)
        self.all = (self.again, self.onward, self.take, self.retake)

    def show_going(self, going: Going, *, take: str, onward: str) -> Button:
        """Show the buttons of that moment; returns the one that Enter presses."""
        self.take.show_text(take)
        self.onward.show_text(onward)
        self.onward.show_kind("secondary" if going is Going.AGAIN else "primary")
        self.onward.setEnabled(going is Going.ONWARD)
        shown = {
            self.again: going in (Going.WAITING, Going.ONWARD),
            self.onward: going is not Going.TAKE,
            self.take: going is Going.TAKE,
            self.retake: going is Going.AGAIN,
        }
        for button, is_shown in shown.items():
            button.setVisible(is_shown)
        return self.take if going is Going.TAKE else self.onward

    def show_working(self, *, working: bool) -> None:
        """Hold the buttons while the device works."""
        for button in (self.again, self.take, self.retake):
            button.setEnabled(not working)


@contextmanager
def keyboard_kept(page: Page, buttons: Sequence[QWidget]) -> Iterator[None]:
    """Leave the keyboard where it was; where its button went away, bring it to where the page goes on.

    Qt would hand it to whatever comes next, which may be the rail.
    """
    before = QApplication.focusWidget()
    held = before is page or before in buttons
    if held:
        page.setFocus(Qt.FocusReason.OtherFocusReason)
    yield
    if not held or before is None:
        return
    if before is not page and before.isEnabled() and before.isVisible():
        before.setFocus(Qt.FocusReason.OtherFocusReason)
    else:
        page.focus_first()


def small(text: str) -> str:
    """Return a label as it stands inside a sentence."""
    return text[:1].lower() + text[1:]


def onward_text(words: Words, view: VisitView, stage: Stage) -> str:
    """Return what the button to the next stage says: `Lanjut: tanda tangan`."""
    stages = [state.stage for state in view.stages]
    place = stages.index(stage) + 1 if stage in stages else len(stages)
    if place >= len(stages):
        return words.say("Onward")
    return words.say("Onward: {stage}", stage=small(words.say(STAGE_WORDS[stages[place]])))
