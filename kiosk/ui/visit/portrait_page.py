"""Step 5, the photo: live with its checks, taken, judged, and approved by the resident."""

from collections.abc import Generator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.domain.captures import CaptureKind
from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.services.pictures import Raster
from kiosk.services.preview import PreviewFrame, checks_of
from kiosk.services.stages import Stage
from kiosk.ui import tokens
from kiosk.ui.kit.badges import State
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.layout import STRETCH, column, row
from kiosk.ui.kit.texts import Text
from kiosk.ui.kit.turns import at_once
from kiosk.ui.tokens import SUCCESS, WARNING
from kiosk.ui.visit.approval_box import ApprovalBox
from kiosk.ui.visit.attempts import Attempt, AttemptMemory, AttemptRow
from kiosk.ui.visit.backdrop_line import BackdropLine
from kiosk.ui.visit.capture_bar import CaptureButtons, Going, keyboard_kept, onward_text
from kiosk.ui.visit.capture_state import CaptureState, state_of
from kiosk.ui.visit.check_list import LINE, CheckList
from kiosk.ui.visit.chips import Chip
from kiosk.ui.visit.device_trouble import DeviceSign
from kiosk.ui.visit.portrait_preview import PortraitPreview, PreviewChips
from kiosk.ui.visit.portrait_words import good_of_all
from kiosk.ui.visit.recordings import recordings
from kiosk.ui.visit.resident_card import Check
from kiosk.ui.visit.step_page import StepPage
from kiosk.ui.visit.tell_box import TellBox

_KIND = CaptureKind.PORTRAIT


class PortraitPage(StepPage):
    """Takes the photo.

    `live_wanted` begins and ends the live picture, `take_wanted` takes one, `approved` is the resident's word,
    `reason_given` carries a warning's code and the reason to go on, `left_open` leaves the step for later.
    later: most of it comes with `furnish`.
    """

    live_wanted = Signal(bool)
    take_wanted = Signal()
    approved = Signal()
    reason_given = Signal(str, str)
    left_open = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None, *, later: bool = False) -> None:
        self.buttons = CaptureButtons(words, words.say("Take again"), take_icon="camera")
        self.keep = Button(words.say("Keep the last photo"), key="Esc", icon="arrow-u-up-left")
        shown = (self.keep, self.buttons.again, self.buttons.onward, self.buttons.take)
        super().__init__(words, Stage.PORTRAIT, self.buttons.retake, *shown, parent=parent)
        self._memory = AttemptMemory(words)
        self._view: VisitView | None = None
        self._kept: Raster | None = None
        self._is_entered = self._is_live = self._is_asked = False
        self._is_working = self._is_public = False
        self._trouble = ("", "")
        self._attempts_before = 0
        self._ready = words.say("Camera is ready")
        self.setProperty("ring", "none")  # it has the keyboard only while the camera works
        if not later:
            at_once(self.furnish())

    def furnish(self) -> Generator[None, None, None]:
        """Make the parts, and put all of it together."""
        words = self.words
        self.preview = PortraitPreview()
        self.device = DeviceSign(words, self.preview)
        self.backdrop = BackdropLine(words)
        yield
        self.told = TellBox(words)
        self.check_list = CheckList(words, later=True)
        yield
        yield from self.check_list.furnish()
        self.attempts = AttemptRow(words, 2, with_picture=True)
        yield
        self.approval = ApprovalBox(words)
        yield
        self._arrange()
        self._connect()
        yield
        self.check_list.clear()

    @property
    def is_live(self) -> bool:
        """True while the page shows what the camera sees."""
        return self._is_live

    def enter(self) -> None:
        """Begin the live picture, unless a good photo is kept."""
        self._is_entered = True
        state = self._state()
        if state is None or state.kept is None or state.errors:
            self._go_live()
        else:
            self._show_kept()

    def leave(self) -> None:
        """End the live picture."""
        self._is_entered = False
        self._end_live()

    def show_visit(self, view: VisitView) -> None:
        """Show what is kept of the photo, and whether it was approved."""
        is_other = self._view is None or self._view.visit_id != view.visit_id
        if is_other:
            self._forget()
        self._view = view
        self._memory.open(view.visit_id)
        year = None if view.biodata is None else view.biodata.birth_date.year
        self.check_list.show_background(self.backdrop.show_birth_year(year))
        if self._is_asked and self._count() > self._attempts_before:
            self._is_asked = False
            self._end_live()
        if (state := self._state()) is not None:
            self._seen(state)
        if not self._is_entered:
            return  # it is drawn once it is entered: twice in one turn would hold up the window
        if is_other:
            self.enter()
        else:
            self._show()

    def show_frame(self, frame: PreviewFrame) -> None:
        """Show the next picture of the camera; the checks change only when a picture was judged."""
        if not self._is_live or self._is_asked:
            return
        if self.device.is_broken:
            self.show_device(State.GOOD, self._ready)
        self.preview.show_live(frame.raster)
        if frame.checks is not None:
            self.preview.show_face(frame.face)
            self.check_list.show_checks(frame.checks)
            self._show_chips()

    def show_picture(self, raster: Raster | None) -> None:
        """Show the photo that is kept; without one, as after a picture without a face, the camera again."""
        self._kept = raster
        if self._is_live:
            return
        self.preview.show_taken(raster)
        if raster is None and self._count():
            self._go_live()
        self._show()

    def show_working(self, *, working: bool) -> None:
        """Say that a picture is being taken; when none came, the live picture goes on."""
        self._is_working = working
        if not working and self._is_asked:
            self._is_asked = False
            self.live_wanted.emit(True)
        self._show()

    def show_device(self, state: State, told: str) -> None:
        """Say how the camera stands."""
        if state is State.GOOD:
            self._ready = told
        with keyboard_kept(self, (self.device.trouble.skip,)):
            self.device.show_device(state, told, over_picture=self._is_live or self._kept is None)
            self._show()

    def show_public(self, *, shown: bool) -> None:
        """Say whether the resident sees the same picture on a screen."""
        self._is_public = shown
        self._show_chips()

    def show_trouble(self, head: str, rest: str = "") -> None:
        """Say what went wrong."""
        self._trouble = (head, rest)
        self._show_told()

    def focus_first(self) -> None:
        """Go to the approval while it is waited for."""
        if self._going() is Going.WAITING and not self.approval.isChecked():
            self.approval.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._going() is Going.AGAIN:
            self.buttons.retake.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._going() is Going.WAITING and self.told.reason.isVisibleTo(self):
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

    def _arrange(self) -> None:
        head = row(Text(self.words.say("Photo"), "title"), 8, self.device.badge, STRETCH)
        right = column(
            head, self.told, self.backdrop, (self.check_list, 1), QWidget(), self.attempts, self.approval
        )
        self.check_list.setMaximumHeight(len(self.check_list.lines) * (LINE + 1))
        card = row(self.preview, (right, 1), gap=20, margins=(14, 14, 16, 14), box="card")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)

    def _connect(self) -> None:
        buttons = self.buttons
        for button in (buttons.again, buttons.retake):
            button.clicked.connect(self._go_live)
        buttons.take.clicked.connect(self._take)
        buttons.onward.clicked.connect(self.onward)
        self.keep.clicked.connect(self._keep_last)
        self.approval.clicked.connect(self._approve)
        self.told.reason_given.connect(self.reason_given)
        self.device.trouble.left_open.connect(self.left_open)

    def _forget(self) -> None:
        self._kept = None
        self._is_asked = self._is_working = False
        self._trouble = ("", "")
        self._end_live()
        self.preview.show_taken(None)
        self.check_list.clear()

    def _state(self) -> CaptureState | None:
        return None if self._view is None else state_of(self._view, _KIND)

    def _count(self) -> int:
        state = self._state()
        return state.kept.attempts if state is not None and state.kept is not None else 0

    def _going(self) -> Going:
        state = self._state()
        if self._is_live or state is None or state.kept is None:
            return Going.TAKE
        if state.errors:
            return Going.AGAIN
        return Going.ONWARD if state.done else Going.WAITING

    def _go_live(self) -> None:
        if not (self._is_live or self._is_working):
            self._is_live = True
            self._trouble = ("", "")
            self.preview.show_taken(None)
            self.check_list.clear()
            self.live_wanted.emit(True)
        self._show()

    def _end_live(self) -> None:
        if self._is_live:
            self._is_live = False
            self.live_wanted.emit(False)

    def _keep_last(self) -> None:
        self._end_live()
        self._show_kept()

    def _show_kept(self) -> None:
        self.preview.show_taken(self._kept)
        self._show()

    def _take(self) -> None:
        if self._is_live and not self._is_asked and not self.device.is_broken:
            self._is_asked = True
            self._attempts_before = self._count()
            self.take_wanted.emit()

    def _approve(self) -> None:
        if self._view is not None and not self._view.portrait_approved:
            self.approved.emit()

    def _show(self) -> None:
        state = self._state()
        if state is not None and self._view is not None:
            with keyboard_kept(self, self.buttons.all):
                self._draw(state)

    def _draw(self, state: CaptureState) -> None:
        if not self._is_live and state.kept is not None:
            self.check_list.show_checks(checks_of(state.kept))
        self._show_attempts(state)
        self._show_approval(state)
        self._show_told()
        self._show_chips()
        self._show_bar(state)

    def _show_attempts(self, state: CaptureState) -> None:
        self.attempts.show_attempts(
            self._seen(state), self.words.say("not taken yet") if self._is_live else ""
        )

    def _seen(self, state: CaptureState) -> tuple[Attempt, ...]:
        """Return the attempts so far, this one among them."""
        assert self._view is not None  # a state is one of a visit
        told = "" if state.kept is None else good_of_all(self.words, checks_of(state.kept))
        return self._memory.seen(_KIND, state.kept, told, self._view.portrait)

    def _show_approval(self, state: CaptureState) -> None:
        assert self._view is not None  # `_show` looked
        possible = state.kept is not None and not state.errors and not self._is_live
        given = self._view.portrait_approved and possible
        if given and state.kept is not None:
            time = self.words.time_seconds(state.kept.taken_at)
            told = self.words.say("Shown to the resident. Photo of {time}.", time=time)
        elif possible:
            told = self.words.say("Show the photo to the resident, then press F6.")
        else:
            told = self.words.say("Possible once a photo without errors is kept.")
        self.approval.show_approval(possible=possible, given=given, told=told)

    def _show_told(self) -> None:
        state, (head, rest) = self._state(), self._trouble
        if head and not self.device.is_broken:
            self.told.tell(head, rest, "danger")
        elif state is None or self._is_live:
            self.told.tell("")
        elif state.errors:
            self.told.tell(self.words.say("Take it again."), self.words.finding(state.errors[0]), "danger")
        elif state.warnings:
            warning = state.warnings[0]
            asked = self.words.say("You may go on with a reason.")
            self.told.ask(warning.code, self.words.finding(warning), asked)
        else:
            self.told.tell("")
        self.backdrop.setVisible(not self.told.text)

    def _show_chips(self) -> None:
        number = self._count() + (1 if self._is_live else 0)
        first = Chip(self.words.say("Attempt {number}", number=number), "image") if number else None
        shown = self._is_live or self._kept is not None
        is_away = self.device.trouble.isVisibleTo(self)
        self.preview.show_guides(shown=shown and not is_away)
        self.preview.show_empty(empty=is_away)
        chips = PreviewChips(first, self._right_chip(), self._eyes_chip() if shown else None)
        self.preview.show_chips(PreviewChips() if is_away else chips)

    def _right_chip(self) -> Chip | None:
        if self._is_working:
            return Chip(self.words.say("Taking ..."), "camera", tokens.ON_PRIMARY, tokens.INK)
        if self._is_public:
            return Chip(self.words.say("On the resident's screen"), "monitor")
        if self._is_live:
            return Chip(self.words.say("Live"), "video-camera-fill", tokens.ON_PRIMARY, tokens.INK)
        return None

    def _eyes_chip(self) -> Chip | None:
        off = self.preview.eyes_off()
        if off is None:
            return None
        if self.preview.eyes_fit():
            return Chip(self.words.say("Eyes on the line"), "check-circle-fill", SUCCESS.colour)
        text = self.words.say("Eyes too low") if off > 0 else self.words.say("Eyes too high")
        return Chip(text, "warning-fill", WARNING.colour)

    def _show_bar(self, state: CaptureState) -> None:
        assert self._view is not None  # `_show` looked
        onward = onward_text(self.words, self._view, self.stage)
        going = self._going()
        self.primary = self.buttons.show_going(going, take=self.words.say("Take the photo"), onward=onward)
        self.buttons.show_working(working=self._is_working)
        if self.device.is_broken:
            self.buttons.take.setEnabled(False)
        self.keep.setVisible(self._is_live and state.kept is not None)
        self.keep.setEnabled(not self._is_working)
        self.bar.show_hint(self._hint(going, state))

    def _hint(self, going: Going, state: CaptureState) -> str:
        if self._is_working:
            return self.words.say("Hold still ...")
        if going is Going.WAITING and state.warnings:
            return self.words.say("Give the reason, or take it again")
        if going is Going.WAITING:
            return self.words.say("Wait for the resident's approval")
        if going is Going.TAKE and not self.device.is_broken:
            return self.words.say("Space takes it too")
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Space take the photo, or go live for another one."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            if self._is_live:
                self._take()
            else:
                self._go_live()
            return
        super().keyPressEvent(event)
