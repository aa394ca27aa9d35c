"""The review: the data read aloud, what is still to settle in its order, and the officer's PIN that saves."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kiosk.domain.captures import CaptureKind
from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.services.pictures import Raster
from kiosk.services.stages import Stage
from kiosk.ui.kit.badges import State
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.layout import STRETCH, column, scrolled
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.kit.texts import Text
from kiosk.ui.page import KeyHelp
from kiosk.ui.visit.exceptions_box import ExceptionsBox
from kiosk.ui.visit.finger_check import FingerCheck
from kiosk.ui.visit.lacking_list import LackingList
from kiosk.ui.visit.pin_box import PinBox
from kiosk.ui.visit.read_aloud import ReadAloud
from kiosk.ui.visit.resident_card import Check
from kiosk.ui.visit.review_order import Matter, matters_of, next_matter, recorded, why_not
from kiosk.ui.visit.review_section import ReviewSection
from kiosk.ui.visit.statement_pad import StatementPad
from kiosk.ui.visit.step_page import StepPage

_SETTLING = 396  # pixels of the right column


class ReviewPage(StepPage):
    """Settles what is left and saves.

    `supervisor_signed` carries a user id and a PIN, `check_wanted` starts the 1:1 check, `statement_wanted` asks the
    pad, `statement_drawn` carries strokes and the field's size in millimetres, `officer_signed` the PIN that signs
    and saves in one go, `save_wanted` saves what was signed before, `stage_wanted` a `Stage` that lacks something.
    """

    supervisor_signed = Signal(str, str)
    check_wanted = Signal()
    statement_wanted = Signal()
    statement_drawn = Signal(object, object)
    officer_signed = Signal(str)
    save_wanted = Signal()
    stage_wanted = Signal(object)

    def __init__(
        self, words: Words, read_aloud: ReadAloud | None = None, parent: QWidget | None = None
    ) -> None:
        primary = Button(words.say("Save"), "primary", key=ENTER, icon="lock-key")
        super().__init__(words, Stage.REVIEW, primary, parent=parent)
        self.read_aloud = read_aloud or ReadAloud(words)
        self.lacking = LackingList(words)
        self.exceptions = ExceptionsBox(words)
        self.check = FingerCheck(words)
        self.statement = StatementPad(words)
        self.pin = PinBox(words, words.say("Officer's PIN"))
        self._trouble = MessageBox("danger")
        self._view: VisitView | None = None
        self._open: Matter | None = None
        self._skipped = False
        self._is_saving = self._held = False
        self._asked_of: PinBox = self.pin
        self._statement_at: datetime | None = None
        self.sections = self._made_sections()
        self._arrange()
        self._connect()

    def show_visit(self, view: VisitView) -> None:
        """Show the data and what is left; what is being typed, written or looked at stays."""
        before = self._view
        is_other = before is None or before.visit_id != view.visit_id
        if is_other:
            self._begin_anew()
        was = None if before is None or is_other else self._next_of(before)
        self._view = view
        self.read_aloud.show_visit(view)
        self.lacking.show_stages(view.stages)
        self.exceptions.show_exceptions(view.exceptions, view.supervisor_sign_off)
        self.check.show_result(view.verified)
        self._show_statement(view)
        self._show_sections(view)
        if is_other or self._next_of(view) is not was:
            self._show_open(self._next_of(view))
        self._show_primary()
        if was is not None and self._next_of(view) is not was and self.isVisible():
            self.focus_first()

    def show_people(self, supervisors: Sequence[tuple[str, str]]) -> None:
        """Offer the supervisors, (user id, name) each."""
        self.exceptions.show_people(supervisors)

    def show_wrong_pin(self, text: str) -> None:
        """Say at the PIN that was just given that it was wrong, or locked, and how many tries are left."""
        self._asked_of.show_wrong(text)

    def show_saving(self, *, saving: bool) -> None:
        """Hold the page while the packets are written."""
        self._is_saving = saving
        self._hold(working=saving)
        self.pin.setEnabled(not saving)
        self._show_primary()

    def show_checking(self, *, working: bool) -> None:
        """Say that the scanner is asked."""
        self._hold(working=working)
        self.check.show_working(working=working)

    def show_signing(self, *, working: bool) -> None:
        """Say that the pad is asked for the statement."""
        self._hold(working=working)
        self.statement.show_working(working=working)

    def _hold(self, *, working: bool) -> None:
        """Keep the keyboard on the page while its controls rest, else it would fall on whatever comes next."""
        if working and not self._held:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._held and not working and self.isVisible():
            self.focus_first()
        self._held = working

    def show_statement(self, raster: Raster | None) -> None:
        """Show the statement's signature."""
        self.statement.show_picture(raster)

    def show_trouble(self, head: str, rest: str = "") -> None:
        """Say what went wrong."""
        self._trouble.show_message(head, rest)

    def checks(self, view: VisitView) -> tuple[str, tuple[Check, ...], str]:
        """Return what was recorded in this visit."""
        told = self.words.say("Ask after every line: is that right?")
        return self.words.say("Recorded"), recorded(self.words, view), told

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return also the keys that scroll the data."""
        return (KeyHelp("PgUp / PgDn", self.words.say("Scroll the data")), *super().keys())

    def focus_first(self) -> None:
        """Go to what is still lacking, in its order."""
        if self._view is None:
            return
        if self.lacking.buttons:
            next(iter(self.lacking.buttons.values())).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._focus(self._next_of(self._view))

    def _made_sections(self) -> dict[Matter, ReviewSection]:
        say = self.words.say
        told = Text(say("“I declare that these data are right.”"), "body", wrap=True)
        return {
            Matter.EXCEPTIONS: ReviewSection(say("Exceptions"), column(self.exceptions)),
            Matter.CHECK: ReviewSection(say("Finger check"), column(self.check)),
            Matter.STATEMENT: ReviewSection(say("Resident's statement"), column(told, self.statement)),
            Matter.SIGN_OFF: ReviewSection(say("Officer's sign-off"), column(self.pin)),
        }

    def _arrange(self) -> None:
        settling = column(self._trouble, self.lacking, *self.sections.values(), STRETCH, gap=10)
        self._settling: QScrollArea = scrolled(settling)
        self._settling.setFixedWidth(_SETTLING)
        main = QVBoxLayout()
        main.addWidget(self.read_aloud)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(main, 1)
        layout.addWidget(self._settling)

    def _connect(self) -> None:
        assert self.primary is not None  # made in the constructor
        self.primary.clicked.connect(self._save)
        for matter, section in self.sections.items():
            section.opened.connect(lambda matter=matter: self._toggle(matter))
        self.exceptions.signed.connect(self._sign_as_supervisor)
        self.check.wanted.connect(self.check_wanted)
        self.check.skipped.connect(self._skip_check)
        self.statement.wanted.connect(self.statement_wanted)
        self.statement.drawn.connect(self.statement_drawn)
        self.pin.entered.connect(self._save)
        self.pin.changed.connect(self._show_primary)
        self.lacking.stage_wanted.connect(self.stage_wanted)
        self.bar.hint_clicked.connect(self.focus_first)
        self.show_trouble("")

    def _begin_anew(self) -> None:
        self._skipped = False
        self._statement_at = None
        self.pin.clear()
        self.exceptions.pin.clear()
        self.statement.field.clear()
        self.show_trouble("")

    def _next_of(self, view: VisitView) -> Matter:
        return next_matter(view, check_skipped=self._skipped)

    def _show_statement(self, view: VisitView) -> None:
        capture = view.captures.get(CaptureKind.STATEMENT)
        taken_at = capture.taken_at if capture else None
        self.statement.show_capture(capture, is_new=taken_at != self._statement_at)
        self._statement_at = taken_at

    def _show_sections(self, view: VisitView) -> None:
        matters = matters_of(self.words, view, check_skipped=self._skipped)
        for matter, section in self.sections.items():
            section.setVisible(matter in matters)
            if matter in matters:
                section.show_state(*matters[matter])

    def _toggle(self, matter: Matter) -> None:
        self._show_open(None if self._open is matter else matter)
        if self._open is matter:
            self._focus(matter)

    def _show_open(self, matter: Matter | None) -> None:
        self._open = matter
        for other, section in self.sections.items():
            section.show_open(is_open=other is matter)

    def _focus(self, matter: Matter) -> None:
        if matter is Matter.EXCEPTIONS and self.exceptions.agree.isVisibleTo(self.exceptions):
            self.exceptions.focus()
            return
        target: QWidget = {
            Matter.EXCEPTIONS: self.sections[matter].head,
            Matter.CHECK: self.check.start,
            Matter.STATEMENT: self.statement.go,
            Matter.SIGN_OFF: self.pin.line,
        }[matter]
        if self._view is not None and self._view.officer_sign_off and matter is Matter.SIGN_OFF:
            super().focus_first()
        else:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _why_not(self) -> str:
        """Return why it cannot be saved yet; empty when it can."""
        if self._view is None:
            return ""
        if self._is_saving:
            return self.words.say("The packets are being written ...")
        if why := why_not(self.words, self._view):
            return why
        if not self._view.officer_sign_off and not self.pin.is_complete:
            return self.words.say("The officer's PIN is missing")
        return ""

    def _show_primary(self) -> None:
        assert self.primary is not None  # made in the constructor
        why = self._why_not()
        self.primary.setEnabled(not why)
        self.primary.show_text(self.words.say("Saving ...") if self._is_saving else self.words.say("Save"))
        self.bar.show_hint(why or self.words.say("Everything is there"), State.PENDING if why else State.GOOD)

    def _save(self) -> None:
        if self._why_not() or self._view is None:
            return
        if self._view.officer_sign_off:
            self.save_wanted.emit()
            return
        self._asked_of = self.pin
        self.officer_signed.emit(self.pin.pin)

    def _sign_as_supervisor(self, user_id: str, pin: str) -> None:
        self._asked_of = self.exceptions.pin
        self.supervisor_signed.emit(user_id, pin)

    def _skip_check(self) -> None:
        self._skipped = True
        if self._view is not None:
            self._show_sections(self._view)
            self._show_open(self._next_of(self._view))
            self._show_primary()
            self._focus(self._next_of(self._view))

    def _press_focused(self) -> None:
        focused = self.focusWidget()
        if isinstance(focused, Button) and focused.hasFocus():
            focused.click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll the data with the page keys; Enter presses what has the keyboard while nothing can be saved."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()
        if enter and self.primary is not None and not self.primary.isEnabled():
            self._press_focused()
            return
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.read_aloud.turn(1 if event.key() == Qt.Key.Key_PageDown else -1)
            return
        super().keyPressEvent(event)
