import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.domain.verdicts import Decision
from kiosk.domain.words import Words
from kiosk.ui.pages.deliveries_tasks import TasksPage
from kiosk.ui.pages.verdicts import VERDICT_LOOK, what_to_do
from tests.ui.gallery.deliveries import TASKS
from tests.ui.gallery.story import NOW


@pytest.fixture
def page(qtbot: QtBot, english: Words) -> TasksPage:
    made = TasksPage(english)
    qtbot.addWidget(made)
    made.resize(1278, 724)
    made.show_state(TASKS, NOW)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    made.focus_first()
    return made


def test_a_task_says_who_what_the_centre_said_why_and_what_to_do(page: TasksPage) -> None:
    assert page.tasks.rows[0].accessibleName() == (
        "A-011, BUDI SANTOSO, Duplicate, Fingers match 3374010101900001., "
        "Call the resident. Ask where they were recorded before, and tell the Dinas., 6 days"
    )


def test_a_verdict_without_a_reason_invents_none(page: TasksPage) -> None:
    assert page.tasks.rows[2].accessibleName().startswith("A-017, SITI AMINAH, Being examined, The centre")


def test_the_keyboard_opens_a_record(qtbot: QtBot, page: TasksPage) -> None:
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)

    with qtbot.waitSignal(page.record_wanted) as told:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    assert told.args == ["v2"]


def test_two_tasks_of_one_visit_have_a_row_each(page: TasksPage) -> None:
    page.show_state((TASKS[0], TASKS[0]), NOW)

    assert len(page.tasks.rows) == 2


def test_without_tasks_the_keyboard_stands_on_the_way_back(qtbot: QtBot, page: TasksPage) -> None:
    page.show_state((), NOW)
    page.focus_first()

    assert page.back.hasFocus()
    with qtbot.waitSignal(page.back_wanted):
        qtbot.keyClick(page.back, Qt.Key.Key_Escape)


@pytest.mark.parametrize("decision", list(Decision))
def test_every_verdict_says_what_to_do_and_has_a_look_of_its_own(english: Words, decision: Decision) -> None:
    assert what_to_do(english, decision).endswith(".")
    assert VERDICT_LOOK[decision][1] not in [
        look[1] for known, look in VERDICT_LOOK.items() if known != decision
    ]
