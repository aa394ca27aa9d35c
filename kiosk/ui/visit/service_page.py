"""What the visit is for, and whether the resident was recorded before: asked before anything is typed."""

from collections.abc import Generator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kiosk.domain.labels import SERVICE
from kiosk.domain.remarks import read_letter_no
from kiosk.domain.requests import Service
from kiosk.domain.words import Words, msg
from kiosk.services.looking import VisitView
from kiosk.services.stages import Stage
from kiosk.ui.frame.action_bar import onward
from kiosk.ui.kit.badges import State
from kiosk.ui.kit.choice import Segments
from kiosk.ui.kit.fields import EnterMoves, FormField, LineField
from kiosk.ui.kit.layout import STRETCH, card, column, row, scrolled
from kiosk.ui.kit.texts import Text
from kiosk.ui.kit.turns import at_once
from kiosk.ui.pages.choice_rows import ChoiceRows
from kiosk.ui.visit.biodata_findings import NOTHING, Walk, told_by_field
from kiosk.ui.visit.biodata_readings import checks_of
from kiosk.ui.visit.capture_bar import onward_text
from kiosk.ui.visit.resident_card import Check
from kiosk.ui.visit.step_page import StepPage
from kiosk.ui.visit.visit_messages import VisitMessages

_NEVER, _BEFORE = "never", "before"
_RIGHT = 380
_ICONS: dict[Service, str] = {
    Service.FIRST_ENROLLMENT: "identification-card",
    Service.REPLACEMENT_LOST: "magnifying-glass",
    Service.REPLACEMENT_DAMAGED: "link-break",
    Service.CHANGED_DATA: "note-pencil",
    Service.TEMPORARY_CERTIFICATE: "certificate",
    Service.BIODATA_SHEET: "file-text",
    Service.COLLECTION: "hand",
}
# What each service does, as the officer may say it.
_MEANS: dict[Service, str] = {
    Service.FIRST_ENROLLMENT: msg(
        "Photo, signature, fingerprints and irises are recorded for the first time."
    ),
    Service.REPLACEMENT_LOST: msg(
        "A new card is asked for. The police letter is shown, nothing is recorded anew."
    ),
    Service.REPLACEMENT_DAMAGED: msg(
        "A new card is asked for. The damaged one is shown, nothing is recorded anew."
    ),
    Service.CHANGED_DATA: msg("What stands on the card has changed. A paper proves the change."),
    Service.TEMPORARY_CERTIFICATE: msg("A paper for somebody who was recorded and has no card yet."),
    Service.BIODATA_SHEET: msg("A paper with the biodata. It needs no recording."),
    Service.COLLECTION: msg("A printed card is handed over against the recording slip."),
}


class ServicePage(StepPage):
    """Shows the service and what is known of an earlier recording.

    `service_chosen` carries another Service; `enrolled_before_told` that the resident was recorded before, with the
    number of the police letter where a card was lost; `record_wanted` the visit of an earlier record here.
    later: most of it comes with `furnish`.
    """

    service_chosen = Signal(object)
    enrolled_before_told = Signal(str)
    reason_given = Signal(str, str)
    record_wanted = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None, *, later: bool = False) -> None:
        primary = onward(words.say("Onward"))
        super().__init__(words, Stage.SERVICE, primary, parent=parent)
        self._visit_id = ""
        self._letter_kept = ""
        self._told_before = False
        self.said = VisitMessages(words)
        self._means = Text("", "small", wrap=True)
        options = [(kind.value, words.say(SERVICE[kind]), _ICONS[kind]) for kind in Service]
        self.services = ChoiceRows(options, numbered=True, later=True)
        self.recorded = Segments([(_NEVER, words.say("Never")), (_BEFORE, words.say("Before"))])
        self._recorded_field = FormField(words.say("Ever recorded?"), self.recorded)
        self.letter = LineField()
        self._letter_field = FormField(words.say("Number of the police letter"), self.letter)
        self._moves = EnterMoves([self.recorded, self.letter], self)
        if not later:
            at_once(self.furnish())

    def furnish(self) -> Generator[None, None, None]:
        """Make the rows, and put all of it together."""
        yield
        yield from self.services.furnish()
        self._arrange()
        self._connect()

    def show_visit(self, view: VisitView) -> None:
        """Show what is kept; an answer that is not kept yet stays."""
        if view.visit_id != self._visit_id:
            self._begin(view)
        self.services.show_key(view.service.value)
        self._means.setText(self.words.say(_MEANS[view.service]))
        self._show_recorded(view)
        self.said.show_recorded(view)
        told = told_by_field(view.findings, Walk(), lambda _: False)
        self.said.show_told(told.get(None, NOTHING), view.reasons)
        assert self.primary is not None  # made in the constructor
        self.primary.show_text(onward_text(self.words, view, self.stage))
        self._show_hint()

    def show_trouble(self, head: str, rest: str = "") -> None:
        """Say what went wrong above the service."""
        self.said.show_trouble(head, rest)

    def checks(self, view: VisitView) -> tuple[str, tuple[Check, ...], str]:
        """Return what is known of the resident by now."""
        advice = self.words.say("Ask whether fingers and eyes were ever recorded, here or elsewhere.")
        return self.words.say("Checks"), checks_of(self.words, view), advice

    def focus_first(self) -> None:
        """Go to the question, once it is answered to the primary button."""
        if self.recorded.key:
            super().focus_first()
        else:
            self.recorded.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self, view: VisitView) -> None:
        self._visit_id = view.visit_id
        self._told_before = view.enrolled_before
        self._letter_kept = view.police_letter_no
        self.letter.show_typed(view.police_letter_no)
        # Nothing is kept of a "never": a visit that has gone further was asked already.
        self.recorded.show_key(_NEVER if view.form and not view.enrolled_before else "")
        self.said.clear()

    def _show_recorded(self, view: VisitView) -> None:
        if view.enrolled_before:
            self._told_before = True
            self.recorded.show_key(_BEFORE)
        kept = self.words.say("Kept with the visit") if view.enrolled_before else ""
        self._recorded_field.show_hint(kept, "success" if kept else "")
        self._letter_field.setVisible(
            view.service is Service.REPLACEMENT_LOST and self.recorded.key == _BEFORE
        )
        if view.police_letter_no != self._letter_kept and not self.letter.hasFocus():
            self._letter_kept = view.police_letter_no
            self.letter.show_typed(view.police_letter_no)

    def _show_hint(self) -> None:
        told = "" if self.recorded.key else self.words.say("Ask first: ever recorded?")
        self.bar.show_hint(told, State.CARE if told else State.PENDING)

    def _answer(self, key: str) -> None:
        lost = self.services.key == Service.REPLACEMENT_LOST
        self._letter_field.setVisible(lost and _BEFORE in (key, self.recorded.key))
        if key == _NEVER and self._told_before:
            self.recorded.show_key(_BEFORE)
            told = self.words.say("Kept already: it is not taken back here.")
            self._recorded_field.show_hint(told, "warning")
        elif key == _BEFORE and not self._told_before:
            self._told_before = True
            self.enrolled_before_told.emit(read_letter_no(self.letter.text()).text or "")
        self._show_hint()

    def _tell_letter(self) -> bool:
        """Tell the number; False where it cannot stand, and then why not is said at the field."""
        reading = read_letter_no(self.letter.text())
        wrong = self.words.finding(reading.findings[0]) if reading.findings else ""
        self._letter_field.show_hint(wrong, "danger" if wrong else "")
        if reading.text is not None and reading.text != self._letter_kept:
            self._letter_kept = reading.text
            self.enrolled_before_told.emit(reading.text)
        return reading.text is not None

    def _choose(self, key: str) -> None:
        self.service_chosen.emit(Service(key))

    def _go_on(self) -> None:
        """Go on once the question is answered and the number can stand."""
        if not self.recorded.key:
            self.recorded.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._tell_letter() and self.letter.isVisibleTo(self):
            self.letter.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.onward.emit()

    def _arrange(self) -> None:
        say = self.words.say
        heading = column(Text(say("Service"), "title"), self._means, gap=2, margins=(20, 14, 20, 10))
        services = card(heading, self.services, gap=0, margins=(1, 1, 1, 4))
        asked = Text(
            say("Who was recorded once is not recorded again: it makes a duplicate."), "small", wrap=True
        )
        question = self._question(asked)
        body = row((column(services, STRETCH, gap=0), 1), question, gap=16)
        content = column(self.said, body, STRETCH, gap=0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(content))

    def _question(self, asked: Text) -> QFrame:
        inside = card(
            Text(self.words.say("Earlier recording"), "h3"),
            asked,
            self._recorded_field,
            self._letter_field,
            gap=10,
            margins=(20, 14, 20, 14),
        )
        outside = column(inside, STRETCH, gap=0)
        outside.setFixedWidth(_RIGHT)
        return outside

    def _connect(self) -> None:
        assert self.primary is not None
        self.primary.clicked.connect(self._go_on)
        self.services.chosen.connect(self._choose)
        self.recorded.chosen.connect(self._answer)
        self.letter.left.connect(self._tell_letter)
        self.bar.hint_clicked.connect(self._go_on)
        self.said.record_wanted.connect(self.record_wanted)
        self.said.reason_given.connect(self.reason_given)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the service of a number."""
        typed = event.text()
        if typed.isascii() and typed.isdigit() and self.services.choose_number(int(typed)):
            return
        super().keyPressEvent(event)
