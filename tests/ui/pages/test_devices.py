"""The technician's page: the broken part is shown at once, with what to try first."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from kiosk.domain.selftest import ADVICE, Part, Problem
from kiosk.domain.words import Words
from kiosk.ui.kit.texts import ElidedText
from kiosk.ui.pages.devices import DevicesPage
from kiosk.ui.pages.devices_state import Running
from kiosk.ui.pages.devices_trend import Trend
from tests.ui.gallery.devices import ASKING, NEVER, ONE_BROKEN, TESTING, WELL, view_of, without_driver


@pytest.fixture
def page(qtbot: QtBot, english: Words) -> DevicesPage:
    made = DevicesPage(english)
    qtbot.addWidget(made)
    made.resize(1278, 724)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    return made


def _texts(page: DevicesPage) -> list[str]:
    shown = [label for label in page.findChildren(QLabel) if label.isVisible()]
    return [label.whole if isinstance(label, ElidedText) else label.text() for label in shown]


def _rows(page: DevicesPage) -> list[str]:
    return [row.accessibleName() for row in page.table.rows.rows]


def test_the_broken_part_is_shown_at_once_with_what_to_try_in_order(page: DevicesPage) -> None:
    page.show_state(ONE_BROKEN)
    said = _texts(page.panel)  # type: ignore[arg-type]  # a panel has labels as a page has

    assert page.table.part is Part.DOCUMENT_SCANNER
    assert "Not connected since Mon 26 Jan 08.03" in said
    acts = ADVICE[Problem.NOT_CONNECTED]
    assert [said.index(act) for act in acts] == sorted(said.index(act) for act in acts)
    assert any(text.startswith("Service goes on:") for text in said)


def test_the_head_counts_what_is_ready_needs_care_and_is_broken(page: DevicesPage) -> None:
    page.show_state(ONE_BROKEN)

    assert {"11 ready", "one needs care", "one broken", "Centre cut off"} <= set(_texts(page))

    page.show_state(WELL)
    assert "14 ready" in _texts(page)
    assert not {"one needs care", "one broken", "Centre cut off"} & set(_texts(page))


def test_every_row_says_in_words_how_its_part_stands(page: DevicesPage) -> None:
    page.show_state(ONE_BROKEN)

    assert "Camera, Ready, 07.31, 24 pictures/s" in _rows(page)
    assert "Document scanner, Not connected, 08.03, failed 4 times" in _rows(page)
    assert "Line to the centre, Cut off, 09.43, failed once" in _rows(page)


def test_arrows_choose_and_enter_tests_the_chosen_part(page: DevicesPage, qtbot: QtBot) -> None:
    page.show_state(WELL)
    page.focus_first()
    wanted: list[Part] = []
    page.test_wanted.connect(wanted.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return):
        QTest.keyClick(QApplication.focusWidget(), key)

    assert page.table.part is Part.SIGNATURE
    assert "Signature pad" in _texts(page.panel)  # type: ignore[arg-type]
    assert wanted == [Part.SIGNATURE]


def test_the_button_of_a_row_tests_its_part_by_mouse(page: DevicesPage, qtbot: QtBot) -> None:
    page.show_state(WELL)
    wanted: list[Part] = []
    page.test_wanted.connect(wanted.append)
    row = page.table.rows.rows[3]
    place = row.rect().center()
    place.setX(row.width() - 40)
    under = page.childAt(row.mapTo(page, place))
    assert under is not None
    QTest.mouseClick(under, Qt.MouseButton.LeftButton)

    assert wanted == [Part.IRIS]


def test_f5_asks_for_all_of_them_and_only_while_nothing_runs(page: DevicesPage) -> None:
    page.show_state(WELL)
    asked: list[bool] = []
    page.all_wanted.connect(lambda: asked.append(True))
    QTest.keyClick(page, Qt.Key.Key_F5)
    page.show_state(TESTING)
    QTest.keyClick(page, Qt.Key.Key_F5)

    assert asked == [True]


def test_a_test_that_runs_fills_its_stages_and_says_who_waits(page: DevicesPage) -> None:
    page.show_state(TESTING)

    assert any("Testing, step 2" in row for row in _rows(page))
    assert sum("Waits for its turn" in row for row in _rows(page)) == 2
    assert not page.panel.test.isEnabled()

    page.show_state(
        replace(TESTING, running=Running(Part.DOCUMENT_SCANNER, TESTING.views[0].history[0].stages))
    )
    assert "Live picture" in _texts(page)


@pytest.mark.parametrize(("key", "is_done"), [(Qt.Key.Key_Return, True), (Qt.Key.Key_Escape, False)])
def test_a_question_is_answered_by_a_key(page: DevicesPage, key: Qt.Key, is_done: bool) -> None:
    page.show_state(ASKING)
    page.choose(Part.FINGERPRINT)
    page.panel.done.setFocus()
    answers: list[bool] = []
    page.answered.connect(answers.append)
    QTest.keyClick(page.panel.done, key)

    assert page.panel.question.text.startswith("Lay both thumbs on the plate")
    assert answers == [is_done]


def test_parts_that_were_never_tested_and_one_without_a_driver_stand_beside_the_others(
    page: DevicesPage,
) -> None:
    page.show_state(NEVER)
    assert all("Never tested" in row for row in _rows(page))

    page.show_state(without_driver())
    page.choose(Part.CAMERA)
    assert "Camera, Driver unknown, 09.42, failed once" in _rows(page)
    assert ADVICE[Problem.NO_DRIVER][0] in _texts(page)
    assert len(page.table.rows.rows) == len(Part)


def test_the_first_day_is_compared_with_the_last_good_one(page: DevicesPage) -> None:
    page.show_state(ONE_BROKEN)
    said = _texts(page.panel)  # type: ignore[arg-type]

    assert said[said.index("On 31-12-2025") + 1] == "4.1 s"
    assert said[said.index("When it last worked") + 1] == "4.4 s"
    assert said[said.index("Last good") + 1] == "Sun 25 Jan 08.03"


def test_the_row_keeps_the_keyboard_while_tests_come_in(page: DevicesPage) -> None:
    page.show_state(WELL)
    page.choose(Part.IRIS)
    page.show_state(ONE_BROKEN)

    assert page.table.part is Part.IRIS
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName().startswith("Iris camera")


def test_a_part_is_broken_since_the_first_of_its_failures_in_a_row() -> None:
    view = view_of(Part.DOCUMENT_SCANNER, Problem.NOT_CONNECTED)
    first = view.broken_since

    assert first is view.history[-4]
    assert view_of(Part.CAMERA).broken_since is None


@pytest.mark.parametrize("state", [ONE_BROKEN, NEVER, without_driver()], ids=["broken", "never", "no-driver"])
def test_any_trend_can_be_drawn(page: DevicesPage, state: object) -> None:
    page.show_state(state)  # type: ignore[arg-type]

    for trend in page.findChildren(Trend):
        assert not trend.grab().isNull()
