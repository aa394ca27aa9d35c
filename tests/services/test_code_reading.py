"""Lending the code scanner: what is shown from now on is read, and what was scanned before belongs to nobody."""

import contextlib
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.devices.api import Kind
from kiosk.domain.family_card import read_family_card_no
from kiosk.domain.requests import Service
from kiosk.domain.roles import Role
from kiosk.services.arrivals import arrive
from kiosk.services.code_reading import read_code
from kiosk.services.counter import Counter, Officer
from kiosk.services.errors import KitError, NotAllowedError
from kiosk.services.kit import DeviceChoice, NobodyAsked, RecordingKit
from kiosk.services.looking import VisitView, look_at
from kiosk.services.staging import family_card_of, scene_of
from tests.devices.test_code_serial import Plug

OFFICE = "33.25.07"
CODE, OLDER = "3325070101200001", "3325070101200002"
LIMIT = 5.0


@pytest.fixture
def view(counter: Counter, officer: Officer) -> VisitView:
    return look_at(counter, arrive(counter, officer, Service.FIRST_ENROLLMENT).visit_id)


@contextlib.contextmanager
def kit_of(driver: str, kind: Kind = Kind.CODE_SCANNER, **settings: str) -> Iterator[RecordingKit]:
    with contextlib.closing(RecordingKit({kind: DeviceChoice(driver, settings)}, NobodyAsked())) as kit:
        yield kit


def test_a_simulator_is_shown_the_residents_card_each_time(
    counter: Counter, officer: Officer, view: VisitView
) -> None:
    with kit_of("code_scanner.simulated") as kit:
        read = [read_code(officer, view, kit=kit, office=OFFICE, timeout=LIMIT) for _ in range(2)]

    assert read == [family_card_of(view, OFFICE)] * 2
    assert read_family_card_no(read[0] or "", regions=counter.reference.regions).number is not None


def test_a_code_that_was_staged_is_shown_in_its_place(officer: Officer, view: VisitView) -> None:
    with kit_of("code_scanner.simulated") as kit:
        read_code(officer, view, kit=kit, office=OFFICE, timeout=LIMIT)
        assert kit.scene is not None
        kit.stage(replace(kit.scene, code=CODE))

        assert read_code(officer, view, kit=kit, office=OFFICE, timeout=LIMIT) == CODE


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals")
def test_what_was_scanned_before_anybody_asked_is_thrown_away(
    officer: Officer, view: VisitView, tmp_path: Path
) -> None:
    plug = Plug(tmp_path / "scanner")
    with kit_of("code_scanner.serial", port=str(plug.name)) as kit:
        kit.identity(Kind.CODE_SCANNER)
        plug.send(f"{OLDER}\r{OLDER}\r".encode())
        showing = threading.Timer(0.6, plug.send, (f"{CODE}\r".encode(),))
        showing.start()
        read = read_code(officer, view, kit=kit, office=OFFICE, timeout=LIMIT)
        showing.join()
    plug.unplug()

    assert read == CODE


def test_nothing_shown_is_none(officer: Officer, view: VisitView) -> None:
    with kit_of("code_scanner.simulated") as kit:
        kit.stage(replace(scene_of(view), fault="nobody"))

        assert read_code(officer, view, kit=kit, office=OFFICE, timeout=0.1) is None


def test_a_device_that_is_no_scanner_is_told(officer: Officer, view: VisitView) -> None:
    kit = RecordingKit({Kind.CODE_SCANNER: DeviceChoice("signature.simulated")}, NobodyAsked())
    with contextlib.closing(kit), pytest.raises(KitError, match="none"):
        read_code(officer, view, kit=kit, office=OFFICE, timeout=LIMIT)


def test_who_may_not_capture_reads_no_code(view: VisitView) -> None:
    technician = Officer("teknisi", "Teknisi", Role.TECHNICIAN)
    with kit_of("code_scanner.simulated") as kit, pytest.raises(NotAllowedError):
        read_code(technician, view, kit=kit, office=OFFICE, timeout=LIMIT)
