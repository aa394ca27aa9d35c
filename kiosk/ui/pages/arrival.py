"""A resident arrives: what for, whether served first, and whether recorded here before."""

from collections.abc import Generator
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kiosk.domain.findings import Finding
from kiosk.domain.labels import PRIORITY, SERVICE
from kiosk.domain.nik import bare_digits
from kiosk.domain.requests import Priority, Service
from kiosk.domain.words import Words
from kiosk.ui import tokens
from kiosk.ui.frame.action_bar import ActionBar
from kiosk.ui.kit.badges import Badge, State
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.fields import FormField, LineField
from kiosk.ui.kit.layout import STRETCH, card, column, put, row, scrolled
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.kit.texts import Text
from kiosk.ui.kit.turns import at_once
from kiosk.ui.page import Page
from kiosk.ui.pages.choice_rows import ChoiceRows
from kiosk.ui.pages.queue_rows import PRIORITY_ICONS

_ICONS: dict[Service, str] = {
    Service.FIRST_ENROLLMENT: "identification-card",
    Service.REPLACEMENT_LOST: "magnifying-glass",
    Service.REPLACEMENT_DAMAGED: "link-break",
    Service.CHANGED_DATA: "note-pencil",
    Service.TEMPORARY_CERTIFICATE: "certificate",
    Service.BIODATA_SHEET: "file-text",
    Service.COLLECTION: "hand",
}
_NIK_DIGITS = 16
_RIGHT = 420


@dataclass(frozen=True, slots=True)
class ArrivalState:
    """How many wait already."""

    waiting: int = 0


class ArrivalPage(Page):
    """Opens a visit.

    `arrived` carries service, priority, typed NIK and whether the resident is served at once.  `nik_typed` carries
    sixteen signs as soon as they stand there; `record_wanted` asks for the record `show_known` told of.
    later: most of it comes with `furnish`.
    """

    arrived = Signal(object, object, str, bool)
    nik_typed = Signal(str)
    record_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None, *, later: bool = False) -> None:
        super().__init__(words, parent)
        self._waiting = Badge("")
        self.services = ChoiceRows(
            [(kind.value, words.say(SERVICE[kind]), _ICONS[kind]) for kind in Service],
            numbered=True,
            later=True,
        )
        self.priorities = ChoiceRows(
            [(kind.value, words.say(PRIORITY[kind]), PRIORITY_ICONS[kind]) for kind in Priority],
            height=tokens.CONTROL,
            later=True,
        )
        self.nik = LineField(longest=24)
        self._nik_field = FormField(words.say("NIK"), self.nik, note=words.say("may stay empty"))
        self.known = MessageBox("danger")
        self.open_record = Button(words.say("Open the record"), icon="file-text")
        self._record_row = row(self.open_record, STRETCH)
        self.trouble = MessageBox("danger")
        self.enqueue = Button(words.say("Into the queue"), key="F6", icon="users-three")
        self.serve = Button(words.say("Start serving"), "primary", key=ENTER, icon="arrow-right")
        self.primary = self.serve
        self.bar = ActionBar(words, self.serve, self.enqueue)
        if not later:
            at_once(self.furnish())

    def furnish(self) -> Generator[None, None, None]:
        """Make the rows, and put all of it together."""
        yield
        yield from self.services.furnish()
        yield from self.priorities.furnish()
        self._arrange()
        self._connect()
        yield
        self.begin()

    def begin(self) -> None:
        """Clear the page for another resident."""
        self.services.show_key("")
        self.priorities.show_key(Priority.NONE.value)
        self.nik.clear()
        self._show_record("")
        self.show_trouble("")
        self._show_ready()

    def show_state(self, state: ArrivalState) -> None:
        """Show how many wait; what was chosen and typed stays."""
        waiting = self.words.count("{count} waits", "{count} wait", state.waiting)
        self._waiting.show_state(waiting, "neutral")

    def show_known(self, text: str) -> None:
        """Answer `nik_typed`: say that this NIK was recorded here before, and when; empty when it was not."""
        self._show_record(text)
        if text:
            self._nik_field.show_hint("")
        elif len(self._digits()) == _NIK_DIGITS:
            self._nik_field.show_hint(self.words.say("Not recorded here before"), "success")

    def show_wrong(self, text: str) -> None:
        """Answer `nik_typed`: say why this is no NIK."""
        self._show_record("")
        self._nik_field.show_hint(text, "danger")

    def _show_record(self, text: str) -> None:
        advice = self.words.say("Look at the record first: a second one becomes a duplicate at the centre.")
        self.known.show_message(text, advice)
        self._record_row.setVisible(bool(text))

    def show_trouble(self, head: str, rest: str = "") -> None:
        """Say what went wrong; an empty `head` takes it away."""
        self.trouble.show_message(head, rest)

    def focus_first(self) -> None:
        """Begin with the service."""
        self.services.focus_chosen()

    def _show_ready(self) -> None:
        chosen = bool(self.services.key)
        self.serve.setEnabled(chosen)
        self.enqueue.setEnabled(chosen)
        hint = "" if chosen else self.words.say("Choose a service first: keys 1 to 7")
        self.bar.show_hint(hint, State.PENDING)

    def _digits(self) -> str:
        return bare_digits(self.nik.text()) or ""

    def _show_digits(self) -> None:
        digits = self._digits()
        self._show_record("")
        self._nik_field.show_hint("")
        if len(digits) == _NIK_DIGITS:
            self._nik_field.show_hint(self.words.say("Looking for an earlier record ..."))
            self.nik_typed.emit(digits)

    def _show_missing(self) -> None:
        digits = self._digits()
        missing = _NIK_DIGITS - len(digits)
        if not missing or not self.nik.text():
            return
        if digits and not (digits.isascii() and digits.isdigit()):
            self._show_found(Finding.error("nik.not_digits", "nik"))
        elif missing < 0:
            self._show_found(Finding.error("nik.length", "nik", given=str(len(digits))))
        else:
            told = self.words.count("{count} digit is missing", "{count} digits are missing", missing)
            self._nik_field.show_hint(told, "warning")

    def _show_found(self, finding: Finding) -> None:
        self._nik_field.show_hint(self.words.finding(finding), "warning")

    def _arrive(self, *, serve_now: bool) -> None:
        service, priority = Service(self.services.key), Priority(self.priorities.key)
        self.arrived.emit(service, priority, self._digits(), serve_now)

    def _connect(self) -> None:
        self.services.chosen.connect(self._show_ready)
        self.nik.textChanged.connect(self._show_digits)
        self.nik.left.connect(self._show_missing)
        self.open_record.clicked.connect(self.record_wanted)
        self.serve.clicked.connect(lambda: self._arrive(serve_now=True))
        self.enqueue.clicked.connect(lambda: self._arrive(serve_now=False))
        self.bar.back_wanted.connect(self.back_wanted)

    def _arrange(self) -> None:
        say = self.words.say
        self.bar.pause.hide()
        told = say("Choose what the resident came for. A ticket is made at once.")
        heading = column(Text(say("Resident arrived"), "title"), Text(told, "small"), gap=1)
        head = row(heading, STRETCH, self._waiting)
        services = self._list_card(say("Service"), self.services)
        priorities = self._list_card(say("Served first?"), self.priorities)
        nik = card(self._nik_field, self.known, self._record_row, margins=(18, 14, 18, 10), gap=8)
        right = column(priorities, nik, STRETCH, gap=16)
        right.setFixedWidth(_RIGHT)
        body = row((column(services, STRETCH), 1), right, gap=16)
        content = column(
            head,
            self.trouble,
            body,
            STRETCH,
            gap=16,
            margins=(tokens.PAGE_MARGIN, 16, tokens.PAGE_MARGIN, 12),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        put(layout, (scrolled(content), 1), self.bar)

    def _list_card(self, heading: str, rows: ChoiceRows) -> QFrame:
        head = row(Text(heading, "h2"), margins=(17, 0, 17, 0))
        head.setFixedHeight(tokens.CONTROL)
        return card(head, rows, gap=0, margins=(1, 1, 1, 4))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the service of a number, or leave on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
            return
        typed = event.text()
        if typed.isascii() and typed.isdigit() and self.services.choose_number(int(typed)):
            return
        super().keyPressEvent(event)
