"""A step whose device is out: parking names the offices that can do it, and the one chosen is said to the resident."""

from datetime import timedelta

from kiosk.devices.api import Kind, Scene
from kiosk.services.arrivals import draft_of
from kiosk.services.stages import Stage
from kiosk.sync.pulling import NEIGHBOURS
from kiosk.ui.places import SAVED, VISIT
from kiosk.wire.messages import Neighbour, Neighbourhood
from tests.ui.window.residents import visit_at
from tests.ui.window.shown_window import ShownWindow, texts
from tests.ui.window.test_around_a_visit import press_all

LIMPUNG = "33.25.05"


def at_fingers_without_a_scanner(window: ShownWindow) -> str:
    """Open a visit at the fingers, its scanner pulled out."""
    window.sign_in()
    visit_id = visit_at(window.counter, Stage.FINGERS)
    window.desk.tools.kit.choose(Kind.FINGERPRINT, None)
    window.go(VISIT, visit_id)
    window.until(lambda: window.visit.shell.page.stage is Stage.FINGERS)
    return visit_id


def listed(window: ShownWindow) -> list[str]:
    return [action.text() for action in window.visit.park_menu.menu.actions() if action.text()]


def test_the_office_that_is_chosen_is_kept_and_said_to_the_resident(window: ShownWindow) -> None:
    window.sign_in()
    counter = window.counter
    near = Neighbour(office=LIMPUNG, parts=("fingerprint",), told_at=counter.clock().wall - timedelta(days=1))
    with counter.store.writing() as ledger:
        ledger.facts.put(NEIGHBOURS, Neighbourhood(offices=(near,)).model_dump_json())
    visit_id = visit_at(counter, Stage.FINGERS)
    window.desk.tools.kit.choose(Kind.FINGERPRINT, None)
    window.go(VISIT, visit_id)
    window.until(lambda: window.visit.shell.page.stage is Stage.FINGERS)
    window.press("F9")
    window.until(window.visit.park_menu.menu.isVisible)
    name = counter.reference.regions.name(LIMPUNG)
    offered = listed(window)[-1]
    press_all(window, "Up", "Return")  # from the first reason up to the last line
    window.until(lambda: window.place == SAVED and window.is_settled)

    assert offered.startswith(f"Kecamatan {name}, kemarin ")
    assert draft_of(counter, visit_id).elsewhere == LIMPUNG
    assert any(f"Kecamatan {name}" in text for text in texts(window.room.page))


def test_where_nothing_is_known_of_other_offices_that_is_said(window: ShownWindow) -> None:
    at_fingers_without_a_scanner(window)
    window.press("F9")
    window.until(window.visit.park_menu.menu.isVisible)
    told = listed(window)
    press_all(window, "Escape")

    assert told[-1] == "Belum ada kabar kantor lain yang bisa melakukannya."


def test_with_the_device_there_only_the_reasons_are_asked(window: ShownWindow) -> None:
    window.sign_in()
    visit_id = visit_at(window.counter, Stage.FINGERS)
    window.desk.tools.kit.stage(Scene(person=1))
    window.go(VISIT, visit_id)
    window.until(lambda: window.visit.shell.page.stage is Stage.FINGERS)
    window.press("F9")
    window.until(window.visit.park_menu.menu.isVisible)
    count = len(listed(window))
    press_all(window, "Escape")

    assert count == 5
