"""A part of the window fails by an error nobody foresaw: a calm page, nothing lost, and on at the same place."""

import logging
import sys

import pytest

from kiosk.domain.biodata import Field
from kiosk.services.looking import look_at
from kiosk.services.stages import Stage
from kiosk.ui.frame.rail import HOME
from kiosk.ui.pages.calm import CalmPage
from kiosk.ui.places import VISIT
from kiosk.ui.player import Script, typing
from kiosk.ui.visit.biodata_page import BiodataPage
from tests.ui.window.residents import waiting
from tests.ui.window.shown_window import ShownWindow


class UnforeseenError(Exception):
    """What nobody foresaw."""


def fail(*_: object) -> None:
    raise UnforeseenError


def type_a_name_that_fails(page: BiodataPage, calm: CalmPage) -> Script:
    """Type a name at whose last letter a slot of the page raises."""
    page.cells[Field.FULL_NAME].way_in.setFocus()
    yield lambda: True
    yield from typing("siti rahay")
    page.typed.connect(fail)
    yield from typing("u")
    yield calm.isVisible


def test_a_slot_that_raises_shows_the_calm_page_and_enter_goes_on_with_what_was_typed(
    window: ShownWindow, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    window.sign_in()
    visit_id = waiting(window.counter)
    window.go(VISIT, visit_id)
    monkeypatch.setattr(sys, "excepthook", window.program._crashed)  # the one the program set itself
    office, page = window.office, window.visit.biodata
    calm = window.program.entry.calm

    window.play(type_a_name_that_fails(page, calm))
    window.settle()

    assert "Everything that was shown as saved is safe" in _english(window, calm.told)
    assert UnforeseenError.__name__ in caplog.text
    assert [record.levelno for record in caplog.records if record.levelno > logging.WARNING] == [
        logging.CRITICAL
    ]
    assert look_at(window.counter, visit_id).form[Field.FULL_NAME] == "SITI RAHAYU"

    window.press("Return")
    window.until(lambda: window.place == VISIT and window.is_settled)

    assert window.office is not office
    assert window.visit.view is not None
    assert window.visit.view.visit_id == visit_id
    assert window.visit.shell.page.stage is Stage.BIODATA
    assert window.visit.biodata.cells[Field.FULL_NAME].way_in.text() == "SITI RAHAYU"


def test_a_place_that_fails_twice_is_left_for_the_first_page(
    window: ShownWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.sign_in()
    window.go(VISIT, waiting(window.counter))
    monkeypatch.setattr(sys, "excepthook", window.program._crashed)
    calm, places = window.program.entry.calm, []

    for _ in range(2):
        window.visit.shell.stage_wanted.connect(fail)
        window.visit.shell.stage_wanted.emit(Stage.BIODATA)
        window.until(calm.isVisible)
        window.press("Return")
        window.until(lambda: not calm.isVisible() and window.is_settled)
        places.append(window.place)

    assert places == [VISIT, HOME]


def _english(window: ShownWindow, told: str) -> str:
    sentence = "Everything that was shown as saved is safe. Drafts are kept to the last field."
    return told.replace(window.program.words.say(sentence), sentence)
