"""The room of papers: the supervisor's acts, each in its lane, and what came of them."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from kiosk.devices.api import Kind
from kiosk.domain.papers import PaperKind
from kiosk.domain.register import Printing
from kiosk.services import accounts
from kiosk.services.paper_views import Outcome, PaperDesk, PaperLine, PaperView
from kiosk.ui.frame.rail import PAPERS
from kiosk.ui.pages.papers import PapersPage, PapersState
from kiosk.ui.places import PAPER_BOOK, PAPER_CHECK
from kiosk.ui.rooms.papers_many import BatchActs, PaperFileActs
from kiosk.ui.site import Room, Site
from kiosk.ui.troubles import Trouble

_PICTURES = "pictures"


class PapersRoom(Room):
    """Issues, prints, hands over and ends papers."""

    def __init__(self, site: Site, parent: QObject | None = None) -> None:
        super().__init__(site, parent)
        self._page = PapersPage(site.words)
        self._state = PapersState("", ())
        self._made: PaperDesk | None = None
        page = self._page
        page.text_typed.connect(self._search)
        page.resident_chosen.connect(self._choose)
        page.kind_chosen.connect(self._choose_kind)
        page.issue_wanted.connect(self._issue)
        page.print_wanted.connect(self._print)
        page.came_out.connect(self._note)
        page.hand_over_wanted.connect(self._hand_over)
        page.end_wanted.connect(self._end)
        page.book_wanted.connect(lambda: self.go.emit(PAPER_BOOK, None))
        page.check_wanted.connect(lambda: self.go.emit(PAPER_CHECK, PAPERS))
        self._batches = BatchActs(self, self)
        self._files = PaperFileActs(self, self)

    @property
    def page(self) -> PapersPage:
        """The page of papers."""
        return self._page

    def enter(self, argument: object) -> None:
        """Show the newest records; the argument may be the visit to begin with."""
        if isinstance(argument, str):
            self._choose(argument)
        self._search(self._state.text)

    def refresh(self) -> None:
        """Read anew how the chosen resident and the list stand."""
        self._search(self._state.text)
        if self._state.view is not None:
            self._choose(self._state.view.visit_id)

    def whereabouts(self) -> object:
        """Return the visit that is chosen."""
        return self._state.view.visit_id if self._state.view else None

    def close(self) -> None:
        """End the page's timer, and print no further sheet."""
        self._page.close_page()
        self._batches.stop()

    def papers(self) -> PaperDesk:
        """Return the desk; it is made when it is first asked for, in a lane of its own."""
        if self._made is None:
            make = self.site.desk.papers
            assert make is not None  # the window has no such place without one
            self._made = make()
        return self._made

    def _search(self, text: str) -> None:
        officer = self.site.officer
        self.ask(lambda: self.papers().lines(officer, text), partial(self._listed, text), failed=self._tell)

    def _listed(self, text: str, lines: tuple[PaperLine, ...]) -> None:
        self._state = replace(self._state, text=text, lines=lines)
        self._page.show_state(self._state)
        if self._state.view is None and lines:
            self._choose(lines[0].visit_id)
        self.settle()

    def _choose(self, visit_id: str) -> None:
        officer = self.site.officer
        self.ask(lambda: self.papers().view(officer, visit_id), self._show, failed=self._tell)

    def _choose_kind(self, kind: str) -> None:
        self._state = replace(self._state, kind=PaperKind(kind))
        if self._state.view is not None:
            self._show(self._state.view)

    def _show(self, view: PaperView) -> None:
        self._state = replace(self._state, view=view)
        self._page.show_state(self._state)
        officer, kind = self.site.officer, self._state.kind
        self.ask(
            lambda: self.papers().preview(officer, view.visit_id, kind),
            partial(self._previewed, view.visit_id, kind),
            lane=_PICTURES,
            failed=self._tell,
        )

    def _previewed(self, visit_id: str, kind: PaperKind, picture: bytes | Outcome) -> None:
        self._page.show_preview(visit_id, kind, picture if isinstance(picture, bytes) else b"")

    def _issue(self, reason: str, pin: str) -> None:
        view, kind, counter = self._state.view, self._state.kind, self.site.counter
        if view is None:
            return

        def issue() -> Outcome:
            supervisor = accounts.confirm_pin(counter, self.site.officer.user_id, pin)
            return self.papers().issue(supervisor, view.visit_id, kind, reason)

        self._page.show_working(working=True)
        self.ask(issue, self._issued, failed=self._refused_pin)

    def _issued(self, outcome: Outcome) -> None:
        if not outcome.is_done:
            self._done(outcome)
            return
        self.hurry()
        self._print(outcome.number, "")

    def _print(self, number: str, reason: str) -> None:
        officer = self.site.officer
        self._page.show_working(working=True)
        self.ask(
            lambda: self.papers().print(officer, number, reason),
            self._done,
            lane=Kind.PAGE_PRINTER.value,
            failed=self._not_printed,
        )

    def _note(self, number: str, printing: Printing) -> None:
        officer = self.site.officer
        self._act(lambda: self.papers().came_out(officer, number, printing))

    def _hand_over(self, number: str, to: str) -> None:
        officer = self.site.officer
        self._act(lambda: self.papers().hand_over(officer, number, to))

    def _end(self, number: str, reason: str) -> None:
        officer = self.site.officer
        self._act(lambda: self.papers().end(officer, number, reason))

    def _act(self, act: Callable[[], Outcome]) -> None:
        self._page.show_working(working=True)
        self.ask(act, self._done, failed=self._tell)

    def _done(self, outcome: Outcome) -> None:
        self._page.show_working(working=False)
        self.refresh()
        if outcome.is_done:
            self._page.show_trouble("")
            self.hurry()
            self.changed.emit()
        else:
            self._page.show_findings(outcome.findings)

    def _not_printed(self, trouble: Trouble) -> None:
        self._tell(trouble)
        self.refresh()

    def _refused_pin(self, trouble: Trouble) -> None:
        self._page.show_working(working=False)
        self._page.show_wrong_pin(f"{trouble.head} {trouble.rest}".strip())

    def _tell(self, trouble: Trouble) -> None:
        self._page.show_working(working=False)
        self._page.show_trouble(trouble.head, trouble.rest)

    def hurry(self) -> None:
        """Let what was promised go out at once."""
        if (sender := self.site.desk.sender) is not None:
            sender.hurry()
