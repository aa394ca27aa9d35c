from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from kiosk.domain.biodata import Field
from kiosk.domain.findings import Finding
from kiosk.domain.reference import Reference, load_reference
from kiosk.domain.words import Words
from kiosk.services.record import RecordView
from kiosk.ui.kit.choice import Segments
from kiosk.ui.kit.fields import ChoiceField
from kiosk.ui.kit.texts import ElidedText
from kiosk.ui.pages.record import RecordPage
from kiosk.ui.theme import RESOURCES
from tests.ui.gallery.desk import RECORD, TROUBLED, packet


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference(RESOURCES)


@pytest.fixture
def page(qtbot: QtBot, english: Words, reference: Reference) -> RecordPage:
    made = RecordPage(english, reference)
    qtbot.addWidget(made)
    made.resize(1278, 724)
    made.show_state(RECORD, decides=True)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    made.focus_first()
    return made


def _texts(page: RecordPage) -> str:
    shown = [label for label in page.findChildren(QLabel) if label.isVisible()]
    return "\n".join(label.whole if isinstance(label, ElidedText) else label.text() for label in shown)


def _amended(page: RecordPage) -> list[tuple[object, str]]:
    told: list[tuple[object, str]] = []
    page.amend_wanted.connect(lambda changes, reason: told.append((changes, reason)))
    return told


def _withdrawn(page: RecordPage) -> list[str]:
    told: list[str] = []
    page.withdraw_wanted.connect(told.append)
    return told


def _show(page: RecordPage, view: RecordView) -> None:
    page.show_state(view, decides=True)


def _choose(qtbot: QtBot, page: RecordPage, label: str) -> None:
    page.form.choice.setFocus()
    page.form.choice.line.setText(label)  # typed, it would open a list that this screen cannot raise
    qtbot.keyClick(page.form.choice.line, Qt.Key.Key_Return)


def _type(qtbot: QtBot, text: str) -> None:
    """Type where the keyboard is, and Enter."""
    qtbot.keyClicks(QApplication.focusWidget(), text)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


# --- what stands there -----------------------------------------------------------------------------------


def test_the_head_says_whose_record_it_is(page: RecordPage) -> None:
    told = _texts(page)

    for text in ("SITI AMINAH", "332507 570890 0002", "17-08-1990", "Lebo, Gringsing", "A-017"):
        assert text in told
    assert "26-01-2026 09.42" in told


def test_each_packet_says_how_it_stands_what_was_decided_and_what_to_do(page: RecordPage) -> None:
    _show(page, TROUBLED)

    assert page.packets.told == (
        "Biodata, At the centre, Accepted, Nothing to do. The card is being made.",
        "Captures, At the centre, Rejected, "
        "Potret buram. Call the resident and record again what the centre refused.",
        "Correction, At the centre, Duplicate, Sidik jari sama dengan 3374010101900001. "
        "Call the resident. Ask where they were recorded before, and tell the Dinas.",
        "Correction, At the centre, The centre has not decided yet.",
        "Withdrawal, Put aside, The centre refuses a packet. It is kept here, the others go on. "
        "Tell the technician.",
    )


def test_a_packet_that_waits_asks_for_nothing(page: RecordPage) -> None:
    assert page.packets.told[1] == "Captures, Saved, waiting, Nothing to do. It goes out by itself."


def test_what_another_version_of_the_centre_says_is_shown_as_it_is(page: RecordPage) -> None:
    _show(page, replace(RECORD, packets=(packet(1, "novelty", "acknowledged", verdict="postponed"),)))

    assert page.packets.told == ("novelty, At the centre, postponed, The centre has not decided yet.",)


def test_who_does_not_decide_asks_for_it(page: RecordPage) -> None:
    page.show_state(RECORD, decides=False)

    assert (page.amend.shown_text, page.withdraw.shown_text) == ("Ask to correct", "Ask to take back")
    page.withdraw.click()
    assert "A supervisor decides." in page.question._box.text


def test_a_withdrawn_record_is_only_read(page: RecordPage) -> None:
    _show(page, replace(RECORD, withdrawn=True))
    page.focus_first()

    assert "Withdrawn" in _texts(page)
    assert not page.amend.isVisible()
    assert not page.withdraw.isVisible()
    assert page.back.hasFocus()


def test_escape_goes_back(qtbot: QtBot, page: RecordPage) -> None:
    with qtbot.waitSignal(page.back_wanted):
        qtbot.keyClick(page, Qt.Key.Key_Escape)


# --- correcting ------------------------------------------------------------------------------------------


def test_a_field_is_corrected_with_the_keyboard_alone(qtbot: QtBot, page: RecordPage) -> None:
    told = _amended(page)

    qtbot.keyClick(page.amend, Qt.Key.Key_Space)
    _choose(qtbot, page, "Full name")
    _type(qtbot, "siti aminah s")
    _type(qtbot, "Salah ketik")

    assert told == [({Field.FULL_NAME: "SITI AMINAH S"}, "Salah ketik")]


def test_several_fields_go_out_together(qtbot: QtBot, page: RecordPage) -> None:
    told = _amended(page)
    page.amend.click()

    _choose(qtbot, page, "Birth date")
    _type(qtbot, "15081990")
    _choose(qtbot, page, "Phone")
    _type(qtbot, "081234567890")
    _type(qtbot, "Warga membawa akta")

    assert told == [
        ({Field.BIRTH_DATE: "15-08-1990", Field.PHONE: "081234567890"}, "Warga membawa akta"),
    ]


def test_a_value_of_a_code_list_is_chosen_and_told_by_its_code(
    qtbot: QtBot, page: RecordPage, reference: Reference
) -> None:
    told = _amended(page)
    page.amend.click()
    _choose(qtbot, page, "Religion")

    control = page.form._changes[Field.RELIGION].cell.control
    assert isinstance(control, ChoiceField)
    control.line.setText("Kristen")
    qtbot.keyClick(control.line, Qt.Key.Key_Return)
    _type(qtbot, "Salah pilih")

    assert told == [({Field.RELIGION: "religion.siak:2"}, "Salah pilih")]


def test_the_sex_is_one_of_two_in_sight(page: RecordPage) -> None:
    page.amend.click()
    page.form.add_field(Field.SEX)

    assert isinstance(page.form._changes[Field.SEX].cell.control, Segments)


def test_without_code_lists_every_value_is_typed(qtbot: QtBot, english: Words) -> None:
    page = RecordPage(english)
    qtbot.addWidget(page)
    _show(page, RECORD)
    page.amend.click()

    page.form.add_field(Field.RELIGION)

    assert isinstance(page.form._changes[Field.RELIGION].cell.control, QLineEdit)


def test_nothing_chosen_saves_nothing(qtbot: QtBot, page: RecordPage) -> None:
    told = _amended(page)
    page.amend.click()

    page.form.save.click()

    assert told == []
    assert "Choose a field." in page.form.box.text


def test_a_field_without_a_value_is_asked_for(qtbot: QtBot, page: RecordPage) -> None:
    told = _amended(page)
    page.amend.click()
    _choose(qtbot, page, "Full name")

    page.form.save.click()

    assert told == []
    assert "Type the new value" in _texts(page)
    assert page.form._changes[Field.FULL_NAME].cell.control.hasFocus()


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_saved(qtbot: QtBot, page: RecordPage, reason: str) -> None:
    told = _amended(page)
    page.amend.click()
    _choose(qtbot, page, "Full name")
    _type(qtbot, "SITI")

    _type(qtbot, reason)

    assert told == []
    assert page.form._reason_field.hint == "Say why first"


def test_a_chosen_field_is_not_offered_again_until_it_is_left_out(page: RecordPage) -> None:
    page.amend.click()
    before = page.form.choice.count()

    page.form.add_field(Field.RT)
    assert page.form.choice.findData(Field.RT.value) == -1
    page.form.drop_field(Field.RT)

    assert page.form.choice.count() == before
    assert page.form.fields == ()


def test_the_cross_beside_a_field_says_what_it_does(page: RecordPage) -> None:
    page.amend.click()
    page.form.add_field(Field.RT)

    assert page.form._changes[Field.RT].drop.accessibleName() == "Leave RT as it was"
    page.form._changes[Field.RT].drop.click()
    assert page.form.fields == ()


def test_findings_stand_at_their_field_and_all_others_above(qtbot: QtBot, page: RecordPage) -> None:
    page.amend.click()
    page.form.add_field(Field.BIRTH_DATE)

    page.show_findings(
        (
            Finding.error("date.future", "birth_date", given="17-08-2031"),
            Finding.error("change.no_reason", "reason"),
            Finding.error("nik.missing", "nik"),
        )
    )

    qtbot.waitUntil(lambda: "17-08-2031" in _texts(page))
    assert "17-08-2031" in page.form._changes[Field.BIRTH_DATE].cell.control.accessibleDescription()
    assert page.form._reason_field.hint.startswith("A change to what was saved")
    assert page.form.box.text.startswith("Not saved yet. ")


def test_a_finding_goes_when_its_field_is_typed_anew(qtbot: QtBot, page: RecordPage) -> None:
    page.amend.click()
    page.form.add_field(Field.FULL_NAME)
    page.show_findings((Finding.error("nik.missing", "full_name"),))

    qtbot.keyClicks(page.form._changes[Field.FULL_NAME].cell.control, "S")

    assert page.form._changes[Field.FULL_NAME].cell.control.accessibleDescription() == ""


def test_escape_leaves_the_form_first_and_then_the_page(qtbot: QtBot, page: RecordPage) -> None:
    left: list[bool] = []
    page.back_wanted.connect(lambda: left.append(True))
    page.amend.click()

    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert left == []
    assert page.amend.hasFocus()
    qtbot.keyClick(page, Qt.Key.Key_Escape)

    assert left == [True]


def test_what_is_typed_stays_when_the_same_record_is_read_again(page: RecordPage) -> None:
    page.amend.click()
    page.form.add_field(Field.RT)

    _show(page, replace(RECORD, packets=TROUBLED.packets))

    assert page.form.isVisible()
    assert page.form.fields == (Field.RT,)


def test_another_record_begins_without_what_was_typed(page: RecordPage) -> None:
    page.amend.click()
    page.form.add_field(Field.RT)

    _show(page, replace(RECORD, visit_id="v-2"))
    assert not page.form.isVisible()
    page.amend.click()

    assert page.form.fields == ()


def test_a_kept_correction_is_said_and_stays_said(page: RecordPage) -> None:
    page.amend.click()

    page.show_done("Saved.", "It goes out with the next sending.")
    _show(page, replace(RECORD, packets=TROUBLED.packets))

    assert page.told.text == "Saved. It goes out with the next sending."
    assert page.told.isVisible()
    assert not page.form.isVisible()


def test_what_was_said_of_one_record_is_not_said_of_the_next(page: RecordPage) -> None:
    page.show_done("Saved.", "It goes out with the next sending.")

    _show(page, replace(RECORD, visit_id="v-2"))

    assert not page.told.isVisible()


def test_trouble_is_said_in_the_page_and_taken_away(page: RecordPage) -> None:
    page.show_trouble("The disk is full.", "Nothing was lost.")
    assert page.told.text == "The disk is full. Nothing was lost."
    assert page.told.isVisible()

    page.show_trouble("")

    assert not page.told.isVisible()


def test_trouble_leaves_the_form_open(page: RecordPage) -> None:
    page.amend.click()
    page.form.add_field(Field.RT)

    page.show_trouble("The disk is full.")

    assert page.form.isVisible()


# --- withdrawing -----------------------------------------------------------------------------------------


def test_a_record_is_taken_back_with_a_reason(qtbot: QtBot, page: RecordPage) -> None:
    told = _withdrawn(page)

    page.withdraw.click()
    assert told == []
    _type(qtbot, "Salah orang")

    assert told == ["Salah orang"]


def test_without_a_reason_it_is_not_taken_back(qtbot: QtBot, page: RecordPage) -> None:
    told = _withdrawn(page)
    page.withdraw.click()

    qtbot.keyClick(page.question.line, Qt.Key.Key_Return)

    assert told == []
    assert page.question.isVisible()


def test_escape_answers_the_question_and_does_not_leave_the_page(qtbot: QtBot, page: RecordPage) -> None:
    told, left = _withdrawn(page), []
    page.back_wanted.connect(lambda: left.append(True))
    page.withdraw.click()

    qtbot.keyClick(page.question.line, Qt.Key.Key_Escape)

    assert (told, left) == ([], [])
    assert not page.question.isVisible()
    assert page.back.isEnabled()


def test_another_record_takes_the_question_away(qtbot: QtBot, page: RecordPage) -> None:
    page.withdraw.click()

    _show(page, replace(RECORD, visit_id="v-2"))

    assert not page.question.isVisible()
    assert page.back.isEnabled()
