"""The way in: log-in, lock, first password, first start; painted before anything heavy is imported.

So this module knows no service: what opens the counter hands a `Door` over once it is ready.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget

from kiosk.domain.errors import KioskError
from kiosk.domain.words import Words
from kiosk.ui.pages.calm import CalmPage, CalmState
from kiosk.ui.pages.first_password import FirstPasswordPage
from kiosk.ui.pages.first_start import FirstStartPage
from kiosk.ui.pages.login import LoginPage, LoginState, Person
from kiosk.ui.tasks import DB, Tasks

_SECOND = 1000  # milliseconds


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why somebody was not let in, in words.

    wait: seconds until the next try is possible.  needs_password: a first password has to be chosen.
    """

    head: str
    rest: str
    wait: int = 0
    needs_password: bool = False


class Door(Protocol):
    """What lets people in, once the counter is open."""

    def place(self) -> tuple[str, str, bool]:
        """Return office, counter, and whether it is for practice."""

    def people(self) -> Sequence[Person]:
        """Return who may sign in."""

    def log_in(self, who: str, password: str) -> object:
        """Return the officer; raises a `KioskError`."""

    def set_first_password(self, who: str, password: str, pin: str) -> object:
        """Keep a first password and PIN and return the officer; raises a `KioskError`."""

    def refusal(self, error: KioskError) -> Refusal:
        """Return an error in words."""


class Entry(QObject):
    """Leads from the first picture to somebody signed in.

    `signed_in` carries the officer.  `practice_wanted`, `join_wanted` (code, address) and `go_on_wanted` come from the
    pages of first start and of calm.
    """

    signed_in = Signal(object)
    language_wanted = Signal(str)
    practice_wanted = Signal()
    join_wanted = Signal(str, str)
    go_on_wanted = Signal()

    def __init__(self, words: Words, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._tasks = tasks
        self._door: Door | None = None
        self._state = LoginState(
            office="", counter="", practice=False, people=(), ready=False, language=words.language
        )
        self._countdown = QTimer(self)
        self._countdown.setInterval(_SECOND)
        self._refusal = Refusal("", "")
        self._who = ""
        self.pages = QStackedWidget()
        self.login = LoginPage(words)
        self.pages.addWidget(self.login)
        self._countdown.timeout.connect(self._count_down)
        self.login.submitted.connect(self._log_in)
        self.login.empty_password.connect(lambda who: self._log_in(who, ""))
        self.login.language_wanted.connect(self.language_wanted)
        self.login.show_state(self._state)

    @cached_property
    def password(self) -> FirstPasswordPage:
        """The page of a first password, made when it is needed: the first picture waits for none but the log-in."""
        page = FirstPasswordPage(self.words)
        page.chosen.connect(self._set_first_password)
        page.back_wanted.connect(self.show_login)
        self.pages.addWidget(page)
        return page

    @cached_property
    def start(self) -> FirstStartPage:
        """The page of first start."""
        page = FirstStartPage(self.words)
        page.practice_wanted.connect(self.practice_wanted)
        page.join_wanted.connect(self.join_wanted)
        self.pages.addWidget(page)
        return page

    @cached_property
    def calm(self) -> CalmPage:
        """The page after something broke."""
        page = CalmPage(self.words)
        page.go_on_wanted.connect(self.go_on_wanted)
        self.pages.addWidget(page)
        return page

    @property
    def is_at_start(self) -> bool:
        """True while the page of first start is shown."""
        return "start" in self.__dict__ and self.pages.currentWidget() is self.start

    @property
    def is_at_login(self) -> bool:
        """True while the page of log-in is shown, or will be."""
        return self.pages.currentWidget() is self.login

    def open_door(self, door: Door) -> None:
        """Let people in from now on."""
        self._door = door
        office, counter, practice = door.place()
        self._show(replace(self._state, office=office, counter=counter, practice=practice))
        self._ask(door.people, self._show_people)

    def lock(self, user_id: str, note: str) -> None:
        """Ask for a password before the window goes on; anybody of the roster may sign in."""
        self._show(replace(self._state, locked=True, user_id=user_id, draft_note=note))
        self.show_login()

    def show_login(self) -> None:
        """Show the page of log-in."""
        self.pages.setCurrentWidget(self.login)
        self.login.focus_first()

    def show_first_start(self) -> None:
        """Ask whether to practise or to join."""
        self.pages.setCurrentWidget(self.start)
        self.start.focus_first()

    def show_calm(self, state: CalmState) -> None:
        """Say what happened and what is safe."""
        self.calm.show_state(state)
        self.pages.setCurrentWidget(self.calm)
        self.calm.focus_first()

    def take_typed(self, before: "Entry") -> None:
        """Put in what was typed on the page in the other language."""
        self.login.show_typed(*before.login.typed)

    def close(self) -> None:
        """Count down no more."""
        self._countdown.stop()

    def _show(self, state: LoginState) -> None:
        self._state = state
        self.login.show_state(state)

    def _show_people(self, people: Sequence[Person]) -> None:
        self._show(replace(self._state, people=tuple(people), ready=True))

    def _log_in(self, who: str, password: str) -> None:
        door = self._door
        if door is not None:
            self._who = who
            self._ask(lambda: door.log_in(who, password), self._let_in, self._refuse)

    def _set_first_password(self, password: str, pin: str) -> None:
        door = self._door
        if door is not None:
            self._ask(
                lambda: door.set_first_password(self._who, password, pin), self._let_in, self._refuse_password
            )

    def _let_in(self, officer: object) -> None:
        self._countdown.stop()
        self.login.show_error("", "")
        self._show(replace(self._state, locked=False, draft_note=""))
        self.signed_in.emit(officer)

    def _refuse(self, error: KioskError) -> None:
        refusal = self._in_words(error)
        if refusal.needs_password:
            self.password.show_state(self._who)
            self.pages.setCurrentWidget(self.password)
            self.password.focus_first()
            return
        self._refusal = refusal
        self.login.show_error(refusal.head, refusal.rest)
        if refusal.wait:
            self._countdown.start()

    def _refuse_password(self, error: KioskError) -> None:
        refusal = self._in_words(error)
        self.password.show_error(refusal.head, refusal.rest)

    def _count_down(self) -> None:
        left = self._refusal.wait - 1
        self._refusal = replace(self._refusal, wait=left)
        if left <= 0:
            self._countdown.stop()
            self.login.show_error("", "")
            return
        rest = self.words.count("Try again in {count} second.", "Try again in {count} seconds.", left)
        self.login.show_error(self._refusal.head, rest)

    def _in_words(self, error: KioskError) -> Refusal:
        return Refusal(str(error), "") if self._door is None else self._door.refusal(error)

    def _ask(
        self,
        work: Callable[[], object],
        done: Callable[..., None],
        failed: Callable[[KioskError], None] | None = None,
    ) -> None:
        self._tasks.run(self, DB, work, done=done, failed=failed or self._refuse)
