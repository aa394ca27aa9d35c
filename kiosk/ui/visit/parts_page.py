"""What the pages of fingers and irises share: taking, telling, the attempts, and exceptions for single parts."""

from abc import abstractmethod
from collections.abc import Generator
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from kiosk.domain.captures import CaptureKind
from kiosk.domain.exceptions import ExceptionReason
from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.services.stages import Stage
from kiosk.ui.kit.badges import State
from kiosk.ui.page import KeyHelp
from kiosk.ui.visit.attempts import AttemptMemory, AttemptRow
from kiosk.ui.visit.capture_bar import CaptureButtons, Going, keyboard_kept, small
from kiosk.ui.visit.capture_state import CaptureState, state_of
from kiosk.ui.visit.device_trouble import DeviceSign
from kiosk.ui.visit.exception_list import ExceptionList
from kiosk.ui.visit.exception_menu import ExceptionButton
from kiosk.ui.visit.part_mark import marks_of, worst_of
from kiosk.ui.visit.part_words import NAME, SHORT
from kiosk.ui.visit.recordings import recordings
from kiosk.ui.visit.resident_card import Check
from kiosk.ui.visit.step_page import StepPage
from kiosk.ui.visit.tell_box import TellBox

_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class PartsTexts:
    """What a page says of its capture.

    wanted: what the resident does now, and what the officer does then.  again: the capture will not do.  done: it does.
    """

    wanted: tuple[str, str]
    again: str
    done: str
    take: str
    onward: str


class PartsPage(StepPage):
    """A capture of several parts.

    `exception_claimed` carries parts, reason and what was added to it, `exceptions_dropped` the parts to be taken after
    all, `reason_given` a warning's code and why it is passed, `left_open` leaves the step for later.
    """

    exception_claimed = Signal(object, object, str)
    exceptions_dropped = Signal(object)
    reason_given = Signal(str, str)
    left_open = Signal()

    def __init__(
        self, words: Words, stage: Stage, picture: QWidget, icon: str, parent: QWidget | None = None
    ) -> None:
        self.buttons = CaptureButtons(words, words.say("Repeat"), take_icon=icon)
        shown = (self.buttons.again, self.buttons.onward, self.buttons.take)
        super().__init__(words, stage, self.buttons.retake, *shown, parent=parent)
        self._picture = picture
        self._memory = AttemptMemory(words)
        self._view: VisitView | None = None
        self._picked = ""
        self._is_working = False
        self._trouble = ("", "")
        self.setProperty("ring", "none")  # it has the keyboard only while the device works

    def furnish(self) -> Generator[None, None, None]:
        """Make the parts all such pages have; each page goes on with its own."""
        words = self.words
        self.device = DeviceSign(words, self._picture)
        self.told = TellBox(words)
        yield
        self.attempts = AttemptRow(words, _ATTEMPTS)
        yield
        self.exception = ExceptionButton(words)
        self.exceptions = ExceptionList(words)
        yield
        self._wire()

    @property
    @abstractmethod
    def kind(self) -> CaptureKind:
        """The capture that is shown."""

    @property
    @abstractmethod
    def order(self) -> tuple[str, ...]:
        """Its parts from left to right."""

    @abstractmethod
    def take_now(self) -> None:
        """Ask for an attempt."""

    @abstractmethod
    def go_forward(self) -> None:
        """Go on from what is done."""

    @abstractmethod
    def texts(self, state: CaptureState) -> PartsTexts:
        """Return what this page says."""

    @abstractmethod
    def show_parts(self, view: VisitView, state: CaptureState) -> None:
        """Draw what only this page has."""

    @property
    def is_working(self) -> bool:
        """True while the device works."""
        return self._is_working

    @property
    def spoken_of(self) -> str:
        """The part the exception button names: the picked one, else the poorest, else the first."""
        state = self.state()
        if self._picked in self.order:
            return self._picked
        worst = None if state is None else worst_of(state)
        return worst.field if worst is not None and worst.field else self.order[0]

    @property
    def picked(self) -> str:
        """The part somebody picked; empty for none."""
        return self._picked

    def state(self) -> CaptureState | None:
        """Return how far the shown capture is."""
        return None if self._view is None else state_of(self._view, self.kind)

    def pick(self, part: str) -> None:
        """Speak of another part."""
        self._picked = part
        self.show_all()

    def show_visit(self, view: VisitView) -> None:
        """Show what is kept, and how far it is."""
        before = self._view
        self._view = view
        self._memory.open(view.visit_id)
        if before is None or before.visit_id != view.visit_id:
            self._is_working, self._trouble = False, ("", "")
            self.begin(view)
        if before is None or _taken_at(before, self.kind) != _taken_at(view, self.kind):
            self._picked = ""
            self.forget_picture()
        self.show_all()

    def begin(self, view: VisitView) -> None:
        """Start with another visit."""

    def forget_picture(self) -> None:
        """Let go of the picture of the shown capture: another one is kept now, and its picture will come."""

    def show_working(self, *, working: bool) -> None:
        """Say that the device takes a picture now."""
        self._is_working = working
        if working:
            self._trouble = ("", "")
        self.show_all()

    def show_device(self, state: State, told: str) -> None:
        """Say how the device stands."""
        with keyboard_kept(self, (self.device.trouble.skip,)):
            self.device.show_device(state, told)
            self.show_all()

    def show_trouble(self, head: str, rest: str = "") -> None:
        """Say what went wrong."""
        self._trouble = (head, rest)
        self.show_all()

    def focus_first(self) -> None:
        """Go to what comes next: take, take again, or onward."""
        if self.going() is Going.AGAIN and self.buttons.retake.isEnabled():
            self.buttons.retake.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.going() is Going.WAITING and self.told.reason.isVisibleTo(self):
            self.told.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.primary is not None and self.primary.isEnabled():
            self.primary.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.device.trouble.isVisibleTo(self):
            self.device.trouble.skip.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def checks(self, view: VisitView) -> tuple[str, tuple[Check, ...], str]:
        """Return how far the captures are."""
        return recordings(self.words, view)

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return the keys of the page."""
        return (*super().keys(), KeyHelp("← →", self.words.say("The part beside")))

    def going(self) -> Going:
        """Return what comes next for the shown capture."""
        state = self.state()
        if state is None or (state.kept is None and state.parts):
            return Going.TAKE
        if state.errors:
            return Going.AGAIN
        return Going.ONWARD if state.done else Going.WAITING

    def show_all(self) -> None:
        """Draw everything anew from what is known."""
        state, view = self.state(), self._view
        if state is not None and view is not None:
            with keyboard_kept(self, self.buttons.all):
                self._draw(state, view)

    def _draw(self, state: CaptureState, view: VisitView) -> None:
        texts = self.texts(state)
        exempt = self.spoken_of in state.exempt
        self.exception.show_part(self.spoken_of, exempt=exempt)
        self.exception.setEnabled(not self._is_working)
        self.exceptions.show_exceptions(view, self.all_parts())
        attempts = self._memory.seen(self.kind, state.kept, self._outcome(state))
        if not state.good_parts:
            attempts = tuple(replace(attempt, used=False) for attempt in attempts)
        self.attempts.show_attempts(attempts, self._upcoming())
        self._show_told(state, texts)
        self._show_bar(state, texts)
        self.show_parts(view, state)

    def all_parts(self) -> frozenset[str]:
        """Return the parts whose exceptions the page lists."""
        return frozenset(self.order)

    def step_to(self, by: int) -> None:
        """Speak of the part beside; pages with several captures go on in the next."""
        place = self.order.index(self.spoken_of) + by
        if 0 <= place < len(self.order):
            self.pick(self.order[place])

    def _wire(self) -> None:
        buttons = self.buttons
        for button in (buttons.again, buttons.retake, buttons.take):
            button.clicked.connect(self._take)
        buttons.onward.clicked.connect(self.go_forward)
        self.exception.claimed.connect(self._claim)
        self.exception.dropped.connect(self.exceptions_dropped)
        self.told.reason_given.connect(self.reason_given)
        self.device.trouble.left_open.connect(self.left_open)
        for key, by in ((Qt.Key.Key_Left, -1), (Qt.Key.Key_Right, 1)):
            QShortcut(QKeySequence(key), self).activated.connect(lambda by=by: self.step_to(by))

    def _take(self) -> None:
        if not self._is_working and not self.device.is_broken:
            self.take_now()

    def _claim(self, parts: tuple[str, ...], reason: ExceptionReason) -> None:
        self.exception_claimed.emit(parts, reason, "")

    def _outcome(self, state: CaptureState) -> str:
        """Return what came out of the kept attempt: `3 dari 4 cukup, manis 28`."""
        if state.kept is None:
            return ""
        if any(found.field == self.kind for found in state.errors):
            return self.words.say("not usable")
        good, all_parts = len(state.good_parts), len(state.parts)
        worst = worst_of(state)
        if worst is None or worst.field is None or self._view is None:
            return self.words.say("{good} of {all} enough", good=good, all=all_parts)
        mark = marks_of(self.words, self._view, state, (worst.field,))[worst.field]
        name = small(self.words.say(SHORT[worst.field]))
        return self.words.say(
            "{good} of {all} enough, {part} {quality}",
            good=good,
            all=all_parts,
            part=name,
            quality=mark.quality or 0,
        )

    def _upcoming(self) -> str:
        going = self.going()
        if self._is_working:
            return self.words.say("Taking ...")
        if going is Going.TAKE:
            return self.words.say("Press Enter to begin")
        return self.words.say("Press F5 to begin") if going is Going.AGAIN else ""

    def _show_told(self, state: CaptureState, texts: PartsTexts) -> None:
        head, rest = self._trouble
        plate = [found for found in state.errors if found.field == self.kind]
        worst = worst_of(state)
        if self.device.is_broken:
            self.told.tell("")
        elif head:
            self.told.tell(head, rest, "danger")
        elif self._is_working or self.going() is Going.TAKE:
            self.told.tell(*texts.wanted, "chosen")
        elif plate:
            self.told.tell(texts.again, self.words.finding(plate[0]), "danger")
        elif worst is not None and worst.field is not None:
            name = self.words.say(NAME[worst.field])
            told = self.words.say("{part} is not readable yet.", part=name)
            self.told.tell(told, self.words.finding(worst), "danger")
        elif state.warnings:
            asked = self.words.say("You may go on with a reason.")
            self.told.ask(state.warnings[0].code, self.words.finding(state.warnings[0]), asked)
        else:
            self.told.tell(texts.done, "", "success")

    def _show_bar(self, state: CaptureState, texts: PartsTexts) -> None:
        going = self.going()
        self.primary = self.buttons.show_going(going, take=texts.take, onward=texts.onward)
        held = self._is_working or self.device.is_broken
        self.buttons.show_working(working=held)
        self.buttons.again.setVisible(self.buttons.again.isVisibleTo(self.bar) and bool(state.parts))
        if self._is_working:
            self.bar.show_hint(self.words.say("The device works ..."))
        elif going is Going.AGAIN:
            self.bar.show_hint(self.words.say("Take again, or choose a reason"))
        elif going is Going.WAITING and state.warnings:
            self.bar.show_hint(self.words.say("Give the reason, or take it again"))
        else:
            self.bar.show_hint("")


def _taken_at(view: VisitView, kind: CaptureKind) -> datetime | None:
    capture = view.captures.get(kind)
    return None if capture is None else capture.taken_at
