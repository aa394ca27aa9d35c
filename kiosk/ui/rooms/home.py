"""The rooms before a visit: the first page, the queue, a resident who arrives."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer

from kiosk.domain.biodata import Field
from kiosk.domain.morning import Found
from kiosk.domain.nik import read_nik
from kiosk.domain.requests import Priority, Service
from kiosk.domain.roles import Permission, allows
from kiosk.domain.words import msg
from kiosk.services import mending
from kiosk.services.arrivals import arrive, recorded_before
from kiosk.services.counter import Counter
from kiosk.services.kit import KitState
from kiosk.services.morning import morning_found
from kiosk.services.queue import DayCounts, QueueLine, queue, today
from kiosk.services.standing import Standing, standing
from kiosk.ui.frame.rail import DELIVERIES, DRAFTS, HOME, LOCK, QUEUE
from kiosk.ui.lamps import ICONS, KIND_WORDS
from kiosk.ui.page import Page
from kiosk.ui.pages.arrival import ArrivalPage, ArrivalState
from kiosk.ui.pages.home import AFTERNOON, EVENING, MORNING, NOON, HomePage, HomeState
from kiosk.ui.pages.home_services import (
    BIODATA,
    CARD_PRINTING,
    RECORDING,
    WAITS_FOR_CENTRE,
    ServiceLine,
    ServiceState,
)
from kiosk.ui.pages.morning_words import morning_words
from kiosk.ui.pages.queue import QueuePage, QueueState
from kiosk.ui.places import ARRIVAL, PAPER_CHECK, RECORD, SEARCH, VISIT
from kiosk.ui.site import Room, Site
from kiosk.ui.troubles import Trouble

_PARTS = ((11, MORNING), (15, NOON), (18, AFTERNOON))  # until which hour, by the Indonesian greeting
_MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class _Morning:
    """Everything the first page is made of, read in one go."""

    queue: tuple[QueueLine, ...]
    counts: DayCounts
    standing: Standing
    found: Found | None


def _read(counter: Counter) -> _Morning:
    return _Morning(queue(counter), today(counter), standing(counter), morning_found(counter))


class HomeRoom(Room):
    """The officer's first page."""

    def __init__(self, site: Site, parent: QObject | None = None) -> None:
        super().__init__(site, parent)
        self._page = HomePage(site.words)
        page = self._page
        page.call_wanted.connect(lambda visit_id: self.go.emit(VISIT, visit_id))
        page.arrival_wanted.connect(lambda: self.go.emit(ARRIVAL, None))
        page.drafts_wanted.connect(lambda: self.go.emit(DRAFTS, None))
        page.search_wanted.connect(lambda: self.go.emit(SEARCH, None))
        page.check_wanted.connect(lambda: self.go.emit(PAPER_CHECK, HOME))
        page.queue_wanted.connect(lambda: self.go.emit(QUEUE, None))
        page.pause_wanted.connect(lambda: self.go.emit(LOCK, None))
        page.export_wanted.connect(lambda: self.go.emit(DELIVERIES, None))

    @property
    def page(self) -> Page:
        """The first page."""
        return self._page

    def enter(self, argument: object) -> None:
        """Show how everything stands."""
        self.refresh()

    def refresh(self) -> None:
        """Read everything anew."""
        self.ask(partial(_read, self.site.counter), self._show)

    def _may_check(self) -> bool:
        site = self.site
        return site.desk.checking is not None and allows(site.officer.role, Permission.CHECK_CERTIFICATE)

    def _show(self, read: _Morning) -> None:
        counter = self.site.counter
        now = counter.here(counter.clock().wall)
        foot, icon = self._broken()
        self._page.show_state(
            HomeState(
                user_name=self.site.officer.name,
                part_of_day=part_of_day(now),
                office=read.standing.office_name,
                counter="",
                hours="",
                standing=read.standing,
                queue=read.queue,
                counts=read.counts,
                services=_services(read.standing),
                foot=foot,
                now=now,
                foot_icon=icon,
                morning=self._found(read),
                may_check=self._may_check(),
            )
        )
        self.settle()

    def _found(self, read: _Morning) -> str:
        """Return what the morning found, for whoever may mend it or has it mended."""
        is_for = allows(self.site.officer.role, Permission.SEE_SELFTESTS)
        return morning_words(self.words, read.found, self.site.counter.zone) if is_for else ""

    def _broken(self) -> tuple[str, str]:
        """Return the first device that failed, in words, with its icon."""
        for state in self.site.desk.tools.kit.states():
            if state.state is KitState.FAILED:
                device = self.words.say(KIND_WORDS[state.kind])
                told = self.words.say("{device} is broken; the step can be left open", device=device)
                return told, ICONS[state.kind]
        return "", "files"


def part_of_day(now: datetime) -> str:
    """Return the part of the day by its Indonesian greeting: pagi until 11, siang until 15, sore until 18."""
    return next((part for until, part in _PARTS if now.hour < until), EVENING)


def _services(known: Standing) -> tuple[ServiceLine, ...]:
    """Return what can be served; cards are printed where the centre is, so they wait while it is cut off."""
    recording = ServiceState.NOT_POSSIBLE if known.disk_gate else ServiceState.OPEN
    cut_off = known.link_since is not None
    printing = ServiceState.NOT_POSSIBLE if cut_off else ServiceState.RECEIVED
    return (
        ServiceLine(RECORDING, recording, msg("The disk is full") if known.disk_gate else ""),
        ServiceLine(BIODATA, ServiceState.OPEN),
        ServiceLine(CARD_PRINTING, printing, WAITS_FOR_CENTRE if cut_off else ""),
    )


class QueueRoom(Room):
    """Everybody who waits at this counter."""

    def __init__(self, site: Site, parent: QObject | None = None) -> None:
        super().__init__(site, parent)
        self._page = QueuePage(site.words)
        self._page.call_wanted.connect(lambda visit_id: self.go.emit(VISIT, visit_id))
        self._page.end_wanted.connect(self._end)
        self._page.arrival_wanted.connect(lambda: self.go.emit(ARRIVAL, None))
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE)
        self._minute.timeout.connect(self.refresh)

    @property
    def page(self) -> Page:
        """The page of the queue."""
        return self._page

    def enter(self, argument: object) -> None:
        """Show who waits."""
        self._minute.start()
        self.refresh()

    def leave(self) -> bool:
        """Count minutes no more."""
        self._minute.stop()
        return True

    def refresh(self) -> None:
        """Read the queue anew."""
        self.ask(partial(queue, self.site.counter), self._show)

    def _show(self, lines: tuple[QueueLine, ...]) -> None:
        self._page.show_state(QueueState(lines))
        self.settle()

    def close(self) -> None:
        """Count minutes no more."""
        self._minute.stop()

    def _end(self, visit_id: str, reason: str) -> None:
        counter, officer = self.site.counter, self.site.officer
        self.ask(
            lambda: mending.end_unserved(counter, officer, visit_id, reason), lambda _: self.changed.emit()
        )


class ArrivalRoom(Room):
    """A resident arrives: ticket, service, and whether recorded here before."""

    def __init__(self, site: Site, parent: QObject | None = None) -> None:
        super().__init__(site, parent)
        self._page = ArrivalPage(site.words, later=True)
        self._known = ""
        self._page.arrived.connect(self._arrive)
        self._page.nik_typed.connect(self._look_up)
        self._page.record_wanted.connect(lambda: self.go.emit(RECORD, self._known))
        self._page.back_wanted.connect(lambda: self.go.emit(HOME, None))

    @property
    def page(self) -> Page:
        """The page of arrival."""
        return self._page

    def furnish(self) -> Iterator[None]:
        """Make the rows of the page."""
        yield from self._page.furnish()

    def enter(self, argument: object) -> None:
        """Begin with another resident."""
        self._page.begin()
        self.ask(partial(queue, self.site.counter), self._show_waiting)

    def _show_waiting(self, lines: tuple[QueueLine, ...]) -> None:
        self._page.show_state(ArrivalState(len(lines)))
        self.settle()

    def _arrive(self, service: Service, priority: Priority, nik: str, serve_now: bool) -> None:
        counter, officer = self.site.counter, self.site.officer
        form = {Field.NIK: nik} if nik else None
        done: Callable[[str], None] = self._serve if serve_now else self._enqueued
        self.ask(
            lambda: arrive(counter, officer, service, form=form, priority=priority).visit_id,
            done,
            failed=self._refused,
        )

    def _serve(self, visit_id: str) -> None:
        self.changed.emit()
        self.go.emit(VISIT, visit_id)

    def _enqueued(self, visit_id: str) -> None:
        self.changed.emit()
        self.go.emit(HOME, None)

    def _refused(self, trouble: Trouble) -> None:
        self._page.show_trouble(trouble.head, trouble.rest)

    def _look_up(self, digits: str) -> None:
        counter = self.site.counter
        reading = read_nik(digits, regions=counter.reference.regions)
        nik = reading.nik
        if nik is None:
            self._page.show_wrong(self.words.finding(reading.findings[0]))
            return

        def look() -> tuple[str, datetime] | None:
            found = recorded_before(counter, nik)
            return (found[0].visit_id, counter.here(found[0].saved_at)) if found else None

        self.ask(look, self._show_known)

    def _show_known(self, found: tuple[str, datetime] | None) -> None:
        if found is None:
            self._page.show_known("")
            return
        self._known, day = found
        told = self.words.say("Recorded here before, on {day}.", day=self.words.date(day.date()))
        self._page.show_known(told)
