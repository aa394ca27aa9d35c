"""The signature: on the pad or on the screen, judged at once, or the reason why there is none."""

from datetime import datetime
from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from kiosk.domain.captures import CaptureKind
from kiosk.domain.exceptions import ExceptionReason
from kiosk.domain.findings import Finding, stops, unanswered
from kiosk.domain.requests import captures_required
from kiosk.domain.words import Words
from kiosk.services.looking import CaptureView, VisitView
from kiosk.services.pictures import Raster
from kiosk.services.stages import Stage
from kiosk.ui.kit.badges import State
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.layout import STRETCH, card, column
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.kit.texts import Text
from kiosk.ui.visit.capture_bar import keyboard_kept, onward_text
from kiosk.ui.visit.reason_box import ReasonBox
from kiosk.ui.visit.resident_card import Check
from kiosk.ui.visit.signature_findings import SignatureFindings
from kiosk.ui.visit.signing_field import PAD, SigningField
from kiosk.ui.visit.step_page import StepPage

_PART = CaptureKind.SIGNATURE.value
_FIELD_HEIGHT = 330  # pixels, the choice of the way included


class Going(Enum):
    """What the primary button does next."""

    TAKE = auto()  # ask the pad
    KEEP = auto()  # keep what was written on the screen
    AGAIN = auto()  # what was signed will not do
    REASON = auto()  # it will do, once a reason was given
    ONWARD = auto()


class SignaturePage(StepPage):
    """Takes the signature.

    `take_wanted` carries the capture's kind, `drawn` strokes and the field's size in millimetres, `reason_given` the
    code of a finding and the reason, `exception_claimed` the parts, the reason and what was added to it,
    `exception_dropped` the parts that are to be signed after all.
    """

    take_wanted = Signal(object)
    drawn = Signal(object, object)
    reason_given = Signal(str, str)
    exception_claimed = Signal(object, object, str)
    exception_dropped = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        self.again = Button(words.say("Again"), key="F5", icon="arrow-counter-clockwise")
        self.cannot = Button(words.say("Cannot sign"), key="F6", icon="prohibit")
        primary = Button(words.say("Ask for the signature"), "primary", key=ENTER, icon="pen-nib")
        super().__init__(words, Stage.SIGNATURE, primary, self.again, self.cannot, parent=parent)
        self.field = SigningField(words, words.say("Sign here"))
        self.findings = SignatureFindings(words)
        self.asking = ReasonBox(
            words, words.say("Note it"), words.say("What else is to be known"), optional=True
        )
        self._view: VisitView | None = None
        self._taken_at: datetime | None = None
        self._redoing = False
        self._trouble = MessageBox("danger")
        self._exempt = MessageBox("chosen", icon="info")
        self.sign_after_all = Button(words.say("Sign after all"), "quiet")
        self._arrange()
        self._connect()

    def show_visit(self, view: VisitView) -> None:
        """Show what is kept of the signature; what is being written stays."""
        capture = view.captures.get(CaptureKind.SIGNATURE)
        if self._is_new(view, capture):
            self._redoing = False
            self.field.drawing.clear()
            self.asking.hide()
        self._view = view
        self._taken_at = capture.taken_at if capture else None
        self.findings.show_capture(capture, view.reasons)
        self._show_exempt(view)
        self._show_going()

    def show_picture(self, raster: Raster | None) -> None:
        """Show the signature that is kept."""
        self._redoing = self._redoing and raster is None
        self.field.show_picture(raster)
        self._show_going()

    def show_working(self, *, working: bool) -> None:
        """Say that the pad is asked now."""
        if working:
            self.show_trouble("")
            self.field.show_picture(None)
            if QApplication.focusWidget() in (self.primary, self.again, self.cannot):
                self.setFocus(Qt.FocusReason.OtherFocusReason)  # Qt would hand it on, to the rail for one
            self.field.show_working(working=True)
            self._show_going()
            return
        with keyboard_kept(self, ()):
            self.field.show_working(working=False)
            self._show_going()

    def show_trouble(self, head: str, rest: str = "") -> None:
        """Say what the pad did, and what to try first."""
        self._trouble.show_message(head, rest)
        self.findings.show_steps(bool(head))

    def checks(self, view: VisitView) -> tuple[str, tuple[Check, ...], str]:
        """Return what a good signature is."""
        exempt = any(exception.part == _PART for exception in view.exceptions)
        done = State.GOOD if self._going_of(view) is Going.ONWARD else State.PENDING
        line = Check(
            self.words.say("Cannot sign") if exempt else self.words.say("Signature"),
            State.ABSENT if exempt else done,
        )
        return self.words.say("Signature"), (line,), self.words.say("As on other papers, whole and at ease.")

    def _connect(self) -> None:
        assert self.primary is not None  # made in the constructor
        self.primary.clicked.connect(self._go)
        self.again.clicked.connect(self._sign_again)
        self.cannot.clicked.connect(self._ask)
        self.field.changed.connect(self._ink_changed)
        self.asking.given.connect(self._claim)
        self.asking.dropped.connect(self._show_going)
        self.findings.reason_given.connect(self.reason_given)
        self.sign_after_all.clicked.connect(lambda: self.exception_dropped.emit(self._parts()))
        self.bar.hint_clicked.connect(self.focus_first)
        self.show_trouble("")
        self._exempt.show_message("")

    def _arrange(self) -> None:
        self._exempt.beside.addWidget(self.sign_after_all)
        self.findings.setFixedWidth(320)
        self.field.setMaximumHeight(_FIELD_HEIGHT)
        main = card(
            Text(self.words.say("Signature of the resident"), "h2"),
            self._trouble,
            self._exempt,
            self.asking,
            (self.field, 100),
            STRETCH,
            margins=(16, 14, 16, 16),
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(main, 1)
        layout.addWidget(column((self.findings, 1)))

    def _is_new(self, view: VisitView, capture: CaptureView | None) -> bool:
        if self._view is None or self._view.visit_id != view.visit_id:
            return True
        return capture is not None and capture.taken_at != self._taken_at

    def _parts(self) -> tuple[str, ...]:
        wanted = captures_required(self._view.service) if self._view else ()
        signed = (CaptureKind.SIGNATURE, CaptureKind.STATEMENT)
        return tuple(kind.value for kind in signed if kind in wanted)

    def _going_of(self, view: VisitView) -> Going:
        """Return what comes next by what is kept, before anybody signs again."""
        if any(exception.part == _PART for exception in view.exceptions):
            return Going.ONWARD
        capture = view.captures.get(CaptureKind.SIGNATURE)
        if capture is None:
            return Going.TAKE if self.field.way == PAD else Going.KEEP
        if stops(capture.findings):
            return Going.AGAIN
        return Going.REASON if self._unanswered(view, capture) else Going.ONWARD

    def _going(self) -> Going:
        if self._view is None or self._redoing or self.field.has_ink:
            return Going.TAKE if self.field.way == PAD else Going.KEEP
        return self._going_of(self._view)

    def _unanswered(self, view: VisitView, capture: CaptureView) -> tuple[Finding, ...]:
        return unanswered(capture.findings, dict(view.reasons))

    def _show_exempt(self, view: VisitView) -> None:
        exempt = any(exception.part == _PART for exception in view.exceptions)
        self._exempt.show_message(
            self.words.say("Noted: cannot sign.") if exempt else "",
            self.words.say("Take the thumbprint on the form. A supervisor agrees at the review."),
        )
        self.field.setVisible(not exempt)
        self.findings.setVisible(not exempt)

    def _show_going(self) -> None:
        if self._view is None or self.primary is None:
            return
        going, asking = self._going(), not self.asking.isHidden()
        texts = {
            Going.TAKE: (self.words.say("Ask for the signature"), "pen-nib"),
            Going.KEEP: (self.words.say("Keep the signature"), "check"),
            Going.AGAIN: (self.words.say("Sign again"), "arrow-counter-clockwise"),
            Going.REASON: (onward_text(self.words, self._view, self.stage), "arrow-right"),
            Going.ONWARD: (onward_text(self.words, self._view, self.stage), "arrow-right"),
        }
        self.primary.show_text(texts[going][0])
        self.primary.show_icon(texts[going][1])
        why = self._why_not(going, asking=asking)
        self.primary.setEnabled(not why)
        self.bar.show_hint(why, State.CARE if going is Going.REASON else State.PENDING)
        busy = asking or self.field.is_working
        kept = CaptureKind.SIGNATURE in self._view.captures
        self.again.setVisible(going is not Going.AGAIN and (kept or self.field.has_ink))
        self.again.setEnabled(not busy)
        self.cannot.setVisible(going not in (Going.REASON, Going.ONWARD))
        self.cannot.setEnabled(not busy)

    def _why_not(self, going: Going, *, asking: bool) -> str:
        if asking:
            return self.words.say("Answer the question above first")
        if self.field.is_working:
            return self.words.say("The pad waits for the resident")
        if going is Going.KEEP and not self.field.has_ink:
            return self.words.say("Nothing was written yet")
        return self.words.say("A reason is needed") if going is Going.REASON else ""

    def _go(self) -> None:
        going = self._going()
        if going is Going.TAKE:
            self.take_wanted.emit(CaptureKind.SIGNATURE)
        elif going is Going.KEEP:
            self.drawn.emit(self.field.drawing.strokes, self.field.drawing.size_mm)
        elif going is Going.AGAIN:
            self._sign_again()
        else:
            self.onward.emit()

    def _sign_again(self) -> None:
        self._redoing = True
        self.field.clear()
        self.show_trouble("")
        self._show_going()
        if self.field.way == PAD:
            self.take_wanted.emit(CaptureKind.SIGNATURE)

    def _ink_changed(self) -> None:
        self._redoing = self._redoing or self.field.has_ink
        self._show_going()

    def _ask(self) -> None:
        self.asking.ask(
            self.words.say("The resident cannot sign."),
            self.words.say("This holds for the statement too. A supervisor has to agree before saving."),
        )
        self._show_going()

    def _claim(self, detail: str) -> None:
        self._show_going()
        self.exception_claimed.emit(self._parts(), ExceptionReason.CANNOT_SIGN, detail)

    def focus_first(self) -> None:
        """Go to the reason that is asked for, else to the primary button."""
        if self._going() is Going.REASON:
            self.findings.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus_first()
