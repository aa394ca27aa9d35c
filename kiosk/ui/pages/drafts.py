"""The page of visits that were begun and not finished: go on with one, or end it with a reason."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from kiosk.domain.labels import SERVICE
from kiosk.domain.words import Words
from kiosk.services.queue import DraftLine
from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.layout import STRETCH, card, row
from kiosk.ui.kit.messages import Bar, EmptyPage
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.page import Page
from kiosk.ui.pages.page_head import fill_page, page_head
from kiosk.ui.pages.rows import Row, RowList, cell, listed
from kiosk.ui.tokens import WARNING
from kiosk.ui.visit.park_menu import reason_words
from kiosk.ui.visit.reason_box import ReasonBox
from kiosk.ui.visit.shell import STAGE_WORDS

_TICKET, _SERVICE, _PROGRESS, _WHY, _SINCE = 72, 212, 170, 236, 142


@dataclass(frozen=True, slots=True)
class DraftsState:
    """The drafts, the oldest first, and the moment at which they are shown, in the office's zone."""

    lines: tuple[DraftLine, ...]
    now: datetime


class DraftsPage(Page):
    """All drafts; `resume_wanted` and `end_wanted` carry the visit, `end_wanted` its reason too."""

    resume_wanted = Signal(str)
    end_wanted = Signal(str, str)
    arrival_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._now: datetime | None = None
        self._asked = ""
        self.arrive = Button(words.say("A resident arrives"), key="F2", icon="user-plus")
        self.end = Button(words.say("End without service"), "danger", key="Del", icon="x-circle")
        self.resume = Button(words.say("Go on"), "primary", key=ENTER, icon="arrow-right")
        self.question = ReasonBox(words, words.say("End the visit"), words.say("Reason"))
        self.drafts: RowList[DraftLine] = RowList(self._row, lambda line: line.visit_id, choosing=True)
        self._count = Text("", "small")
        self._empty = EmptyPage(
            words.say("No drafts"),
            words.say("Visits that are put off stand here. Press F2 when a resident arrives."),
        )
        self._contents = QStackedWidget()
        self._arrange()
        self._connect()

    def show_state(self, state: DraftsState) -> None:
        """Show the drafts; a question that stands open stays while its visit does."""
        self._now = state.now
        self.drafts.show_lines(state.lines)
        is_empty = not state.lines
        self._contents.setCurrentIndex(1 if is_empty else 0)
        self._foot.setVisible(not is_empty)
        self.primary = self.arrive if is_empty else self.resume
        self.arrive.show_kind("primary" if is_empty else "secondary")
        count = len(state.lines)
        self._count.setText("" if is_empty else self.words.count("{count} draft", "{count} drafts", count))
        if self._asked not in {line.visit_id for line in state.lines}:
            self.question.hide()

    def focus_first(self) -> None:
        """Go to the open question, or to the chosen draft."""
        if self.question.isVisibleTo(self):
            self.question.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.drafts.focus_first():
            super().focus_first()

    def _connect(self) -> None:
        self.arrive.clicked.connect(self.arrival_wanted)
        self.resume.clicked.connect(self._resume)
        self.end.clicked.connect(self._ask)
        self.drafts.opened.connect(lambda line: self.resume_wanted.emit(line.visit_id))
        self.question.given.connect(self._end)
        self.question.dropped.connect(lambda: self.drafts.focus_key(self._asked))

    def _arrange(self) -> None:
        heads = (
            (self.words.say("Ticket"), _TICKET),
            (self.words.say("Name"), 0),
            (self.words.say("Service"), _SERVICE),
            (self.words.say("Progress"), _PROGRESS),
            (self.words.say("How it stands"), _WHY),
            (self.words.say("Begun"), _SINCE),
        )
        self._contents.addWidget(listed(self.drafts, *heads))
        self._contents.addWidget(card(self._empty))
        self._foot = row(self.end, STRETCH, self.resume)
        head = page_head(self.words.say("Drafts"), self._count, 8, self.arrive)
        fill_page(self, head, self.question, (self._contents, 1), self._foot)

    def _row(self, line: DraftLine) -> Row:
        name = line.full_name or self.words.say("Name not typed yet")
        service = self.words.say(SERVICE[line.service])
        done = self.words.say("{done} of {all}", done=line.stages_done, all=line.stages_all)
        how = self._how(line)
        since = self._since(line.opened_at)
        return Row(
            ", ".join((line.ticket, name, service, done, how, since)),
            cell(Text(line.ticket, "strong"), _TICKET),
            (ElidedText(name, "body" if line.full_name else "small"), 1),
            cell(ElidedText(service), _SERVICE),
            cell(_progress(line, done), _PROGRESS),
            cell(_standing(line, how), _WHY),
            cell(Text(since, "small"), _SINCE),
        )

    def _how(self, line: DraftLine) -> str:
        if line.parked_because and line.elsewhere:
            return self.words.say("Goes on in {office}", office=line.elsewhere)
        if line.parked_because:
            return reason_words(self.words, line.parked_because)
        if line.open_stage is None:
            return self.words.say("Only waits to be saved")
        return self.words.say("Next: {stage}", stage=self.words.say(STAGE_WORDS[line.open_stage]))

    def _since(self, opened_at: datetime) -> str:
        if self._now is not None and opened_at.date() == self._now.date():
            return self.words.time(opened_at)
        return f"{self.words.short_day(opened_at.date())} {self.words.time(opened_at)}"

    def _resume(self) -> None:
        line = self.drafts.line
        if line is not None:
            self.resume_wanted.emit(line.visit_id)

    def _ask(self) -> None:
        line = self.drafts.line
        if line is None:
            return
        self._asked = line.visit_id
        name = line.full_name or self.words.say("the resident")
        self.question.ask(
            self.words.say("End ticket {ticket} without service?", ticket=line.ticket),
            self.words.say(
                "What was typed and taken of {name} is deleted. The reason goes to the centre.", name=name
            ),
        )

    def _end(self, reason: str) -> None:
        asked, self._asked = self._asked, ""
        self.end_wanted.emit(asked, reason)


def _progress(line: DraftLine, told: str) -> QFrame:
    bar = Bar()
    bar.show_share(line.stages_done / max(1, line.stages_all))
    count = Text(told, "small")
    count.setFixedWidth(64)
    return row((bar, 1), count)


def _standing(line: DraftLine, told: str) -> QFrame:
    parked = bool(line.parked_because)
    icon = IconLabel(
        "pause-circle" if parked else "caret-right", WARNING.colour if parked else tokens.MUTED, 18
    )
    return row(icon, (ElidedText(told, "note" if parked else "small"), 1))
