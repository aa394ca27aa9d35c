"""The technician's panel: one part, stage by stage, what to try first, what goes on without it, how it was before."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kiosk.domain.selftest import ADVICE, DEVICES, PartView, SelfTest, Stage, Verdict
from kiosk.domain.selftest_words import (
    MEANWHILE,
    PART_WORDS,
    figure,
    identity_words,
    moment,
    stage_told,
    standing_words,
)
from kiosk.domain.words import Words
from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.badges import STATE_ICONS, Badge, CheckLine
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.layout import STRETCH, column, row, rule, scrolled
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.pages.devices_state import DevicesState, Running
from kiosk.ui.pages.devices_words import (
    PART_ICONS,
    STAGE_STATES,
    state_of,
)
from kiosk.ui.tokens import MOODS

PANEL = 392
_NUMBER = 24


class PartPanel(Box):
    """Shows one part.

    `test_wanted` tests it, `live_wanted` tries it live, `answered` says whether a person did what was asked.
    """

    test_wanted = Signal()
    live_wanted = Signal()
    answered = Signal(bool)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self._words = words
        self.setFixedWidth(PANEL)
        self._icon = IconLabel("cpu", tokens.INK, 26)
        self._name, self._about = ElidedText("", "h2"), ElidedText("", "small")
        self._badge = Badge("")
        self._content = QVBoxLayout()
        self._content.setSpacing(10)
        self._body: QFrame | None = None
        self.question = MessageBox("chosen")
        self.live = Button(words.say("Try live"), key="F4")
        self.test = Button(words.say("Test"), "primary", key=ENTER, icon="play")
        self.done = Button(words.say("Done"), "primary", key=ENTER, icon="check-bold")
        self.leave_out = Button(words.say("Leave it out"), key="Esc")
        self._arrange()
        self.test.clicked.connect(self.test_wanted)
        self.live.clicked.connect(self.live_wanted)
        self.done.clicked.connect(lambda: self.answered.emit(True))
        self.leave_out.clicked.connect(lambda: self.answered.emit(False))

    @property
    def primary(self) -> Button:
        """The button Enter presses."""
        return self.done if self.done.isVisibleTo(self) else self.test

    def show_part(self, state: DevicesState, view: PartView) -> None:
        """Show a part with its last test, or the one that runs."""
        running = state.running if state.running is not None and state.running.part is view.part else None
        self._icon.show_icon(PART_ICONS[view.part], tokens.INK)
        self._name.show_text(self._words.say(PART_WORDS[view.part]))
        about = identity_words(view.last) or identity_words(view.working)
        self._about.show_text(about)
        self._about.setVisible(bool(about))
        self._show_badge(state, view, running)
        self._show_body(self._parts_of(state, view, running))
        self._show_buttons(view, running)

    def _arrange(self) -> None:
        head = row(self._icon, (column(self._name, self._about, gap=0), 1), gap=14)
        buttons = row((self.leave_out, 1), (self.done, 1), (self.live, 1), (self.test, 1), gap=8)
        holder = QFrame()
        holder.setLayout(self._content)
        self._content.setContentsMargins(0, 0, 6, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(12)
        layout.addWidget(head)
        layout.addWidget(row(self._badge, STRETCH))
        layout.addWidget(scrolled(holder), 1)
        layout.addWidget(self.question)
        layout.addWidget(buttons)

    def _show_badge(self, state: DevicesState, view: PartView, running: Running | None) -> None:
        if running is not None:
            self._badge.show_state(self._words.say("Being tested"), "chosen", "hourglass-medium")
            return
        stands, told = state_of(view.last), standing_words(self._words, view.part, view.last)
        first = view.broken_since
        if first is not None:
            since = moment(self._words, state.here(first.at))
            told = self._words.say("{state} since {time}", state=told, time=since)
        self._badge.show_state(
            told, stands.value if stands.value in MOODS else "neutral", STATE_ICONS[stands]
        )

    def _show_buttons(self, view: PartView, running: Running | None) -> None:
        question = running.question if running is not None else ""
        self.question.show_message(self._words.say(question) if question else "")
        self.question.setVisible(bool(question))
        for button in (self.done, self.leave_out):
            button.setVisible(bool(question))
        self.test.setVisible(not question)
        self.live.setVisible(not question and view.part in DEVICES)
        self.test.setEnabled(running is None)
        again = view.last is not None
        self.test.show_text(self._words.say("Test again") if again else self._words.say("Test"))

    def _show_body(self, parts: Sequence[QWidget]) -> None:
        if self._body is not None:
            self._body.hide()
            self._content.removeWidget(self._body)
            self._body.deleteLater()
        self._body = column(*parts, STRETCH, gap=10)
        self._content.addWidget(self._body)
        self._body.show()  # at once: what is shown is read and pressed in this very turn

    def _parts_of(self, state: DevicesState, view: PartView, running: Running | None) -> list[QWidget]:
        if running is not None:
            return [self._stages(running.stages)]
        if view.last is None:
            return [self._note(self._words.say("This part was never tested. A test takes some seconds."))]
        parts: list[QWidget] = [self._stages(view.last.stages)] if view.last.stages else []
        parts += self._advice(view.last)
        if view.last.verdict in (Verdict.BROKEN, Verdict.ABSENT):
            parts += [rule(), self._meanwhile(view)]
        return [*parts, rule(), *self._history(state, view)]

    def _stages(self, stages: Sequence[Stage]) -> QWidget:
        return column(*(self._stage(stage) for stage in stages), gap=8)

    def _stage(self, stage: Stage) -> QWidget:
        state = STAGE_STATES[stage.outcome]
        return CheckLine(self._words.say(stage.name), state, stage_told(self._words, stage), large=True)

    def _advice(self, test: SelfTest) -> list[QWidget]:
        acts = ADVICE[test.problem]
        said: list[QWidget] = []
        if test.said and test.verdict is Verdict.BROKEN:
            said.append(self._note(self._words.say("It says: {told}", told=test.said)))
        if not acts:
            return said
        lines = [self._act(number, self._words.say(act)) for number, act in enumerate(acts, start=1)]
        return [*said, rule(), Text(self._words.say("Try this first"), "h3"), *lines]

    def _act(self, number: int, text: str) -> QWidget:
        badge = Badge(str(number), "chosen")
        badge.setFixedWidth(_NUMBER + 6)
        line = row(badge, (Text(text, "body", wrap=True), 1), gap=10)
        line.setAccessibleName(f"{number}. {text}")
        return line

    def _meanwhile(self, view: PartView) -> QWidget:
        told = Text(self._words.say(MEANWHILE[view.part]), "small", wrap=True)
        return row(IconLabel("info", tokens.MUTED, 18), (told, 1), gap=10)

    def _note(self, text: str) -> QWidget:
        return Text(text, "small", wrap=True)

    def _history(self, state: DevicesState, view: PartView) -> list[QWidget]:
        say = self._words.say
        lines = []
        if view.working is not None:
            good = moment(self._words, state.here(view.working.at))
            lines.append(self._fact(say("Last good"), good))
        if view.failures:
            failed = self._words.count("once", "{count} times", view.failures)
            lines.append(self._fact(say("Failed since then"), failed))
        first, last = view.first, view.working
        if first is not None and first.measure is not None and last is not None and last.measure is not None:
            day = self._words.date(state.here(first.at).date())
            lines.append(self._fact(say("On {day}", day=day), figure(self._words, first.measure)))
            lines.append(self._fact(say("When it last worked"), figure(self._words, last.measure)))
        tests = self._words.count("one test", "{count} tests", len(view.history))
        lines.append(self._fact(say("In 30 days"), tests))
        return [Text(say("History"), "h3"), column(*lines, gap=6)]

    def _fact(self, name: str, told: str) -> QWidget:
        line = row((ElidedText(name, "small"), 1), Text(told, "note"), gap=8)
        line.setAccessibleName(f"{name}: {told}")
        return line
