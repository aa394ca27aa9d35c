"""The pump: round by round it delivers the outbox, one sender at a time, and never shows more than is durable."""

import logging
import random as system_random
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from kiosk.domain.clock import Clock, ClockState, Moment
from kiosk.storage.records import Membership
from kiosk.storage.store import Store
from kiosk.sync.backoff import Pause, delay
from kiosk.sync.beating import Tell, beat
from kiosk.sync.causes import Cause, DeliveryError, NotJoinedError
from kiosk.sync.client import Centre
from kiosk.sync.clock_check import TOLERANCE
from kiosk.sync.errand import Errand, OnChange, Tally
from kiosk.sync.judged_clock import JudgedClock, OnCentreTime
from kiosk.sync.line import Line
from kiosk.sync.pulling import pull
from kiosk.sync.sender_lock import sender_lock
from kiosk.sync.sending import Sending
from kiosk.wire.signing import SigningKey

PAUSE = "sync.pause"
OUTAGE = "sync.outage"
OUTAGE_SINCE = "sync.outage_since"  # when the first round of the present outage failed
FAILED_ROUNDS = "sync.failed_rounds"  # of the present outage
LAST_ROUND = "sync.last_round"  # when the last round ended that tried
RATE = "sync.rate"  # bytes a second, of the last round that moved enough to tell

LEAST_MEASURED = 64 << 10  # bytes a round must move before its rate means something

_NO_OUTAGE = {OUTAGE: "", OUTAGE_SINCE: "", FAILED_ROUNDS: ""}

logger = logging.getLogger(__name__)

Connect = Callable[[Membership, SigningKey, ClockState], Centre]
"""Returns a centre to talk to, nothing connected yet; raises `DeliveryError`."""


@dataclass(frozen=True, slots=True)
class RoundResult:
    """What a round reached.

    sent: packet bytes put on the line.  held: bytes the centre holds durably and did not before.
    acknowledged: packets delivered.  waiting: packets not delivered yet, those put aside left out.
    cause: what stood in the way, if anything.  retry_after: seconds the centre asked to wait.
    skew: the wall clock's distance from the centre's, where the centre was reached.
    """

    sent: int
    acknowledged: int
    waiting: int
    cause: Cause | None = None
    retry_after: float | None = None
    held: int = 0
    skew: timedelta | None = None

    @property
    def clock_off(self) -> bool:
        """Tell whether the wall clock differs from the centre's by more than a healthy machine's may."""
        return self.skew is not None and abs(self.skew) > TOLERANCE


@dataclass(frozen=True, slots=True)
class Hooks:
    """Who hears of packets and of the centre's time, and what heartbeats say; tell: None where none is sent."""

    on_change: OnChange
    on_centre_time: OnCentreTime
    tell: Tell | None = None


class Pump:
    """Delivers the outbox of a store; safe to stop from another thread."""

    def __init__(self, store: Store, clock: Clock, *, connect: Connect, hooks: Hooks) -> None:
        self._store = store
        self._clock = clock
        self._lock = store.folder / "sender.lock"
        self._connect = connect
        self._hooks = hooks
        self._stopped = threading.Event()

    def round(self) -> RoundResult:
        """Deliver what can be delivered now; a dead line ends the round and is told as its cause.

        Raises `SenderBusyError` while another sender runs.
        """
        with sender_lock(self._lock):
            tally = Tally()
            try:
                self._wait_is_over()
                self._run(tally)
            except DeliveryError as error:
                tally.end(error)
                self._remember(error)
                logger.info("round ended: %s", error.cause.value)
            return self._result(tally)

    def run_until_empty(
        self, *, random: Callable[[], float] = system_random.random, rounds: int | None = None
    ) -> RoundResult:
        """Run rounds with back-off until nothing waits, `stop` is called, or `rounds` have passed."""
        failures, done = 0, 0
        while True:
            result = self.round()
            done += 1
            if not result.waiting or self._stopped.is_set() or done == rounds:
                return result
            failures = 0 if result.held or result.acknowledged else failures + 1
            self._stopped.wait(delay(failures, random=random(), retry_after=result.retry_after))

    def stop(self) -> None:
        """End the round within a block; what arrived is kept at the centre.  The pump stays stopped."""
        self._stopped.set()

    def _run(self, tally: Tally) -> None:
        membership, key = self._party()
        with self._connect(membership, key, self._clock().state) as centre:
            centre_time = centre.open_session()
            began = self._clock()
            tally.skew = began.wall - centre_time
            self._hooks.on_centre_time(centre_time)
            errand = Errand(
                self._store, centre, membership, self._clock, self._stopped, self._hooks.on_change, tally
            )
            try:
                self._deliver(errand)
            finally:
                self._measure(tally, began)
        self._put_facts({**_NO_OUTAGE, LAST_ROUND: self._clock().wall.isoformat()})

    def _deliver(self, errand: Errand) -> None:
        sending = Sending(errand, after_each=lambda: self._beat(errand))
        if self._fact(OUTAGE):
            sending.probe()
            if errand.tally.held:  # it carries again, however long the rest may take
                self._put_facts(_NO_OUTAGE)
        sending.send_all(sending.next_batch(), between=lambda: self._pull(errand))
        while not self._stopped.is_set() and (batch := sending.next_batch()):
            sending.send_all(batch)

    def _pull(self, errand: Errand) -> None:
        """Fetch what the centre has, and only then tell how the counter stands."""
        pull(errand)
        self._beat(errand)

    def _beat(self, errand: Errand) -> None:
        if self._hooks.tell is not None:
            beat(errand, self._hooks.tell)

    def _measure(self, tally: Tally, began: Moment) -> None:
        """Keep how fast the line was, for forecasts."""
        seconds = self._clock().boottime - began.boottime
        if tally.held >= LEAST_MEASURED and seconds > 0:
            self._put_facts({RATE: f"{tally.held / seconds:.0f}"})

    def _party(self) -> tuple[Membership, SigningKey]:
        with self._store.reading() as ledger:
            membership, key = ledger.facts.membership(), ledger.facts.signing_key()
        if membership is None or key is None:
            raise NotJoinedError
        return membership, key

    def _wait_is_over(self) -> None:
        """Raise the cause of a pause the centre asked for, while it lasts: also after a restart."""
        pause = Pause.parse(self._fact(PAUSE))
        left = pause.left(self._clock()) if pause is not None else 0.0
        if pause is not None and left > 0:
            raise PausedError(pause.cause, retry_after=left)

    def _remember(self, error: DeliveryError) -> None:
        if isinstance(error, PausedError | NotJoinedError):
            return
        now, told = self._clock(), {}
        if error.retry_after:
            told[PAUSE] = Pause.begin(now, error.retry_after, error.cause).text
        if error.cause is not Cause.STOPPED:
            told |= self._outage(now, error.cause)
        self._put_facts(told)

    def _outage(self, now: Moment, cause: Cause) -> dict[str, str]:
        """Return the facts of one more failed round; the first one tells since when."""
        at, goes_on = now.wall.isoformat(), bool(self._fact(OUTAGE))
        return {
            OUTAGE: cause.value,
            OUTAGE_SINCE: self._fact(OUTAGE_SINCE) if goes_on else at,
            FAILED_ROUNDS: str(int(self._fact(FAILED_ROUNDS) or 0) + 1 if goes_on else 1),
            LAST_ROUND: at,
        }

    def _result(self, tally: Tally) -> RoundResult:
        with self._store.reading() as ledger:
            waiting = len(ledger.outbox.due(limit=1_000_000))
        return RoundResult(
            sent=tally.sent,
            acknowledged=tally.acknowledged,
            waiting=waiting,
            cause=tally.cause,
            retry_after=tally.retry_after,
            held=tally.held,
            skew=tally.skew,
        )

    def _fact(self, name: str) -> str:
        with self._store.reading() as ledger:
            return ledger.facts.get(name) or ""

    def _put_facts(self, told: Mapping[str, str]) -> None:
        if all(self._fact(name) == value for name, value in told.items()):
            return
        with self._store.writing() as ledger:
            for name, value in told.items():
                ledger.facts.put(name, value)


class PausedError(DeliveryError):
    """The centre asked not to be called yet."""


def connect_centre(membership: Membership, key: SigningKey, state: ClockState) -> Centre:
    """Return the membership's centre behind a line with the usual time limits."""
    line = Line.to(membership.centre_url, clock_is_suspect=state is ClockState.SUSPECT)
    return Centre(line, membership, key)


def make_pump(
    store: Store,
    clock: Clock,
    *,
    connect: Connect = connect_centre,
    on_change: OnChange | None = None,
    tell: Tell | None = None,
) -> Pump:
    """Return the pump of a store; a store that belongs to no centre yet gives rounds that say so.

    tell: what a heartbeat says; None where none is sent.
    """
    hooks = Hooks(
        on_change=on_change or _nobody_asked,
        on_centre_time=clock.compare if isinstance(clock, JudgedClock) else _nobody_asked,
        tell=tell,
    )
    return Pump(store, clock, connect=connect, hooks=hooks)


def _nobody_asked(told: object) -> None:
    """Nobody watches."""
