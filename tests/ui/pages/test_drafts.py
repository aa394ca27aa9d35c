from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.domain.words import Words
from kiosk.ui.pages.drafts import DraftsPage, DraftsState
from tests.ui.gallery.desk import DRAFTS_SHOWN, PUT_OFF
from tests.ui.gallery.story import NOW


@pytest.fixture
def page(qtbot: QtBot, english: Words) -> DraftsPage:
    made = DraftsPage(english)
    qtbot.addWidget(made)
    made.resize(1278, 724)
    made.show_state(DraftsState(DRAFTS_SHOWN, NOW))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    made.focus_first()
    return made


def _resumed(page: DraftsPage) -> list[str]:
    told: list[str] = []
    page.resume_wanted.connect(told.append)
    return told


def _ended(page: DraftsPage) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    page.end_wanted.connect(lambda visit_id, reason: told.append((visit_id, reason)))
    return told


def test_a_row_says_who_what_for_how_far_and_since_when(page: DraftsPage) -> None:
    name = page.drafts.rows[1].accessibleName()

    assert name == "A-011, SITI AMINAH, First KTP-el recording, 4 of 9, Next: Photo, 08.14"


def test_a_parked_draft_says_why(page: DraftsPage) -> None:
    assert "Pemindai sidik jari rusak" in page.drafts.rows[0].accessibleName()


def test_a_draft_of_another_day_has_its_day(page: DraftsPage) -> None:
    assert page.drafts.rows[0].accessibleName().endswith("Tue 27 Jan 09.42")


def test_a_draft_without_a_name_and_one_that_only_waits_to_be_saved_say_so(page: DraftsPage) -> None:
    assert "Name not typed yet" in page.drafts.rows[3].accessibleName()
    assert "Only waits to be saved" in page.drafts.rows[4].accessibleName()


def test_enter_goes_on_with_the_draft_that_has_the_keyboard(qtbot: QtBot, page: DraftsPage) -> None:
    told = _resumed(page)

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    assert told == ["v-1"]


def test_the_arrow_stops_at_the_last_draft(qtbot: QtBot, page: DraftsPage) -> None:
    for _ in range(9):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)

    assert page.drafts.rows[-1].hasFocus()


def test_a_click_chooses_and_the_button_goes_on(qtbot: QtBot, page: DraftsPage) -> None:
    told = _resumed(page)

    qtbot.mouseClick(page.drafts.rows[2], Qt.MouseButton.LeftButton)
    assert told == []
    qtbot.mouseClick(page.resume, Qt.MouseButton.LeftButton)

    assert told == ["v-2"]


def test_two_clicks_go_on_once(qtbot: QtBot, page: DraftsPage) -> None:
    told = _resumed(page)

    qtbot.mouseDClick(page.drafts.rows[2], Qt.MouseButton.LeftButton)

    assert told == ["v-2"]


def test_delete_asks_before_anything_ends(qtbot: QtBot, page: DraftsPage) -> None:
    told = _ended(page)

    qtbot.keyClick(page, Qt.Key.Key_Delete)
    assert page.question.isVisible()
    qtbot.keyClick(page.question.line, Qt.Key.Key_Return)

    assert told == []


def test_a_draft_ends_with_its_reason(qtbot: QtBot, page: DraftsPage) -> None:
    told = _ended(page)
    page.drafts.rows[1].setFocus()

    qtbot.keyClick(page, Qt.Key.Key_Delete)
    qtbot.keyClicks(page.question.line, "  Warga pulang ")
    qtbot.keyClick(page.question.line, Qt.Key.Key_Return)

    assert told == [("v-1", "Warga pulang")]
    assert not page.question.isVisible()


def test_enter_in_the_question_resumes_nothing(qtbot: QtBot, page: DraftsPage) -> None:
    told = _resumed(page)

    qtbot.keyClick(page, Qt.Key.Key_Delete)
    qtbot.keyClicks(page.question.line, "Pulang")
    qtbot.keyClick(page.question.line, Qt.Key.Key_Return)

    assert told == []


def test_the_delete_key_edits_the_reason_and_asks_nothing_anew(qtbot: QtBot, page: DraftsPage) -> None:
    qtbot.keyClick(page, Qt.Key.Key_Delete)
    qtbot.keyClicks(page.question.line, "Pulang")
    qtbot.keyClick(page.question.line, Qt.Key.Key_Home)
    qtbot.keyClick(page.question.line, Qt.Key.Key_Delete)

    assert page.question.line.text() == "ulang"


def test_escape_takes_the_question_away_and_goes_back_to_the_draft(qtbot: QtBot, page: DraftsPage) -> None:
    told = _ended(page)
    page.drafts.rows[2].setFocus()

    qtbot.keyClick(page, Qt.Key.Key_Delete)
    qtbot.keyClick(page.question.line, Qt.Key.Key_Escape)

    assert told == []
    assert page.drafts.rows[2].hasFocus()


def test_a_question_goes_with_its_draft_and_stays_without_it(qtbot: QtBot, page: DraftsPage) -> None:
    qtbot.keyClick(page, Qt.Key.Key_Delete)

    page.show_state(DraftsState(DRAFTS_SHOWN[:4], NOW))
    assert page.question.isVisible()
    page.show_state(DraftsState(DRAFTS_SHOWN[1:], NOW))

    assert not page.question.isVisible()


def test_the_keyboard_stays_on_its_draft_when_another_goes(page: DraftsPage) -> None:
    page.drafts.rows[2].setFocus()

    page.show_state(DraftsState(DRAFTS_SHOWN[1:], NOW))

    assert page.drafts.line == DRAFTS_SHOWN[2]
    assert page.drafts.rows[1].hasFocus()


def test_the_keyboard_goes_to_the_neighbour_when_its_draft_goes(page: DraftsPage) -> None:
    page.drafts.rows[4].setFocus()

    page.show_state(DraftsState(DRAFTS_SHOWN[:4], NOW))

    assert page.drafts.rows[3].hasFocus()


def test_the_same_drafts_again_keep_their_rows(page: DraftsPage) -> None:
    before = page.drafts.rows

    page.show_state(DraftsState(DRAFTS_SHOWN, NOW + timedelta(seconds=30)))

    assert page.drafts.rows == before


def test_without_drafts_enter_receives_a_resident(qtbot: QtBot, page: DraftsPage) -> None:
    told: list[bool] = []
    page.arrival_wanted.connect(lambda: told.append(True))

    page.show_state(DraftsState((), NOW))
    page.focus_first()
    qtbot.keyClick(page, Qt.Key.Key_Return)

    assert told == [True]
    assert not page.resume.isVisible()


def test_f2_receives_a_resident_beside_any_draft(qtbot: QtBot, page: DraftsPage) -> None:
    with qtbot.waitSignal(page.arrival_wanted):
        qtbot.keyClick(page, Qt.Key.Key_F2)


def test_a_name_is_never_markup(page: DraftsPage) -> None:
    page.show_state(DraftsState((replace(DRAFTS_SHOWN[0], full_name="<b>BUDI</b>"),), NOW))

    assert "<b>BUDI</b>" in page.drafts.rows[0].accessibleName()


def test_a_draft_far_below_is_scrolled_into_view(qtbot: QtBot, page: DraftsPage) -> None:
    many = tuple(replace(DRAFTS_SHOWN[1], visit_id=f"m-{number}") for number in range(40))
    page.show_state(DraftsState(many, NOW))
    qtbot.waitUntil(lambda: page.drafts.height() > 1900)

    page.drafts.rows[30].setFocus()

    assert not page.drafts.rows[30].visibleRegion().isEmpty()


def test_a_draft_that_goes_on_elsewhere_names_the_office(page: DraftsPage) -> None:
    page.show_state(DraftsState(PUT_OFF, NOW))

    told = [row.accessibleName() for row in page.drafts.rows]
    assert "Goes on in Limpung" in told[0]
    assert "Device is broken" in told[1]
    assert not any("device_broken" in text for text in told)
