"""Building what stands behind the log-in: the door, and the office of whoever signed in."""

import gc
from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from kiosk.domain.words import Words
from kiosk.services.counter import Officer
from kiosk.services.desk import Desk
from kiosk.ui.holder import OfficeHolder
from kiosk.ui.look import Look
from kiosk.ui.morning import MorningWatch
from kiosk.ui.office import Office
from kiosk.ui.program import Opened
from kiosk.ui.rooms.door import CounterDoor
from kiosk.ui.rooms.makers import makers
from kiosk.ui.site import Site
from kiosk.ui.tasks import Tasks
from kiosk.ui.tidings import Tidings

_FIRST: tuple[str, object] = ("", None)  # the first place of a role


def door_of(opened: Opened, words: Words) -> CounterDoor:
    """Return the door of an open counter."""
    return CounterDoor(cast("Desk", opened.desk).counter, words)


def morning_of(opened: Opened, tasks: Tasks, parent: QObject) -> MorningWatch | None:
    """Return the watch over the morning's self-test of an open counter; None where none is wanted."""
    desk = cast("Desk", opened.desk)
    return None if desk.morning is None else MorningWatch(desk.morning, desk.sender, tasks, parent)


class CounterOffice(OfficeHolder):
    """Keeps the office of who is signed in, and makes it anew for another person or another language."""

    def __init__(self, opened: Opened, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = cast("Desk", opened.desk)
        self._opened = opened
        self._tasks = tasks
        self._officer: Officer | None = None
        self.office: Office | None = None
        self._left: tuple[str, object] = _FIRST  # where one was when it was thrown away
        self._returned: tuple[str, object] = _FIRST  # where one came back to after an error
        self.tidings = Tidings(self)
        self.tidings.listen(self._desk.tools.kit, self._desk.sender)

    @property
    def is_signed_in(self) -> bool:
        """True once somebody signed in."""
        return self._officer is not None

    def let_in(self, officer: object, words: Words, look: Look) -> QWidget:
        """Return the office of an officer: as it was left when the same one comes back."""
        known = cast("Officer", officer)
        if self.office is not None and self._officer == known:
            self.office.resume()
            return self.office
        self._officer = known
        return self._made(words, look, "", None)

    def rebuilt(self, words: Words, look: Look) -> QWidget:
        """Return the office made anew, at the same place; where it failed there twice, at the first."""
        if self.office is not None:
            return self._made(words, look, *self.office.whereabouts())
        self._returned = self._left
        return self._made(words, look, *self._left)

    def lock(self) -> None:
        """Lock, if somebody is signed in."""
        if self.office is not None:
            self.office.lock()

    def drop(self) -> None:
        """Throw the office away, as after an error in one of its pages."""
        if self.office is not None:
            here = self.office.whereabouts()
            self._left = _FIRST if here == self._returned else here
            self.office.close_rooms()
            self.office.deleteLater()
            self.office = None
            self.moved.emit("")
            gc.unfreeze()  # else what it was made of would never go

    def refresh(self) -> None:
        """Show anew what changed beside the window."""
        if self.office is not None:
            self.office.refresh()

    def close(self) -> None:
        """Let every room end."""
        if self.office is not None:
            self.office.close_rooms()

    def _made(self, words: Words, look: Look, place: str, argument: object) -> QWidget:
        assert self._officer is not None  # only made for somebody
        self.drop()
        site = Site(self._desk, self._officer, self._opened.office, words, self._tasks)
        office = Office(site, self.tidings, makers(look))
        office.lock_wanted.connect(lambda note: self.locked.emit(site.officer.user_id, note))
        office.look_wanted.connect(self.look_wanted)
        office.moved.connect(self.moved)
        self.office = office
        office.begin(place, argument)
        return office
