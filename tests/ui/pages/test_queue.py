import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.domain.words import Words
from kiosk.ui.pages.queue import QueuePage, QueueState
from tests.ui.gallery.home import MANY, QUEUE


@pytest.fixture
def page(qtbot: QtBot, english: Words) -> QueuePage:
    made = QueuePage(english)
    qtbot.addWidget(made)
    made.resize(1278, 724)
    made.show_state(QueueState(QUEUE))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    made.focus_first()
    return made


def _called(page: QueuePage) -> list[str]:
    told: list[str] = []
    page.call_wanted.connect(told.append)
    return told


def _ended(page: QueuePage) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    page.end_wanted.connect(lambda visit_id, reason: told.append((visit_id, reason)))
    return told


def _press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def test_enter_asks_about_the_row_and_enter_again_calls_it(qtbot: QtBot, page: QueuePage) -> None:
    told = _called(page)
    _press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Return)
    before = list(told)

    _press(qtbot, Qt.Key.Key_Return)

    assert (before, told) == ([], [QUEUE[1].visit_id])


def test_no_gives_the_keyboard_back_to_the_row(qtbot: QtBot, page: QueuePage) -> None:
    told = _called(page)
    _press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Return)

    _press(qtbot, Qt.Key.Key_Escape)

    assert told == []
    assert page.rows.rows[1].hasFocus()


def test_the_button_asks_about_the_next(page: QueuePage) -> None:
    page.call.click()

    assert page.question.text.startswith("Call A-017 now?")


def test_a_visit_is_ended_with_a_reason_of_the_list(qtbot: QtBot, page: QueuePage) -> None:
    told = _ended(page)
    _press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Delete)

    _press(qtbot, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Return)

    assert told == [(QUEUE[1].visit_id, "Went home")]
    assert not page.panel.isVisible()


def test_no_visit_is_ended_without_a_reason(qtbot: QtBot, page: QueuePage) -> None:
    told = _ended(page)
    _press(qtbot, Qt.Key.Key_Delete)

    page.panel.end.click()

    assert told == []
    assert page.panel.isVisible()


def test_another_reason_is_typed(qtbot: QtBot, page: QueuePage) -> None:
    told = _ended(page)
    _press(qtbot, Qt.Key.Key_Delete)
    page.panel.reasons.choose_number(5)

    _press(qtbot, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.panel.own
    page.panel.own.setText("   ")
    blank = page.panel.end.isEnabled()
    page.panel.own.setText(" Sakit ")
    _press(qtbot, Qt.Key.Key_Return)

    assert not blank
    assert told == [(QUEUE[0].visit_id, "Sakit")]


def test_esc_leaves_the_visit_as_it_is(qtbot: QtBot, page: QueuePage) -> None:
    told = _ended(page)
    _press(qtbot, Qt.Key.Key_Delete)

    _press(qtbot, Qt.Key.Key_Escape)

    assert told == []
    assert not page.panel.isVisible()
    assert page.rows.rows[0].hasFocus()


def test_a_click_only_chooses_the_row_that_the_button_ends(page: QueuePage) -> None:
    page.rows.rows[2].click()
    asked = page.question.isVisible()

    page.end.click()

    assert not asked
    assert (page.panel.isVisible(), page.panel.visit_id) == (True, QUEUE[2].visit_id)


def test_questions_about_who_is_served_elsewhere_go_away(qtbot: QtBot, page: QueuePage) -> None:
    _press(qtbot, Qt.Key.Key_Delete)

    page.show_state(QueueState(QUEUE[1:]))

    assert not page.panel.isVisible()


def test_a_row_far_below_is_scrolled_to(qtbot: QtBot, page: QueuePage) -> None:
    page.show_state(QueueState(MANY))
    page.focus_first()

    _press(qtbot, *[Qt.Key.Key_Down] * 30)

    row = page.rows.rows[30]
    assert row.hasFocus()
    assert not row.visibleRegion().isEmpty()


def test_without_a_queue_enter_opens_the_page_of_arrival(qtbot: QtBot, page: QueuePage) -> None:
    page.show_state(QueueState(()))
    page.focus_first()

    with qtbot.waitSignal(page.arrival_wanted, timeout=1000):
        _press(qtbot, Qt.Key.Key_Return)

    assert not page.call.isVisible()


def test_f2_opens_the_page_of_arrival(qtbot: QtBot, page: QueuePage) -> None:
    with qtbot.waitSignal(page.arrival_wanted, timeout=1000):
        _press(qtbot, Qt.Key.Key_F2)


def test_trouble_is_said_and_taken_away(page: QueuePage) -> None:
    page.show_trouble("Another officer called this ticket.", "The queue is shown anew.")
    told = (page.trouble.isVisible(), page.trouble.text)
    page.show_trouble("")

    assert told == (True, "Another officer called this ticket. The queue is shown anew.")
    assert not page.trouble.isVisible()
