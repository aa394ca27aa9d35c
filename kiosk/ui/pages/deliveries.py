"""The page of deliveries: is anything lost, when does it go out, whose fault is it, what did the centre say."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from kiosk.domain.words import Words
from kiosk.services.deliveries import Deliveries
from kiosk.services.standing import LinkState
from kiosk.ui.kit.layout import STRETCH, card, column, row, scrolled
from kiosk.ui.kit.texts import Text
from kiosk.ui.page import Page
from kiosk.ui.pages.deliveries_cause import CauseBox
from kiosk.ui.pages.deliveries_chart import DeliveriesChart, Swatch
from kiosk.ui.pages.deliveries_summary import SummaryCard
from kiosk.ui.pages.deliveries_table import StatesTable
from kiosk.ui.pages.deliveries_words import (
    QUARANTINED,
    chart_days,
    end_lines,
    good_news,
    outage_of,
    since_words,
    summary_of,
    way_lines,
)
from kiosk.ui.pages.page_head import fill_page, page_head


@dataclass(frozen=True, slots=True)
class _Progress:
    """How far the sender is right now."""

    sent: int
    total: int
    bytes_per_second: float


class DeliveriesPage(Page):
    """Everything that was ever to be delivered.

    `try_wanted` asks for a round now, `tasks_wanted` carries the verdict whose tasks are wanted (a value of
    `Decision`), `put_back_wanted` asks that packets put aside be tried again.
    """

    try_wanted = Signal()
    tasks_wanted = Signal(str)
    put_back_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.cause = CauseBox(words)
        self.chart = DeliveriesChart(words)
        self.summary = SummaryCard(words)
        self.table = StatesTable(words.say("Where all packets stand"))
        self.primary = self.cause.try_now
        self.setProperty("ring", "none")  # the page has the keyboard itself while there is nothing to press
        self._progress: _Progress | None = None
        self._shown: tuple[Deliveries, datetime] | None = None
        self.cause.try_now.clicked.connect(self.try_wanted)
        self.table.opened.connect(self._open)
        self._arrange()

    def show_state(self, state: Deliveries, now: datetime) -> None:
        """Show how everything stands; `now` in the office's zone."""
        self._shown = state, now
        if state.standing.link is not LinkState.SENDING:
            self._progress = None
        self.cause.show_state(state, rest=good_news(self.words, state, now))
        self.chart.show_days(
            chart_days(self.words, state.days), outage_of(self.words, state.standing, state.days)
        )
        self.table.show_states(
            way_lines(self.words, state.states),
            end_lines(self.words, state.states),
            since_words(self.words, state),
        )
        self._show_summary()

    def show_progress(self, sent: int, total: int, bytes_per_second: float) -> None:
        """Show how far the round is that runs now."""
        self._progress = _Progress(sent, total, bytes_per_second)
        self._show_summary()

    def focus_first(self) -> None:
        """Go to the button that tries now, to the first row with work to do, or to the page itself."""
        places = (self.cause.try_now, *self.table.links)
        place = next((place for place in places if place.isVisibleTo(self)), self)
        place.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_summary(self) -> None:
        if self._shown is None:
            return
        self.summary.show_summary(summary_of(self.words, *self._shown))
        if self._progress is not None and self._progress.total:
            progress = self._progress
            self.summary.show_progress(
                self.words.say(
                    "Sent {sent} of {total}",
                    sent=self.words.number(progress.sent),
                    total=self.words.number(progress.total),
                ),
                self.words.say("{size} a second", size=self.words.size(round(progress.bytes_per_second))),
                progress.sent / progress.total,
            )

    def _open(self, key: str) -> None:
        if key == QUARANTINED:
            self.put_back_wanted.emit()
        else:
            self.tasks_wanted.emit(key)

    def _arrange(self) -> None:
        self.chart_card = card(self._chart_head(), (self.chart, 1), gap=8, margins=(18, 14, 18, 10))
        across = row((self.chart_card, 1), self.summary, gap=16)
        across.setMinimumHeight(232)
        body = column(self.cause, (across, 1), self.table, gap=12)
        fill_page(self, page_head(self.words.say("Deliveries")), (scrolled(body), 1))

    def _chart_head(self) -> QFrame:
        signs = (
            (Swatch("done"), self.words.say("at the centre")),
            (Swatch("waiting"), self.words.say("waiting")),
            (Swatch("backlog"), self.words.say("backlog")),
        )
        legend = [part for swatch, told in signs for part in (swatch, Text(told, "small"), 8)]
        return row(Text(self.words.say("Backlog by day"), "h2"), STRETCH, *legend[:-1], gap=6)
