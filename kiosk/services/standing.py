"""How this counter stands: link, backlog, disk, clock; what the strip below every page and the first page show."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.domain.clock import ClockState
from kiosk.domain.words import msg
from kiosk.services.counter import Counter
from kiosk.services.delivering import Sender
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

    link_since: since when the centre cannot be reached.  cause: for `cause_text` and `link_stages`, None while all is
    well or nothing was tried yet.  waiting, waiting_bytes: packets and bytes still to be sent.
    disk_days: working days the disk lasts at the mean of the last two weeks, None while nothing was recorded in them.
    disk_gate: no capture should begin.  practice, office_code, office_name, kiosk_id: empty before the kiosk joined.
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


class StageMark(StrEnum):
    """How far the last try came at one stage of the way."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class LinkStage:
    """One stage of the way to the centre; `name` is an English source text."""

    name: str
    mark: StageMark


STAGE_NAMES = (
    msg("Office network"),
    msg("Server name"),
    msg("Connection"),
    msg("Certificate"),
    msg("Sign-in"),
)
_NETWORK, _NAME, _CONNECTION, _CERTIFICATE, _SIGN_IN, _BEYOND = range(6)
# The stage at which each cause stands in the way; `_BEYOND`: the centre was reached and knows this kiosk.
_STAGE_OF: dict[str, int] = {
    Cause.NO_LINK: _NETWORK,
    Cause.CAPTIVE_PORTAL: _NETWORK,
    Cause.NAME_NOT_FOUND: _NAME,
    Cause.REFUSED: _CONNECTION,
    Cause.SILENT: _CONNECTION,
    Cause.CUT: _CONNECTION,
    Cause.TLS_EXPIRED: _CERTIFICATE,
    Cause.TLS_UNKNOWN_CA: _CERTIFICATE,
    Cause.TLS_CLOCK: _CERTIFICATE,
    Cause.CLOCK_OFF: _SIGN_IN,
    Cause.KIOSK_UNKNOWN: _SIGN_IN,
    Cause.KIOSK_REVOKED: _SIGN_IN,
    Cause.CODE_REFUSED: _SIGN_IN,
    Cause.UNTRUSTED: _SIGN_IN,
    Cause.CONTRACT: _SIGN_IN,
    Cause.CENTRE_ERROR: _SIGN_IN,
    Cause.CENTRE_FULL: _BEYOND,
    Cause.CENTRE_BUSY: _BEYOND,
    Cause.PACKET_DAMAGED: _BEYOND,
    Cause.PACKET_REFUSED: _BEYOND,
    Cause.STOPPED: _BEYOND,
}


def standing(counter: Counter, *, sender: Sender | None = None) -> Standing:
    """Return how the counter stands now; without its `sender`, what waits on a good line counts as being sent."""
    free = shutil.disk_usage(counter.store.folder).free
    with counter.store.reading() as ledger:
        return standing_in(counter, ledger, free, is_sending=sender is None or sender.is_sending)


def standing_in(counter: Counter, ledger: Ledger, free: int, *, is_sending: bool) -> Standing:
    """Return the same within a transaction that is already open; `free`: bytes left on the disk."""
    membership, waiting, counts = ledger.facts.membership(), ledger.sums.waiting(), ledger.outbox.counts()
    link = _link(ledger, is_sending=is_sending and waiting.count > 0)
    since = ledger.facts.get(OUTAGE_SINCE) if link is LinkState.OFFLINE else None
    return Standing(
        link=link,
        link_since=counter.here(datetime.fromisoformat(since)) if since else None,
        cause=_cause(ledger, link),
        waiting=waiting.count,
        waiting_bytes=waiting.size,
        oldest_waiting=counter.here(waiting.oldest) if waiting.oldest else None,
        acknowledged=counts.acknowledged + counts.purged,
        quarantined=counts.quarantined,
        disk_free_bytes=free,
        disk_days=_disk_days(counter, ledger, free),
        disk_gate=free < RESERVE,
        clock=counter.clock().state,
        practice=membership is not None and membership.practice,
        office_code=membership.office if membership else "",
        office_name=counter.reference.regions.name(membership.office) if membership else "",
        kiosk_id=membership.kiosk_id if membership else "",
    )


def cause_text(cause: str) -> str:
    """Return the English source sentence of a cause; the empty string for one of another version."""
    return next((sentence for known, sentence in SENTENCES.items() if known == cause), "")


def link_stages(cause: str | None) -> tuple[LinkStage, ...]:
    """Return how far the last try came, stage by stage; None: all the way.  Unknown causes tell nothing."""
    failed = _BEYOND if cause is None else _STAGE_OF.get(cause, -1)
    return tuple(LinkStage(name, _mark(number, failed)) for number, name in enumerate(STAGE_NAMES))


def _mark(stage: int, failed: int) -> StageMark:
    if stage == failed:
        return StageMark.FAILED
    return StageMark.PASSED if stage < failed else StageMark.NOT_REACHED


def _link(ledger: Ledger, *, is_sending: bool) -> LinkState:
    membership = ledger.facts.membership()
    if membership is None or not membership.centre_url:  # a practice office may have no centre at all
        return LinkState.NOT_JOINED
    if ledger.facts.get(OUTAGE) or not ledger.facts.get(LAST_ROUND):
        return LinkState.OFFLINE
    return LinkState.SENDING if is_sending else LinkState.ONLINE


def _cause(ledger: Ledger, link: LinkState) -> str | None:
    if link is LinkState.NOT_JOINED:
        return Cause.NOT_JOINED.value
    return (ledger.facts.get(OUTAGE) or None) if link is LinkState.OFFLINE else None


def _disk_days(counter: Counter, ledger: Ledger, free: int) -> int | None:
    """Return how long the disk lasts; today is not over and counts only when it is the only day."""
    today = counter.today()
    first = counter.begin_of(today - timedelta(days=FORECAST_DAYS))
    made = ledger.sums.made(counter.offset(), since=first)
    sizes = [one.size for day, one in made.items() if day < today] or [one.size for one in made.values()]
    if not sizes:
        return None
    return int(max(0, free - RESERVE) * len(sizes) // sum(sizes))
