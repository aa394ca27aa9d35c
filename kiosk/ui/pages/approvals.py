"""What waits for a supervisor: exceptions, corrections and withdrawals, decided one by one or many with one PIN."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from kiosk.domain.labels import FIELD
from kiosk.domain.words import Words, msg
from kiosk.services.approvals import ApprovalKind, Decided, Waiting
from kiosk.ui.kit.badges import Badge
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.layout import STRETCH, card, column, row
from kiosk.ui.kit.messages import EmptyPage, MessageBox
from kiosk.ui.kit.texts import ElidedText
from kiosk.ui.page import Page
from kiosk.ui.pages.marked_rows import BOX, MarkRow
from kiosk.ui.pages.page_head import fill_page, page_head
from kiosk.ui.pages.rows import Row, RowList, cell, listed
from kiosk.ui.visit.exceptions_box import told_exception
from kiosk.ui.visit.pin_box import PinBox
from kiosk.ui.visit.reason_box import ReasonBox

_HEIGHT = 64
_KIND, _WHO, _ASKED = 150, 236, 150
_PIN = 240
_KINDS: dict[ApprovalKind, tuple[str, str, str]] = {
    ApprovalKind.EXCEPTION: (msg("Exception"), "warning", "hand-palm"),
    ApprovalKind.CORRECTION: (msg("Correction"), "chosen", "pencil-simple"),
    ApprovalKind.WITHDRAWAL: (msg("Withdrawal"), "danger", "arrow-u-up-left"),
}


@dataclass(frozen=True, slots=True)
class _Line:
    shown: Waiting
    is_marked: bool


class ApprovalsPage(Page):
    """`approve_wanted` carries keys and PIN, `refuse_wanted` keys, PIN and reason; `opened` one that waits."""

    approve_wanted = Signal(object, str)
    refuse_wanted = Signal(object, str, str)
    opened = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        say = words.say
        self._shown: tuple[Waiting, ...] = ()
        self._marked: frozenset[str] = frozenset()
        self._now: datetime | None = None
        self.lines: RowList[_Line] = RowList(self._row, lambda line: line.shown.key, choosing=True)
        self.told = MessageBox("danger")
        self.question = ReasonBox(words, say("Refuse"), say("Reason"))
        self.pin = PinBox(words, say("PIN of the supervisor"))
        self.pin.setFixedWidth(_PIN)
        self.refuse = Button(say("Refuse"), "danger", key="Del", icon="x")
        self.approve = Button("", "primary", key="F8", icon="check")
        self.primary = self.approve
        self._count = Badge("", "neutral")
        self._contents = QStackedWidget()
        self._arrange()
        self._connect()

    def show_state(self, waiting: Sequence[Waiting], now: datetime) -> None:
        """Show what waits, the oldest first; marks stay with what still waits."""
        self._shown, self._now = tuple(waiting), now
        self._marked &= {one.key for one in waiting}
        self._count.show_state(self.words.count("{count} waits", "{count} wait", len(self._shown)), "neutral")
        self._contents.setCurrentIndex(0 if self._shown else 1)
        self._show_marks()

    def show_decided(self, decided: Decided) -> None:
        """Say what came of it."""
        self.pin.clear()
        head = self.words.count("{count} decided.", "{count} decided.", decided.done)
        told = [
            f"{name}: {' '.join(self.words.finding(finding) for finding in findings)}"
            for name, findings in decided.refused
        ]
        self.told.show_message(head, " ".join(told), "warning" if told else "success")

    def show_trouble(self, head: str, rest: str = "") -> None:
        """Say what went wrong; an empty head takes it away."""
        self.told.show_message(head, rest, "danger")

    def show_wrong_pin(self, told: str) -> None:
        """Say that the PIN was wrong."""
        self.pin.show_wrong(told)

    def show_working(self, *, working: bool) -> None:
        """Let nobody press twice."""
        if working:
            self.approve.setEnabled(False)
            self.refuse.setEnabled(False)
        else:
            self._weigh()

    def focus_first(self) -> None:
        """Go to what waits."""
        if self.question.isVisibleTo(self):
            self.question.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.lines.focus_first():
            self.setFocus()

    @property
    def marked(self) -> tuple[str, ...]:
        """The keys of what is marked; of the one that is chosen where nothing is."""
        marked = tuple(one.key for one in self._shown if one.key in self._marked)
        line = self.lines.line
        return marked or ((line.shown.key,) if line is not None else ())

    def _show_marks(self) -> None:
        self.lines.show_lines(tuple(_Line(one, one.key in self._marked) for one in self._shown))
        self._weigh()

    def _weigh(self) -> None:
        count = len(self.marked)
        self.approve.show_text(self.words.say("Agree ({count})", count=count))
        for button in (self.approve, self.refuse):
            button.setEnabled(bool(count) and self.pin.is_complete)

    def _mark(self, key: str) -> None:
        self._marked = self._marked ^ {key}
        self._show_marks()

    def _row(self, line: _Line) -> Row:
        one, words = line.shown, self.words
        word, mood, icon = _KINDS[one.kind]
        kind, what, why = words.say(word), self._what(one), one.reason
        since = words.age_of((self._now - one.asked_at).total_seconds()) if self._now and one.asked_at else ""
        name = ", ".join(part for part in (kind, one.full_name, what, why, one.asked_by, since) if part)
        made = MarkRow(
            words,
            name,
            cell(row(Badge(kind, mood, icon), STRETCH), _KIND),
            cell(_two(ElidedText(one.full_name, "strong"), one.ticket), _WHO),
            (_two(ElidedText(what), why), 1),
            cell(_two(ElidedText(one.asked_by), since), _ASKED),
            is_marked=line.is_marked,
            height=_HEIGHT,
        )
        made.marked.connect(lambda: self._mark(one.key))
        return made

    def _what(self, one: Waiting) -> str:
        match one.kind:
            case ApprovalKind.EXCEPTION:
                return "; ".join(told_exception(self.words, exception) for exception in one.exceptions)
            case ApprovalKind.CORRECTION:
                return "; ".join(f"{self.words.say(FIELD[name])}: {text}" for name, text in one.changes)
        return self.words.say("Take the record back")

    def _arrange(self) -> None:
        say = self.words.say
        heads = (
            ("", BOX),
            (say("What"), _KIND),
            (say("Name"), _WHO),
            (say("What is asked for"), 0),
            (say("Asked by"), _ASKED),
        )
        self._contents.addWidget(listed(self.lines, *heads))
        nothing = EmptyPage(
            say("Nothing waits for you"),
            say("Exceptions, corrections and withdrawals that officers ask for stand here."),
        )
        self._contents.addWidget(card(nothing))
        buttons = column(STRETCH, row(self.refuse, self.approve, gap=8), STRETCH)
        foot = row(STRETCH, self.pin, buttons, gap=12)
        fill_page(
            self,
            page_head(say("Approvals"), self._count),
            self.told,
            self.question,
            (self._contents, 1),
            foot,
        )
        self.told.hide()

    def _connect(self) -> None:
        self.pin.changed.connect(self._weigh)
        self.pin.entered.connect(lambda _: self._approve())
        self.approve.clicked.connect(self._approve)
        self.refuse.clicked.connect(self._ask)
        self.question.given.connect(lambda why: self.refuse_wanted.emit(self.marked, self.pin.pin, why))
        self.question.dropped.connect(self.focus_first)
        self.lines.opened.connect(lambda line: self.opened.emit(line.shown))
        self.lines.chosen.connect(lambda _: self._weigh())

    def _approve(self) -> None:
        if self.marked and self.pin.is_complete:
            self.approve_wanted.emit(self.marked, self.pin.pin)

    def _ask(self) -> None:
        self.question.ask(
            self.words.count("Refuse {count}?", "Refuse {count}?", len(self.marked)),
            self.words.say("Nothing goes to the centre. An exception that is refused is captured after all."),
        )


def _two(first: QWidget, second: str) -> QWidget:
    """Return two lines over each other."""
    return column(STRETCH, first, ElidedText(second, "small") if second else None, STRETCH, gap=1)
