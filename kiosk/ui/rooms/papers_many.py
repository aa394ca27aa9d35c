"""What the room of papers does beside one paper at a time: batches, and papers as files."""

import threading
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from kiosk.devices.api import Kind
from kiosk.services import accounts
from kiosk.services.errors import LockedOutError, WrongSecretError
from kiosk.services.paper_views import BatchTold, FileWritten, Outcome, PaperDesk
from kiosk.ui.outside_folders import outside_folders
from kiosk.ui.pages.folder_panel import FolderState
from kiosk.ui.pages.paper_book import LOOK
from kiosk.ui.pages.papers import PapersPage
from kiosk.ui.pages.papers_words import batch_words
from kiosk.ui.places import PAPER_BOOK
from kiosk.ui.site import Room
from kiosk.ui.troubles import Trouble

_FILES = "files"  # the lane of looking for sticks and of writing to them
_WRONG = (WrongSecretError, LockedOutError)


class PapersHost(Protocol):
    """What these acts need of their room."""

    @property
    def page(self) -> PapersPage:
        """The page of papers."""

    def papers(self) -> PaperDesk:
        """Return the desk."""

    def hurry(self) -> None:
        """Let what was promised go out at once."""

    def refresh(self) -> None:
        """Read everything anew."""


class BatchActs(QObject):
    """Issues and prints for many with one PIN, in the printer's lane; can be stopped between two sheets."""

    _printed = Signal(int, int)

    def __init__(self, room: Room, host: PapersHost) -> None:
        super().__init__(room)
        self._room, self._host = room, host
        self._stopped = threading.Event()
        box = host.page.batch_box
        host.page.batch_wanted.connect(self._issue)
        box.stopped.connect(self._stopped.set)
        self._printed.connect(box.show_progress)

    def stop(self) -> None:
        """Print no further sheet."""
        self._stopped.set()

    def _issue(self, visits: tuple[str, ...], pin: str) -> None:
        site = self._room.site

        def issue() -> tuple[BatchTold, bool]:
            supervisor = accounts.confirm_pin(site.counter, site.officer.user_id, pin)
            desk = self._host.papers()
            told = desk.issue_many(supervisor, visits, self._told_progress)
            return told, bool(desk.to_look_at(supervisor))

        self._stopped.clear()
        self._host.page.show_working(working=True)
        self._room.ask(issue, self._done, lane=Kind.PAGE_PRINTER.value, failed=self._not_done)

    def _told_progress(self, done: int, count: int) -> bool:
        """Hear from the printer's lane how far it is; answer whether to go on."""
        self._printed.emit(done, count)
        return not self._stopped.is_set()

    def _done(self, answer: tuple[BatchTold, bool]) -> None:
        """Say what came of it; sheets that somebody has to look at are shown, unless there is more to be read here."""
        told, is_unseen = answer
        trouble = self._room.trouble(told.trouble).text if told.trouble else ""
        page = self._host.page
        page.show_working(working=False)
        page.batch_box.hide()
        page.list.forget_marks()
        page.told.show_message(*batch_words(self._room.words, told, trouble))
        self._host.hurry()
        self._room.changed.emit()
        self._host.refresh()
        if is_unseen and not told.refused:
            self._room.go.emit(PAPER_BOOK, LOOK)

    def _not_done(self, trouble: Trouble) -> None:
        self._host.page.show_working(working=False)
        self._host.page.batch_box.show_wrong(trouble.text)


class PaperFileActs(QObject):
    """Saves the paper that is shown as a file, with a PIN."""

    def __init__(self, room: Room, host: PapersHost) -> None:
        super().__init__(room)
        self._room, self._host = room, host
        self._state = FolderState()
        host.page.save_wanted.connect(self._look_for_folders)
        host.page.panel.answered.connect(self._save)

    def _look_for_folders(self) -> None:
        self._show(FolderState())
        self._room.ask(outside_folders, lambda found: self._show(FolderState(found)), lane=_FILES)

    def _save(self, folder: str, pin: str, reason: str) -> None:
        site, paper = self._room.site, self._host.page.paper
        if paper is None:
            return

        def save() -> FileWritten | Outcome:
            supervisor = accounts.confirm_pin(site.counter, site.officer.user_id, pin)
            return self._host.papers().save(supervisor, paper.number, folder, reason)

        self._show(replace(self._state, is_writing=True, trouble=("", "")))
        self._room.ask(save, self._saved, lane=_FILES, failed=self._not_saved)

    def _saved(self, told: FileWritten | Outcome) -> None:
        words = self._room.words
        if isinstance(told, Outcome):
            why = " ".join(words.finding(finding) for finding in told.findings)
            self._show(replace(self._state, is_writing=False, trouble=(words.say("Nothing was done."), why)))
            return
        signed = words.say("Signed by {holder}.", holder=told.signed_by) if told.signed_by else ""
        self._show(replace(self._state, is_writing=False, written=f"{told.path} {signed}".strip()))
        self._host.refresh()

    def _not_saved(self, trouble: Trouble) -> None:
        if isinstance(trouble.error, _WRONG):
            self._show(replace(self._state, is_writing=False))
            self._host.page.panel.show_wrong_pin(trouble.text)
        else:
            self._show(replace(self._state, is_writing=False, trouble=(trouble.head, trouble.rest)))
            self._host.refresh()

    def _show(self, state: FolderState) -> None:
        self._state = state
        self._host.page.panel.show_state(state)
