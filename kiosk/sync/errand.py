"""One round's errand: what it works with, what it has reached, and the facts it leaves for the next."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from kiosk.domain.clock import Clock
from kiosk.storage.records import Membership, OutboxEntry
from kiosk.storage.store import Store
from kiosk.sync.causes import Cause, DeliveryError
from kiosk.sync.client import Centre
from kiosk.sync.receipts import check_acknowledgement

OnChange = Callable[[str], None]
"""Told the id of a packet whose durable state changed, on the sender's thread."""


@dataclass(slots=True)
class Tally:
    """What a round has reached so far.

    sent: packet bytes put on the line.  held: bytes the centre holds durably and did not before.
    skew: the wall clock's distance from the centre's, once it was told.
    """

    sent: int = 0
    held: int = 0
    acknowledged: int = 0
    cause: Cause | None = None
    retry_after: float | None = None
    skew: timedelta | None = None

    def note(self, error: DeliveryError) -> None:
        """Keep a cause that did not end the round, for the result."""
        self.cause = error.cause
        self.put_off(error.retry_after)

    def end(self, error: DeliveryError) -> None:
        """Keep what ended the round; when to go on is its word, not that of a packet put off before."""
        self.cause, self.retry_after = error.cause, error.retry_after

    def put_off(self, seconds: float | None) -> None:
        """Keep the longest time asked for."""
        if seconds is not None:
            self.retry_after = max(seconds, self.retry_after or 0.0)


@dataclass(frozen=True, slots=True)
class Errand:
    """The store, the open centre, and whoever wants to know."""

    store: Store
    centre: Centre
    membership: Membership
    clock: Clock
    stopped: threading.Event
    on_change: OnChange
    tally: Tally

    def accept(self, token: str, entry: OutboxEntry) -> None:
        """Mark the packet delivered, if the acknowledgement is valid and of exactly this packet.

        Raises `DeliveryError` (untrusted) otherwise; this is the only way a packet becomes delivered.
        """
        check_acknowledgement(token, entry, self.membership)
        with self.store.writing() as ledger:
            before = ledger.outbox.get(entry.packet_id) or entry
            ledger.outbox.acknowledge(entry.packet_id, token, self.clock().wall)
        if before.acknowledgement:
            return
        self.tally.acknowledged += 1
        self.tally.held += entry.size - entry.offset
        self.on_change(entry.packet_id)

    def keep_offset(self, entry: OutboxEntry, offset: int) -> None:
        """Write down what the centre said it holds; raises `DeliveryError` for more than there is."""
        if offset > entry.size:
            raise DeliveryError(Cause.CONTRACT, "the centre claims more bytes than the packet has")
        if offset != entry.offset:
            with self.store.writing() as ledger:
                ledger.outbox.set_offset(entry.packet_id, offset)
            self.tally.held += max(0, offset - entry.offset)
            self.on_change(entry.packet_id)

    def fail(self, entry: OutboxEntry, cause: Cause) -> None:
        """Count a failure of the packet's own; five in a row of one class put it aside."""
        with self.store.writing() as ledger:
            ledger.outbox.fail(entry.packet_id, cause.value)
        self.tally.cause = cause
        self.on_change(entry.packet_id)
