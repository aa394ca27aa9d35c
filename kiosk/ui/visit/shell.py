"""The frame of a visit: stepper on top, the step's page beside the resident's card, the step's bar below."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kiosk.domain.words import Words, msg
from kiosk.services.looking import VisitView
from kiosk.services.stages import Stage, StageState
from kiosk.ui import tokens
from kiosk.ui.frame.stepper import Standing, StepMark, Stepper
from kiosk.ui.kit.layout import row
from kiosk.ui.kit.turns import NEXT, drawn_unseen, paint_next_turns, parts_of
from kiosk.ui.visit.person_words import resident_of
from kiosk.ui.visit.resident_card import ResidentCard
from kiosk.ui.visit.step_page import StepPage

STAGE_WORDS: dict[Stage, str] = {
    Stage.SERVICE: msg("Service"),
    Stage.BIODATA: msg("Biodata"),
    Stage.DOCUMENTS: msg("Documents"),
    Stage.CONSENT: msg("Consent"),
    Stage.PORTRAIT: msg("Photo"),
    Stage.SIGNATURE: msg("Signature"),
    Stage.FINGERS: msg("Fingerprints"),
    Stage.IRISES: msg("Irises"),
    Stage.REVIEW: msg("Review"),
}


class VisitShell(QWidget):
    """Shows one page of a visit at a time.

    `stage_wanted` carries a `Stage`; `back_wanted` and `pause_wanted` come from the bar.
    """

    stage_wanted = Signal(object)
    back_wanted = Signal()
    pause_wanted = Signal()

    def __init__(self, words: Words, pages: Sequence[StepPage], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.setProperty("ring", "none")
        self._running = False
        self._view: VisitView | None = None
        self._around = QTimer(self)
        self._around.setSingleShot(True)
        self._around.setInterval(NEXT)
        self._around.timeout.connect(self._show_around)
        self.pages: dict[Stage, StepPage] = {}
        self.stepper = Stepper()
        self.card = ResidentCard()
        self._contents = QStackedWidget()
        self._bars = QStackedWidget()
        self._bars.setFixedHeight(tokens.ACTION_BAR)
        self._arrange()
        for page in pages:
            self.add_page(page)
        self.stepper.wanted.connect(lambda name: self.stage_wanted.emit(Stage(name)))

    @property
    def page(self) -> StepPage:
        """The page that is shown."""
        shown = self._contents.currentWidget()
        assert isinstance(shown, StepPage)  # only such pages are put in
        return shown

    def show_stage(self, stage: Stage, view: VisitView) -> None:
        """Go to a stage."""
        page = self.pages[stage]
        if self.page is not page:
            self.leave()
        self._put_up(page)
        paint_next_turns(page, *parts_of(page), page.bar, self.stepper, self.card)
        self.show_visit(view)
        self.resume()
        page.focus_first()

    def resume(self) -> None:
        """Begin what the page runs while it is seen."""
        if not self._running:
            self._running = True
            self.page.enter()

    def leave(self) -> None:
        """End it: the page is hidden, or the whole visit is."""
        if self._running:
            self._running = False
            self.page.leave()

    def show_visit(self, view: VisitView) -> None:
        """Show the visit in the page, and in stepper and card a turn later: nobody types there."""
        self.page.show_visit(view)
        self._view = view
        self._around.start()

    def _show_around(self) -> None:
        view = self._view
        if view is None:
            return
        self.stepper.show_steps(self._marks(view.stages))
        heading, checks, advice = self.page.checks(view)
        state = replace(resident_of(self.words, view), heading=heading, checks=checks, advice=advice)
        self.card.show_state(state, nik_label=self.words.say("NIK"), service_label=self.words.say("Service"))

    def add_page(self, page: StepPage) -> None:
        """Put in the page of a stage."""
        self.pages[page.stage] = page
        self._contents.addWidget(page)
        self._bars.addWidget(page.bar)
        page.bar.back_wanted.connect(self._go_back)
        page.bar.pause_wanted.connect(self.pause_wanted)

    def draw_each(self) -> Iterator[None]:
        """Draw every page once, one after the other, while the visit is not shown."""
        for page in self.pages.values():
            page.minimumSizeHint()  # the stack asks all of them at once
            yield
        for page in self.pages.values():
            self._put_up(page)
            yield
            yield from drawn_unseen(page)
        yield from drawn_unseen(self)

    def _put_up(self, page: StepPage) -> None:
        self._contents.setCurrentWidget(page)
        self._bars.setCurrentWidget(page.bar)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        margins = (tokens.PAGE_MARGIN, 12, tokens.PAGE_MARGIN, 12)
        layout.addWidget(self.stepper)
        layout.addWidget(row((self._contents, 1), self.card, gap=16, margins=margins), 1)
        layout.addWidget(self._bars)

    def _go_back(self) -> None:
        if not self.page.back_within():
            self.back_wanted.emit()

    def _marks(self, stages: Sequence[StageState]) -> list[StepMark]:
        here = [state.stage for state in stages].index(self.page.stage)
        return [
            StepMark(
                state.stage.value,
                self.words.say(STAGE_WORDS[state.stage]),
                self._standing(state, place, here),
            )
            for place, state in enumerate(stages)
        ]

    def _standing(self, state: StageState, place: int, here: int) -> Standing:
        if place == here:
            return Standing.CURRENT
        if state.done and (place < here or state.stage is not Stage.SERVICE):
            return Standing.DONE
        return Standing.OPEN if place < here else Standing.LATER

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand Enter to the page, also when the keyboard is in the bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.page.keyPressEvent(event)
            return
        super().keyPressEvent(event)
