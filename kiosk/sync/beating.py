"""Heartbeats: how the counter stands, after a self-test and every ten minutes; the next one makes up for a lost one."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.domain.clock import Moment
from kiosk.sync.causes import Cause, DeliveryError
from kiosk.sync.errand import Errand
from kiosk.wire.messages import Heartbeat

HEARTBEAT = "sync.heartbeat"  # the last one that was tried: serial, boot, boot time, newest self-test
EVERY = 600.0  # seconds of a line that is up
_FIELDS = 4
_LINE_CAUSES = frozenset(Cause) - {
    Cause.CENTRE_ERROR,
    Cause.CENTRE_FULL,
    Cause.CENTRE_BUSY,
    Cause.CONTRACT,
    Cause.UNTRUSTED,
    Cause.PACKET_REFUSED,
    Cause.PACKET_DAMAGED,
}
"""Causes that end a round; the others say that the centre takes no such heartbeat, which is nothing to stop for."""

logger = logging.getLogger(__name__)

Tell = Callable[[int], Heartbeat | None]
"""Returns the heartbeat of that serial as the counter stands now; None before it belongs to a centre."""


@dataclass(frozen=True, slots=True)
class LastBeat:
    """The last heartbeat that was tried; `tested`: the number of the newest self-test then."""

    serial: int
    boot_id: str
    boottime: float
    tested: int

    @classmethod
    def parse(cls, text: str) -> "LastBeat | None":
        """Read what `text` wrote; None where nothing readable stands."""
        parts = text.split("\n")
        if len(parts) != _FIELDS:
            return None
        try:
            return cls(int(parts[0]), parts[1], float(parts[2]), int(parts[3]))
        except ValueError:
            return None

    @property
    def text(self) -> str:
        """The heartbeat as kept among the facts."""
        return f"{self.serial}\n{self.boot_id}\n{self.boottime!r}\n{self.tested}"

    def is_old(self, now: Moment, tested: int) -> bool:
        """Tell whether another one is due."""
        is_here = self.boot_id == now.boot_id and 0 <= now.boottime - self.boottime < EVERY
        return not is_here or tested > self.tested


def beat(errand: Errand, tell: Tell) -> None:
    """Send a heartbeat where one is due; a dead line raises `DeliveryError`, a centre that takes none does not."""
    now = errand.clock()
    with errand.store.reading() as ledger:
        last = LastBeat.parse(ledger.facts.get(HEARTBEAT) or "")
        tested = ledger.selftests.newest()
    if last is not None and not last.is_old(now, tested):
        return
    # Seconds of the wall keep serials rising over a store that is restored from a backup, too.
    serial = max(last.serial + 1 if last is not None else 1, int(now.wall.timestamp()))
    heartbeat = tell(serial)
    if heartbeat is None:
        return
    with errand.store.writing() as ledger:  # before it is sent: whether it arrives, the next one is another
        ledger.facts.put(HEARTBEAT, LastBeat(serial, now.boot_id, now.boottime, tested).text)
    _send(errand, heartbeat)


def _send(errand: Errand, heartbeat: Heartbeat) -> None:
    try:
        errand.centre.beat(heartbeat)
    except DeliveryError as error:
        if error.cause in _LINE_CAUSES:
            raise
        logger.info("the heartbeat was not taken: %s", error.cause.value)
