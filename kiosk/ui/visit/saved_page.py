"""The page after saving: the sentence the officer can trust, where the record stands, and what to tell the resident."""

from collections.abc import Generator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.requests import Service
from kiosk.domain.words import Words
from kiosk.services.stages import Stage, stages_for
from kiosk.ui import tokens
from kiosk.ui.frame.stepper import Standing, StepMark, Stepper
from kiosk.ui.icons import IconLabel, pixmap
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.layout import STRETCH, boxed, column, row
from kiosk.ui.kit.texts import Text
from kiosk.ui.kit.turns import at_once, next_turn
from kiosk.ui.page import Page
from kiosk.ui.tokens import MOODS
from kiosk.ui.visit.resident_card import ResidentCard
from kiosk.ui.visit.saved_state import Parked, SavedState, Slip
from kiosk.ui.visit.saved_words import nodes_of, packet_told, sentence_to_say
from kiosk.ui.visit.shell import STAGE_WORDS
from kiosk.ui.visit.slip_card import SlipCard
from kiosk.ui.visit.timeline import Timeline

_MARK = 56
_STATIONS = 4  # of the usual way: saved, sent, checked, answered


class _HeroMark(QWidget):
    """A filled circle with a tick, or a triangle: a shape as well as a colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mood = "success"
        self.setFixedSize(_MARK, _MARK)

    def show_mood(self, mood: str) -> None:
        self._mood = mood
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._mood == "success":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(MOODS[self._mood].colour))
            painter.drawEllipse(self.rect())
            tick = pixmap("check-bold", tokens.ON_PRIMARY, 26, self.devicePixelRatioF())
            painter.drawPixmap(15, 15, tick)
        else:
            sign = pixmap("warning-fill", MOODS[self._mood].colour, _MARK, self.devicePixelRatioF())
            painter.drawPixmap(0, 0, sign)


class Hero(Box):
    """The one sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("success", parent)
        self.setFixedHeight(104)
        self._mark = _HeroMark()
        self.head = Text("", "count")
        self.rest = Text("", "body", wrap=True)
        words = column(STRETCH, self.head, self.rest, STRETCH, gap=2)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 0, 20, 0)
        layout.setSpacing(18)
        layout.addWidget(self._mark)
        layout.addWidget(words, 1)

    def show_state(self, head: str, rest: str, mood: str) -> None:
        """Show another sentence."""
        self._mark.show_mood(mood)
        self.head.setText(head)
        self.rest.setText(rest)
        self.setAccessibleName(f"{head}. {rest}")
        self.show_box(mood)


class SavedPage(Page):
    """Shows what became of a visit; `show_state` may be called again whenever something moved.

    `next_wanted` calls the next ticket, `home_wanted` leaves, `print_wanted` prints the slip (again),
    `slip_told` carries whether the slip came out, `certificate_wanted` asks a supervisor for a certificate.
    later: most of it comes with `furnish`.
    """

    next_wanted = Signal()
    home_wanted = Signal()
    print_wanted = Signal()
    slip_told = Signal(bool)
    certificate_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None, *, later: bool = False) -> None:
        super().__init__(words, parent)
        self._state: SavedState | None = None
        self.home = Button(words.say("Home"), key="Esc", icon="house")
        self.certificate = Button(words.say("Ask for a certificate"), key="F7", icon="seal-check")
        self.next = Button(words.say("Call the next"), "primary", key=ENTER, icon="speaker-high")
        self._draft = Text("", "small")
        self.primary = self.next
        if not later:
            at_once(self.furnish())

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """What `show_state` fills, from the top."""
        return self.hero, self.stepper, self.timeline, self.slip, self.card

    def furnish(self) -> Generator[None, None, None]:
        """Make the parts, put all of it together, and make what the first resident's state would have to make."""
        self.stepper = Stepper()
        self.stepper.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hero = Hero()
        self.timeline = Timeline(self.words.say("The way of the data"))
        yield
        self.to_say = Text("", "body", wrap=True)
        self.slip = SlipCard(self.words)
        yield
        self.card = ResidentCard()
        yield
        self._arrange()
        self._connect()
        yield
        self.timeline.make_stations(_STATIONS)
        yield
        self._show_steps(Service.FIRST_ENROLLMENT, None)
        yield

    def show_state(self, state: SavedState) -> None:
        """Show the record as it stands now."""
        self._state = state
        service = state.record.service if state.record else Service.FIRST_ENROLLMENT
        self._show_steps(service, state.parked)
        self._show_hero(state)
        packet = packet_told(self.words, state.record) if state.record else ""
        self.timeline.show_nodes(nodes_of(self.words, state), packet)
        self.to_say.setText(sentence_to_say(self.words, state))
        self.slip.show_state(state)
        next_turn(self, self._show_card)  # in a turn of its own
        say = self.words.say
        self._draft.setText(
            say("The draft stays here.")
            if state.parked
            else say("The draft is gone, all data are in the packet.")
        )
        self._show_buttons(state)

    def _show_card(self) -> None:
        if self._state is not None:
            say = self.words.say
            self.card.show_state(self._state.resident, nik_label=say("NIK"), service_label=say("Service"))

    def _connect(self) -> None:
        self.next.clicked.connect(self._go_on)
        self.home.clicked.connect(self.home_wanted)
        self.certificate.clicked.connect(self.certificate_wanted)
        self.slip.again.clicked.connect(self.print_wanted)
        self.slip.told.connect(self.slip_told)

    def _arrange(self) -> None:
        main = column(self.hero, (self.timeline, 1), self._say_box(), gap=14)
        self.slip.setFixedWidth(320)
        middle = row((main, 1), self.slip, self.card, gap=16, margins=(24, 12, 24, 12))
        bar = boxed("bottom")
        bar.setFixedHeight(tokens.ACTION_BAR)
        across = QHBoxLayout(bar)
        across.setContentsMargins(tokens.PAGE_MARGIN, 0, tokens.PAGE_MARGIN, 0)
        across.setSpacing(8)
        across.addWidget(self.home)
        across.addSpacing(8)
        across.addWidget(self._draft)
        across.addStretch(1)
        across.addWidget(self.certificate)
        across.addWidget(self.next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.stepper)
        layout.addWidget(middle, 1)
        layout.addWidget(bar)

    def _say_box(self) -> QFrame:
        box = Box("chosen")
        layout = QHBoxLayout(box)
        layout.setContentsMargins(20, 14, 20, 14)
        layout.setSpacing(14)
        layout.addWidget(IconLabel("speaker-high", tokens.PRIMARY, 24))
        head = Text(self.words.say("Say to the resident"), "strong", mood="chosen")
        layout.addWidget(column(head, self.to_say, gap=3), 1)
        box.setMinimumHeight(96)
        return box

    def _show_steps(self, service: Service, parked: Parked | None) -> None:
        self.stepper.show_steps(
            [
                StepMark(stage.value, self.words.say(STAGE_WORDS[stage]), _standing(stage, parked))
                for stage in stages_for(service)
            ]
        )
        for step in self.stepper.steps():
            step.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _show_hero(self, state: SavedState) -> None:
        say = self.words.say
        if state.record is None:
            at = self.words.time_seconds(state.parked.parked_at) if state.parked else ""
            rest = say("The draft is safe here since {time}. Any officer can go on.", time=at)
            self.hero.show_state(say("Kept, not complete"), rest, "warning")
            return
        at = self.words.time_seconds(state.record.saved_at)
        rest = say("The data are locked in this machine at {time}. The resident may go.", time=at)
        self.hero.show_state(say("Saved safely"), rest, "success")

    def _show_buttons(self, state: SavedState) -> None:
        say = self.words.say
        self.next.show_text(
            say("Call {ticket}", ticket=state.next_ticket) if state.next_ticket else say("To the queue")
        )
        self.next.show_icon("speaker-high" if state.next_ticket else "users-three")
        self.certificate.setVisible(state.offers_certificate)
        failed = state.slip is Slip.FAILED and state.record is not None
        self.next.show_kind("secondary" if failed else "primary")
        self.slip.again.show_kind("primary" if failed else "secondary")
        self.primary = self.slip.again if failed else self.next

    def _go_on(self) -> None:
        if self._state is not None and self._state.next_ticket:
            self.next_wanted.emit()
        else:
            self.home_wanted.emit()


def _standing(stage: Stage, parked: Parked | None) -> Standing:
    if parked is None:
        return Standing.DONE
    if stage is parked.stage:
        return Standing.OPEN
    stages = list(Stage)
    return Standing.DONE if stages.index(stage) < stages.index(parked.stage) else Standing.LATER
