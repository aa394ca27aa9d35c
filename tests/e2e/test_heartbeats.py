"""Heartbeats at a real centre: what a self-test found is there after the next round, and at the office next to it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from central.offices import office_name
from central.status import OfficeStanding, offices_standing
from central.store import open_store
from kiosk.app.centre_process import CentreProcess
from kiosk.app.clock import system_moment
from kiosk.app.wiring import reference
from kiosk.devices.api import Kind, Scene
from kiosk.domain.selftest import Part
from kiosk.services.counter import Counter
from kiosk.services.heartbeats import HeartbeatTeller
from kiosk.services.joining import join_centre
from kiosk.services.kit import DeviceChoice, NobodyAsked, RecordingKit
from kiosk.services.neighbours import offices_that_can
from kiosk.services.practice import OFFICE
from kiosk.services.selftest import SelfTester
from kiosk.services.stages import Stage
from kiosk.storage.store import Store
from kiosk.sync.pump import Pump, make_pump


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[CentreProcess]:
    made = CentreProcess(tmp_path / "centre")
    made.command("init", "--practice")
    made.start()
    yield made
    made.stop()


@contextmanager
def joined(folder: Path, centre: CentreProcess, office: str) -> Iterator[Counter]:
    store = Store.create(folder, recovery_recipients=())
    made = Counter(store, reference(), system_moment, os.urandom, timezone(timedelta(hours=7), "WIB"))
    join_centre(made, centre.command("kiosk", "add", "--office", office), centre.url, software="test")
    yield made
    store.close()


@pytest.fixture
def counter(tmp_path: Path, centre: CentreProcess) -> Iterator[Counter]:
    with joined(tmp_path / "kiosk", centre, OFFICE) as made:
        yield made


@pytest.fixture
def kit() -> Iterator[RecordingKit]:
    made = RecordingKit({Kind.CAMERA: DeviceChoice("camera.simulated")}, NobodyAsked())
    yield made
    made.close()


@pytest.fixture
def pump(counter: Counter, kit: RecordingKit) -> Pump:
    return make_pump(counter.store, counter.clock, tell=HeartbeatTeller(counter, kit, "kiosk 0.1.0"))


def at_the_centre(tmp_path: Path) -> OfficeStanding:
    store = open_store(tmp_path / "centre")
    (standing,) = offices_standing(store, office_name)
    store.close()
    return standing


@pytest.mark.slow
def test_what_a_selftest_found_is_at_the_centre_after_the_next_round(
    counter: Counter, kit: RecordingKit, pump: Pump, tmp_path: Path
) -> None:
    tester = SelfTester(counter, kit)
    kit.stage(Scene(person=1, fault="vanish"))
    tester.test(Part.CAMERA)
    tester.test(Part.IRIS)
    broken, lacking = pump.round(), at_the_centre(tmp_path)
    kit.stage(Scene(person=1))
    tester.test(Part.CAMERA)
    mended, after = pump.round(), at_the_centre(tmp_path)

    assert (broken.cause, mended.cause) == (None, None)
    assert (lacking.name, lacking.lacking) == ("Gringsing", ("camera", "iris"))
    assert after.lacking == ("iris",)


@pytest.mark.slow
def test_the_office_next_to_it_knows_what_can_be_done_there(
    counter: Counter, centre: CentreProcess, kit: RecordingKit, pump: Pump, tmp_path: Path
) -> None:
    SelfTester(counter, kit).test(Part.CAMERA)
    pump.round()
    with joined(tmp_path / "next", centre, "33.25.08") as other:
        before = offices_that_can(other, Stage.PORTRAIT)
        make_pump(other.store, other.clock).round()
        (near,) = offices_that_can(other, Stage.PORTRAIT)
        nowhere = offices_that_can(other, Stage.FINGERS)

    assert before == ()
    assert (near.office, near.name) == (OFFICE, "Gringsing")
    assert nowhere == ()
