"""The room of approvals: what waits for the supervisor, and what came of each decision."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from kiosk.services import accounts
from kiosk.services.approvals import ApprovalKind, Decided, Waiting, approve, refuse, waiting
from kiosk.services.counter import Officer
from kiosk.services.errors import LockedOutError, WrongSecretError
from kiosk.services.saving import Refused
from kiosk.ui.page import Page
from kiosk.ui.pages.approvals import ApprovalsPage
from kiosk.ui.places import RECORD, VISIT
from kiosk.ui.site import Room, Site
from kiosk.ui.troubles import Trouble


class ApprovalsRoom(Room):
    """Decides with the supervisor's PIN."""

    def __init__(self, site: Site, parent: QObject | None = None) -> None:
        super().__init__(site, parent)
        self._page = ApprovalsPage(site.words)
        self._page.approve_wanted.connect(self._approve)
        self._page.refuse_wanted.connect(self._refuse)
        self._page.opened.connect(self._open)

    @property
    def page(self) -> Page:
        """The page of approvals."""
        return self._page

    def enter(self, argument: object) -> None:
        """Show what waits."""
        self._page.show_trouble("")
        self.refresh()

    def refresh(self) -> None:
        """Read anew what waits."""
        self.ask(partial(waiting, self.site.counter, self.site.officer), self._show, failed=self._tell)

    def _show(self, found: tuple[Waiting, ...]) -> None:
        counter = self.site.counter
        self._page.show_state(found, counter.here(counter.clock().wall))
        self.settle()

    def _open(self, one: Waiting) -> None:
        self.go.emit(VISIT if one.kind is ApprovalKind.EXCEPTION else RECORD, one.visit_id)

    def _approve(self, keys: tuple[str, ...], pin: str) -> None:
        self._decide(pin, lambda supervisor: approve(self.site.counter, supervisor, keys))

    def _refuse(self, keys: tuple[str, ...], pin: str, reason: str) -> None:
        self._decide(pin, lambda supervisor: refuse(self.site.counter, supervisor, keys, reason))

    def _decide(self, pin: str, act: Callable[[Officer], Decided | Refused]) -> None:
        counter, user_id = self.site.counter, self.site.officer.user_id
        self._page.show_working(working=True)
        self.ask(lambda: act(accounts.confirm_pin(counter, user_id, pin)), self._decided, failed=self._tell)

    def _decided(self, outcome: Decided | Refused) -> None:
        self._page.show_working(working=False)
        if isinstance(outcome, Refused):
            told = " ".join(self.words.finding(finding) for finding in outcome.findings)
            self._page.show_trouble(self.words.say("Nothing was done."), told)
            return
        self._page.show_decided(outcome)
        if (sender := self.site.desk.sender) is not None:
            sender.hurry()
        self.changed.emit()
        self.refresh()

    def _tell(self, trouble: Trouble) -> None:
        self._page.show_working(working=False)
        if isinstance(trouble.error, WrongSecretError | LockedOutError):
            self._page.show_wrong_pin(trouble.text)
        else:
            self._page.show_trouble(trouble.head, trouble.rest)
