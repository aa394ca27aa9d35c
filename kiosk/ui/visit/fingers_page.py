"""Step 7, the fingers: left hand, right hand, thumbs; which finger is poor, and what to tell the resident."""

from collections.abc import Generator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.domain.captures import FINGERS_OF, CaptureKind, Finger
from kiosk.domain.labels import CAPTURE
from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.services.pictures import ACCEPTED, SlapView
from kiosk.services.stages import Stage
from kiosk.ui import tokens
from kiosk.ui.kit.badges import State
from kiosk.ui.kit.layout import STRETCH, column, row
from kiosk.ui.kit.texts import Text
from kiosk.ui.kit.turns import at_once
from kiosk.ui.visit.capture_bar import onward_text, small
from kiosk.ui.visit.capture_state import CaptureState, state_of
from kiosk.ui.visit.chips import Chip
from kiosk.ui.visit.hand_tabs import HandTabs, Tab
from kiosk.ui.visit.hands import Hands
from kiosk.ui.visit.part_mark import PartMark, marks_of
from kiosk.ui.visit.part_words import ON_PLATE, TABS
from kiosk.ui.visit.parts_page import PartsPage, PartsTexts
from kiosk.ui.visit.slap_picture import SlapPicture

_RIGHT_COLUMN, _HANDS = 336, 190


class FingersPage(PartsPage):
    """Takes the fingers, 4-4-2.  `take_wanted` and `kind_shown` carry the kind of the open tab.

    later: most of it comes with `furnish`.
    """

    take_wanted = Signal(object)
    kind_shown = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None, *, later: bool = False) -> None:
        self.picture = SlapPicture(words)
        self._kind = TABS[0]
        self._is_entered = False
        self._slaps: dict[CaptureKind, SlapView | None] = {}
        super().__init__(words, Stage.FINGERS, self.picture, "fingerprint", parent)
        if not later:
            at_once(self.furnish())

    def furnish(self) -> Generator[None, None, None]:
        """Make the parts, and put all of it together."""
        yield from super().furnish()
        self.tabs = HandTabs()
        self.tabs.setAccessibleName(self.words.say("Hands"))
        self.hands = Hands(self.words)
        yield
        self._arrange()
        self.tabs.chosen.connect(lambda key: self.show_kind(CaptureKind(key)))
        self.hands.pressed.connect(self._pick_on_hand)

    @property
    def kind(self) -> CaptureKind:
        """The tab that is open."""
        return self._kind

    @property
    def order(self) -> tuple[str, ...]:
        """The fingers of the tab as they lie on the plate."""
        return ON_PLATE[self._kind]

    def enter(self) -> None:
        """Ask for the picture of the open tab."""
        self._is_entered = True
        self.kind_shown.emit(self._kind)

    def leave(self) -> None:
        """Ask for no picture any more."""
        self._is_entered = False

    def begin(self, view: VisitView) -> None:
        """Open the first tab that is not done."""
        self._slaps = {}
        undone = [kind for kind in TABS if not state_of(view, kind).done]
        self._kind = undone[0] if undone else TABS[0]
        if self._is_entered:
            self.kind_shown.emit(self._kind)

    def forget_picture(self) -> None:
        """Let go of the plate of the open tab."""
        self._slaps.pop(self._kind, None)

    def show_kind(self, kind: CaptureKind) -> None:
        """Open a tab."""
        if kind is self._kind:
            return
        self._kind = kind
        self._trouble = ("", "")
        self.pick("")
        self.kind_shown.emit(kind)

    def show_slap(self, slap: SlapView | None, kind: CaptureKind) -> None:
        """Show the kept plate of a tab."""
        self._slaps[kind] = slap
        self.show_all()

    def take_now(self) -> None:
        """Ask for the plate of the tab."""
        self.take_wanted.emit(self._kind)

    def go_forward(self) -> None:
        """Open the next tab that is not done, else go to the next step."""
        beside = self._next_kind()
        if beside is None:
            self.onward.emit()
        else:
            self.show_kind(beside)
            self.focus_first()

    def step_to(self, by: int) -> None:
        """Speak of the finger beside, also across to the next tab."""
        place = self.order.index(self.spoken_of) + by
        tab = TABS.index(self._kind) + (place >= len(self.order)) - (place < 0)
        if 0 <= place < len(self.order):
            self.pick(self.order[place])
        elif 0 <= tab < len(TABS):
            self.show_kind(TABS[tab])
            self.pick(self.order[0 if by > 0 else -1])

    def all_parts(self) -> frozenset[str]:
        """Return all ten fingers."""
        return frozenset(Finger)

    def texts(self, state: CaptureState) -> PartsTexts:
        """Return what the page says of the open tab."""
        say, name = self.words.say, self.words.say(CAPTURE[self._kind])
        beside = self._next_kind()
        onward = say("Onward")
        if beside is not None:
            onward = say("Onward: {stage}", stage=small(say(CAPTURE[beside])))
        elif self._view is not None:
            onward = onward_text(self.words, self._view, self.stage)
        return PartsTexts(
            wanted=self._wanted(len(state.parts)),
            again=say("This picture will not do."),
            done=self._done_told(state, name),
            take=say("Take: {part}", part=small(name)),
            onward=onward,
        )

    def show_parts(self, view: VisitView, state: CaptureState) -> None:
        """Draw tabs, plate and hands."""
        marks = self._all_marks(view)
        self.tabs.show_tabs([self._tab(view, kind) for kind in TABS], self._kind.value)
        self.hands.show_marks(marks, self.picked)
        on_plate = ON_PLATE[self._kind]
        slap = None if state.kept is None or self.is_working else self._slaps.get(self._kind)
        self.picture.show_slap(slap)
        self.picture.show_fingers(on_plate, {finger: marks[finger] for finger in on_plate}, self.picked)
        self.picture.show_away(away=self.device.is_broken)
        self.picture.show_told(self._picture_told(state), self._chip())

    def _arrange(self) -> None:
        limit = self.words.say("enough from {limit}", limit=ACCEPTED)
        head = row(Text(self.words.say("Fingerprints"), "title"), 8, self.device.badge, STRETCH)
        quality = row(Text(self.words.say("Quality of each finger"), "h3"), STRETCH, Text(limit, "small"))
        self.hands.setFixedHeight(_HANDS)
        right = column(quality, self.hands, self.exception, self.exceptions, STRETCH, gap=8)
        right.setFixedWidth(_RIGHT_COLUMN)
        left = column(self.told, (self.picture, 1), self.attempts, gap=10)
        body = row((left, 1), right, gap=20)
        card = column(head, self.tabs, (body, 1), gap=10, margins=(20, 12, 20, 14), box="card")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)

    def _done_told(self, state: CaptureState, name: str) -> str:
        if not state.parts:
            return self.words.say("{hand}: all fingers are left out.", hand=name)
        return self.words.say("{hand}: all fingers are good.", hand=name)

    def _next_kind(self) -> CaptureKind | None:
        """Return the next tab that is not done, after this one and then from the first."""
        if self._view is None:
            return None
        here = TABS.index(self._kind)
        others = (*TABS[here + 1 :], *TABS[:here])
        return next((kind for kind in others if not state_of(self._view, kind).done), None)

    def _wanted(self, count: int) -> tuple[str, str]:
        say = self.words.say
        then = say("Flat and still.") if self.is_working else say("Then press Enter.")
        if self._kind is CaptureKind.THUMBS:
            head = self.words.count(
                "Lay {count} thumb on the plate.", "Lay {count} thumbs on the plate.", count
            )
        elif self._kind is CaptureKind.LEFT_FOUR:
            head = self.words.count(
                "Lay {count} finger of the left hand on the plate.",
                "Lay {count} fingers of the left hand on the plate.",
                count,
            )
        else:
            head = self.words.count(
                "Lay {count} finger of the right hand on the plate.",
                "Lay {count} fingers of the right hand on the plate.",
                count,
            )
        return head, then

    def _all_marks(self, view: VisitView) -> dict[str, PartMark]:
        marks: dict[str, PartMark] = {}
        for kind in TABS:
            marks |= marks_of(self.words, view, state_of(view, kind), FINGERS_OF[kind])
        return marks

    def _tab(self, view: VisitView, kind: CaptureKind) -> Tab:
        state = state_of(view, kind)
        told = self.words.count("{count} finger", "{count} fingers", len(FINGERS_OF[kind]))
        if not state.parts:
            how = State.ABSENT
        elif state.kept is None:
            how = State.PENDING
        else:
            how = State.GOOD if state.done else State.BROKEN if state.errors else State.CARE
        return Tab(kind.value, self.words.say(CAPTURE[kind]), told, how)

    def _picture_told(self, state: CaptureState) -> str:
        if self.device.is_broken:
            return ""
        if self.is_working:
            return self.words.say("The scanner waits for the fingers ...")
        if not state.parts:
            return self.words.say("Nothing to take here: all are left out.")
        return self.words.say("Not taken yet.") if state.kept is None else ""

    def _chip(self) -> Chip | None:
        if self.is_working:
            return Chip(self.words.say("Live"), "video-camera-fill", tokens.ON_PRIMARY, tokens.INK)
        return None

    def _pick_on_hand(self, finger: Finger) -> None:
        kind = next(kind for kind in TABS if finger in FINGERS_OF[kind])
        self.show_kind(kind)
        self.pick(finger)
