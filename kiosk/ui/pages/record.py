"""The page of one saved record: who it is, how far its packets are, correcting it, taking it back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from kiosk.domain.biodata import Field
from kiosk.domain.findings import Finding
from kiosk.domain.labels import FIELD
from kiosk.domain.reference import Reference
from kiosk.domain.words import Words
from kiosk.services.record import RecordView
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.layout import STRETCH, column, scrolled
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.page import Page
from kiosk.ui.pages.amend_form import AmendForm
from kiosk.ui.pages.page_head import fill_page, page_head
from kiosk.ui.pages.record_packets import PacketTable
from kiosk.ui.pages.record_person import PersonHead
from kiosk.ui.visit.biodata_fields import Cell, LineCell, make_cell
from kiosk.ui.visit.reason_box import ReasonBox

_PACKETS, _FORM = 0, 1


class RecordPage(Page):
    """One record.

    `amend_wanted` carries the changes (`dict[Field, str]`) and the reason, `withdraw_wanted` the reason.
    reference: the code lists, so that a new religion is chosen and not typed; without it every value is typed.
    """

    amend_wanted = Signal(object, str)
    withdraw_wanted = Signal(str)
    back_wanted = Signal()

    def __init__(
        self, words: Words, reference: Reference | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(words, parent)
        self._reference = reference
        self._view: RecordView | None = None
        self._decides = False
        self.back = Button(words.say("Back"), key="Esc", icon="arrow-left")
        self.amend = Button(words.say("Correct"), icon="pencil-simple").spread()
        self.withdraw = Button(words.say("Take back"), "danger", icon="arrow-u-up-left").spread()
        self.told = MessageBox("success")
        self.question = ReasonBox(words, words.say("Take the record back"), words.say("Reason"))
        self.person = PersonHead(words)
        self.packets = PacketTable(words)
        self.form = AmendForm(words, self._cell)
        self._contents = QStackedWidget()
        self._arrange()
        self._connect()
        self.told.hide()

    def show_state(self, view: RecordView, *, decides: bool) -> None:
        """Show a record; what is being typed about the same one stays.

        decides: this role corrects and takes back by itself; others ask a supervisor for it.
        """
        self._decides = decides
        if self._view is None or self._view.visit_id != view.visit_id:
            self.told.hide()
            self.question.hide()
            self.back.setEnabled(True)
            self._show_form(is_open=False)
        self._view = view
        self.person.show_person(view)
        self.packets.show_packets(view.packets)
        say = self.words.say
        self.amend.show_text(say("Correct") if decides else say("Ask to correct"))
        self.withdraw.show_text(say("Take back") if decides else say("Ask to take back"))
        self.amend.setVisible(not view.withdrawn)
        self.withdraw.setVisible(not view.withdrawn)

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Show why the correction, or the taking back, was not taken."""
        if self._contents.currentIndex() == _FORM:
            self.form.show_findings(findings)
        else:
            told = " ".join(self.words.finding(finding) for finding in findings)
            self.show_trouble(self.words.say("Not saved yet."), told)

    def show_done(self, head: str, text: str) -> None:
        """Say that a change is kept, or asked for."""
        self._show_form(is_open=False)
        self.told.show_message(head, text, "success")

    def show_trouble(self, head: str, rest: str = "") -> None:
        """Say what went wrong; an empty `head` takes it away."""
        self.told.show_message(head, rest, "danger")

    def focus_first(self) -> None:
        """Go to the open question or form, to what can be done, or back."""
        if self.question.isVisibleTo(self):
            place: QWidget = self.question.line
        elif self._contents.currentIndex() == _FORM:
            place = self.form.choice
        else:
            places = (self.amend, self.withdraw, self.back)
            place = next(place for place in places if place.isVisibleTo(self))
        place.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        for button in (self.amend, self.withdraw):
            button.setMinimumWidth(196)
            self.person.beside.addWidget(button)
        self.person.beside.addStretch(1)
        self._contents.addWidget(scrolled(column(self.packets, STRETCH)))
        self._contents.addWidget(self.form)
        fill_page(
            self,
            page_head(self.words.say("Record"), self.back),
            self.told,
            self.question,
            self.person,
            (self._contents, 1),
        )

    def _connect(self) -> None:
        self.back.clicked.connect(self._back)
        self.amend.clicked.connect(lambda: self._show_form(is_open=True))
        self.withdraw.clicked.connect(self._ask)
        self.form.wanted.connect(self.amend_wanted)
        self.form.left.connect(lambda: self._show_form(is_open=False))
        self.question.given.connect(self._withdraw)
        self.question.dropped.connect(self._after_question)

    def _cell(self, field: Field) -> Cell:
        if self._reference is None:
            return LineCell(field, self.words.say(FIELD[field]))
        return make_cell(self.words, self._reference, field)

    def _show_form(self, *, is_open: bool) -> None:
        was_open = self._contents.currentIndex() == _FORM
        self._contents.setCurrentIndex(_FORM if is_open else _PACKETS)
        self.primary = self.form.save if is_open else None
        self.amend.setEnabled(not is_open)
        if is_open:
            self.told.hide()
            self.form.begin()
        if is_open or was_open:
            self.focus_first()

    def _back(self) -> None:
        if self._contents.currentIndex() == _FORM:
            self._show_form(is_open=False)
        else:
            self.back_wanted.emit()

    def _ask(self) -> None:
        name = self._view.full_name if self._view else ""
        self.told.hide()
        self._show_form(is_open=False)
        self.back.setEnabled(False)  # Esc is the question's now
        say = self.words.say
        told = (
            say("It stays at the centre, marked, and no longer counts. This cannot be undone here.")
            if self._decides
            else say("A supervisor decides. Until then nothing is changed.")
        )
        self.question.ask(say("Take the record of {name} back?", name=name), told)

    def _withdraw(self, reason: str) -> None:
        self._after_question()
        self.withdraw_wanted.emit(reason)

    def _after_question(self) -> None:
        self.back.setEnabled(True)
        self.focus_first()
