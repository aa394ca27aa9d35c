"""What the page of deliveries shows: whether anything is lost, when it goes out, and what the centre said of it."""

import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.domain.verdicts import Decision
from kiosk.domain.words import msg
from kiosk.services.counter import Counter
from kiosk.services.delivering import Sender
from kiosk.services.standing import Standing, standing_in
from kiosk.storage.records import PacketState
from kiosk.storage.store import Ledger
from kiosk.sync.backoff import Pause
from kiosk.sync.pump import FAILED_ROUNDS, LAST_ROUND, PAUSE, RATE

DAYS = 7
URGENCIES: dict[int, str] = {
    1: msg("Waited for"),
    2: msg("Captures"),
    3: msg("Everything else"),
}
"""What goes out first, by the packets' priority: English source texts."""

_DELIVERED = (PacketState.ACKNOWLEDGED, PacketState.PURGED)


@dataclass(frozen=True, slots=True)
class DayOfDeliveries:
    """The packets made on one day, how many of them the centre has by now, and the whole backlog at the day's end.

    waiting: of those made that day, what is still here only, put aside or not.
    """

    day: date
    recorded: int
    acknowledged: int
    waiting: int
    backlog_at_end: int


@dataclass(frozen=True, slots=True)
class PacketCounts:
    """How many packets stand where.

    waiting: nothing of it arrived.  sent: a part arrived, no acknowledgement.  undecided: acknowledged, no verdict.
    accepted to printed: by verdict.  quarantined: put aside here.  purged: of all these, those whose file is gone.
    """

    waiting: int
    sent: int
    undecided: int
    accepted: int
    duplicate: int
    adjudicate: int
    rejected: int
    printed: int
    quarantined: int
    purged: int
    total: int


@dataclass(frozen=True, slots=True)
class Deliveries:
    """One look at everything that was ever to be delivered; moments are in the office's zone.

    attempts: failed rounds of the present outage.  next_attempt: None while a round runs, or where nobody knows.
    days: the last seven, today the last.  by_urgency: label (`URGENCIES`) and count of what waits, the first first.
    tasks: verdicts somebody has to act on.  since: when the first packet was made.
    seconds_needed: for what waits, at the rate measured last; None while none was.
    """

    standing: Standing
    attempts: int
    last_attempt: datetime | None
    next_attempt: datetime | None
    days: tuple[DayOfDeliveries, ...]
    by_urgency: tuple[tuple[str, int], ...]
    states: PacketCounts
    tasks: int
    since: datetime | None
    acknowledged_last: datetime | None
    seconds_needed: float | None


def deliveries(counter: Counter, *, sender: Sender | None = None) -> Deliveries:
    """Return the page's content in one reading; its `sender` knows best when it tries again."""
    free = shutil.disk_usage(counter.store.folder).free
    with counter.store.reading() as ledger:
        standing = standing_in(counter, ledger, free, is_sending=sender is None or sender.is_sending)
        ages = ledger.sums.ages()
        last = ledger.facts.get(LAST_ROUND)
        return Deliveries(
            standing=standing,
            attempts=int(ledger.facts.get(FAILED_ROUNDS) or 0),
            last_attempt=counter.here(datetime.fromisoformat(last)) if last else None,
            next_attempt=_next_attempt(counter, ledger, sender),
            days=_days(counter, ledger),
            by_urgency=_by_urgency(ledger),
            states=_states(ledger),
            tasks=ledger.sums.tasks(),
            since=counter.here(ages.first) if ages.first else None,
            acknowledged_last=counter.here(ages.acknowledged_last) if ages.acknowledged_last else None,
            seconds_needed=_seconds_needed(ledger, standing.waiting_bytes),
        )


def _next_attempt(counter: Counter, ledger: Ledger, sender: Sender | None) -> datetime | None:
    """Return when it is tried again: as the sender plans, or when the pause ends that the centre asked for."""
    if sender is not None:
        return counter.here(sender.resumes_at) if sender.resumes_at else None
    pause, now = Pause.parse(ledger.facts.get(PAUSE) or ""), counter.clock()
    left = pause.left(now) if pause else 0.0
    return counter.here(now.wall + timedelta(seconds=left)) if left > 0 else None


def _days(counter: Counter, ledger: Ledger) -> tuple[DayOfDeliveries, ...]:
    made, acknowledged = ledger.sums.made(counter.offset()), ledger.sums.acknowledged(counter.offset())
    today = counter.today()
    return tuple(
        DayOfDeliveries(
            day=day,
            recorded=made[day].count if day in made else 0,
            acknowledged=made[day].acknowledged if day in made else 0,
            waiting=made[day].count - made[day].acknowledged if day in made else 0,
            backlog_at_end=sum(one.count for at, one in made.items() if at <= day)
            - sum(count for at, count in acknowledged.items() if at <= day),
        )
        for day in (today - timedelta(days=back) for back in reversed(range(DAYS)))
    )


def _by_urgency(ledger: Ledger) -> tuple[tuple[str, int], ...]:
    waiting = ledger.sums.by_priority()
    return tuple((label, waiting.get(priority, 0)) for priority, label in URGENCIES.items())


def _states(ledger: Ledger) -> PacketCounts:
    decided = ledger.sums.decided()

    def of(*states: PacketState) -> int:
        return sum(count for (state, _), count in decided.items() if state in states)

    def under(verdict: Decision | None) -> int:
        return sum(
            count for (state, said), count in decided.items() if state in _DELIVERED and said is verdict
        )

    return PacketCounts(
        waiting=of(PacketState.WAITING),
        sent=of(PacketState.PARTIAL),
        undecided=under(None),
        accepted=under(Decision.ACCEPTED),
        duplicate=under(Decision.DUPLICATE),
        adjudicate=under(Decision.ADJUDICATE),
        rejected=under(Decision.REJECTED),
        printed=under(Decision.PRINTED),
        quarantined=of(PacketState.QUARANTINED),
        purged=of(PacketState.PURGED),
        total=sum(decided.values()),
    )


def _seconds_needed(ledger: Ledger, size: int) -> float | None:
    rate = float(ledger.facts.get(RATE) or 0)
    return size / rate if rate > 0 else None
