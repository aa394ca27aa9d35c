"""The room after saving: the one sentence that must be true, and what to say to the resident."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer

from kiosk.domain.biodata import Field
from kiosk.domain.labels import CAPTURE
from kiosk.services.looking import VisitView
from kiosk.services.queue import QueueLine, queue
from kiosk.services.record import RecordView, saved_view
from kiosk.services.stages import Stage
from kiosk.services.standing import Standing, standing
from kiosk.ui.frame.rail import HOME
from kiosk.ui.kit.badges import State
from kiosk.ui.kit.turns import paint_next_turns
from kiosk.ui.page import Page
from kiosk.ui.places import VISIT
from kiosk.ui.site import Room, Site
from kiosk.ui.visit.person_words import resident_of
from kiosk.ui.visit.resident_card import Check, ResidentState
from kiosk.ui.visit.saved_page import SavedPage
from kiosk.ui.visit.saved_state import Parked, SavedState

_FEMALE = "2"
_SEND_AFTER = 400  # milliseconds: the page that says *saved* comes first, the line after it


@dataclass(frozen=True, slots=True)
class After:
    """A visit that was just saved, or laid aside at a stage; elsewhere: the office the resident was sent to."""

    view: VisitView
    parked_at: Stage | None = None
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class _Read:
    record: RecordView | None
    standing: Standing
    queue: tuple[QueueLine, ...]


class SavedRoom(Room):
    """Shows what was saved, as it stands now, until the next resident is called."""

    def __init__(self, site: Site, parent: QObject | None = None) -> None:
        super().__init__(site, parent)
        self._page = SavedPage(site.words, later=True)
        self._after: After | None = None
        self._next = ""
        self._page.next_wanted.connect(self._call_next)
        self._page.home_wanted.connect(lambda: self.go.emit(HOME, None))

    @property
    def page(self) -> Page:
        """The page after saving."""
        return self._page

    def furnish(self) -> Iterator[None]:
        """Make the stations and steps before somebody waits for them."""
        yield from self._page.furnish()

    def enter(self, argument: object) -> None:
        """Show the visit that was just saved or laid aside."""
        if isinstance(argument, After):
            self._after = argument
            if argument.parked_at is None:
                QTimer.singleShot(_SEND_AFTER, self, self._send)
        self.refresh()

    def whereabouts(self) -> object:
        """Return the visit."""
        return self._after

    def refresh(self) -> None:
        """Read anew how far its packets are."""
        if self._after is not None:
            self.ask(partial(self._read, self._after), self._show)

    def _send(self) -> None:
        if (sender := self.site.desk.sender) is not None:
            sender.hurry()

    def _read(self, after: After) -> _Read:
        counter = self.site.counter
        known = standing(counter, sender=self.site.desk.sender)
        kept = saved_view(counter, after.view.visit_id) if after.parked_at is None else None
        return _Read(kept, known, queue(counter))

    def _show(self, read: _Read) -> None:
        if self._after is None:
            return
        first = read.queue[0] if read.queue else None
        self._next = first.visit_id if first is not None else ""
        view = self._after.view
        paint_next_turns(*self._page.parts)
        biodata = view.biodata
        self._page.show_state(
            SavedState(
                resident=self._resident(view),
                standing=read.standing,
                record=read.record,
                parked=self._parked(self._after),
                is_woman=biodata.sex.code == _FEMALE if biodata is not None else None,
                age=view.age,
                phone=view.form.get(Field.PHONE, ""),
                next_ticket=first.ticket if first is not None else "",
            )
        )
        self.settle()

    def _parked(self, after: After) -> Parked | None:
        if after.parked_at is None:
            return None
        office = self.words.say("District {office}", office=after.elsewhere) if after.elsewhere else ""
        return Parked(after.parked_at, after.view.committed_at, office)

    def _resident(self, view: VisitView) -> ResidentState:
        recorded = tuple(
            Check(self.words.say(CAPTURE[kind]), State.GOOD) for kind in CAPTURE if kind in view.captures
        )
        heading = self.words.say("Recorded")
        return replace(resident_of(self.words, view), heading=heading, checks=recorded)

    def _call_next(self) -> None:
        if self._next:
            self.go.emit(VISIT, self._next)
        else:
            self.go.emit(HOME, None)
