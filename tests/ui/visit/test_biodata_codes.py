"""Numbers that a code scanner read, put into the form as if somebody had typed them."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kiosk.domain.biodata import Field
from kiosk.domain.words import Words
from tests.ui.visit.biodata_desk import BiodataDesk

CARD, NO_CARD = "3325070101200001", "9925070101200001"


@pytest.fixture
def desk(qtbot: QtBot, english: Words) -> BiodataDesk:
    return BiodataDesk(qtbot, english)


def test_a_filled_number_is_told_and_shown_as_a_typed_one_is(desk: BiodataDesk) -> None:
    desk.enter(Field.FULL_NAME)

    desk.page.fill({Field.FAMILY_CARD_NO: CARD})

    line = desk.cell(Field.FAMILY_CARD_NO).control
    assert desk.typed == [(Field.FAMILY_CARD_NO, CARD)]
    assert line.property("text") == "332507 010120 0001"


def test_what_is_wrong_with_a_filled_number_is_told_at_once(desk: BiodataDesk) -> None:
    desk.page.fill({Field.FAMILY_CARD_NO: NO_CARD})

    assert desk.state(Field.FAMILY_CARD_NO) == "danger"


def test_a_number_replaces_what_was_being_typed_in_its_field(desk: BiodataDesk) -> None:
    desk.enter(Field.NIK)
    desk.keys("3325")

    desk.page.fill({Field.NIK: CARD})

    assert desk.form[Field.NIK] == CARD
    assert desk.cell(Field.NIK).control.property("text") == "332507 010120 0001"


@pytest.mark.parametrize("field", [Field.NIK, Field.MOTHER_NIK, Field.FULL_NAME])
def test_the_page_knows_which_field_has_the_keyboard(desk: BiodataDesk, field: Field) -> None:
    desk.enter(field)

    assert desk.page.field_at_keyboard is field


def test_what_is_said_of_the_code_goes_when_somebody_types(desk: BiodataDesk) -> None:
    desk.enter(Field.FULL_NAME)
    desk.page.said.show_code("Show the KK to the reader", "Within 10 seconds.")
    shown = desk.page.said.isVisible()

    desk.press(Qt.Key.Key_B)

    assert shown
    assert not desk.page.said.isVisible()
