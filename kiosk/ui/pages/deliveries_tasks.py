"""The list of verdicts somebody has to act on: who, what the centre said, and what to do about it."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from kiosk.domain.labels import DECISION
from kiosk.domain.verdicts import Decision
from kiosk.domain.words import Words
from kiosk.ui.kit.badges import Badge
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.layout import STRETCH, card, column, row
from kiosk.ui.kit.messages import EmptyPage
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.page import Page
from kiosk.ui.pages.page_head import fill_page, page_head
from kiosk.ui.pages.rows import Row, RowList, cell, listed
from kiosk.ui.pages.verdicts import VERDICT_LOOK, reason_told, what_to_do

_HEIGHT = 60
_TICKET, _VERDICT, _TO_DO, _SINCE = 72, 182, 464, 92


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One verdict to act on; `decision` is a value of `Decision`, `since` in the office's zone.

    paper: number of a paper to be taken back, empty without one.
    """

    visit_id: str
    full_name: str
    ticket: str
    decision: str
    reason: str
    since: datetime
    paper: str = ""


class TasksPage(Page):
    """The tasks the centre's verdicts leave; `record_wanted` carries the visit, `paper_wanted` that of a paper."""

    record_wanted = Signal(str)
    paper_wanted = Signal(str)
    back_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.back = Button(words.say("Back"), key="Esc", icon="arrow-left")
        self.tasks: RowList[TaskLine] = RowList(self._row, lambda task: f"{task.visit_id} {task.decision}")
        self._contents = QStackedWidget()
        self._now: datetime | None = None
        self.back.clicked.connect(self.back_wanted)
        self.tasks.opened.connect(self._open)
        self._arrange()

    def show_state(self, tasks: tuple[TaskLine, ...], now: datetime) -> None:
        """Show the tasks, the oldest first."""
        self._now = now
        self.tasks.show_lines(tasks)
        self._contents.setCurrentIndex(0 if tasks else 1)

    def focus_first(self) -> None:
        """Go to the first task."""
        if not self.tasks.focus_first():
            self.back.setFocus()

    def _arrange(self) -> None:
        heads = (
            (self.words.say("Ticket"), _TICKET),
            (self.words.say("Name"), 0),
            (self.words.say("The centre says"), _VERDICT),
            (self.words.say("What to do"), _TO_DO),
            (self.words.say("Since"), _SINCE),
        )
        self._contents.addWidget(listed(self.tasks, *heads))
        nothing = EmptyPage(
            self.words.say("No tasks"),
            self.words.say(
                "What the centre wants to be looked at stands here: duplicates and what it rejected."
            ),
        )
        self._contents.addWidget(card(nothing))
        fill_page(self, page_head(self.words.say("To do for the centre"), self.back), (self._contents, 1))

    def _open(self, task: TaskLine) -> None:
        wanted = self.paper_wanted if task.paper else self.record_wanted
        wanted.emit(task.visit_id)

    def _row(self, task: TaskLine) -> Row:
        decision = Decision(task.decision)
        said, (mood, icon) = self.words.say(DECISION[decision]), VERDICT_LOOK[decision]
        act, reason = what_to_do(self.words, decision), reason_told(task.reason)
        if task.paper:
            act, reason = self.words.say("Take back paper {number}.", number=task.paper), f"{act} {reason}"
        since = self._since(task.since)
        return Row(
            ", ".join(part for part in (task.ticket, task.full_name, said, reason, act, since) if part),
            cell(Text(task.ticket, "strong"), _TICKET),
            (ElidedText(task.full_name), 1),
            cell(row(Badge(said, mood, icon), STRETCH), _VERDICT),
            cell(_act(act, reason), _TO_DO),
            cell(Text(since, "small"), _SINCE),
            height=_HEIGHT,
        )

    def _since(self, since: datetime) -> str:
        if self._now is None:
            return ""
        return self.words.age_of((self._now - since).total_seconds())


def _act(act: str, reason: str) -> QFrame:
    return column(
        STRETCH, ElidedText(act, "note"), ElidedText(reason, "small") if reason else None, STRETCH, gap=1
    )
