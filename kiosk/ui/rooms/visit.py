"""The room of a visit: it leads from stage to stage and hands what the pages ask for to the services."""

from collections.abc import Iterator
from functools import partial

from kiosk.domain.requests import Service
from kiosk.services import drafting, mending
from kiosk.services.arrivals import park, take_up
from kiosk.services.kit import DeviceState
from kiosk.services.looking import VisitView, look_at
from kiosk.services.neighbours import NearbyOffice, name_of, offices_that_can
from kiosk.services.saving import Refused
from kiosk.services.stages import Stage
from kiosk.ui.frame.rail import HOME
from kiosk.ui.places import RECORD, SAVED
from kiosk.ui.rooms.saved import After
from kiosk.ui.rooms.visit_captures import Captures
from kiosk.ui.rooms.visit_codes import Codes
from kiosk.ui.rooms.visit_desk import VisitDesk
from kiosk.ui.rooms.visit_review import Review
from kiosk.ui.troubles import Trouble
from kiosk.ui.visit.park_menu import ParkMenu


class VisitRoom(VisitDesk):
    """Serves one visit at a time, from wherever it was left to *saved*."""

    def furnish(self) -> Iterator[None]:
        """Make the pages, then what works behind them."""
        yield from super().furnish()
        self.captures = Captures(self)
        self.codes = Codes(self)
        self.reviewing = Review(self, self.captures)
        self.park_menu = ParkMenu(self.words, self.shell)
        self._connect()
        self._connect_papers()
        yield
        yield from self.shell.draw_each()

    def enter(self, argument: object) -> None:
        """Open the visit of this id; without one, go on with the visit that was open."""
        if isinstance(argument, str):
            self._open(argument)
        elif self.view is not None:
            self.shell.resume()

    def whereabouts(self) -> object:
        """Return the id of the open visit."""
        return self.view.visit_id if self.view is not None else None

    def leave(self) -> bool:
        """Commit what was typed and end the live picture."""
        self.typing.commit()
        self.shell.leave()
        return True

    def close(self) -> None:
        """Commit what was typed, and end every timer."""
        self.typing.close()
        self.captures.close()

    def hear_device(self, state: DeviceState) -> None:
        """Let the page say how its device stands."""
        self.captures.hear(state)

    def _open(self, visit_id: str) -> None:
        counter, officer = self.site.counter, self.site.officer
        self.typing.begin(visit_id)

        def take() -> VisitView:
            take_up(counter, officer, visit_id)
            return look_at(counter, visit_id)

        self.ask(take, self._opened)

    def _opened(self, view: VisitView) -> None:
        self.view = view
        undone = [state.stage for state in view.stages if not state.done]
        self.go_to(undone[0] if undone else Stage.REVIEW)

    def _connect(self) -> None:
        self.shell.stage_wanted.connect(self.go_to)
        self.shell.back_wanted.connect(self._go_back)
        self.shell.pause_wanted.connect(self._ask_why)
        self.park_menu.chosen.connect(self._park)
        for page in self.shell.pages.values():
            page.onward.connect(self._onward)
        self.typing.committed.connect(self.show)
        self.typing.refused.connect(self._not_kept)

    def _connect_papers(self) -> None:
        self.service.service_chosen.connect(self._change_service)
        self.service.enrolled_before_told.connect(self._tell_enrolled_before)
        self.service.reason_given.connect(self.give_reason)
        for page in (self.service, self.biodata):
            page.record_wanted.connect(lambda visit_id: self.go.emit(RECORD, visit_id))
        self.biodata.typed.connect(self.type)
        self.biodata.reason_given.connect(self.give_reason)
        self.documents.shown_changed.connect(lambda shown: self.do(self.act(drafting.show_documents, shown)))
        self.consent.agreed.connect(self._agree)
        self.consent.refused.connect(self._end)

    def _change_service(self, service: Service) -> None:
        self.do(self.act(drafting.change_service, service))

    def _tell_enrolled_before(self, letter_no: str) -> None:
        self.do(self.act(drafting.tell_enrolled_before, letter_no=letter_no))

    def _agree(self, language: str, version: str) -> None:
        self.finish(self.act(drafting.record_consent, text_version=version, language=language))

    def _end(self, reason: str) -> None:
        self.ask(self.act(mending.end_unserved, reason), self._ended, failed=self.tell)

    def _onward(self) -> None:
        if self.shell.page is self.biodata:
            self.typing.commit()
            self.finish(self.act(drafting.finish_biodata))
        else:
            self.go_on()

    def _go_back(self) -> None:
        stages = self.stages()
        place = stages.index(self.shell.page.stage) if stages else 0
        if place:
            self.go_to(stages[place - 1])
        else:
            self.go.emit(HOME, None)

    def _ask_why(self) -> None:
        """Ask why the visit is put off; where the stage's device is out, with where else it can be done."""
        stage = self.shell.page.stage
        if not self.captures.is_out(stage):
            self.park_menu.show_reasons()
            self.park_menu.ask(self.shell.page.bar.pause)
            return
        self.ask(partial(offices_that_can, self.site.counter, stage), self._ask_where, failed=self.tell)

    def _ask_where(self, offices: tuple[NearbyOffice, ...]) -> None:
        counter = self.site.counter
        if self.view is not None:
            self.park_menu.show_offices(offices, counter.here(counter.clock().wall))
            self.park_menu.ask(self.shell.page.bar.pause)

    def _park(self, reason: str, elsewhere: str) -> None:
        self.typing.commit()
        parked = self.act(park, reason, elsewhere)
        self.ask(parked, lambda _: self._show_parked(elsewhere), failed=self.tell)

    def _show_parked(self, elsewhere: str) -> None:
        view, stage = self.view, self.shell.page.stage
        self.shell.leave()
        self.view = None
        self.changed.emit()
        if view is not None:
            office = name_of(self.site.counter, elsewhere) if elsewhere else ""
            self.go.emit(SAVED, After(view, stage, office))

    def _ended(self, outcome: object) -> None:
        if isinstance(outcome, Refused):
            told = " ".join(self.words.finding(finding) for finding in outcome.findings)
            self.shell.page.show_trouble(self.words.say("Not saved yet."), told)
        else:
            self._leave_visit()

    def _leave_visit(self) -> None:
        self.shell.leave()
        self.view = None
        self.changed.emit()
        self.go.emit(HOME, None)

    def _not_kept(self, trouble: Trouble) -> None:
        if self.view is not None:
            self.show(self.view)
        self.tell(trouble)
