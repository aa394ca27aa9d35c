"""The morning's tests at a counter with simulators: each part once, over restarts, and left where somebody comes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta

import numpy as np
import pytest

from kiosk.devices.api import Frame, Identity, Kind, Pictures, PrinterStatus, Scene
from kiosk.domain.selftest import DEVICES, Outcome, Part
from kiosk.services.counter import Counter
from kiosk.services.kit import DeviceChoice, NobodyAsked, RecordingKit
from kiosk.services.morning import LONGEST_STAGE, MorningTests, morning_found
from kiosk.services.selftest import SelfTester
from kiosk.services.selftest_devices import EXERCISES, FRAME_SECONDS, LIMIT, Exercise
from kiosk.storage.store import Store
from tests.services.conftest import NOW, StandingClock, counter_at

SIMULATED = {kind: DeviceChoice(f"{kind}.simulated") for kind in (Kind.CAMERA, Kind.SIGNATURE)}


def never() -> bool:
    return False


@pytest.fixture
def kit() -> Iterator[RecordingKit]:
    made = RecordingKit(SIMULATED, NobodyAsked())
    made.stage(Scene(person=1))
    yield made
    made.close()


@pytest.fixture
def tests(counter: Counter, kit: RecordingKit) -> MorningTests:
    return MorningTests(counter, kit, time(6))  # the clock of these tests stands at nine


def count_of(counter: Counter, part: Part) -> int:
    with counter.store.reading() as ledger:
        return len(ledger.selftests.since(part, NOW.wall - timedelta(days=9)))


def run_all(tests: MorningTests) -> None:
    while left := tests.left():
        tests.test(left[0], never)


def test_every_part_is_tested_once_and_no_more_that_day(
    tests: MorningTests, counter: Counter, clock: StandingClock
) -> None:
    run_all(tests)
    clock.now = replace(NOW, wall=NOW.wall + timedelta(hours=5), boottime=NOW.boottime + 5 * 3600)

    assert tests.left() == ()
    assert tests.test(Part.CLOCK, never) is None
    assert {count_of(counter, part) for part in Part} == {1}


def test_before_the_hour_no_part_is_due_and_none_is_tested(
    counter: Counter, kit: RecordingKit, clock: StandingClock
) -> None:
    early = MorningTests(counter, kit, time(9, 1))

    assert early.left() == ()
    assert early.test(Part.CLOCK, never) is None
    clock.now = replace(NOW, wall=NOW.wall + timedelta(minutes=1), boottime=NOW.boottime + 60)
    assert early.left() == tuple(Part)


def test_a_restart_goes_on_where_it_was(counter: Counter, kit: RecordingKit, clock: StandingClock) -> None:
    tests = MorningTests(counter, kit, time(6))
    for part in DEVICES:
        tests.test(part, never)
    folder = counter.store.folder
    counter.store.close()
    clock.now = replace(NOW, boottime=20.0, boot_id="boot-2")
    again = counter_at(Store.open(folder), counter.reference, clock)

    assert MorningTests(again, kit, time(6)).left() == tuple(part for part in Part if part not in DEVICES)
    again.store.close()


class ProgramEndedError(BaseException):
    """What a driver that ends the process looks like from inside."""


def test_a_part_that_ended_the_program_is_not_tried_again_that_day(
    tests: MorningTests, counter: Counter
) -> None:
    def dies() -> bool:
        raise ProgramEndedError

    with pytest.raises(ProgramEndedError):
        tests.test(Part.CAMERA, dies)

    assert tests.left()[0] is Part.SIGNATURE
    assert count_of(counter, Part.CAMERA) == 0


def test_who_comes_during_a_test_waits_for_the_stage_that_runs_and_no_other(
    tests: MorningTests, counter: Counter, kit: RecordingKit
) -> None:
    asked: list[int] = []

    def put_off() -> bool:
        """Somebody comes while the camera tells its name."""
        asked.append(len(asked))
        return len(asked) > 2

    assert tests.test(Part.CAMERA, put_off) is None
    assert len(asked) == 3  # at the beginning, before the name, and before the live picture that never began
    assert count_of(counter, Part.CAMERA) == 0
    assert tests.left()[0] is Part.CAMERA  # its turn comes again
    assert tests.test(Part.CAMERA, never) is not None


def test_nothing_is_opened_while_somebody_is_there(tests: MorningTests, kit: RecordingKit) -> None:
    assert tests.test(Part.CAMERA, lambda: True) is None
    assert not kit._open


def test_a_device_is_closed_after_its_test(tests: MorningTests, kit: RecordingKit) -> None:
    test = tests.test(Part.CAMERA, never)

    assert test is not None
    assert test.stages[0].outcome is Outcome.REACHED
    assert not kit._open


class Slowest:
    """A device that gives each answer at the last moment it may; `now`: seconds it took in all."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits = [
            LIMIT,
            FRAME_SECONDS * 0.99,
        ]  # the first picture late, the second just too soon to be enough

    def identity(self) -> Identity:
        return Identity("none", "none", "0", "")

    def close(self) -> None:
        """Nothing is held."""

    def waited(self, timeout: float) -> None:
        self.now += min(timeout, self.waits.pop(0)) if self.waits else timeout


class SlowestCamera(Slowest):
    def frame(self, *, timeout: float) -> Frame:
        self.waited(timeout)
        return Frame(np.zeros((8, 8, 3), np.uint8), self.now)

    def take(self, *, timeout: float) -> Pictures:
        self.waited(timeout)
        return Pictures((("portrait", np.zeros((8, 8, 3), np.uint8)),), ppi=0)


class SlowestPrinter(Slowest):
    def status(self, *, timeout: float) -> PrinterStatus:
        self.waited(timeout)
        return PrinterStatus()

    def print(self, *given: object, **more: object) -> object:
        raise AssertionError("nothing is printed with nobody asked")


UNASKED = [
    (kind, exercise) for kind, exercises in EXERCISES.items() for exercise in exercises if not exercise.asks
]


@pytest.mark.parametrize(("kind", "exercise"), UNASKED, ids=lambda value: getattr(value, "name", value))
def test_no_stage_that_needs_nobody_waits_longer_than_is_said(kind: Kind, exercise: Exercise) -> None:
    device = SlowestCamera() if kind is Kind.CAMERA else SlowestPrinter()

    exercise.do(device)

    assert 0 < device.now <= LONGEST_STAGE


def test_what_it_found_is_told_as_it_stands_since(
    tests: MorningTests, counter: Counter, kit: RecordingKit
) -> None:
    before = morning_found(counter)
    kit.stage(Scene(person=1, fault="vanish"))
    tests.test(Part.CAMERA, never)
    broken = morning_found(counter)
    kit.stage(Scene(person=1))
    SelfTester(counter, kit).test(Part.CAMERA)
    mended = morning_found(counter)

    assert before is None
    assert broken is not None
    assert broken.broken == (Part.CAMERA,)
    assert broken.left == len(Part) - 1
    assert mended is not None
    assert mended.broken == ()


def test_another_days_morning_is_not_shown_for_todays(
    tests: MorningTests, counter: Counter, clock: StandingClock
) -> None:
    run_all(tests)
    today = morning_found(counter)
    clock.now = replace(NOW, wall=NOW.wall + timedelta(days=1), boottime=NOW.boottime + 86400)

    assert today is not None
    assert today.left == 0
    assert morning_found(counter) is None


def test_a_clock_put_right_after_it_and_a_restart_make_no_second_one(
    tests: MorningTests, kit: RecordingKit, clock: StandingClock
) -> None:
    clock.now = replace(NOW, wall=NOW.wall - timedelta(days=9000))
    run_all(tests)
    clock.now = replace(NOW, boottime=NOW.boottime + 60)
    once = tests.left()
    clock.now = replace(NOW, boottime=9.0, boot_id="boot-2")

    assert once == ()
    assert tests.left() == ()


def test_a_note_of_another_version_begins_the_day_anew(tests: MorningTests, counter: Counter) -> None:
    with counter.store.writing() as ledger:
        ledger.facts.put("selftest.morning", '{"dawn": true}')

    assert tests.left() == tuple(Part)
    assert morning_found(counter) is None
