"""The room of drafts: visits that were begun and laid aside, one's own or another officer's."""

from functools import partial

from PySide6.QtCore import QObject

from kiosk.services import mending
from kiosk.services.queue import DraftLine, drafts
from kiosk.ui.page import Page
from kiosk.ui.pages.drafts import DraftsPage, DraftsState
from kiosk.ui.places import ARRIVAL, VISIT
from kiosk.ui.site import Room, Site


class DraftsRoom(Room):
    """Takes a visit up again, or ends it with its reason."""

    def __init__(self, site: Site, parent: QObject | None = None) -> None:
        super().__init__(site, parent)
        self._page = DraftsPage(site.words)
        self._page.resume_wanted.connect(lambda visit_id: self.go.emit(VISIT, visit_id))
        self._page.end_wanted.connect(self._end)
        self._page.arrival_wanted.connect(lambda: self.go.emit(ARRIVAL, None))

    @property
    def page(self) -> Page:
        """The page of drafts."""
        return self._page

    def enter(self, argument: object) -> None:
        """Show the drafts."""
        self.refresh()

    def refresh(self) -> None:
        """Read the drafts anew."""
        self.ask(partial(drafts, self.site.counter), self._show)

    def _show(self, lines: tuple[DraftLine, ...]) -> None:
        counter = self.site.counter
        self._page.show_state(DraftsState(lines, counter.here(counter.clock().wall)))
        self.settle()

    def _end(self, visit_id: str, reason: str) -> None:
        counter, officer = self.site.counter, self.site.officer
        self.ask(
            lambda: mending.end_unserved(counter, officer, visit_id, reason), lambda _: self.changed.emit()
        )
