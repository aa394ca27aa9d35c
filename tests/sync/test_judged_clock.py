"""The clock that knows whether it may be believed: over jumps, restarts and reboots, until the centre clears it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.domain.clock import ClockState, Moment
from kiosk.storage.store import Store
from kiosk.sync.judged_clock import READING, JudgedClock
from kiosk.wire.messages import Created
from tests.storage.conftest import entry

START = datetime(2026, 1, 5, 2, tzinfo=UTC)


class Machine:
    """Both clocks of a machine, set by the test."""

    def __init__(self) -> None:
        self.wall, self.boottime, self.boot_id = START, 1000.0, "boot-1"

    def __call__(self) -> Moment:
        return Moment(self.wall, self.boottime, self.boot_id)

    def pass_time(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.boottime += seconds

    def reboot(self, wall: datetime) -> None:
        self.wall, self.boottime, self.boot_id = wall, 5.0, self.boot_id + "x"


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path / "kiosk", recovery_recipients=())
    yield made
    made.close()


def test_a_clock_nobody_compared_is_unchecked_however_long_it_goes_well(
    machine: Machine, store: Store
) -> None:
    clock = JudgedClock.of(machine, store)
    machine.pass_time(86_400)

    assert clock().state is ClockState.UNCHECKED


def test_the_centres_time_makes_it_trusted_and_time_passing_keeps_it_so(
    machine: Machine, store: Store
) -> None:
    clock = JudgedClock.of(machine, store)
    clock.compare(START + timedelta(seconds=20))
    machine.pass_time(3600)

    assert clock().state is ClockState.TRUSTED


@pytest.mark.parametrize("days", [-400, 1, 2200])
def test_a_jump_of_the_wall_clock_makes_it_suspect_until_the_centre_clears_it(
    machine: Machine, store: Store, days: int
) -> None:
    clock = JudgedClock.of(machine, store)
    clock.compare(START)
    machine.wall += timedelta(days=days)
    jumped = clock().state
    machine.wall = START
    still = clock().state
    clock.compare(START)

    assert (jumped, still, clock().state) == (ClockState.SUSPECT, ClockState.SUSPECT, ClockState.TRUSTED)


def test_a_clock_that_ran_backwards_over_a_reboot_is_suspect(machine: Machine, store: Store) -> None:
    JudgedClock.of(machine, store).compare(START)
    machine.reboot(START - timedelta(days=400))

    assert JudgedClock.of(machine, store)().state is ClockState.SUSPECT


def test_suspicion_told_by_the_centre_survives_a_restart(machine: Machine, store: Store) -> None:
    JudgedClock.of(machine, store).compare(START + timedelta(hours=3))

    assert JudgedClock.of(machine, store)().state is ClockState.SUSPECT


def test_trust_does_not_survive_a_restart(machine: Machine, store: Store) -> None:
    JudgedClock.of(machine, store).compare(START)
    machine.reboot(START + timedelta(hours=1))

    assert JudgedClock.of(machine, store)().state is ClockState.UNCHECKED


def test_a_reading_that_cannot_be_read_is_as_if_there_were_none(machine: Machine, store: Store) -> None:
    with store.writing() as ledger:
        ledger.facts.put(READING, "{")

    assert JudgedClock.of(machine, store)().state is ClockState.UNCHECKED


def stamp(store: Store, number: int, moment: Moment) -> None:
    """Let a packet be made at this moment."""
    created = Created(wall=moment.wall, boottime=moment.boottime, boot_id=moment.boot_id, clock=moment.state)
    with store.writing() as ledger:
        ledger.outbox.add(entry(number, created=created))


def test_a_packet_made_under_a_wrong_clock_is_forgotten_once_the_centre_cleared_it(
    machine: Machine, store: Store
) -> None:
    clock = JudgedClock.of(machine, store)
    machine.wall += timedelta(days=2200)
    stamp(store, 1, clock())
    suspect = JudgedClock.of(machine, store)().state
    machine.wall = START
    clock.compare(START)

    assert suspect is ClockState.SUSPECT
    assert JudgedClock.of(machine, store)().state is ClockState.UNCHECKED


def test_a_clock_that_ran_back_since_the_newest_packet_is_suspect(machine: Machine, store: Store) -> None:
    JudgedClock.of(machine, store).compare(START)
    machine.pass_time(7 * 86_400)
    stamp(store, 1, machine())
    machine.reboot(START + timedelta(days=1))

    assert JudgedClock.of(machine, store)().state is ClockState.SUSPECT
