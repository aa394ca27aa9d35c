"""What is found is told at its field, never too early; warnings are answered where they stand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.domain.biodata import Field
from kiosk.domain.requests import Service
from kiosk.domain.words import Words
from kiosk.ui.visit.warning_box import WarningBox
from tests.ui.gallery.visits import FORM
from tests.ui.visit.biodata_desk import BiodataDesk

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)  # offscreen, of a list that opens


@pytest.fixture
def desk(qtbot: QtBot, words: Words) -> BiodataDesk:
    return BiodataDesk(qtbot, words)


@pytest.fixture
def kept(qtbot: QtBot, words: Words) -> BiodataDesk:
    """The form of somebody about whom nothing is to be asked."""
    return BiodataDesk(qtbot, words, FORM)


# --- findings at their fields ----------------------------------------------------------------------------


def test_a_form_that_was_not_begun_is_not_red(desk: BiodataDesk) -> None:
    assert {desk.state(field) for field in Field} == {""}
    assert desk.page.primary.isEnabled()


def test_an_empty_field_is_told_once_the_person_left_it(desk: BiodataDesk) -> None:
    desk.enter(Field.NIK)
    desk.enter_key()

    assert desk.state(Field.NIK) == "danger"
    assert desk.state(Field.FAMILY_CARD_NO) == ""


def test_a_number_that_is_still_being_typed_is_not_wrong_yet(desk: BiodataDesk) -> None:
    desk.enter(Field.NIK)
    desk.keys("33250757")

    assert desk.state(Field.NIK) == ""
    assert desk.cell(Field.NIK).hint == "8 dari 16 angka"
    desk.enter_key()
    assert desk.state(Field.NIK) == "danger"
    assert "16 angka" in desk.cell(Field.NIK).hint


def test_a_good_number_is_read_back(kept: BiodataDesk) -> None:
    assert kept.cell(Field.NIK).hint == "Sah. Gringsing, perempuan, 17-08-1990"
    assert kept.cell(Field.FAMILY_CARD_NO).hint == "Sah. Gringsing, 01-01-2020"
    assert kept.state(Field.NIK) == kept.state(Field.FAMILY_CARD_NO) == "success"
    assert kept.cell(Field.FULL_NAME).hint == "11 dari 60 huruf"


def test_the_form_speaks_english_too(qtbot: QtBot, english: Words) -> None:
    desk = BiodataDesk(qtbot, english, FORM | {Field.RT: "x1"})

    assert desk.cell(Field.NIK).hint == "Valid. Gringsing, woman, 17-08-1990"
    assert desk.told(Field.RT) == "This cannot be read: x1."
    assert desk.page.bar.hint == "1 field is wrong"


def test_the_primary_button_reveals_what_is_empty_and_goes_there(desk: BiodataDesk) -> None:
    desk.form = {Field.NIK: FORM[Field.NIK]}
    desk.show()
    desk.page.primary.click()

    assert QApplication.focusWidget() is desk.cell(Field.FAMILY_CARD_NO).control
    assert desk.state(Field.VILLAGE) == "danger"
    assert desk.state(Field.HEAD_OF_FAMILY) == ""
    assert not desk.page.primary.isEnabled()
    assert desk.page.bar.hint == "14 isian belum diisi"
    assert desk.page.inner == 0


def test_an_error_takes_the_primary_button_away_and_the_hint_leads_to_it(kept: BiodataDesk) -> None:
    kept.form |= {Field.RT: "x1", Field.PHONE: "12"}
    kept.show()

    assert not kept.page.primary.isEnabled()
    assert kept.page.bar.hint == "2 isian salah"
    hint = kept.page.bar._hint
    QTest.mouseClick(hint, Qt.MouseButton.LeftButton, pos=hint.rect().center())
    assert QApplication.focusWidget() is kept.cell(Field.RT).control


def test_enter_in_the_last_field_leads_to_what_is_wrong(kept: BiodataDesk) -> None:
    kept.form |= {Field.RT: "x1"}
    kept.show()
    kept.enter(Field.VILLAGE)
    kept.enter_key()

    assert QApplication.focusWidget() is kept.cell(Field.RT).control


def test_an_error_on_the_first_page_is_reached_from_the_second(kept: BiodataDesk) -> None:
    kept.page.turn_to(1)
    kept.form |= {Field.BIRTH_DATE: "31-02-1990"}
    kept.show()
    kept.page.bar.hint_clicked.emit()

    assert kept.page.inner == 0
    assert QApplication.focusWidget() is kept.cell(Field.BIRTH_DATE).control


def test_a_sentence_too_long_for_its_field_stands_across_the_row(kept: BiodataDesk) -> None:
    kept.form |= {Field.NIK: "3325075713900002"}
    kept.show()

    assert kept.cell(Field.NIK).hint == ""
    assert kept.told(Field.NIK).startswith("Tanggal dalam NIK tidak ada di kalender")
    lines = kept.page.forms[0].rows[0].lines
    assert [line for line in lines if line] == [f"NIK: {kept.told(Field.NIK)}"]


def test_the_same_sentence_is_said_once_for_all_fields_of_a_row(desk: BiodataDesk) -> None:
    desk.page.primary.click()

    row = desk.page.forms[0].rows[2]
    assert [line.partition(":")[0] for line in row.lines if line] == [
        "Agama, Status perkawinan, Pekerjaan, Warga negara"
    ]


# --- warnings --------------------------------------------------------------------------------------------


def test_a_warning_is_answered_under_its_row(kept: BiodataDesk) -> None:
    kept.enter(Field.BIRTH_DATE)
    kept.keys("15081990")

    assert kept.state(Field.BIRTH_DATE) == "warning"
    assert kept.box("nik.other_birth_date") is not None
    kept.enter_key()
    assert QApplication.focusWidget() is kept.box("nik.other_birth_date")
    kept.keys("akta lahir")
    kept.enter_key()
    assert kept.reasons == {"nik.other_birth_date": "Diperbaiki menurut akta lahir"}
    assert QApplication.focusWidget() is kept.cell(Field.SEX).control


def test_tab_goes_to_the_reason_as_well(kept: BiodataDesk) -> None:
    kept.enter(Field.BIRTH_DATE)
    kept.keys("15081990")
    kept.press(Qt.Key.Key_Tab)

    assert QApplication.focusWidget() is kept.box("nik.other_birth_date")


def test_a_reason_of_ones_own_is_taken(kept: BiodataDesk) -> None:
    kept.enter(Field.FULL_NAME)
    kept.keys("SITI")
    kept.enter_key()
    kept.keys("Memang begitu di akta")
    kept.press(Qt.Key.Key_Tab)

    assert kept.reasons == {"name.one_word": "Memang begitu di akta"}
    assert kept.typed[-1] == (Field.FULL_NAME, "SITI")


def test_a_warning_without_a_reason_holds_the_form(kept: BiodataDesk) -> None:
    kept.form |= {Field.BIRTH_DATE: "15-08-1990"}
    kept.show()
    kept.page.primary.click()

    assert kept.page.bar.hint == "1 alasan belum diisi"
    assert kept.page.inner == 0
    assert QApplication.focusWidget() is kept.box("nik.other_birth_date")


def test_a_warning_with_its_reason_lets_the_form_go_on(kept: BiodataDesk) -> None:
    kept.form |= {Field.BIRTH_DATE: "15-08-1990"}
    kept.reasons = {"nik.other_birth_date": "Penetapan pengadilan"}
    kept.show()
    box = kept.box("nik.other_birth_date")
    assert box is not None
    parent = box.parentWidget()
    assert isinstance(parent, WarningBox)

    assert parent.reason.currentText() == "Penetapan pengadilan"
    kept.page.primary.click()
    assert kept.page.inner == 1


def test_a_warning_that_is_gone_takes_its_box_away(kept: BiodataDesk) -> None:
    kept.form |= {Field.BIRTH_DATE: "15-08-1990"}
    kept.show()
    kept.form |= {Field.BIRTH_DATE: "17-08-1990"}
    kept.show()

    assert kept.box("nik.other_birth_date") is None
    assert kept.state(Field.BIRTH_DATE) == ""


def test_a_finding_about_the_whole_visit_is_told_above_the_form(qtbot: QtBot, words: Words) -> None:
    desk = BiodataDesk(qtbot, words, FORM, service=Service.REPLACEMENT_LOST)

    assert desk.box("eligibility.not_known_enrolled") is not None
    desk.page.turn_to(1)
    desk.page.primary.click()
    assert desk.onward == 0
    assert QApplication.focusWidget() is desk.box("eligibility.not_known_enrolled")
