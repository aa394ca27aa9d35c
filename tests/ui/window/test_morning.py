"""The morning's self-test beside the real window: it begins by itself, waits for who is served, says what it found."""

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.devices.api import Kind, Scene
from kiosk.domain.errors import KioskError
from kiosk.domain.requests import Service
from kiosk.domain.selftest import Part
from kiosk.services.arrivals import arrive
from kiosk.services.counter import Officer
from kiosk.services.practice import practice_people
from kiosk.services.selftest import look_at_parts
from kiosk.settings import FILE
from kiosk.ui.frame.rail import DEVICES, HOME
from kiosk.ui.morning import MorningWatch
from kiosk.ui.places import VISIT
from tests.ui.window.conftest import Opener
from tests.ui.window.shown_window import OFFICER, SUPERVISOR, TECHNICIAN, ShownWindow, texts


@pytest.fixture
def window(folder: Path, open_window: Opener) -> ShownWindow:
    """A window whose morning begins at midnight: at whatever hour these tests run, it is due."""
    settings = folder / FILE
    settings.write_text(settings.read_text().replace('morning = ""', 'morning = "00:00"'))
    return open_window(folder)


def watch_of(window: ShownWindow) -> MorningWatch:
    window.until(lambda: window.program.morning is not None)
    watch = window.program.morning
    assert isinstance(watch, MorningWatch)
    return watch


def parts_tested(window: ShownWindow) -> set[Part]:
    return {view.part for view in look_at_parts(window.counter) if view.last is not None}


def said(window: ShownWindow) -> str:
    return " ".join(texts(window.room.page))


def test_with_nobody_signed_in_every_part_is_tested_once(window: ShownWindow) -> None:
    watch = watch_of(window)
    window.until(lambda: parts_tested(window) == set(Part))
    window.until(lambda: window.program.tasks.idle)
    before = [len(view.history) for view in look_at_parts(window.counter)]
    watch.look()
    window.until(lambda: window.program.tasks.idle)

    assert before == [1] * len(Part)
    assert [len(view.history) for view in look_at_parts(window.counter)] == before


@pytest.mark.parametrize("who", [SUPERVISOR, TECHNICIAN, OFFICER])
def test_what_it_found_is_said_to_supervisor_and_technician_alone(window: ShownWindow, who: str) -> None:
    watch_of(window)
    window.desk.tools.kit.stage(Scene(person=1, fault="vanish"))
    window.until(lambda: parts_tested(window) == set(Part))
    window.sign_in(who)
    window.until(lambda: window.place in (HOME, DEVICES) and window.is_settled)
    window.until(lambda: len(said(window)) > 0)

    assert ("Uji mandiri pagi ini" in said(window)) == (who != OFFICER)
    assert QApplication.activeModalWidget() is None


def test_it_waits_while_a_visit_is_open_and_goes_on_afterwards(window: ShownWindow) -> None:
    watch = watch_of(window)
    entry = practice_people()[0].entry
    officer = Officer(entry.user_id, entry.name, entry.role)
    watch.hear_place(VISIT)  # before the first look
    window.sign_in(OFFICER)
    visit_id = arrive(window.counter, officer, Service.FIRST_ENROLLMENT).visit_id
    window.go(VISIT, visit_id)
    done = parts_tested(window)
    watch.look()
    watch.look()
    window.until(lambda: window.program.tasks.is_idle_but("camera"))

    assert parts_tested(window) == done
    window.go(HOME)
    watch.look()
    window.until(lambda: parts_tested(window) == set(Part))


def test_a_part_whose_device_is_lent_waits_and_the_others_do_not(window: ShownWindow) -> None:
    watch, tasks, given_back = watch_of(window), window.program.tasks, Event()
    tasks.run(watch, Kind.CAMERA.value, given_back.wait, failed=_not_expected)
    window.until(lambda: parts_tested(window) == set(Part) - {Part.CAMERA})
    watch.look()
    window.until(lambda: tasks.is_idle_but(Kind.CAMERA.value))
    meanwhile = parts_tested(window)
    given_back.set()
    window.until(lambda: tasks.is_free(Kind.CAMERA.value))
    watch.look()
    window.until(lambda: parts_tested(window) == set(Part))

    assert Part.CAMERA not in meanwhile


def _not_expected(error: KioskError) -> None:
    raise error
