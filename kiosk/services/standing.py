"""How this counter stands: link, backlog, disk, clock; what the strip below every page and the first page show."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.domain.clock import ClockState
from kiosk.domain.words import msg
from kiosk.services.counter import Counter
from kiosk.services.delivering import Sender
from kiosk.storage.outbox import Counts
from kiosk.storage.outbox_sums import Waiting
from kiosk.storage.records import Membership
from kiosk.storage.store import Ledger
from kiosk.sync.causes import SENTENCES, Cause
from kiosk.sync.pump import LAST_ROUND, OUTAGE, OUTAGE_SINCE

RESERVE = 1 << 30  # bytes that stay free: below it no capture begins
FORECAST_DAYS = 14


class LinkState(StrEnum):
    """What can be said of the way to the centre."""

    ONLINE = "online"
    OFFLINE = "offline"
    SENDING = "sending"
    NOT_JOINED = "not_joined"


@dataclass(frozen=True, slots=True)
class Standing:
    """One look at the counter; moments are in the office's zone.

    link_since: of the present outage.  cause: what `cause_text` and `link_stages` read; None while all is well.
    waiting, waiting_bytes: packets and bytes still to be sent.  disk_days: working days the disk lasts at the mean of
    the last two weeks, None while nothing was recorded.  disk_gate: no capture should begin.
    practice, office_code, office_name, kiosk_id: of the membership, empty before one.
    """

    link: LinkState
    link_since: datetime | None
    cause: str | None
    waiting: int
    waiting_bytes: int
    oldest_waiting: datetime | None
    acknowledged: int
    quarantined: int
    disk_free_bytes: int
    disk_days: int | None
    disk_gate: bool
    clock: ClockState
    practice: bool
    office_code: str
    office_name: str
    kiosk_id: str


def standing(counter: Counter, *, sender: Sender | None = None) -> Standing:
    """Return how the counter stands now; without its `sender` what waits on a good link counts as being sent."""
    free = shutil.disk_usage(counter.store.folder).free
    with counter.store.reading() as ledger:
        return standing_in(counter, ledger, free, is_sending=sender is None or sender.is_sending)


def standing_in(counter: Counter, ledger: Ledger, free: int, *, is_sending: bool) -> Standing:
    """Return the same within a transaction that is already open; `free`: bytes of the disk."""
    membership = ledger.facts.membership()
    waiting, counts = ledger.sums.waiting(), ledger.outbox.counts()
    since = ledger.facts.get(OUTAGE_SINCE)
    return _standing(
        counter,
        membership,
        (waiting, counts),
        link=_link(ledger, membership, is_sending=is_sending and waiting.count > 0),
        link_since=counter.here(datetime.fromisoformat(since)) if since else None,
        cause=_cause(ledger, membership),
        disk_free_bytes=free,
        disk_days=_disk_days(counter, ledger, free),
        disk_gate=free < RESERVE,
    )
