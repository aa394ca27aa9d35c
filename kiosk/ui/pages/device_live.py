"""The page of a device that is tried live: what it sees, with figures that move, and what to do."""

from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk.devices.api import Kind
from kiosk.domain.words import Words
from kiosk.services.trying_seen import Seen
from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.badges import Badge, CheckLine
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.layout import STRETCH, row
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.lamps import ICONS, KIND_WORDS
from kiosk.ui.page import Page
from kiosk.ui.pages.device_live_figures import Figure, figures_of
from kiosk.ui.pages.device_live_stages import EventsStage, LiveStage, stage_of
from kiosk.ui.pages.device_live_state import LiveState, Phase
from kiosk.ui.pages.device_live_words import act_of, badge_of, hint_of
from kiosk.ui.pages.page_head import HEAD, fill_page

SIDE = 392


class FiguresBox(QWidget):
    """The figures, a line each; the same lines are kept while only their numbers move."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[CheckLine] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)

    def show_figures(self, figures: tuple[Figure, ...]) -> None:
        """Show them in order."""
        while len(self._lines) > len(figures):
            line = self._lines.pop()
            self._layout.removeWidget(line)
            line.hide()
            line.deleteLater()
        for number, figure in enumerate(figures):
            if number == len(self._lines):
                self._lines.append(CheckLine(figure.name, figure.state, figure.told, self, large=True))
                self._layout.addWidget(self._lines[-1])
                self._lines[-1].show()
            else:
                self._lines[number].show_state(figure.name, figure.state, figure.told)


class DeviceLivePage(Page):
    """Shows one device; `back_wanted` leaves it, `act_wanted` takes, scans, prints or starts again.

    `answered` says whether the printed page came out.
    """

    back_wanted = Signal()
    act_wanted = Signal()
    answered = Signal(bool)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        say = words.say
        self._kind: Kind | None = None
        self._stage: QWidget | None = None
        self._icon = IconLabel("cpu", tokens.INK, 26)
        self._title, self._badge = Text("", "title"), Badge("")
        self._identity = ElidedText("", "small")
        self.hint = MessageBox("chosen")
        self.figures = FiguresBox()
        self.back = Button(say("Back"), key="Esc", icon="arrow-left")
        self.act = Button("", "primary", key=ENTER, icon="play")
        self.good = Button(say("It came out"), "primary", key=ENTER, icon="check-bold")
        self.poor = Button(say("Not well"), key="F6")
        self._body = QHBoxLayout()
        self._arrange()
        self.back.clicked.connect(self.back_wanted)
        self.act.clicked.connect(self.act_wanted)
        self.good.clicked.connect(lambda: self.answered.emit(True))
        self.poor.clicked.connect(lambda: self.answered.emit(False))

    @property
    def stage(self) -> QWidget | None:
        """Where what is seen is seen; None where there is nothing."""
        return self._stage

    def show_state(self, state: LiveState) -> None:
        """Show a device and how far its trial is."""
        self._show_kind(state.kind)
        self._badge.show_state(*badge_of(self.words, state))
        self._identity.show_text(state.identity)
        self._identity.setVisible(bool(state.identity))
        hint = hint_of(self.words, state)
        self.hint.show_message(hint.head, hint.rest, hint.mood)
        stage = cast("LiveStage", self._stage)
        if state.seen is None:
            stage.show_seen(None)
        stage.show_told(hint.head)
        if isinstance(self._stage, EventsStage):
            self._stage.show_events(state.events)
        self._show_buttons(state)
        self.show_seen(state.seen)

    def show_seen(self, seen: Seen | None) -> None:
        """Show what is seen now, and its figures: this is what a live picture calls again and again."""
        if seen is not None and self._stage is not None:
            cast("LiveStage", self._stage).show_seen(seen)
        self.figures.show_figures(figures_of(self.words, seen))

    def clear(self) -> None:
        """Let go of everything that was seen."""
        self.figures.show_figures(())
        if self._stage is not None:
            cast("LiveStage", self._stage).show_seen(None)
            self._body.removeWidget(self._stage)
            self._stage.hide()
            self._stage.deleteLater()
        self._stage = self._kind = None

    def focus_first(self) -> None:
        """Go to what Enter does; where it does nothing, to the way back."""
        (self.primary or self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def close_page(self) -> None:
        """Let go of everything that was seen."""
        self.clear()

    def _show_kind(self, kind: Kind) -> None:
        if kind is self._kind:
            return
        self.clear()
        self._kind = kind
        name = self.words.say(KIND_WORDS[kind])
        self._icon.show_icon(ICONS[kind], tokens.INK)
        self._title.setText(self.words.say("Try live: {device}", device=name))
        self._stage = stage_of(self.words, kind)
        self._body.insertWidget(0, self._stage, 1)
        self._stage.show()

    def _show_buttons(self, state: LiveState) -> None:
        asks, act = state.phase is Phase.ASKING, act_of(self.words, state)
        self.act.setVisible(bool(act))
        if act:
            self.act.show_text(act)
        self.good.setVisible(asks)
        self.poor.setVisible(asks)
        before, self.primary = self.primary, self.good if asks else self.act if act else None
        if self.primary is not before:
            self.focus_first()

    def _arrange(self) -> None:
        head = row(self._icon, self._title, 8, self._badge, STRETCH, self.back, gap=12)
        head.setFixedHeight(HEAD)
        side = Box("card")
        side.setFixedWidth(SIDE)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(14)
        for widget in (self._identity, self.hint, self.figures):
            layout.addWidget(widget)
        layout.addStretch(1)
        kept = Text(self.words.say("Nothing of this is kept."), "small", wrap=True)
        layout.addWidget(row(IconLabel("info", tokens.MUTED, 18), (kept, 1), gap=10))
        layout.addWidget(row((self.poor, 1), (self.good, 1), (self.act, 1), gap=8))
        self._body.setSpacing(16)
        self._body.addWidget(side)
        fill_page(self, head)
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.addLayout(self._body, 1)
