"""The machine's clock with its state: held against its own earlier readings, over a restart too, and the centre's."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from kiosk.domain.clock import Clock, ClockState, Moment
from kiosk.storage.store import Ledger, Store
from kiosk.sync.clock_check import judge_against_centre, judge_clock
from kiosk.wire.errors import MessageError
from kiosk.wire.messages import Created

READING = "clock.reading"

OnCentreTime = Callable[[datetime], None]
"""Told the centre's signed wall time each time a session was opened."""


class JudgedClock:
    """A clock that tells whether it may be believed; suspicion stays until the centre's time clears it."""

    def __init__(self, read: Clock, store: Store, before: Moment) -> None:
        self._read = read
        self._store = store
        self._before = before
        self._turn = threading.Lock()

    @classmethod
    def of(cls, read: Clock, store: Store) -> "JudgedClock":
        """Return the clock of a store: it goes on from the last reading kept there, of a packet or of the centre."""
        now = read()
        with store.reading() as ledger:
            before = max(_readings(ledger), key=lambda moment: moment.wall, default=now)
        return cls(read, store, before)

    def __call__(self) -> Moment:
        """Return both clocks now, and whether the wall's may be believed."""
        with self._turn:
            now = self._read()
            self._before = replace(now, state=judge_clock(self._before, now))
            return self._before

    def compare(self, centre_time: datetime) -> None:
        """Hold the wall clock against the centre's, and keep what came of it."""
        with self._turn:
            now = self._read()
            self._before = replace(now, state=judge_against_centre(now, centre_time))
        with self._store.writing() as ledger:
            ledger.facts.put(READING, _text(self._before))


def _readings(ledger: Ledger) -> tuple[Moment, ...]:
    """Return the last readings that are durable: of the newest packet, and of the last talk with the centre."""
    kept, newest = ledger.facts.get(READING), ledger.outbox.newest()
    found = [newest.created] if newest is not None else []
    try:
        found += [Created.read(kept)] if kept else []
    except MessageError:
        return tuple(map(_moment, found))
    return tuple(map(_moment, found))


def _moment(reading: Created) -> Moment:
    # What a packet was stamped with is no proof for today: only a jump since then is looked for.
    state = ClockState.UNCHECKED if reading.clock is ClockState.TRUSTED else reading.clock
    return Moment(reading.wall, reading.boottime, reading.boot_id, state)


def _text(moment: Moment) -> str:
    created = Created(wall=moment.wall, boottime=moment.boottime, boot_id=moment.boot_id, clock=moment.state)
    return created.model_dump_json()
