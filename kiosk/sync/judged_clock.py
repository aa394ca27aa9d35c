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
READING_AFTER = "clock.reading_after"  # the number of the newest packet when the centre was last talked to

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
        with store.reading() as ledger:
            last = _last_reading(ledger)
        return cls(read, store, read() if last is None else _moment(last))

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
            newest = ledger.outbox.newest()
            ledger.facts.put(READING, _text(self._before))
            ledger.facts.put(READING_AFTER, str(newest.device_seq if newest else 0))


def _last_reading(ledger: Ledger) -> Created | None:
    """Return what was read last of what is durable: at the newest packet, or at the last talk with the centre.

    Which of them came later is told by their order, since the wall's word is what is in doubt.
    """
    kept, newest = ledger.facts.get(READING), ledger.outbox.newest()
    after = int(ledger.facts.get(READING_AFTER) or 0)
    if newest is not None and newest.device_seq > after:
        return newest.created
    try:
        return Created.read(kept) if kept else None
    except MessageError:
        return None


def _moment(reading: Created) -> Moment:
    # What a packet was stamped with is no proof for today: only a jump since then is looked for.
    state = ClockState.UNCHECKED if reading.clock is ClockState.TRUSTED else reading.clock
    return Moment(reading.wall, reading.boottime, reading.boot_id, state)


def _text(moment: Moment) -> str:
    created = Created(wall=moment.wall, boottime=moment.boottime, boot_id=moment.boot_id, clock=moment.state)
    return created.model_dump_json()
