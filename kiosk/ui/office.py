"""The office behind the log-in: rail, the room one is in, and the strip that always tells how things stand."""

import gc
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from kiosk.domain.errors import KioskError
from kiosk.domain.labels import ROLE
from kiosk.domain.roles import Permission, Role, allows
from kiosk.services.kit import DeviceState
from kiosk.services.standing import LinkState, Standing, standing
from kiosk.ui.asked_words import asked_words
from kiosk.ui.frame.hint_bar import HintBar
from kiosk.ui.frame.notice_bar import NoticeBar
from kiosk.ui.frame.rail import (
    DELIVERIES,
    DEVICES,
    DRAFTS,
    HELP,
    HOME,
    LOCK,
    PAPERS,
    PLACES,
    QUEUE,
    SETTINGS,
    Rail,
)
from kiosk.ui.frame.strip import Strip, StripState
from kiosk.ui.kit.turns import drawn_unseen, next_turn, paint_next_turns, parts_of
from kiosk.ui.lamps import lamps
from kiosk.ui.places import (
    ARRIVAL,
    DEVICE_LIVE,
    DEVICE_SETUP,
    PAPER_CHECK,
    RECORD,
    SAVED,
    SEARCH,
    TASKS,
    VISIT,
)
from kiosk.ui.site import Room, Site
from kiosk.ui.tidings import Tidings
from kiosk.ui.troubles import Trouble

Maker = Callable[[Site], Room]

# What is marked on the rail at a place that is not on it.
_LIES_AT = {
    VISIT: QUEUE,
    SAVED: QUEUE,
    ARRIVAL: QUEUE,
    SEARCH: HOME,
    RECORD: HOME,
    TASKS: DELIVERIES,
    DEVICE_LIVE: DEVICES,
    DEVICE_SETUP: DEVICES,
}
_KEYS = {"F2": ARRIVAL, "F3": DRAFTS, "Ctrl+F": SEARCH}  # where nothing nearer to the keyboard takes them
# From where F6 leads to the check of a paper; in a visit and at devices it means something else.
_CHECKING = frozenset({HOME, QUEUE, DRAFTS, PAPERS, DELIVERIES, SETTINGS})
_RECORDING = frozenset({Role.OFFICER, Role.SUPERVISOR})
_WARM = 10  # milliseconds between two pieces of rooms that are made before they are needed
_TICK = 20_000  # milliseconds: the clock on the strip shows minutes
_SETTLE = 250  # milliseconds: many packets may change at once


class Office(QWidget):
    """Shows one room at a time and tells rooms when something changed; it decides nothing of what they do.

    `lock_wanted` carries what the page of log-in should say of the draft; `look_wanted` another look of the window;
    `moved` the place one goes to.
    """

    lock_wanted = Signal(str)
    look_wanted = Signal(object)
    moved = Signal(str)

    def __init__(
        self, site: Site, tidings: Tidings, makers: Mapping[str, Maker], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.site = site
        self._tidings = tidings
        self._makers = makers
        self._rooms: dict[str, Room] = {}
        self._awaited: object = None  # what the room one goes to will be shown, while it is not whole
        self._between = QWidget()
        self._between.setProperty("ring", "none")
        self._begun: dict[str, tuple[Room, Iterator[None]]] = {}  # rooms that are not whole yet
        self._place = ""
        self._standing: Standing | None = None
        self.rail = Rail(site.words, site.officer.role)
        self.strip = Strip(site.words)
        self.notice, self.hint = NoticeBar(), HintBar()
        self._stack = QStackedWidget()
        self._tick = QTimer(self)
        self._cold = [VISIT, ARRIVAL, SAVED]  # made before they are needed, so that nobody waits for them
        self._settle = QTimer(self)
        self._arrange()
        self._connect()

    @property
    def place(self) -> str:
        """The place one is at."""
        return self._place

    @property
    def room(self) -> Room | None:
        """The room one is in; None while it is not shown yet."""
        is_shown = self._stack.currentWidget() is not self._between
        return self._rooms.get(self._place) if is_shown else None

    def whereabouts(self) -> tuple[str, object]:
        """Return the place one is at and what would lead there again."""
        here = self.room
        return self._place, self._awaited if here is None else here.whereabouts()

    def begin(self, place: str = "", argument: object = None) -> None:
        """Show the first room of the role, or another one."""
        self._tick.start()
        self.go(place or PLACES[self.site.officer.role][0].name, argument)
        self.read_standing()
        self._warm_up()

    def go(self, place: str, argument: object = None) -> None:
        """Go to a place, unless the room one is in has to be stayed in."""
        here = self.room
        if place == LOCK:
            self.lock()
            return
        if here is not None and not here.leave():
            return
        if place == HELP and here is not None:
            argument = (self._place, here.keys())
        self._show(place, argument)

    def lock(self) -> None:
        """Keep what is being typed and ask for a password."""
        here = self.room
        if here is not None:
            here.leave()
        self.lock_wanted.emit(self.site.words.say("What was typed is kept."))

    def resume(self) -> None:
        """Go on after the lock where one was."""
        if self._place:
            self._show(self._place, self._awaited)

    def read_standing(self) -> None:
        """Read how things stand, for strip and room."""
        counter = self.site.counter
        self.site.tasks.run(
            self,
            "standing",
            lambda: standing(counter),
            done=self._show_standing,
            failed=self._standing_unknown,
        )

    def refresh(self) -> None:
        """Show anew, soon, what changed beside the window."""
        self._settle.start()

    def close_rooms(self) -> None:
        """Let every room end its timers and threads."""
        self._tick.stop()
        self._settle.stop()
        for room in self._rooms.values():
            room.close()

    def _show(self, place: str, argument: object) -> None:
        self._place = place
        self.moved.emit(place)
        self.notice.show_trouble(None)
        self.rail.show_place(_LIES_AT.get(place, place))
        if not self._is_made(place):
            self._await(argument)
            return
        room, self._awaited = self._rooms[place], None
        self._stack.setCurrentWidget(room.page)
        paint_next_turns(room.page, *parts_of(room.page))
        room.page.setFocus()
        room.begin(argument)

    def _await(self, argument: object) -> None:
        """Show nothing until the room is whole: a key pressed twice shall not reach the page that was left."""
        self._awaited = argument
        self._stack.setCurrentWidget(self._between)
        self._between.setFocus()
        next_turn(self, self._look_again)

    def _look_again(self) -> None:
        if self._stack.currentWidget() is self._between:
            self._show(self._place, self._awaited)

    def _warm_up(self) -> None:
        if self._cold:
            QTimer.singleShot(_WARM, self, self._warm_one)
        else:
            gc.freeze()  # looked through again and again, all that stays would hold up the window each time

    def _warm_one(self) -> None:
        """Make a piece of a room that will be needed."""
        place = self._cold[0]
        if self.site.officer.role not in _RECORDING or place in self._rooms or self._made_further(place):
            self._cold.pop(0)
        self._warm_up()

    def _is_made(self, place: str) -> bool:
        """Make a room whole that is made at a stroke; one of several pieces needs more looks."""
        if place not in self._rooms and place not in self._begun:
            self._made_further(place)
        return place in self._rooms or self._made_further(place)

    def _made_further(self, place: str) -> bool:
        """Make one more piece of a room; True once it is whole."""
        if place not in self._begun:
            room = self._begin_room(place)
            self._begun[place] = room, self._furnished(room)
            return False
        room, pieces = self._begun[place]
        if not next(pieces, True):
            return False
        del self._begun[place]
        self._rooms[place] = room
        return True

    def _begin_room(self, place: str) -> Room:
        room = self._makers[place](self.site)
        room.setParent(self)
        room.go.connect(self.go)
        room.changed.connect(self._changed)
        room.troubled.connect(self._show_trouble)
        room.look_wanted.connect(self.look_wanted)
        return room

    def _furnished(self, room: Room) -> Iterator[None]:
        """Put a room into the window, furnish it, and draw it once where nobody sees it.

        Each piece takes a moment; what is made at a first picture, such as icons and the forms of letters, is then
        there when the room is shown.
        """
        self._stack.addWidget(room.page)
        yield
        room.page.resize(self._stack.size())
        yield
        yield from room.furnish()
        yield
        yield from drawn_unseen(room.page)

    def _arrange(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.notice)
        middle.addWidget(self.hint)
        middle.addWidget(self._stack, 1)
        self._stack.addWidget(self._between)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(middle, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(across, 1)
        layout.addWidget(self.strip)

    def _connect(self) -> None:
        self.rail.wanted.connect(self.go)
        self.strip.wanted.connect(self._go_from_strip)
        self._tick.setInterval(_TICK)
        self._tick.timeout.connect(self.read_standing)
        self._settle.setInterval(_SETTLE)
        self._settle.setSingleShot(True)
        self._settle.timeout.connect(self._changed)
        self._tidings.delivered.connect(
            self._settle_soon
        )  # methods: they end with the office, lambdas would not
        self._tidings.packet.connect(self._settle_soon)
        self._tidings.device.connect(self._show_device)
        self._tidings.asked.connect(self._show_asked)

    def _go_from_strip(self, place: str) -> None:
        known = {known.name for known in PLACES[self.site.officer.role]} | {LOCK}
        self.go(place if place in known else DELIVERIES)

    def _settle_soon(self, _: object) -> None:
        self._settle.start()

    def _changed(self) -> None:
        self.read_standing()
        if (room := self.room) is not None:
            room.refresh()

    def _show_standing(self, known: Standing) -> None:
        sender = self.site.desk.sender
        if sender is not None and sender.is_sending and known.waiting and known.link is LinkState.ONLINE:
            known = replace(known, link=LinkState.SENDING)
        self._standing = known
        self._show_strip()

    def _standing_unknown(self, error: KioskError) -> None:
        """Leave the strip as it is: the next tick asks again, and whoever acts is told by the page."""

    def _show_device(self, state: DeviceState) -> None:
        self._show_strip()
        if (room := self.room) is not None:
            room.hear_device(state)

    def _show_asked(self, question: str) -> None:
        self.hint.show_asked(asked_words(self.site.words, question))

    def _show_strip(self) -> None:
        if self._standing is None:
            return
        words, officer = self.site.words, self.site.officer
        shown = StripState(
            self._standing,
            self._now(),
            officer.name,
            words.say(ROLE[officer.role]),
            lamps(self.site.desk.tools.kit.states(), words),
        )
        self.strip.show_state(shown)

    def _show_trouble(self, trouble: Trouble) -> None:
        self.notice.show_trouble(trouble)

    def _now(self) -> datetime:
        return self.site.counter.clock().wall.astimezone(self.site.counter.zone)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go where the keys that hold everywhere lead."""
        place = _KEYS.get(QKeySequence(event.keyCombination()).toString())
        if place is not None and self.site.officer.role in _RECORDING and not event.isAutoRepeat():
            self.go(place)
            return
        if event.key() == Qt.Key.Key_F6 and self._may_check() and not event.isAutoRepeat():
            self.go(PAPER_CHECK, self._place)
            return
        super().keyPressEvent(event)

    def _may_check(self) -> bool:
        site = self.site
        may = site.desk.checking is not None and allows(site.officer.role, Permission.CHECK_CERTIFICATE)
        return may and self._place in _CHECKING
