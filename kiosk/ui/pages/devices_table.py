"""The technician's table: every part with how it stands, when it was tested, what came out, and thirty days."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kiosk.domain.selftest import Part, PartView
from kiosk.domain.selftest_words import PART_WORDS, result_of, standing_words
from kiosk.domain.words import Words
from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.badges import STATE_ICONS, State, state_colour
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.layout import STRETCH, row
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.pages.devices_state import DevicesState
from kiosk.ui.pages.devices_trend import WIDTH, Trend
from kiosk.ui.pages.devices_words import (
    PART_ICONS,
    state_of,
    tested_at,
)
from kiosk.ui.pages.rows import Row, RowList, cell, listed

_ROW, _HEADS = tokens.CONTROL, 26
_WIDE, _TREND = 800, 4  # pixels of the whole table; the place of the trend's head
_STATE, _TIME, _RESULT, _TEST = 178, 44, 112, 92


@dataclass(frozen=True, slots=True)
class PartLine:
    """One row, in the language of the screen."""

    view: PartView
    name: str
    state: State
    standing: str
    time: str
    result: str
    is_running: bool


class PartsTable(QFrame):
    """The table; `chosen` carries the part one is at, `test_wanted` the part to test."""

    chosen = Signal(object)
    test_wanted = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._state: DevicesState | None = None
        self.rows: RowList[PartLine] = RowList(self._row, lambda line: line.view.part.value, choosing=True)
        self.rows.chosen.connect(lambda line: self.chosen.emit(line.view.part))
        self.rows.opened.connect(lambda line: self.test_wanted.emit(line.view.part))
        self._arrange()

    @property
    def part(self) -> Part | None:
        """The part one is at."""
        line = self.rows.line
        return line.view.part if line is not None else None

    def show_state(self, state: DevicesState) -> None:
        """Show every part."""
        self._state = state
        self.rows.show_lines([self._line(view) for view in state.views])
        self._fit()

    def choose(self, part: Part) -> None:
        """Go to a part."""
        self.rows.focus_key(part.value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the trends out where names would not fit beside them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for widget in (*self.findChildren(Trend), self._trend_head):
            widget.setVisible(self.width() >= _WIDE)

    def _arrange(self) -> None:
        say = self._words.say
        heads = (
            (say("Part"), 0), (say("State"), _STATE), (say("Tested"), _TIME), (say("Result"), _RESULT),
            (say("30 days"), WIDTH), ("", _TEST),
        )  # fmt: skip
        card = listed(self.rows, *heads, height=_HEADS)
        self._trend_head = card.findChildren(Text)[_TREND]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)

    def _line(self, view: PartView) -> PartLine:
        assert self._state is not None  # shown before its lines are made
        words, state, running = self._words, self._state, self._state.running
        is_running = running is not None and running.part is view.part
        standing = standing_words(words, view.part, view.last)
        if running is not None and is_running:
            standing = words.say("Testing, step {number}", number=len(running.stages) + 1)
        elif view.part in state.waiting:
            standing = words.say("Waits for its turn")
        return PartLine(
            view=view,
            name=words.say(PART_WORDS[view.part]),
            state=State.PENDING if is_running or view.part in state.waiting else state_of(view.last),
            standing=standing,
            time=tested_at(words, state, view.last),
            result=result_of(words, view),
            is_running=is_running,
        )

    def _row(self, line: PartLine) -> Row:
        assert self._state is not None  # shown before its rows are made
        part = line.view.part
        test = Button(self._words.say("Test"), "quiet", icon="play")
        test.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Enter on the row does the same
        test.setAccessibleName(f"{self._words.say('Test')}: {line.name}")
        test.clicked.connect(lambda: self.test_wanted.emit(part))
        act = cell(row(STRETCH, test), _TEST)
        name = row(IconLabel(PART_ICONS[part], tokens.INK, 20), (ElidedText(line.name, "body"), 1), gap=12)
        told = ", ".join(text for text in (line.name, line.standing, line.time, line.result) if text)
        made = Row(
            told,
            (name, 1),
            cell(_standing(line), _STATE),
            cell(Text(line.time, "small"), _TIME),
            cell(ElidedText(line.result, "small"), _RESULT),
            Trend(line.view, self._state.now),
            act,
            height=_ROW,
        )
        for widget in (act, test):  # the one part of a row the mouse reaches by itself
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on=False)
        return made


def _standing(line: PartLine) -> QWidget:
    text = ElidedText(line.standing, "body")
    if line.state in (State.CARE, State.BROKEN, State.OFFLINE):
        text.show_mood(line.state.value)
    elif line.state is not State.GOOD:
        text.show_mood("muted")
    return row(IconLabel(STATE_ICONS[line.state], state_colour(line.state), 18), (text, 1))
