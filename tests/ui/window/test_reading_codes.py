"""Reading the family card's code into the form by Ctrl+B: by the scanner of the counter, or by one that types."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.devices.api import Kind, Scene
from kiosk.domain.biodata import Field
from kiosk.domain.words import Words
from kiosk.services.kit import DeviceChoice
from kiosk.services.looking import look_at
from kiosk.services.staging import family_card_of, scene_of
from kiosk.settings import FILE, practice_settings, settings_text
from kiosk.ui.devices.wedge import KeyboardWedge
from kiosk.ui.frame.rail import HOME
from kiosk.ui.places import VISIT
from kiosk.ui.player import press
from tests.ui.devices.keyboards import Keyboard
from tests.ui.window.conftest import Opener
from tests.ui.window.residents import waiting
from tests.ui.window.shown_window import ShownWindow, texts

CARD, NIK = "3325070101200001", "3325075708900002"
SHORT = 0.4  # seconds a code is waited for that nobody shows
Fitted = Callable[[DeviceChoice | None], ShownWindow]


@pytest.fixture
def fitted(open_window: Opener, folder: Path) -> Fitted:
    """Open the window of a counter with another code scanner, or with none, on the form of a visit."""

    def open_with(choice: DeviceChoice | None) -> ShownWindow:
        devices = {
            kind: known
            for kind, known in practice_settings().devices.items()
            if kind is not Kind.CODE_SCANNER
        }
        if choice is not None:
            devices[Kind.CODE_SCANNER] = choice
        (folder / FILE).write_text(settings_text(replace(practice_settings(), devices=devices)))
        return at_the_form(open_window(folder))

    return open_with


@pytest.fixture
def form(window: ShownWindow) -> ShownWindow:
    """The window of a practice office, on the form of a visit."""
    return at_the_form(window)


def at_the_form(window: ShownWindow) -> ShownWindow:
    window.sign_in()
    window.go(VISIT, waiting(window.counter))
    return window


def kept(window: ShownWindow, field: Field) -> str:
    """Return what the store holds of a field once everything typed was committed."""
    window.visit.typing.commit()
    window.settle()
    view = window.visit.view
    assert view is not None
    return look_at(window.counter, view.visit_id).form.get(field, "")


def read(window: ShownWindow) -> None:
    """Press Ctrl+B and wait for what comes of it."""
    window.press("Ctrl+B")
    window.until(lambda: not window.visit.codes.reading)
    window.settle()


def told(window: ShownWindow) -> str:
    return " ".join(texts(window.visit.biodata.said))


def say(window: ShownWindow, text: str, **values: str) -> str:
    words: Words = window.program.words
    return words.say(text, **values)


def stage(window: ShownWindow, **changes: object) -> None:
    """Let the simulated scanner play the resident otherwise."""
    view = window.visit.view
    assert view is not None
    scene: Scene = replace(scene_of(view), **changes)
    window.desk.tools.kit.stage(scene)


def test_the_number_of_the_family_card_is_filled_in_and_kept(form: ShownWindow) -> None:
    view = form.visit.view
    assert view is not None
    form.visit.biodata.cells[Field.FULL_NAME].way_in.setFocus()

    read(form)

    assert kept(form, Field.FAMILY_CARD_NO) == family_card_of(view, form.office.site.office)
    assert say(form, "Read from the code: {fields}.", fields=say(form, "Family card number")) in told(form)


def test_a_number_without_a_label_goes_into_the_field_the_keyboard_is_in(form: ShownWindow) -> None:
    stage(form, code=NIK)
    form.visit.biodata.cells[Field.NIK].way_in.setFocus()

    read(form)

    assert kept(form, Field.NIK) == NIK
    assert form.visit.biodata.cells[Field.NIK].control.text().replace(" ", "") == NIK


def test_typing_takes_the_message_away(form: ShownWindow) -> None:
    read(form)
    form.visit.biodata.cells[Field.FULL_NAME].way_in.setFocus()
    form.press("B")

    assert told(form) == ""


def test_while_a_code_is_awaited_the_page_says_what_to_show(form: ShownWindow) -> None:
    stage(form, fault="nobody")
    form.visit.codes.timeout = SHORT

    form.visit.codes.read()
    asked = told(form)
    form.until(lambda: not form.visit.codes.reading)

    assert say(form, "Show the KK to the reader") in asked
    assert say(form, "Nothing was read.") in told(form)
    assert kept(form, Field.FAMILY_CARD_NO) == ""


def test_a_code_without_a_number_says_so(form: ShownWindow) -> None:
    stage(form, code="https://example.org/card")

    read(form)

    assert say(form, "This code holds no NIK and no KK number.") in told(form)


def test_a_scanner_that_fails_is_told_and_reads_the_next_time(form: ShownWindow) -> None:
    stage(form, fault="vanish", times=1)
    read(form)
    failed = told(form)
    stage(form, code=CARD)

    read(form)

    assert say(form, "The device is not connected.") in failed
    assert kept(form, Field.FAMILY_CARD_NO) == CARD


def test_without_a_scanner_the_page_says_that_none_is_set_up(fitted: Fitted) -> None:
    window = fitted(None)

    read(window)

    assert say(window, "No code scanner is set up.") in told(window)


OLDER = 300  # milliseconds


@pytest.fixture
def typing_scanner(fitted: Fitted) -> ShownWindow:
    """The window of a counter whose scanner types, while it waits for a code with the keyboard in the name."""
    window = fitted(DeviceChoice("code_scanner.wedge"))
    window.visit.biodata.cells[Field.FULL_NAME].way_in.setFocus()
    press("Ctrl+B")
    window.until(lambda: waits(window))
    window.qtbot.wait(OLDER)  # by then it no longer throws away what was scanned before anybody asked
    window.until(lambda: waits(window))
    return window


def waits(window: ShownWindow) -> bool:
    wedge = window.desk.tools.kit._open.get(Kind.CODE_SCANNER)
    return isinstance(wedge, KeyboardWedge) and wedge.waits and wedge._ear._window is not None


def test_a_scanner_that_types_fills_the_field_and_none_of_its_keys_arrive_elsewhere(
    typing_scanner: ShownWindow,
) -> None:
    window = typing_scanner

    Keyboard(window.program.window).scan(f"KK:{CARD}")
    window.until(lambda: not window.visit.codes.reading)
    window.until(lambda: kept(window, Field.FAMILY_CARD_NO) != "")  # kept a moment after it is shown

    assert kept(window, Field.FAMILY_CARD_NO) == CARD
    assert kept(window, Field.FULL_NAME) == ""


def test_an_officer_may_type_while_a_code_is_awaited(typing_scanner: ShownWindow) -> None:
    keyboard = Keyboard(typing_scanner.program.window)
    keyboard.type("SITI", every=90)
    keyboard.rest()
    keyboard.scan(CARD)
    typing_scanner.until(lambda: not typing_scanner.visit.codes.reading)

    assert kept(typing_scanner, Field.FULL_NAME) == "SITI"
    assert kept(typing_scanner, Field.FAMILY_CARD_NO) == CARD


def test_what_is_read_after_the_officer_left_the_visit_is_typed_nowhere(typing_scanner: ShownWindow) -> None:
    typing_scanner.office.go(HOME)
    Keyboard(typing_scanner.program.window).scan(CARD)
    typing_scanner.until(lambda: not typing_scanner.visit.codes.reading)

    assert kept(typing_scanner, Field.FAMILY_CARD_NO) == ""
