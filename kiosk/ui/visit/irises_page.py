"""Step 8, the irises: both eyes side by side, each with its worth, and what to tell the resident."""

from collections.abc import Generator, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.domain.captures import EYES, CaptureKind
from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.services.pictures import ACCEPTED, EyeView
from kiosk.services.stages import Stage
from kiosk.ui.kit.layout import STRETCH, column, row
from kiosk.ui.kit.texts import Text
from kiosk.ui.kit.turns import at_once
from kiosk.ui.visit.capture_bar import onward_text
from kiosk.ui.visit.capture_state import CaptureState
from kiosk.ui.visit.eyes import Eyes
from kiosk.ui.visit.part_mark import marks_of
from kiosk.ui.visit.parts_page import PartsPage, PartsTexts

_RIGHT_COLUMN = 300


class IrisesPage(PartsPage):
    """Takes both eyes, or the one there is; `later`: most of it comes with `furnish`."""

    take_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None, *, later: bool = False) -> None:
        self.eyes = Eyes(words)
        self._views: tuple[EyeView, ...] = ()
        super().__init__(words, Stage.IRISES, self.eyes, "eye", parent)
        if not later:
            at_once(self.furnish())

    def furnish(self) -> Generator[None, None, None]:
        """Make the parts, and put all of it together."""
        yield from super().furnish()
        self._arrange()
        self.eyes.pressed.connect(self.pick)

    @property
    def kind(self) -> CaptureKind:
        """Both eyes are one capture."""
        return CaptureKind.IRISES

    @property
    def order(self) -> tuple[str, ...]:
        """The right eye is at the left, as in a photo."""
        return EYES

    def forget_picture(self) -> None:
        """Let go of both pictures."""
        self._views = ()

    def show_eyes(self, views: Iterable[EyeView]) -> None:
        """Show the kept pictures."""
        self._views = tuple(views)
        self.show_all()

    def take_now(self) -> None:
        """Ask for both eyes."""
        self.take_wanted.emit()

    def go_forward(self) -> None:
        """Go to the next step."""
        self.onward.emit()

    def texts(self, state: CaptureState) -> PartsTexts:
        """Return what the page says."""
        say = self.words.say
        then = say("Eyes wide open, glasses off.") if self.is_working else say("Then press Enter.")
        onward = say("Onward") if self._view is None else onward_text(self.words, self._view, self.stage)
        return PartsTexts(
            wanted=(say("Look straight into the iris camera."), then),
            again=say("This picture will not do."),
            done=say("Both eyes are good.") if len(state.parts) > 1 else say("The eye is good."),
            take=say("Take the irises"),
            onward=onward,
        )

    def show_parts(self, view: VisitView, state: CaptureState) -> None:
        """Draw both eyes."""
        told = (
            self.words.say("Looking for the eyes ...")
            if self.is_working
            else self.words.say("Not taken yet.")
        )
        shown = [one for one in self._views if one.eye in state.parts]
        self.eyes.show_eyes([] if self.is_working or state.kept is None else shown)
        marks = marks_of(self.words, view, state, EYES)
        self.eyes.show_marks(marks, self.picked, "" if self.device.is_broken else told)

    def _arrange(self) -> None:
        limit = self.words.say("enough from {limit}", limit=ACCEPTED)
        head = row(Text(self.words.say("Irises"), "title"), 8, self.device.badge, STRETCH)
        quality = row(Text(self.words.say("Quality of each eye"), "h3"), STRETCH, Text(limit, "small"))
        right = column(self.exception, self.exceptions, STRETCH, gap=8)
        right.setFixedWidth(_RIGHT_COLUMN)
        foot = row((column(self.attempts, STRETCH), 1), right, gap=20)
        card = column(
            head, self.told, quality, (self.eyes, 1), foot, gap=10, margins=(20, 12, 20, 14), box="card"
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
