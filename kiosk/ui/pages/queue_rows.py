"""Residents who wait, as rows without names: one row a ticket, and the question before a ticket is called."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from kiosk.domain.labels import PRIORITY, SERVICE
from kiosk.domain.requests import Priority
from kiosk.domain.words import Words
from kiosk.services.queue import QueueLine
from kiosk.ui.kit.badges import Badge
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.layout import STRETCH, row
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.pages.rows import ROW_HEIGHT, Row, RowList

_TICKET, _SERVICE = 60, 238
_MINUTE = 60
PRIORITY_ICONS: dict[Priority, str] = {
    Priority.NONE: "clock",
    Priority.ELDERLY: "wheelchair",
    Priority.DISABILITY: "wheelchair",
    Priority.PREGNANT: "heartbeat",
    Priority.WITH_INFANT: "baby",
}


def queue_row(words: Words, line: QueueLine) -> Row:
    """Return the row of one resident who waits: ticket, service, what is special, how long."""
    ticket, service = Text(line.ticket, "h2"), ElidedText(words.say(SERVICE[line.service]))
    ticket.setFixedWidth(_TICKET)
    service.setFixedWidth(_SERVICE)
    service.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    waits = words.age_of(line.waits)
    badges = _badges(words, line)
    told = [line.ticket, service.whole, *(badge.shown_text for badge in badges), waits]
    return Row(", ".join(told), ticket, service, *badges, STRETCH, Text(waits, "small"))


def _badges(words: Words, line: QueueLine) -> list[Badge]:
    badges = []
    if line.priority is not Priority.NONE:
        label = words.say(PRIORITY[line.priority])
        badges.append(Badge(label, "chosen", PRIORITY_ICONS[line.priority]))
    if line.has_draft:
        badges.append(Badge(words.say("Has a draft"), "neutral", "note-pencil"))
    return badges


def in_minutes(lines: Sequence[QueueLine]) -> tuple[QueueLine, ...]:
    """Return the lines with whole minutes of waiting, so that rows stay until what they say changes."""
    return tuple(replace(line, waits=line.waits // _MINUTE * _MINUTE) for line in lines)


class QueueRows(QFrame):
    """The rows of those who wait; `opened` carries the `QueueLine` that was clicked or had Enter.

    fitted: as many as the place holds, `hidden_changed` tells how many are left out; else all, one under the other.
    """

    opened = Signal(object)
    left_upwards = Signal()
    hidden_changed = Signal(int)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[QueueLine, ...] = ()
        self.list: RowList[QueueLine] = RowList(
            lambda line: queue_row(words, line), lambda line: line.visit_id, self
        )
        self.list.opened.connect(self.opened)
        self.list.left_upwards.connect(self.left_upwards)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumHeight(ROW_HEIGHT)

    def show_lines(self, lines: Sequence[QueueLine]) -> None:
        """Show as many of the lines as there is room for."""
        self._lines = in_minutes(lines)
        self._fit()

    def _fit(self) -> None:
        room = max(1, self.height() // ROW_HEIGHT)
        shown = self._lines[:room]
        self.list.show_lines(shown)
        self.list.setGeometry(0, 0, self.width(), max(ROW_HEIGHT, len(shown) * ROW_HEIGHT + 1))
        self.hidden_changed.emit(len(self._lines) - len(shown))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more or fewer rows."""
        super().resizeEvent(event)
        self._fit()


class CallQuestion(MessageBox):
    """Asks in the page whether this ticket is to be called now; Enter says yes, Esc no.

    `called` carries the visit; `left` tells that the answer was no.
    """

    called = Signal(str)
    left = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("chosen", parent, icon="speaker-high")
        self.words = words
        self.visit_id = ""
        self.no = Button(words.say("No"), key="Esc")
        self.yes = Button(words.say("Yes, call"), "primary", key=ENTER)
        self.beside.addWidget(row(self.no, self.yes))
        self.no.clicked.connect(self.close_question)
        self.yes.clicked.connect(self._call)
        self.show_message("")

    def ask(self, line: QueueLine) -> None:
        """Ask about one who waits."""
        self.visit_id = line.visit_id
        head = self.words.say("Call {ticket} now?", ticket=line.ticket)
        self.show_message(head, self.words.say("Those before keep their places."))
        self.yes.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_question(self) -> None:
        """Take the question away; nobody is called."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def _call(self) -> None:
        self.hide()
        self.called.emit(self.visit_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer on Enter with the button that has the keyboard."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            (self.no if self.no.hasFocus() else self.yes).click()
            return
        super().keyPressEvent(event)
