"""The room of the register: months, the sheets nobody has seen, and the register as a file."""

import threading
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from kiosk.devices.api import Kind
from kiosk.domain.register import Printing
from kiosk.services import accounts
from kiosk.services.errors import LockedOutError, WrongSecretError
from kiosk.services.paper_views import BatchTold, FileWritten, PaperDesk
from kiosk.ui.frame.rail import PAPERS
from kiosk.ui.outside_folders import outside_folders
from kiosk.ui.page import Page
from kiosk.ui.pages.folder_panel import FolderState
from kiosk.ui.pages.paper_book import LOOK, MONTH, BookState, PaperBookPage, month_of
from kiosk.ui.pages.papers_words import batch_words
from kiosk.ui.site import Room, Site
from kiosk.ui.troubles import Trouble

_FILES = "files"  # the lane of looking for sticks and of writing to them


class PaperBookRoom(Room):
    """Shows the register, and keeps what somebody saw come out of the printer."""

    _printed = Signal(int, int)

    def __init__(self, site: Site, parent: QObject | None = None) -> None:
        super().__init__(site, parent)
        self._page = PaperBookPage(site.words)
        self._made: PaperDesk | None = None
        self._mode, self._back = MONTH, 0  # months before this one
        self._files = FolderState()
        self._stopped = threading.Event()
        page = self._page
        page.mode_chosen.connect(self._choose_mode)
        page.month_wanted.connect(self._turn)
        page.came_out.connect(self._note)
        page.print_wanted.connect(self._print)
        page.stop_wanted.connect(self._stopped.set)
        page.paper_wanted.connect(lambda visit_id: self.go.emit(PAPERS, visit_id))
        page.back_wanted.connect(lambda: self.go.emit(PAPERS, None))
        page.save_wanted.connect(self._look_for_folders)
        page.panel.answered.connect(self._save)
        self._printed.connect(self._show_progress)

    @property
    def page(self) -> Page:
        """The page of the register."""
        return self._page

    def enter(self, argument: object) -> None:
        """Show this month, or the sheets to be looked at where the argument says so."""
        self._mode, self._back = (LOOK if argument == LOOK else MONTH), 0
        self._page.show_trouble("")
        self.refresh()

    def whereabouts(self) -> object:
        """Return what is shown."""
        return self._mode

    def refresh(self) -> None:
        """Read the register anew."""
        officer, counter = self.site.officer, self.site.counter
        first, last = month_of(counter.today(), later=self._back)
        mode, is_last = self._mode, self._back == 0

        def read() -> BookState:
            desk = self._desk()
            return BookState(desk.book(officer, first, last), desk.to_look_at(officer), mode, is_last)

        self.ask(read, self._show, failed=self._tell)

    def close(self) -> None:
        """Print no further sheet."""
        self._stopped.set()

    def _desk(self) -> PaperDesk:
        if self._made is None:
            make = self.site.desk.papers
            assert make is not None  # the window has no such place without one
            self._made = make()
        return self._made

    def _show(self, state: BookState) -> None:
        self._page.show_state(state)
        self.settle()

    def _choose_mode(self, mode: str) -> None:
        self._mode = mode
        self._page.show_trouble("")
        self.refresh()

    def _turn(self, by: int) -> None:
        self._back = min(0, self._back + by)
        self.refresh()

    def _note(self, numbers: tuple[str, ...], printing: Printing) -> None:
        officer = self.site.officer
        self._page.show_working(working=True)
        self.ask(
            lambda: self._desk().came_out_many(officer, numbers, printing),
            lambda _: self._noted(),
            failed=self._tell,
        )

    def _noted(self) -> None:
        self._page.show_working(working=False)
        self._page.show_trouble("")
        self.changed.emit()
        self.refresh()

    def _print(self, numbers: tuple[str, ...]) -> None:
        officer = self.site.officer
        self._stopped.clear()
        self._page.show_working(working=True, printing=True)
        self.ask(
            lambda: self._desk().print_many(officer, numbers, self._told_progress),
            self._done,
            lane=Kind.PAGE_PRINTER.value,
            failed=self._tell,
        )

    def _told_progress(self, done: int, count: int) -> bool:
        """Hear from the printer's lane how far it is; answer whether to go on."""
        self._printed.emit(done, count)
        return not self._stopped.is_set()

    def _show_progress(self, done: int, count: int) -> None:
        told = self.words.say("{done} of {count} printed", done=done, count=count)
        self._page.show_trouble(told, "", "chosen")

    def _done(self, told: BatchTold) -> None:
        trouble = self.trouble(told.trouble) if told.trouble else None
        self._page.show_working(working=False)
        self._page.show_trouble(*batch_words(self.words, told, trouble.text if trouble else ""))
        self.refresh()

    def _look_for_folders(self) -> None:
        self._show_files(FolderState())
        self.ask(outside_folders, lambda found: self._show_files(FolderState(found)), lane=_FILES)

    def _save(self, folder: str, pin: str, _: str) -> None:
        counter = self.site.counter
        first, last = month_of(counter.today(), later=self._back)

        def save() -> FileWritten:
            supervisor = accounts.confirm_pin(counter, self.site.officer.user_id, pin)
            return self._desk().save_register(supervisor, first, last, folder)

        self._show_files(replace(self._files, is_writing=True, trouble=("", "")))
        self.ask(save, self._saved, lane=_FILES, failed=self._not_saved)

    def _saved(self, file: FileWritten) -> None:
        self._show_files(replace(self._files, is_writing=False, written=file.path))

    def _not_saved(self, trouble: Trouble) -> None:
        if isinstance(trouble.error, WrongSecretError | LockedOutError):
            self._show_files(replace(self._files, is_writing=False))
            self._page.panel.show_wrong_pin(trouble.text)
            return
        self._show_files(replace(self._files, is_writing=False, trouble=(trouble.head, trouble.rest)))

    def _show_files(self, state: FolderState) -> None:
        self._files = state
        self._page.panel.show_state(state)

    def _tell(self, trouble: Trouble) -> None:
        self._page.show_working(working=False)
        self._page.show_trouble(trouble.head, trouble.rest)
