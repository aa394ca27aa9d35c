"""The whole queue: everybody who waits, in the order they are called."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.domain.words import Words
from kiosk.services.queue import QueueLine
from kiosk.ui import tokens
from kiosk.ui.kit.badges import Badge
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.layout import STRETCH, boxed, column, put, row, rule, scrolled
from kiosk.ui.kit.messages import EmptyPage, MessageBox
from kiosk.ui.kit.texts import Text
from kiosk.ui.page import Page
from kiosk.ui.pages.end_visit import EndVisitPanel
from kiosk.ui.pages.queue_rows import CallQuestion, in_minutes, queue_row
from kiosk.ui.pages.rows import RowList


@dataclass(frozen=True, slots=True)
class QueueState:
    """Who waits, in the order of being called."""

    lines: tuple[QueueLine, ...]


class QueuePage(Page):
    """Arrow keys walk through the rows, Enter asks and calls, Del asks and ends the visit of the chosen row.

    `call_wanted` carries the visit; `end_wanted` the visit and the reason.
    """

    call_wanted = Signal(str)
    end_wanted = Signal(str, str)
    arrival_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._lines: tuple[QueueLine, ...] = ()
        self._waiting, self._oldest = Badge(""), Text("", "small")
        self.trouble = MessageBox("danger")
        self.arrival = Button(words.say("Resident arrived"), key="F2", icon="user-plus")
        self.call = Button(words.say("Call next"), "primary", key=ENTER, icon="speaker-high")
        self.question = CallQuestion(words)
        self.panel = EndVisitPanel(words)
        self.end = Button(words.say("End the visit"), "danger", key="Del", icon="x-circle")
        self.rows: RowList[QueueLine] = RowList(
            lambda line: queue_row(words, line), lambda line: line.visit_id, choosing=True
        )
        self._area = scrolled(self.rows)
        self.rows.area = self._area
        self._nobody = EmptyPage(
            words.say("No queue yet"),
            words.say("Residents' tickets will stand here. Press F2 when a resident arrives."),
        )
        keys = Text(words.say("Enter calls the ticket of the row. Del ends its visit."), "small")
        self._foot = column(rule(), row(keys, STRETCH, self.end, margins=(19, 8, 12, 8)), gap=0)
        self._arrange()
        self._connect()
        self.show_trouble("")

    def show_state(self, state: QueueState) -> None:
        """Show who waits; the row that has the keyboard keeps it."""
        self._lines = in_minutes(state.lines)
        waiting = self.words.count("{count} waits", "{count} wait", len(self._lines))
        self._waiting.show_state(waiting, "neutral")
        oldest = max((line.waits for line in self._lines), default=0.0)
        told = self.words.say("longest {time}", time=self.words.age_of(oldest))
        self._oldest.setText(told if self._lines else "")
        self.rows.show_lines(self._lines)
        for widget, shown in ((self._nobody, not self._lines), (self._area, bool(self._lines))):
            widget.setVisible(shown)
        self._foot.setVisible(bool(self._lines))
        self._waiting.setVisible(bool(self._lines))
        self._close_what_left()
        self._choose_primary()

    def show_trouble(self, head: str, rest: str = "") -> None:
        """Say what went wrong; an empty `head` takes it away."""
        self.trouble.show_message(head, rest)

    def focus_first(self) -> None:
        """Begin with the first who waits."""
        if not self.rows.focus_first():
            super().focus_first()

    def _close_what_left(self) -> None:
        known = {line.visit_id for line in self._lines}
        if self.question.visit_id not in known:
            self.question.close_question()
        if self.panel.visit_id not in known:
            self.panel.close_panel()

    def _ask(self, line: QueueLine) -> None:
        self.panel.close_panel()
        self.question.ask(line)
        self._choose_primary()

    def _ask_next(self) -> None:
        if self._lines:
            self._ask(self._lines[0])

    def _ask_end(self) -> None:
        line = self.rows.line
        if line is not None:
            self.question.close_question()
            self.panel.ask(line)
            self._choose_primary()

    def _after(self, visit_id: str) -> None:
        """Give the keyboard back to the row that was asked about."""
        self._choose_primary()
        self.rows.focus_key(visit_id)

    def _choose_primary(self) -> None:
        empty = not self._lines
        asked = not self.question.isHidden() or not self.panel.isHidden()
        self.call.setVisible(not empty)
        self.call.setEnabled(not asked)
        self.end.setEnabled(not asked)
        self.arrival.show_kind("primary" if empty else "secondary")
        self.primary = self.arrival if empty else self.call
        if not self.question.isHidden():
            self.primary = self.question.yes
        elif not self.panel.isHidden():
            self.primary = self.panel.end

    def _call(self, visit_id: str) -> None:
        self._after(visit_id)
        self.call_wanted.emit(visit_id)

    def _end(self, visit_id: str, reason: str) -> None:
        self._after(visit_id)
        self.end_wanted.emit(visit_id, reason)

    def _connect(self) -> None:
        self.arrival.clicked.connect(self.arrival_wanted)
        self.call.clicked.connect(self._ask_next)
        self.rows.opened.connect(self._ask)
        self.question.called.connect(self._call)
        self.question.left.connect(lambda: self._after(self.question.visit_id))
        self.end.clicked.connect(self._ask_end)
        self.panel.answered.connect(self._end)
        self.panel.left.connect(lambda: self._after(self.panel.visit_id))

    def _arrange(self) -> None:
        title = row(Text(self.words.say("Queue"), "title"), self._waiting, gap=12)
        head = row(title, self._oldest, STRETCH, self.arrival, self.call, gap=8)
        frame = boxed("card")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(0, 1, 0, 1)
        inner.setSpacing(0)
        put(inner, (self._area, 1), (self._nobody, 1), self._foot)
        body = row((frame, 1), self.panel, gap=16)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.PAGE_MARGIN, 16, tokens.PAGE_MARGIN, 16)
        layout.setSpacing(16)
        put(layout, head, self.trouble, self.question, (body, 1))
