"""The officer's first page: can I work, and who is next."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.words import Words, msg
from kiosk.services.queue import DayCounts, QueueLine
from kiosk.services.standing import Standing
from kiosk.ui import tokens
from kiosk.ui.kit.badges import Badge
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.layout import STRETCH, boxed, column, put, row, rule
from kiosk.ui.kit.messages import EmptyPage, MessageBox
from kiosk.ui.kit.texts import ElidedText, Keycap, Text
from kiosk.ui.page import Page
from kiosk.ui.pages.home_parts import CountsCard, NextCard, banner_of
from kiosk.ui.pages.home_services import ServiceLine, ServicesCard
from kiosk.ui.pages.queue_rows import CallQuestion, QueueRows

MORNING, NOON, AFTERNOON, EVENING = "morning", "noon", "afternoon", "evening"
_GREETINGS = {
    MORNING: msg("Good morning, {name}"),
    NOON: msg("Good day, {name}"),
    AFTERNOON: msg("Good afternoon, {name}"),
    EVENING: msg("Good evening, {name}"),
}
_RIGHT = 352
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class HomeState:
    """All the page shows.

    office: the district's name.  counter: `Loket 2`, hours: until when it is open, since: when it opened; each may be
    empty.  foot: what is broken and what stands in for it, with the icon of that device.  notice: F4 leads somewhere.
    morning: what the morning's self-test found, empty for who has nothing to do with it.  may_check: F6 leads to the
    check of a paper.
    """

    user_name: str
    part_of_day: str
    office: str
    counter: str
    hours: str
    standing: Standing
    queue: tuple[QueueLine, ...]
    counts: DayCounts
    services: tuple[ServiceLine, ...]
    foot: str
    now: datetime
    foot_icon: str = "files"
    since: str = ""
    notice: bool = False
    morning: str = ""
    may_check: bool = False


class HomePage(Page):
    """Who is next, who waits, the day in numbers, what can be served.

    `call_wanted` carries the visit to be called; `export_wanted` comes from the banner of a full disk.
    """

    call_wanted = Signal(str)
    arrival_wanted = Signal()
    drafts_wanted = Signal()
    search_wanted = Signal()
    check_wanted = Signal()
    queue_wanted = Signal()
    pause_wanted = Signal()
    notice_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._greeting, self._place = ElidedText("", "title"), ElidedText("", "small")
        self.pause = Button(words.say("Pause the counter"), key="F9", icon="pause-circle")
        self.banner = MessageBox("offline", flat=True)
        self.notice = Button(words.say("Notice for residents"), key="F4", icon="megaphone")
        self.export = Button(words.say("Copy to USB"), key="F7", icon="usb")
        self.next = NextCard(words)
        self._waiting, self._oldest = Badge(""), Text("", "small")
        self.question = CallQuestion(words)
        self.rows = QueueRows(words)
        self._nobody = EmptyPage(
            words.say("No queue yet"),
            words.say("Residents' tickets will stand here. Press F2 when a resident arrives."),
        )
        self._below = Text("", "small")
        self.open_queue = Button(words.say("Open the queue"), "quiet")
        self.arrival = Button(words.say("Resident arrived"), key="F2", icon="user-plus").spread()
        self.drafts = Button(words.say("Go on with a draft"), key="F3", icon="note-pencil").spread()
        self.search = Button(words.say("Find NIK or name"), key="Ctrl+F", icon="magnifying-glass").spread()
        self.check = Button(words.say("Check a paper"), key="F6", icon="seal-check")
        self.counts, self.services = CountsCard(words), ServicesCard(words)
        self._arrange()
        self._connect()

    def show_state(self, state: HomeState) -> None:
        """Show how everything stands."""
        self._show_header(state)
        self._show_banner(state)
        self._show_queue(state.queue)
        self.check.setVisible(state.may_check)
        self.counts.show_counts(state.counts, state.since)
        self.services.show_services(state.services)
        self.services.show_foot(state.foot, state.foot_icon)
        self._choose_primary()

    def _show_header(self, state: HomeState) -> None:
        say = self.words.say
        greeting = _GREETINGS.get(state.part_of_day, _GREETINGS[NOON])
        self._greeting.show_text(say(greeting, name=_called(state.user_name)))
        office = say("District {office}", office=state.office) if state.office else ""
        place = ", ".join(part for part in (office, state.counter) if part)
        until = say("Open until {time}", time=state.hours) if state.hours else ""
        self._place.show_text(". ".join(part for part in (place, until, state.morning) if part))

    def _show_banner(self, state: HomeState) -> None:
        banner = banner_of(self.words, state.standing)
        self.notice.setVisible(state.notice)
        self.export.setVisible(state.standing.disk_gate)
        if banner is None:
            self.banner.show_message("")
        else:
            self.banner.show_message(banner.head, banner.rest, banner.mood)

    def _show_queue(self, queue: tuple[QueueLine, ...]) -> None:
        self.next.setVisible(bool(queue))
        if queue:
            self.next.show_line(queue[0])
        waiting = self.words.count("{count} waits", "{count} wait", len(queue))
        self._waiting.show_state(waiting, "neutral")
        self._waiting.setVisible(bool(queue))
        oldest = max((line.waits for line in queue), default=0.0)
        told = self.words.say("longest {time}", time=self.words.age_of(oldest))
        self._oldest.setText(told if queue else "")
        self._nobody.setVisible(not queue)
        self.rows.setVisible(bool(queue))
        self.rows.show_lines(queue[1:])
        if self.question.visit_id not in {line.visit_id for line in queue}:
            self.question.close_question()

    def _show_hidden(self, count: int) -> None:
        told = self.words.count("{count} more below", "{count} more below", count)
        self._below.setText(told if count else "")

    def _ask(self, line: QueueLine) -> None:
        self.question.ask(line)
        self._choose_primary()

    def _after_question(self) -> None:
        self._choose_primary()
        self.focus_first()

    def _choose_primary(self) -> None:
        empty = self.next.isHidden()
        self.arrival.show_kind("primary" if empty else "secondary")
        self.next.call.setEnabled(self.question.isHidden())
        if not self.question.isHidden():
            self.primary = self.question.yes
        else:
            self.primary = self.arrival if empty else self.next.call

    def _connect(self) -> None:
        for button, signal in (
            (self.pause, self.pause_wanted),
            (self.notice, self.notice_wanted),
            (self.export, self.export_wanted),
            (self.open_queue, self.queue_wanted),
            (self.arrival, self.arrival_wanted),
            (self.drafts, self.drafts_wanted),
            (self.search, self.search_wanted),
            (self.check, self.check_wanted),
        ):
            button.clicked.connect(signal)
        self.next.call_wanted.connect(self.call_wanted)
        self.question.called.connect(self._called_by_question)
        self.question.left.connect(self._after_question)
        self.rows.opened.connect(self._ask)
        self.rows.left_upwards.connect(self.focus_first)
        self.rows.hidden_changed.connect(self._show_hidden)

    def _called_by_question(self, visit_id: str) -> None:
        self._after_question()
        self.call_wanted.emit(visit_id)

    def _arrange(self) -> None:
        head = row((column(self._greeting, self._place, gap=1), 1), self.check, self.pause, gap=8)
        self.banner.beside.addWidget(row(self.notice, self.export))
        actions = column(self.arrival, self.drafts, self.search)
        right = column(actions, self.counts, (self.services, 1), gap=16)
        right.setFixedWidth(_RIGHT)
        left = column(self.next, (self._queue_card(), 1), gap=16)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.PAGE_MARGIN, 16, tokens.PAGE_MARGIN, 16)
        layout.setSpacing(16)
        put(layout, head, self.banner, (row((left, 1), right, gap=16), 1))

    def _queue_card(self) -> QFrame:
        frame = boxed("card")
        head = row(
            Text(self.words.say("Queue"), "h2"),
            self._waiting,
            STRETCH,
            self._oldest,
            gap=10,
            margins=(19, 0, 19, 0),
        )
        head.setFixedHeight(48)
        foot = QHBoxLayout()
        foot.setContentsMargins(19, 1, 19, 1)
        put(foot, self._below, STRETCH, self.open_queue, Keycap("Alt+2"))
        asked = row((self.question, 1), margins=(12, 0, 12, 0))
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(0, 1, 0, 1)
        layout.setSpacing(0)
        put(layout, head, asked, (self.rows, 1), (self._nobody, 1), rule())
        layout.addLayout(foot)
        return frame

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go into the queue with the arrow down."""
        if event.key() == Qt.Key.Key_Down and self.rows.list.focus_first():
            return
        super().keyPressEvent(event)


def _called(name: str) -> str:
    """Return the name one is greeted with: the first whole word of it."""
    return next((word for word in name.split() if len(word) >= _SHORTEST_NAME), name)
