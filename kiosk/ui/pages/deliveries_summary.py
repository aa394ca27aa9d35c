"""How much waits, in which order it goes out, and how long that will take."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kiosk.domain.words import Words
from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.badges import STATE_ICONS, State, state_colour
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.layout import STRETCH, column, put, row, rule
from kiosk.ui.kit.messages import Bar
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.tokens import OFFLINE

_WIDTH = 352
_SHARE, _COUNT = 84, 44


@dataclass(frozen=True, slots=True)
class Summary:
    """What the card says, in the language of the screen already.

    order: name and count of what goes first, second, third.  progress: of the sending, its share 0 to 1.
    """

    waiting: int
    told: str
    oldest: str
    progress_name: str
    progress_told: str
    progress: float
    order: tuple[tuple[str, int], ...]
    forecast: str


class SummaryCard(Box):
    """The card beside the chart."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self.setFixedWidth(_WIDTH)
        self.words = words
        self._done = IconLabel(STATE_ICONS[State.GOOD], state_colour(State.GOOD), 40)
        self._count = Text("", "ticket")
        self._told, self._oldest = Text("", "body", wrap=True), ElidedText("", "small")
        self._progress_name, self._progress_told = ElidedText("", "small"), Text("", "label")
        self._bar = Bar(colour=OFFLINE.colour)
        self._places = [_Place(number, self) for number in (1, 2, 3)]
        self._order_head = Text(words.say("Order of sending"), "section")
        self._forecast = Text("", "small", wrap=True)
        self._arrange()

    def show_summary(self, summary: Summary) -> None:
        """Show what waits."""
        is_empty = summary.waiting == 0
        self._done.setVisible(is_empty)
        self._count.setVisible(not is_empty)
        self._layout.setStretch(0, 1 if is_empty else 0)  # good news stands in the middle
        self._count.setText(self.words.number(summary.waiting))
        self._told.setText(summary.told)
        self._oldest.show_text(summary.oldest)
        self._oldest.setVisible(bool(summary.oldest))
        self.show_progress(summary.progress_name, summary.progress_told, summary.progress)
        self._show_order(summary.order)
        self._forecast.setText(summary.forecast)
        for part in self._foot:
            part.setVisible(bool(summary.forecast))

    def show_progress(self, name: str, told: str, share: float) -> None:
        """Show how far the sending is; an empty name takes it away."""
        self._progress_name.show_text(name)
        self._progress_told.setText(told)
        self._bar.show_share(share)
        self._bar.setAccessibleName(f"{name}: {told}")
        for part in (self._progress, self._bar):
            part.setVisible(bool(name))

    def _show_order(self, order: Sequence[tuple[str, int]]) -> None:
        total = sum(count for _, count in order)
        self._order_head.setVisible(total > 0)
        for number, place in enumerate(self._places):
            place.setVisible(total > 0 and number < len(order))
            if total and number < len(order):
                place.show_place(*order[number], order[number][1] / total, self.words)

    def _arrange(self) -> None:
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 10, 18, 12)
        layout.setSpacing(8)
        told = column(STRETCH, self._told, self._oldest, STRETCH, gap=0)
        self._progress = row((self._progress_name, 1), self._progress_told, gap=6)
        self._foot = (rule(), row(IconLabel("timer", tokens.MUTED, 18), (self._forecast, 1), gap=8))
        layout.addStretch(0)
        put(layout, row(self._done, self._count, (told, 1), gap=12), self._progress, self._bar)
        put(layout, self._order_head, *self._places, STRETCH, *self._foot)


class _Place(QFrame):
    """One place in the order: number, what it is, its share and its count."""

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = ElidedText("", "body")
        self._bar = Bar(colour=OFFLINE.colour)
        self._bar.setFixedWidth(_SHARE)
        self._count = Text("", "strong")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._count.setFixedWidth(_COUNT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(row(Text(str(number), "section"), (self._name, 1), self._bar, self._count, gap=8))

    def show_place(self, name: str, count: int, share: float, words: Words) -> None:
        """Show what goes out here."""
        self._name.show_text(name)
        self._bar.show_share(share)
        self._count.setText(words.number(count))
        self.setAccessibleName(f"{name}: {words.number(count)}")
