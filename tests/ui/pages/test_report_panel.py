"""The panel that takes the report along: what can be pressed when, and that it gives the page back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.domain.words import Words
from kiosk.services.taking_along import Taken
from kiosk.ui.pages.devices import DevicesPage
from kiosk.ui.pages.folder_panel import FolderState
from tests.ui.gallery.devices import ASKING, FOLDERS, SAVED, WELL


@pytest.fixture
def page(qtbot: QtBot, english: Words) -> DevicesPage:
    made = DevicesPage(english)
    qtbot.addWidget(made)
    made.resize(1278, 724)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    made.show_state(WELL)
    made.focus_first()
    press(Qt.Key.Key_F8)
    return made


def press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)


def test_nothing_can_be_saved_before_it_is_known_where_to(page: DevicesPage) -> None:
    panel, answers = page.report_panel, list[tuple[object, str]]()
    panel.answered.connect(lambda *answer: answers.append(answer))
    panel.show_state(FolderState())
    press(Qt.Key.Key_Return)

    assert not panel.save.isEnabled()
    assert answers == []

    panel.show_state(FolderState(FOLDERS))
    press(Qt.Key.Key_Return)
    assert answers == [(Taken.REPORT, FOLDERS[0].path)]


def test_the_same_folders_again_keep_what_was_chosen(page: DevicesPage) -> None:
    panel = page.report_panel
    panel.show_state(FolderState(FOLDERS))
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Down)
    panel.show_state(FolderState(FOLDERS, trouble=("There is no room left.", "")))

    assert panel.folder == FOLDERS[1].path
    assert panel.message.text == "There is no room left."


def test_while_it_is_saved_it_can_neither_be_left_nor_asked_for_again(page: DevicesPage) -> None:
    panel = page.report_panel
    panel.show_state(FolderState(FOLDERS))
    panel.show_state(FolderState(FOLDERS, is_writing=True))
    press(Qt.Key.Key_Escape)

    assert panel.isVisible()
    assert not panel.save.isEnabled()
    assert not panel.what.isEnabled()


def test_what_is_saved_is_told_with_its_place_and_enter_gives_the_part_back(page: DevicesPage) -> None:
    panel, tested = page.report_panel, list[object]()
    page.test_wanted.connect(tested.append)
    panel.show_state(FolderState(FOLDERS))
    panel.show_state(SAVED)

    assert panel.message.text == f"Saved. {SAVED.written}"
    assert not panel.save.isVisible()

    press(Qt.Key.Key_Return)
    assert (panel.isVisible(), page.panel.isVisible(), tested) == (False, True, [])
    assert page.primary is page.panel.test


def test_f8_again_begins_anew(page: DevicesPage) -> None:
    page.report_panel.show_state(SAVED)
    page.report_panel.close_panel()
    asked: list[None] = []
    page.report_wanted.connect(lambda: asked.append(None))
    press(Qt.Key.Key_F8)
    page.report_panel.show_state(FolderState(FOLDERS))

    assert len(asked) == 1
    assert page.report_panel.save.isEnabled()
    assert page.report_panel.message.isHidden()


def test_a_question_to_a_person_takes_the_panel_away(page: DevicesPage) -> None:
    page.show_state(ASKING)

    assert page.report_panel.isHidden()
    assert page.panel.isVisible()


def test_the_live_trial_is_offered_for_devices_alone(page: DevicesPage) -> None:
    page.report_panel.close_panel()
    views = {view.part.value: view for view in WELL.views}
    page.choose(views["camera"].part)
    assert page.panel.live.isVisible()

    page.choose(views["disk"].part)
    assert not page.panel.live.isVisible()
