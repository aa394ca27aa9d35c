"""The program behind the window: painted first, the counter opened beside it, and a calm page when something breaks.

What is heavy to import (services, the store, the office's pages) is imported after the first picture.
"""

import logging
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from kiosk.domain.errors import KioskError
from kiosk.domain.words import Words
from kiosk.ui.calm_words import crashed, interrupted, unopened
from kiosk.ui.entry import Entry
from kiosk.ui.holder import OfficeHolder
from kiosk.ui.idle import IdleWatch
from kiosk.ui.look import Look
from kiosk.ui.tasks import DB, Tasks
from kiosk.ui.theme import RESOURCES, dress, dress_window
from kiosk.ui.window import Window

if TYPE_CHECKING:  # it knows services, which are imported after the first picture
    from kiosk.ui.morning import MorningWatch

logger = logging.getLogger(__name__)


class Opened(Protocol):
    """An open counter; the office's pages know what is in it."""

    @property
    def desk(self) -> object:
        """What pages act at."""

    @property
    def office(self) -> str:
        """The region code of the office."""

    def close(self) -> None:
        """Give everything back."""


@dataclass(frozen=True, slots=True)
class Start:
    """How the program begins, and how it opens counters; all of `open_...` run beside the window.

    vacant: there is no kiosk in the folder yet.  started_again: the window died and was started anew.
    keep: keeps a changed look.
    """

    open_counter: Callable[[], Opened]
    open_practice: Callable[[], Opened]
    open_joined: Callable[[str, str], Opened]
    keep: Callable[[Look], None]
    look: Look
    vacant: bool = False
    full_screen: bool = False
    started_again: bool = False


_SWITCH = 0.0001  # seconds a busy thread may keep Python from the window: it waits so long at nearly each call of Qt


class Program(QObject):
    """Holds window, lanes, entry and office together; one for a process."""

    def __init__(self, application: QApplication, start: Start) -> None:
        super().__init__()
        self.application = application
        self.start = start
        self.look = start.look
        self.words = Words.load(RESOURCES / "locale", start.look.language)
        self.tasks = Tasks(self)
        self.window = Window()
        dress_window(self.window, text_scale=start.look.text_scale)
        self.entry = Entry(self.words, self.tasks, self)
        self.idle = IdleWatch(start.look.idle_minutes, self.window, self)
        self.desk_office: OfficeHolder | None = None
        self.morning: MorningWatch | None = None
        self._opened: Opened | None = None
        self._connect()

    def begin(self) -> None:
        """Show the window, and open the counter beside it."""
        sys.setswitchinterval(_SWITCH)
        sys.excepthook = self._crashed
        threading.excepthook = _crashed_beside
        self.window.show_part(self.entry.pages)
        if self.start.full_screen:
            self.window.closable = False  # nobody at the counter closes the counter
            self.window.showFullScreen()
        else:
            self.window.show()
        if self.start.started_again:
            self.entry.show_calm(interrupted(self.words))
        elif self.start.vacant:
            self.entry.show_first_start()
        else:
            self._open()
            self.entry.show_login()

    def close(self) -> None:
        """End everything, what was typed first; a second call does nothing."""
        self.idle.end()
        self.window.ring.end()
        self.entry.close()
        if self.desk_office is not None:
            self.desk_office.close()
        if self.morning is not None:
            self.morning.close()
        self.tasks.close()
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _connect(self) -> None:
        self.window.closing.connect(self.close)
        self.idle.idle.connect(self._lock_idle)
        self._connect_entry()

    def _connect_entry(self) -> None:
        self.entry.signed_in.connect(self._let_in)
        self.entry.language_wanted.connect(self._speak)
        self.entry.practice_wanted.connect(self._practise)
        self.entry.join_wanted.connect(self._join)
        self.entry.go_on_wanted.connect(self._go_on)

    def _open(self) -> None:
        # After the first picture: the thread that imports everything would hold it up.
        QTimer.singleShot(0, self, lambda: self._open_by(self.start.open_counter))

    def _open_by(self, opener: Callable[[], Opened]) -> None:
        def hold() -> Opened:
            self._opened = opener()  # held at once: who closes the window meanwhile gives it back
            return self._opened

        self.tasks.run(self, DB, hold, done=self._opened_now, failed=self._not_opened)

    def _opened_now(self, opened: Opened) -> None:
        from kiosk.ui.building import door_of, morning_of

        self.entry.open_door(door_of(opened, self.words))
        self.morning = morning_of(opened, self.tasks, self)
        if self.morning is not None:
            self.morning.begin()
        if not self.entry.is_at_login:  # who types there already goes on where the keyboard is
            self.entry.show_login()

    def _not_opened(self, error: KioskError) -> None:
        logger.error("the counter could not be opened: %s", error)
        from kiosk.ui.troubles import opening_trouble, start_trouble

        if self.entry.is_at_start:
            told = start_trouble(error, self.words)
            self.entry.start.show_error(self.words.say("That did not work."), told)
            return
        self.entry.show_calm(unopened(self.words, error, opening_trouble(error, self.words)))

    def _practise(self) -> None:
        self.entry.start.show_working(self.words.say("The practice office is being made…"))
        self._open_by(self.start.open_practice)

    def _join(self, code: str, address: str) -> None:
        self.entry.start.show_working(self.words.say("Asking the centre…"))
        self._open_by(lambda: self.start.open_joined(code, address))

    def _let_in(self, officer: object) -> None:
        from kiosk.ui.building import CounterOffice

        if self._opened is None:
            return
        if self.desk_office is None:
            self.desk_office = CounterOffice(self._opened, self.tasks, self)
            self.desk_office.locked.connect(self._lock)
            self.desk_office.look_wanted.connect(self._look)
            if self.morning is not None:
                self.desk_office.moved.connect(self.morning.hear_place)
                self.morning.tested.connect(self.desk_office.refresh)
        office = self.desk_office.let_in(officer, self.words, self.look)
        self.window.show_part(office)
        self.idle.begin()

    @Slot(str, str)
    def _lock(self, user_id: str, note: str) -> None:
        self.idle.end()
        self.entry.lock(user_id, note)
        self.window.show_part(self.entry.pages)

    def _lock_idle(self) -> None:
        if self.desk_office is not None:
            self.desk_office.lock()

    def _go_on(self) -> None:
        if self.desk_office is not None and self.desk_office.is_signed_in:
            self.window.show_part(self.desk_office.rebuilt(self.words, self.look))
            return
        if self._opened is None and self.start.vacant:
            self.entry.show_first_start()
            return
        self.entry.show_login()
        if self._opened is None:
            self._open()

    def _speak(self, language: str) -> None:
        self._look(Look(language, self.look.text_scale, self.look.idle_minutes))

    @Slot(object)
    def _look(self, look: Look) -> None:
        """Change how the window looks: its pages are made anew from what is kept, so that no text is forgotten."""
        before, self.look = self.look, look
        self.start.keep(look)
        self.idle.set_minutes(look.idle_minutes)
        if look.text_scale != before.text_scale:
            dress(self.application, text_scale=look.text_scale)
            dress_window(self.window, text_scale=look.text_scale)
        if (look.language, look.text_scale) == (before.language, before.text_scale):
            return
        self.words = Words.load(RESOURCES / "locale", look.language)
        self._renew_entry()
        if self.desk_office is not None and self.desk_office.is_signed_in:
            self.window.show_part(self.desk_office.rebuilt(self.words, look))

    def _renew_entry(self) -> None:
        from kiosk.ui.building import door_of

        before, self.entry = self.entry, Entry(self.words, self.tasks, self)
        before.close()
        self.entry.take_typed(before)
        self.window.show_part(self.entry.pages)
        self.window.drop_part(before.pages)
        before.deleteLater()
        self._connect_entry()
        if self._opened is not None:
            self.entry.open_door(door_of(self._opened, self.words))
        self.entry.show_login()

    def _crashed(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Keep the window up when a slot failed: nothing that was kept is lost by it."""
        logger.critical("a part of the window failed", exc_info=(kind, error, trace))
        if threading.current_thread() is threading.main_thread():
            if self.desk_office is not None:
                self.desk_office.drop()
            self.window.show_part(self.entry.pages)
            self.entry.show_calm(crashed(self.words, kind.__name__))


def _crashed_beside(told: threading.ExceptHookArgs) -> None:
    logger.critical("a thread ended by an error", exc_info=told.exc_value)
