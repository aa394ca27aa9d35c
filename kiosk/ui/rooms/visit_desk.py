"""The core of the room of a visit: its pages, the view they show, and how something is done to the visit."""

from collections.abc import Callable, Generator, Iterator
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kiosk.domain.biodata import Field
from kiosk.services import drafting
from kiosk.services.looking import VisitView, look_at
from kiosk.services.retyping import retyped
from kiosk.services.stages import Stage
from kiosk.ui.kit.badges import State
from kiosk.ui.kit.turns import next_turn, paint_next_turns, parts_of
from kiosk.ui.page import KeyHelp
from kiosk.ui.rooms.visit_typing import Typing
from kiosk.ui.site import Room, Site
from kiosk.ui.tasks import DB
from kiosk.ui.theme import RESOURCES
from kiosk.ui.troubles import Trouble
from kiosk.ui.visit.biodata_page import BiodataPage
from kiosk.ui.visit.consent_page import ConsentPage
from kiosk.ui.visit.consent_texts import load_consent_texts
from kiosk.ui.visit.documents_page import DocumentsPage
from kiosk.ui.visit.fingers_page import FingersPage
from kiosk.ui.visit.irises_page import IrisesPage
from kiosk.ui.visit.portrait_page import PortraitPage
from kiosk.ui.visit.read_aloud import ReadAloud
from kiosk.ui.visit.review_page import ReviewPage
from kiosk.ui.visit.service_page import ServicePage
from kiosk.ui.visit.shell import VisitShell
from kiosk.ui.visit.signature_page import SignaturePage
from kiosk.ui.visit.step_page import StepPage

StepKind = TypeVar("StepKind", bound=StepPage)


class VisitDesk(Room):
    """Holds one visit at a time; what the officer sees as kept was committed before it is shown.

    `entered` carries the stage that is shown now.
    """

    entered = Signal(object)
    stopped = Signal()  # something asked for did not come about

    def __init__(self, site: Site, parent: QObject | None = None) -> None:
        super().__init__(site, parent)
        self.view: VisitView | None = None
        self.shell = VisitShell(site.words, ())
        self.typing = Typing(self)

    def furnish(self) -> Iterator[None]:
        """Make the pages one by one: all of them together would hold up the window for a quarter of a second."""
        words = self.words
        self.service = yield from self._put_in(ServicePage(words, later=True))
        biodata = BiodataPage(words, self.site.counter.reference, self.site.office, later=True)
        self.biodata = yield from self._put_in(biodata)
        self.documents = yield from self._put_in(DocumentsPage(words))
        self.consent = yield from self._put_in(ConsentPage(words, load_consent_texts(RESOURCES / "consent")))
        self.portrait = yield from self._put_in(PortraitPage(words, later=True))
        self.signature = yield from self._put_in(SignaturePage(words))
        self.fingers = yield from self._put_in(FingersPage(words, later=True))
        self.irises = yield from self._put_in(IrisesPage(words, later=True))
        read_aloud = ReadAloud(words)
        yield from read_aloud.furnish()
        self.review = yield from self._put_in(ReviewPage(words, read_aloud))

    @property
    def page(self) -> QWidget:
        """The frame of the visit."""
        return self.shell

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return the keys of the step and of its bar."""
        return self.shell.page.keys()

    def focus_first(self) -> None:
        """Put the keyboard where the step goes on."""
        self.shell.page.focus_first()

    def do(
        self,
        work: Callable[[], object],
        then: Callable[[], None] | None = None,
        *,
        lane: str = DB,
        failed: Callable[[Trouble], None] | None = None,
    ) -> None:
        """Do something to the visit in a lane and show what it looks like afterwards; errors are told in the page."""
        if self.view is None:
            return

        def shown(view: VisitView) -> None:
            if self.show(view) and then is not None:
                then()

        self.ask(self._seen_after(work, self.view), shown, lane=lane, failed=failed or self.tell)

    def finish(self, work: Callable[[], object]) -> None:
        """Do what finishes this stage, and go to the next if it is still shown then: Enter may be pressed twice."""
        if self.view is None:
            return
        stage = self.shell.page.stage

        def shown(view: VisitView) -> None:
            if self.shell.page.stage is not stage:
                self.show(view)
            elif self._take_in(view):  # the page that is left need not show it
                self.go_on()

        self.ask(self._seen_after(work, self.view), shown, failed=self.tell)

    def act(self, deed: Callable[..., object], *arguments: object, **named: object) -> Callable[[], object]:
        """Return a service's deed on the present visit as work for a lane."""
        view = self.view
        assert view is not None  # pages are only shown with a visit
        return partial(deed, self.site.counter, self.site.officer, view.visit_id, *arguments, **named)

    def show(self, view: VisitView) -> bool:
        """Show the visit as it is kept now, with what is typed and not kept yet; False for another visit's view."""
        if not self._take_in(view):
            return False
        assert self.view is not None  # just taken in
        paint_next_turns(*parts_of(self.shell.page), self.shell.page.bar)
        self.shell.show_visit(self.view)
        self._show_saved(view)
        return True

    def type(self, field: Field, text: str) -> None:
        """Judge at once what was typed, and let it be committed soon."""
        if self.view is not None:
            self.typing.add(field, text)
            self.view = retyped(self.site.counter, self.view, {field: text})
            self.shell.show_visit(self.view)

    def give_reason(self, code: str, reason: str) -> None:
        """Keep why the officer goes on in spite of a warning."""
        self.do(self.act(drafting.give_reason, code, reason))

    def go_to(self, stage: Stage) -> None:
        """Go to a stage of the visit."""
        self.typing.commit()
        if self.view is not None:
            self.shell.show_stage(stage, self.view)
            self._show_saved(self.view)
            next_turn(self, partial(self._enter, stage))

    def _enter(self, stage: Stage) -> None:
        if self.view is not None and self.shell.page.stage is stage:
            self.entered.emit(stage)

    def go_on(self) -> None:
        """Go to the next stage."""
        stages = self.stages()
        place = stages.index(self.shell.page.stage)
        if place + 1 < len(stages):
            self.go_to(stages[place + 1])

    def stages(self) -> list[Stage]:
        """Return the stages of the present visit in order."""
        return [state.stage for state in self.view.stages] if self.view is not None else []

    def tell(self, trouble: Trouble) -> None:
        """Say in the page what went wrong."""
        self.stopped.emit()
        self.shell.page.show_trouble(trouble.head, trouble.rest)

    def _seen_after(self, work: Callable[[], object], view: VisitView) -> Callable[[], VisitView]:
        """Return work for a lane that does something to a visit and looks at it then."""
        counter, visit_id = self.site.counter, view.visit_id

        def both() -> VisitView:
            work()
            return look_at(counter, visit_id)

        return both

    def _take_in(self, view: VisitView) -> bool:
        if self.view is None or view.visit_id != self.view.visit_id:
            return False
        unsaved = self.typing.unsaved
        self.view = retyped(self.site.counter, view, unsaved) if unsaved else view
        return True

    def _put_in(self, page: StepKind) -> Generator[None, None, StepKind]:
        yield
        self.shell.add_page(
            page
        )  # before it is filled: a whole page would be looked through by the sheet at once
        yield from page.furnish()
        yield
        return page

    def _show_saved(self, view: VisitView) -> None:
        if self.typing.held_up:
            self.shell.page.bar.show_saved(self.words.say("Draft not kept yet"), State.CARE)
            return
        told = self.words.say("Draft kept {time}", time=self.words.time_seconds(view.committed_at))
        self.shell.page.bar.show_saved(told)
