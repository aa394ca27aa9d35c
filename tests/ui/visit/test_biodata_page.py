"""The form: typed by keys only, answered at the field, never red too early, never overwritten."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from kiosk.domain import codes
from kiosk.domain.biodata import Field
from kiosk.domain.words import Words
from kiosk.services.looking import RecordedBefore
from kiosk.ui.kit.badges import State
from kiosk.ui.visit.biodata_fields import Cell
from tests.ui.gallery.biodata import begun, biodata_page
from tests.ui.gallery.story import WIB
from tests.ui.gallery.visits import FORM
from tests.ui.visit.biodata_desk import BiodataDesk, keyboard

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)  # offscreen, of a list that opens

# What an officer types, field by field, Enter after each.
_SELF: tuple[tuple[Field, str], ...] = (
    (Field.NIK, "3325075708900002"),
    (Field.FAMILY_CARD_NO, "3325070101200001"),
    (Field.FULL_NAME, "siti aminah"),
    (Field.BIRTH_PLACE, "batang"),
    (Field.BIRTH_DATE, "17081990"),
    (Field.SEX, "p"),
    (Field.BLOOD_TYPE, "tidak"),
    (Field.RELIGION, "isl"),
    (Field.MARITAL_STATUS, "1"),
    (Field.OCCUPATION, "9"),
    (Field.CITIZENSHIP, "wni"),
    (Field.ADDRESS, "dukuh krajan"),
    (Field.RT, "3"),
    (Field.RW, "1"),
    (Field.POSTAL_CODE, "51281"),
    (Field.PHONE, "081255501234"),
)
_FAMILY: tuple[tuple[Field, str], ...] = (
    (Field.FAMILY_RELATIONSHIP, "anak"),
    (Field.HEAD_OF_FAMILY, "joko wibowo"),
    (Field.EDUCATION, "slta"),
    (Field.MOTHER_NAME, "siti murni"),
    (Field.MOTHER_NIK, ""),
    (Field.FATHER_NAME, "joko wibowo"),
    (Field.FATHER_NIK, ""),
    (Field.DISABILITY, "bukan"),
)


@pytest.fixture
def desk(qtbot: QtBot, words: Words) -> BiodataDesk:
    return BiodataDesk(qtbot, words)


@pytest.fixture
def kept(qtbot: QtBot, words: Words) -> BiodataDesk:
    """The form of somebody about whom nothing is to be asked."""
    return BiodataDesk(qtbot, words, FORM)


def _type_all(desk: BiodataDesk, fields: Sequence[tuple[Field, str]], key: Qt.Key) -> None:
    for field, text in fields:
        assert QApplication.focusWidget() in desk.cell(field).controls, field
        desk.keys(text)
        desk.press(key)


# --- by keys only ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_a_whole_form_is_typed_without_the_mouse(desk: BiodataDesk, key: Qt.Key) -> None:
    _type_all(desk, _SELF, key)
    for text in ("", "", "", "lebo"):
        desk.keys(text)
        desk.press(key)
    if key == Qt.Key.Key_Tab:
        desk.page.primary.click()  # behind the last field
    _type_all(desk, _FAMILY, key)
    view = desk.view()

    assert view.biodata is not None
    assert [finding.code for finding in view.findings] == ["eligibility.nik_may_be_off"]
    assert (view.biodata.name.full, view.biodata.occupation.code) == ("SITI AMINAH", "9")
    assert view.biodata.address.village == "33.25.07.2015"


def test_enter_in_the_last_field_of_a_page_goes_on(kept: BiodataDesk) -> None:
    kept.enter(Field.VILLAGE)
    kept.enter_key()

    assert kept.page.inner == 1
    kept.enter(Field.DIVORCE_DATE)
    kept.enter_key()
    assert kept.onward == 1


def test_back_on_the_second_page_returns_to_the_first_and_then_leaves(
    kept: BiodataDesk, qtbot: QtBot
) -> None:
    kept.page.turn_to(1)
    kept.page.bar.back.click()

    assert kept.page.inner == 0
    with qtbot.waitSignal(kept.shell.back_wanted, timeout=1000):
        kept.page.bar.back.click()


def test_the_second_page_is_not_red_when_it_is_first_seen(desk: BiodataDesk) -> None:
    desk.form = {field: text for field, text in FORM.items() if desk.cell(field) in desk.page.forms[0].cells}
    desk.show()
    desk.page.primary.click()

    assert desk.page.inner == 1
    assert QApplication.focusWidget() is desk.cell(Field.FAMILY_RELATIONSHIP).control
    assert {desk.state(cell.field) for cell in desk.page.forms[1].cells} == {""}


def test_every_field_of_the_form_is_on_one_of_the_pages_and_has_a_name(kept: BiodataDesk) -> None:
    assert set(kept.page.cells) == set(Field)
    for cell in kept.page.cells.values():
        assert all(control.accessibleName() for control in cell.controls)
        assert all(control.minimumHeight() >= 44 for control in cell.controls)


def test_tab_goes_through_every_field_in_reading_order(kept: BiodataDesk) -> None:
    kept.enter(Field.NIK)
    controls = [control for cell in kept.page.forms[0].cells for control in cell.controls]
    visited = []
    for _ in controls:
        visited.append(QApplication.focusWidget())
        kept.press(Qt.Key.Key_Tab)

    assert visited == controls


def test_a_field_is_found_by_its_name(kept: BiodataDesk) -> None:
    kept.enter(Field.NIK)
    QTest.keyClick(keyboard(), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    kept.keys("ibu")
    kept.enter_key()

    assert kept.page.inner == 1
    assert QApplication.focusWidget() is kept.cell(Field.MOTHER_NAME).control


def test_esc_closes_the_search_and_nothing_is_typed(kept: BiodataDesk) -> None:
    kept.page.ask_field()
    kept.keys("xyz")
    kept.enter_key()
    kept.press(Qt.Key.Key_Escape)

    assert kept.typed == []
    assert QApplication.focusWidget() is kept.cell(Field.NIK).control


def test_ctrl_b_asks_for_the_code_reader(kept: BiodataDesk, qtbot: QtBot) -> None:
    kept.enter(Field.NIK)

    with qtbot.waitSignal(kept.page.code_wanted, timeout=1000):
        QTest.keyClick(keyboard(), Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)


def test_backspace_works_over_the_blanks_between_groups(desk: BiodataDesk) -> None:
    line = desk.enter(Field.NIK)
    assert isinstance(line, QLineEdit)
    desk.keys("3325075")
    for _ in range(2):
        desk.press(Qt.Key.Key_Backspace)

    assert line.text() == "33250"
    assert desk.typed[-1] == (Field.NIK, "33250")


def test_digits_typed_into_the_middle_keep_the_cursor(desk: BiodataDesk) -> None:
    line = desk.enter(Field.NIK)
    assert isinstance(line, QLineEdit)
    desk.keys("33250757")
    line.setCursorPosition(3)
    desk.keys("99")

    assert line.text() == "332995 0757"
    assert line.cursorPosition() == 5


# --- what is shown and what is typed ---------------------------------------------------------------------


def test_showing_a_visit_tells_nothing(kept: BiodataDesk) -> None:
    kept.form |= {
        Field.RELIGION: "KRISTEN",
        Field.HAS_BIRTH_CERTIFICATE: "ada",
        Field.VILLAGE: "33.25.07.2010",
    }
    kept.show()

    assert kept.typed == []


def test_going_through_a_form_without_typing_tells_nothing(kept: BiodataDesk) -> None:
    kept.form |= {Field.RELIGION: "ISLAM", Field.BIRTH_DATE: "1990-08-17"}
    kept.show()
    for cell in kept.page.cells.values():
        kept.enter(cell.field)

    assert kept.typed == []


def test_a_field_that_is_typed_into_is_not_overwritten(kept: BiodataDesk) -> None:
    line = kept.enter(Field.BIRTH_PLACE)
    assert isinstance(line, QLineEdit)
    kept.keys("SEMA")
    kept.shell.show_visit(begun(FORM | {Field.BIRTH_PLACE: "KENDAL", Field.RT: "007"}))

    assert line.text() == "SEMA"
    assert kept.cell(Field.RT).control.text() == "007"  # type: ignore[attr-defined]


def test_a_list_that_is_typed_into_is_not_overwritten(kept: BiodataDesk) -> None:
    kept.enter(Field.OCCUPATION)
    kept.keys("nel")
    kept.show()

    assert _text(kept.cell(Field.OCCUPATION)) == "nel"


def test_what_a_code_reader_brought_is_shown_though_the_keyboard_is_there(desk: BiodataDesk) -> None:
    line = desk.enter(Field.NIK)
    desk.form = dict(FORM)
    desk.show()

    assert isinstance(line, QLineEdit)
    assert line.text() == "332507 570890 0002"


def test_another_visit_begins_anew(desk: BiodataDesk) -> None:
    desk.page.primary.click()
    desk.keys("33")
    desk.page.turn_to(1)
    desk.shell.show_visit(replace(begun({}), visit_id="visit-2"))

    assert desk.page.inner == 0
    assert _text(desk.cell(Field.NIK)) == ""
    assert {desk.state(field) for field in Field} == {""}


def test_a_row_of_views_changes_only_what_differs(kept: BiodataDesk) -> None:
    for number in range(50):
        kept.form[Field.FULL_NAME] = f"SITI AMINAH {'A' * number}"
        kept.show()

    assert kept.typed == []
    assert _text(kept.cell(Field.FULL_NAME)).endswith("AAA")


# --- the resident's card and messages --------------------------------------------------------------------


def test_the_card_lists_what_was_checked(qtbot: QtBot, words: Words) -> None:
    page = biodata_page(words)
    qtbot.addWidget(page)
    heading, checks, advice = page.checks(begun(FORM | {Field.BIRTH_DATE: "15-08-1990"}))

    assert heading == "Pemeriksaan"
    assert [(check.text, check.state) for check in checks] == [
        ("NIK dan KK sah", State.GOOD),
        ("Belum pernah direkam di sini", State.GOOD),
        ("Umur 17 tahun ke atas", State.GOOD),
        ("Tanggal lahir beda dari NIK", State.CARE),
        ("NIK mungkin nonaktif", State.PENDING),
    ]
    assert advice == "Bacakan isian ini kepada warga sebelum lanjut."


def test_who_was_recorded_here_is_told_and_the_record_can_be_opened(qtbot: QtBot, words: Words) -> None:
    before = RecordedBefore("visit-0", "SITI AMINAH", datetime(2025, 12, 3, 10, 4, tzinfo=WIB))
    desk = BiodataDesk(qtbot, words, FORM, recorded_before=(before,))
    button = desk.page.said.open_record

    assert button.isVisibleTo(desk.page)
    with qtbot.waitSignal(desk.page.record_wanted, timeout=1000) as told:
        button.click()
    assert told.args == ["visit-0"]


def test_trouble_is_said_above_the_form_and_goes_again(kept: BiodataDesk) -> None:
    kept.page.show_trouble("Disk penuh.", "Isian masih ada.")
    assert kept.page.said.isVisibleTo(kept.page)
    kept.page.show_trouble("")

    assert not kept.page.said.isVisibleTo(kept.page)


def test_a_focused_field_below_the_edge_is_scrolled_into_view(kept: BiodataDesk) -> None:
    kept.shell.resize(1192, 560)
    kept.enter(Field.DIVORCE_DATE)
    control = kept.cell(Field.DIVORCE_DATE).control

    assert not control.visibleRegion().isEmpty()
    assert control.visibleRegion().boundingRect().height() == control.height()


def test_certificates_are_answered_with_a_letter(kept: BiodataDesk) -> None:
    kept.enter(Field.HAS_BIRTH_CERTIFICATE)
    kept.keys("a")

    assert kept.typed == [(Field.HAS_BIRTH_CERTIFICATE, "yes")]


def test_a_code_is_kept_with_its_list(kept: BiodataDesk) -> None:
    kept.enter(Field.OCCUPATION)
    kept.keys("11")
    kept.enter_key()

    assert kept.typed == [(Field.OCCUPATION, f"{codes.OCCUPATION}:11")]
    assert _text(kept.cell(Field.OCCUPATION)) == "11  Nelayan/perikanan"


def _text(cell: Cell) -> str:
    control = cell.control
    return str(control.text() if isinstance(control, QLineEdit) else control.currentText())  # type: ignore[attr-defined]
