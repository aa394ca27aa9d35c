from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.domain.words import Words
from kiosk.ui.pages.calm import CalmPage
from tests.ui.gallery.entry import CALM

CRASHED = CALM["calm-crashed"]


@pytest.fixture
def page(qtbot: QtBot, english: Words) -> CalmPage:
    made = CalmPage(english)
    qtbot.addWidget(made)
    made.show_state(CRASHED)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    made.focus_first()
    return made


def test_it_says_what_happened_what_is_safe_and_what_to_do(page: CalmPage) -> None:
    assert page.told == f"{CRASHED.head} {CRASHED.safe} {CRASHED.todo}"


def test_enter_goes_on(qtbot: QtBot, page: CalmPage) -> None:
    with qtbot.waitSignal(page.go_on_wanted, timeout=1000):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_the_note_for_the_technician_is_opened_and_closed_by_its_button(page: CalmPage) -> None:
    page.note.click()
    opened = page.note_box.isVisible()
    page.note.click()

    assert opened
    assert not page.note_box.isVisible()


def test_where_nothing_can_be_done_here_enter_does_nothing(qtbot: QtBot, page: CalmPage) -> None:
    told: list[int] = []
    page.go_on_wanted.connect(lambda: told.append(1))
    page.show_state(CALM["calm-damaged"])
    page.focus_first()

    qtbot.keyClick(page, Qt.Key.Key_Return)

    assert told == []
    assert not page.go_on.isVisible()


def test_without_a_reference_there_is_no_note(page: CalmPage) -> None:
    page.show_state(replace(CRASHED, reference=""))

    assert not page.note.isVisible()
