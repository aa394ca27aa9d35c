"""The room of a device that is tried live: in the lane of its kind, until it is left; found again after a failure."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from queue import Empty, SimpleQueue

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from kiosk.devices.api import BusyError, DeviceError, Kind, NotConnectedError, NotSupportedError
from kiosk.services.trying import PRINTERS, WATCHED, Trial
from kiosk.services.trying_seen import Began, CameraSeen, CardSeen, CodeSeen, PrintedSeen, Seen
from kiosk.ui.frame.rail import DEVICES
from kiosk.ui.page import Page
from kiosk.ui.pages.device_live import DeviceLivePage
from kiosk.ui.pages.device_live_state import Event, LiveState, Phase
from kiosk.ui.site import Room, Site
from kiosk.ui.troubles import Trouble

AGAIN = 1500  # milliseconds until a device that failed is looked for again
MOST_EVENTS = 50
_WAIT_FOR_WORD = PRINTERS | {Kind.DOCUMENT_SCANNER}  # paper has to lie there first, or would be used up
_STOPPING = "stopping"  # the lane in which calls that wait are ended: that may take a second


class DeviceLiveRoom(Room):
    """Tries one device at a time; whatever leaves the room ends it, and nothing that was seen stays."""

    _came = Signal()

    def __init__(self, site: Site, parent: QObject | None = None) -> None:
        super().__init__(site, parent)
        self._page = DeviceLivePage(site.words)
        self._state = LiveState(Kind.CAMERA)
        self._trial: Trial | None = None
        self._frame: CameraSeen | None = None  # the newest; pictures nobody had time for are left out
        self._others: SimpleQueue[tuple[Trial, Seen]] = SimpleQueue()
        self._told = self._takes = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._look_again)
        self._came.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)
        self._page.back_wanted.connect(lambda: self.go.emit(DEVICES, None))
        self._page.act_wanted.connect(self._act)
        self._page.answered.connect(self._answer)

    @property
    def page(self) -> Page:
        """The page of the device."""
        return self._page

    @property
    def state(self) -> LiveState:
        """How far the trial is."""
        return self._state

    def enter(self, argument: object) -> None:
        """Try the device of this kind; without one, as after the lock, wait for a word."""
        if isinstance(argument, Kind):
            self._state = LiveState(argument)
            self._begin()
        else:
            self._show(LiveState(self._state.kind, Phase.READY))
        self.settle()

    def whereabouts(self) -> object:
        """Return the kind of the device."""
        return self._state.kind

    def leave(self) -> bool:
        """End the trial and let go of all that was seen."""
        self._end()
        self._state = LiveState(self._state.kind)
        self._page.clear()
        return True

    def close(self) -> None:
        """End the trial, also a call that waits for a person."""
        self._again.stop()
        if self._trial is not None:
            self._trial.interrupt()
            self._trial = None

    def _act(self) -> None:
        if self._state.kind in _WAIT_FOR_WORD:
            self._run(take=True)
        else:
            self._begin()

    def _begin(self) -> None:
        self._run(take=self._state.kind not in WATCHED | _WAIT_FOR_WORD)

    def _run(self, *, take: bool) -> None:
        self._end()
        kind, self._takes = self._state.kind, take
        is_free = self.site.tasks.is_free(kind.value)
        trial = self._trial = Trial(self.site.desk.tools.kit, self.site.officer, kind)
        self._show(
            replace(
                self._state,
                phase=Phase.OPENING if is_free else Phase.WAITING,
                trouble="",
                advice="",
                seen=None,
                came_out=None,
            )
        )
        work = trial.take if take else trial.watch
        self.ask(
            partial(work, partial(self._take_in, trial)),
            lambda _: self._ended(trial),
            lane=kind.value,
            failed=partial(self._failed, trial),
        )

    def _end(self) -> None:
        """End what runs; what it still tells is heard by nobody."""
        self._again.stop()
        self._frame = None
        trial, self._trial = self._trial, None
        if trial is not None:
            trial.stop()
            self.ask(trial.interrupt, lane=_STOPPING)

    def _take_in(self, trial: Trial, seen: Seen) -> None:
        """Keep what is seen for the window; called in the device's lane."""
        if isinstance(seen, CameraSeen):
            self._frame = seen
        else:
            self._others.put((trial, seen))
        if not self._told:
            self._told = True
            self._came.emit()

    def _hand_over(self) -> None:
        self._told = False  # before it is taken: what comes now is told of anew
        for trial, seen in self._waiting():
            if trial is self._trial:
                self._see(seen)
        frame, self._frame = self._frame, None
        if frame is not None and self._trial is not None:
            self._see_frame(frame)

    def _waiting(self) -> list[tuple[Trial, Seen]]:
        found = []
        while True:
            try:
                found.append(self._others.get_nowait())
            except Empty:
                return found

    def _see(self, seen: Seen) -> None:
        state = self._state
        match seen:
            case Began(identity):
                self._show(replace(state, identity=identity, phase=self._phase(), trouble="", advice=""))
            case CardSeen() | CodeSeen():
                events = (Event(self._now(), seen), *state.events)[:MOST_EVENTS]
                self._show(replace(state, seen=seen, events=events))
            case _:
                self._show(replace(state, seen=seen))

    def _see_frame(self, frame: CameraSeen) -> None:
        self._state = replace(self._state, seen=frame)
        self._page.show_seen(frame)

    def _phase(self) -> Phase:
        """Return the phase of what runs, once the device is there."""
        if self._state.kind in WATCHED:
            return Phase.LIVE
        return Phase.TAKING if self._takes else Phase.OPENING

    def _ended(self, trial: Trial) -> None:
        if trial is not self._trial:
            return
        self._hand_over()
        self._trial = None
        asks = isinstance(self._state.seen, PrintedSeen)
        done = Phase.ASKING if asks else Phase.DONE if self._takes else Phase.READY
        self._show(replace(self._state, phase=done))

    def _failed(self, trial: Trial, trouble: Trouble) -> None:
        """Say what went wrong; a device that is not there is looked for, of others a person says when."""
        if trial is not self._trial:
            return
        self._hand_over()
        self._trial = None
        if self._is_looked_for(trouble):
            self._frame = None
            self._show(
                replace(self._state, phase=Phase.AWAY, trouble=trouble.head, advice=trouble.rest, seen=None)
            )
            self._again.start(AGAIN)
        else:
            self._show(replace(self._state, phase=Phase.DONE, trouble=trouble.head, advice=trouble.rest))

    def _is_looked_for(self, trouble: Trouble) -> bool:
        if self._state.kind in WATCHED:
            return isinstance(trouble.error, DeviceError) and not isinstance(trouble.error, NotSupportedError)
        return isinstance(trouble.error, NotConnectedError | BusyError)

    def _look_again(self) -> None:
        away = self._state
        self._begin()
        self._show(replace(self._state, phase=away.phase, trouble=away.trouble, advice=away.advice))

    def _answer(self, came_out: bool) -> None:  # a signal carries it
        self._show(replace(self._state, phase=Phase.DONE, came_out=came_out))

    def _show(self, state: LiveState) -> None:
        self._state = state
        self._page.show_state(state)

    def _now(self) -> datetime:
        counter = self.site.counter
        return counter.here(counter.clock().wall)
