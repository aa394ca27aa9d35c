"""What a heartbeat says of a counter: its parts by their newest word, what waits, and nothing of anybody."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.devices.api import Camera, DeviceError, Kind, Scene
from kiosk.domain.selftest import Part
from kiosk.services.counter import Counter, Officer
from kiosk.services.heartbeats import HeartbeatTeller
from kiosk.services.kit import DeviceChoice, NobodyAsked, RecordingKit
from kiosk.services.saving import save
from kiosk.services.selftest import SelfTester
from kiosk.wire.contents import ResidentFile
from kiosk.wire.messages import PartTold
from tests.services.conftest import NOW, StandingClock, ready_visit

GONE, HERE = Scene(person=1, fault="vanish"), Scene(person=1)


@pytest.fixture
def kit() -> Iterator[RecordingKit]:
    made = RecordingKit({Kind.CAMERA: DeviceChoice("camera.simulated")}, NobodyAsked())
    made.stage(HERE)
    yield made
    made.close()


@pytest.fixture
def teller(counter: Counter, kit: RecordingKit) -> HeartbeatTeller:
    return HeartbeatTeller(counter, kit, "kiosk 0.1.0")


def part_of(teller: HeartbeatTeller, part: Part) -> PartTold | None:
    told = teller(1)
    assert told is not None
    return next((one for one in told.parts if one.part == part.value), None)


def use(kit: RecordingKit) -> None:
    with contextlib.suppress(DeviceError), kit.lend(Kind.CAMERA) as camera:
        assert isinstance(camera, Camera)
        camera.take(timeout=5.0)


def test_a_part_nobody_tested_or_used_is_not_told_of(teller: HeartbeatTeller) -> None:
    told = teller(4)

    assert told is not None
    assert (told.serial, told.software, told.parts) == (4, "kiosk 0.1.0", ())
    assert told.services == ("recording", "biodata")


def test_a_part_is_told_by_its_newest_test_since_the_first_that_said_the_same(
    teller: HeartbeatTeller, counter: Counter, kit: RecordingKit, clock: StandingClock
) -> None:
    tester = SelfTester(counter, kit)
    for day, scene in enumerate((HERE, GONE, GONE)):
        clock.now = replace(NOW, wall=NOW.wall + timedelta(days=day), boottime=NOW.boottime + day * 86400)
        kit.stage(scene)
        tester.test(Part.CAMERA)

    told = part_of(teller, Part.CAMERA)
    assert told is not None
    assert (told.verdict, told.problem) == ("broken", "not_connected")
    assert told.since == NOW.wall + timedelta(days=1)


def test_a_device_that_failed_in_use_is_told_as_broken_and_one_that_worked_since_as_good(
    teller: HeartbeatTeller, counter: Counter, kit: RecordingKit
) -> None:
    SelfTester(counter, kit).test(Part.CAMERA)
    kit.stage(GONE)
    use(kit)
    failed = part_of(teller, Part.CAMERA)
    kit.stage(HERE)
    use(kit)
    mended = part_of(teller, Part.CAMERA)

    assert failed is not None
    assert (failed.verdict, failed.problem, failed.since) == ("broken", "not_connected", NOW.wall)
    assert mended is not None
    assert mended.verdict in ("good", "care")  # a slow machine


def test_a_kind_that_is_not_set_up_is_absent(
    teller: HeartbeatTeller, counter: Counter, kit: RecordingKit
) -> None:
    SelfTester(counter, kit).test(Part.IRIS)

    told = part_of(teller, Part.IRIS)
    assert told is not None
    assert (told.verdict, told.problem) == ("absent", "not_set_up")


def test_what_waits_is_counted_and_nothing_of_the_resident_is_in_it(
    teller: HeartbeatTeller, counter: Counter, officer: Officer, people: list[ResidentFile]
) -> None:
    visit_id = ready_visit(counter, officer, people[0])
    save(counter, officer, visit_id)
    told = teller(1)

    assert told is not None
    assert told.backlog_count == 2
    assert told.backlog_bytes > 0
    assert told.backlog_oldest is not None
    text = told.model_dump_json()
    assert visit_id not in text
    assert not [value for value in people[0].biodata.values() if len(value) > 4 and value in text]
