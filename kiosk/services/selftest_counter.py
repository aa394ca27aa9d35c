"""Self-tests of the counter itself: clock, disk, database and packets, keys, and the way to the centre."""

import os
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from datetime import datetime
from tempfile import TemporaryFile

from kiosk.domain.clock import ClockState
from kiosk.domain.selftest import Measure, Outcome, Part, Problem, Stage
from kiosk.domain.words import msg
from kiosk.services.counter import Counter
from kiosk.services.doctor import Check, Health, examine_database, examine_packets
from kiosk.services.selftest_stages import Run
from kiosk.services.standing import STAGE_NAMES, StageMark, link_stages, standing
from kiosk.storage.records import Membership
from kiosk.sync.causes import DeliveryError
from kiosk.sync.client import Centre
from kiosk.sync.line import Line
from kiosk.wire.signing import SigningKey

SAMPLE = 8 << 20  # bytes written and flushed to learn how fast the disk is
SLOW_DISK = 5.0  # MB/s; a save of 3 MB would take a second
DAYS_CARE = 14  # working days of room


def _test_clock(counter: Counter, run: Run) -> None:
    """Tell whether the clock may be believed."""
    with run.stage(msg("Clock compared")) as note:
        state = counter.clock().state
        note.told = state.value
    run.problem = {
        ClockState.SUSPECT: Problem.CLOCK_SUSPECT,
        ClockState.UNCHECKED: Problem.CLOCK_UNCHECKED,
    }.get(state, Problem.NONE)


def _test_disk(counter: Counter, run: Run) -> None:
    """Write and flush a sample beside the packets, and tell how long the room lasts."""
    with run.stage(msg("Written and flushed")) as note:
        rate = _written(counter)
        note.told = f"{rate:.0f} MB/s"
    with run.stage(msg("Room left")) as note:
        known = standing(counter)
        note.told = f"{known.disk_free_bytes >> 30} GB"
    if known.disk_days is not None:
        run.measure = Measure("days", float(known.disk_days), "days", 1)
    if known.disk_gate:
        run.problem = Problem.DISK_FULL
    elif rate < SLOW_DISK:
        run.problem = Problem.SLOW
    elif known.disk_days is not None and known.disk_days < DAYS_CARE:
        run.problem = Problem.DISK_LOW


def _written(counter: Counter) -> float:
    """Return how many megabytes a second reach the disk; what is written is zeros and is gone at once."""
    block = bytes(1 << 20)
    begun = time.monotonic()
    with TemporaryFile(dir=counter.store.folder) as sample:
        for _ in range(SAMPLE // len(block)):
            sample.write(block)
        sample.flush()
        os.fsync(sample.fileno())
    return SAMPLE / 1e6 / max(time.monotonic() - begun, 1e-6)


def _test_database(counter: Counter, run: Run) -> None:
    """Read the whole database and every packet, as `kiosk doctor` does."""
    with run.stage(msg("Database read")):
        _stop_at(run, Problem.DATABASE_DAMAGED, examine_database(counter.store))
    with run.stage(msg("Packets compared")) as note:
        _stop_at(run, Problem.PACKET_DAMAGED, examine_packets(counter.store))
        note.told = str(standing(counter).waiting)


def _stop_at(run: Run, problem: Problem, checks: Iterable[Check]) -> None:
    """End the test at the first check that is bad."""
    bad = next((check.sentence for check in checks if check.health is Health.BAD), None)
    if bad is not None:
        run.stop(problem, bad)


def _test_keys(counter: Counter, run: Run) -> None:
    """Tell what holds the key of the database."""
    with run.stage(msg("Key held")) as note:
        note.told = counter.store.machine_slot_kind
    if counter.store.machine_slot_kind == "file":
        run.problem = Problem.KEY_IN_FILE


def _test_link(counter: Counter, run: Run) -> None:
    """Go the way to the centre now, and sign in there."""
    with counter.store.reading() as ledger:
        membership, key = ledger.facts.membership(), ledger.facts.signing_key()
    if membership is None or key is None or not membership.centre_url:
        run.problem = Problem.NOT_JOINED
        return
    begun = time.monotonic()
    try:
        theirs = _signed_in(membership, key)
    except DeliveryError as error:
        _fail_link(run, error, time.monotonic() - begun)
        return
    taken = time.monotonic() - begun
    run.stages += [
        Stage(name, Outcome.REACHED, taken if name == STAGE_NAMES[-1] else 0.0) for name in STAGE_NAMES
    ]
    apart = (theirs - counter.clock().wall).total_seconds()
    run.stages.append(Stage(msg("Clock difference"), Outcome.REACHED, told=f"{apart:+.1f} s"))
    run.measure = Measure("sign_in", round(taken, 2), "s", -1)


def _signed_in(membership: Membership, key: SigningKey) -> datetime:
    with closing(Centre(Line.to(membership.centre_url), membership, key)) as centre:
        return centre.open_session()


def _fail_link(run: Run, error: DeliveryError, taken: float) -> None:
    outcomes = {
        StageMark.PASSED: Outcome.REACHED,
        StageMark.FAILED: Outcome.FAILED,
        StageMark.NOT_REACHED: Outcome.NOT_REACHED,
    }
    marks = link_stages(error.cause)
    run.stages += [
        Stage(stage.name, outcomes[stage.mark], taken if stage.mark is StageMark.FAILED else 0.0)
        for stage in marks
    ]
    failed = next((stage.name for stage in marks if stage.mark is StageMark.FAILED), "")
    run.problem = Problem.LINK_REFUSED if failed == STAGE_NAMES[-1] else Problem.LINK_DOWN
    run.said = error.cause.value


COUNTER_TESTS: Mapping[Part, Callable[[Counter, Run], None]] = {
    Part.CLOCK: _test_clock,
    Part.DISK: _test_disk,
    Part.DATABASE: _test_database,
    Part.KEYS: _test_keys,
    Part.LINK: _test_link,
}
