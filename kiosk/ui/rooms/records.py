"""The rooms of saved records: finding one, looking at it, correcting or withdrawing it."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject

from kiosk.domain.biodata import Field
from kiosk.domain.change_requests import ChangeRequest
from kiosk.domain.roles import Permission, allows
from kiosk.services import approvals, mending
from kiosk.services.record import RecordView, record
from kiosk.services.saving import Refused
from kiosk.services.searching import Found, find_people
from kiosk.ui.frame.rail import HOME
from kiosk.ui.page import Page
from kiosk.ui.pages.record import RecordPage
from kiosk.ui.pages.search import SearchPage, SearchState
from kiosk.ui.places import RECORD, SEARCH
from kiosk.ui.site import Room, Site
from kiosk.ui.troubles import Trouble


class SearchRoom(Room):
    """Finds residents recorded at this counter."""

    def __init__(self, site: Site, parent: QObject | None = None) -> None:
        super().__init__(site, parent)
        self._page = SearchPage(site.words)
        self._text = ""
        self._page.text_typed.connect(self._search)
        self._page.record_wanted.connect(lambda visit_id: self.go.emit(RECORD, visit_id))
        self._page.back_wanted.connect(lambda: self.go.emit(HOME, None))

    @property
    def page(self) -> Page:
        """The page of search."""
        return self._page

    def enter(self, argument: object) -> None:
        """Begin with an empty page, or with what was looked for before."""
        self._search(self._text)

    def close(self) -> None:
        """End the page's timer."""
        self._page.close_page()

    def _search(self, text: str) -> None:
        self._text = text
        if not text.strip():
            self._page.show_state(SearchState("", (), searching=False))
            self.settle()
            return
        self.ask(partial(find_people, self.site.counter, self.site.officer, text), partial(self._show, text))

    def _show(self, text: str, found: tuple[Found, ...]) -> None:
        if text != self._text:  # something else was typed meanwhile
            return
        self._page.show_state(SearchState(text, found, searching=False))
        self.settle()


class RecordRoom(Room):
    """One saved record."""

    def __init__(self, site: Site, parent: QObject | None = None) -> None:
        super().__init__(site, parent)
        self._page = RecordPage(site.words, site.counter.reference)
        self._visit_id = ""
        self._page.amend_wanted.connect(self._amend)
        self._page.withdraw_wanted.connect(self._withdraw)
        self._page.back_wanted.connect(lambda: self.go.emit(SEARCH, None))

    @property
    def page(self) -> Page:
        """The page of the record."""
        return self._page

    def enter(self, argument: object) -> None:
        """Show the record of a visit."""
        self._visit_id = argument if isinstance(argument, str) else self._visit_id
        self.refresh()

    def refresh(self) -> None:
        """Read anew how far its packets are."""
        self.ask(
            partial(record, self.site.counter, self.site.officer, self._visit_id),
            self._show,
            failed=self._tell,
        )

    def whereabouts(self) -> object:
        """Return the visit."""
        return self._visit_id

    def _show(self, view: RecordView) -> None:
        self._page.show_state(view, decides=self._decides())
        self.settle()

    def _decides(self) -> bool:
        return allows(self.site.officer.role, Permission.AMEND)

    def _amend(self, changes: Mapping[Field, str], reason: str) -> None:
        counter, officer, visit_id = self.site.counter, self.site.officer, self._visit_id
        act = mending.amend if self._decides() else approvals.ask_correction
        self.ask(
            lambda: act(counter, officer, visit_id, changes, reason),
            self._changed_or_refused,
            failed=self._tell,
        )

    def _withdraw(self, reason: str) -> None:
        counter, officer, visit_id = self.site.counter, self.site.officer, self._visit_id
        act = mending.withdraw if self._decides() else approvals.ask_withdrawal
        self.ask(
            lambda: act(counter, officer, visit_id, reason),
            self._changed_or_refused,
            failed=self._tell,
        )

    def _changed_or_refused(self, outcome: object) -> None:
        if isinstance(outcome, Refused):
            self._page.show_findings(outcome.findings)
            return
        say = self.words.say
        if isinstance(outcome, ChangeRequest):
            self._page.show_done(say("Asked."), say("A supervisor decides it under Approvals."))
            return
        if (sender := self.site.desk.sender) is not None:
            sender.hurry()
        self._page.show_done(
            say("Saved."), say("Kept as a packet of its own; it goes out with the next sending.")
        )
        self.changed.emit()
        self.enter(None)

    def _tell(self, trouble: Trouble) -> None:
        self._page.show_trouble(trouble.head, trouble.rest)
