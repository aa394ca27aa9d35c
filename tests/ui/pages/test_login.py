import subprocess
import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from kiosk.domain.words import Words
from kiosk.ui.pages.login import LoginPage
from tests.ui.gallery.entry import LOCKED, PEOPLE, READY, REAL, STARTING

LIGHT = ("login", "first_start", "first_password", "calm")
OFFSCREEN_LIST = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def page(qtbot: QtBot, english: Words) -> LoginPage:
    made = LoginPage(english)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show_state(REAL)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    made.focus_first()
    return made


def _submitted(page: LoginPage) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    page.submitted.connect(lambda name, password: told.append((name, password)))
    return told


def _type(qtbot: QtBot, text: str) -> None:
    for letter in text:
        qtbot.keyClick(QApplication.focusWidget(), letter)


def _enter(qtbot: QtBot) -> None:
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


@OFFSCREEN_LIST
def test_name_and_password_are_handed_over_without_the_mouse(qtbot: QtBot, page: LoginPage) -> None:
    told = _submitted(page)

    _type(qtbot, "petugas")
    _enter(qtbot)
    _type(qtbot, "gringsing-01")
    _enter(qtbot)

    assert told == [("petugas", "gringsing-01")]


def test_a_full_name_stands_for_its_user(page: LoginPage) -> None:
    told = _submitted(page)
    page.show_typed("teknisi", "gringsing-01")

    page.enter.click()

    assert page.name.typed == "Teknisi Latihan (Teknisi)"
    assert told == [("teknisi", "gringsing-01")]


def test_nothing_is_handed_over_twice_while_a_password_is_checked(page: LoginPage) -> None:
    told = _submitted(page)
    page.show_typed("petugas", "gringsing-01")

    page.enter.click()
    page.enter.click()

    assert len(told) == 1
    assert page.enter.shown_text == "Checking ..."


def test_a_refusal_is_said_and_the_password_can_be_typed_over(qtbot: QtBot, page: LoginPage) -> None:
    told = _submitted(page)
    page.show_typed("petugas", "salah")
    page.enter.click()

    page.show_error("The password is wrong.", "3 tries are left.")
    _type(qtbot, "benar")
    _enter(qtbot)

    assert page.message.text == "The password is wrong. 3 tries are left."
    assert told[-1] == ("petugas", "benar")


def test_saying_the_seconds_anew_takes_nothing_from_who_types(qtbot: QtBot, page: LoginPage) -> None:
    page.show_typed("petugas", "")
    page.show_error("Too many wrong tries.", "Wait 30 seconds.")
    page.password.line.setFocus()
    _type(qtbot, "gring")

    page.show_error("Too many wrong tries.", "Wait 29 seconds.")
    _type(qtbot, "sing")

    assert page.typed == ("petugas", "gringsing")
    assert "29" in page.message.text


@OFFSCREEN_LIST
def test_what_is_typed_before_the_people_are_known_stays(qtbot: QtBot, page: LoginPage) -> None:
    page.show_state(STARTING)
    page.name.setFocus()
    page.name.line.clear()
    _type(qtbot, "pet")

    page.show_state(REAL)
    _type(qtbot, "ugas")

    assert page.name.typed == "petugas"


def test_the_primary_waits_for_the_store_and_then_submits(page: LoginPage) -> None:
    told = _submitted(page)
    page.show_state(STARTING)
    page.show_typed("petugas", "gringsing-01")

    page.enter.click()
    waiting = (page.enter.shown_text, page.enter.isEnabled(), list(told))
    page.show_state(READY)

    assert waiting == ("Getting ready ...", False, [])
    assert told == [("petugas", "gringsing-01")]


def test_an_empty_password_asks_for_one_and_says_so(page: LoginPage) -> None:
    told: list[str] = []
    page.empty_password.connect(told.append)
    submitted = _submitted(page)
    page.show_typed("petugas", "")

    page.enter.click()

    assert (told, submitted) == (["petugas"], [])
    assert page.password.hint == "Type your password"


def test_an_empty_name_asks_for_one(page: LoginPage) -> None:
    submitted = _submitted(page)
    page.password.line.setText("gringsing-01")

    page.enter.click()

    assert submitted == []
    assert QApplication.focusWidget() is page.name


def test_letters_can_be_looked_at_and_hidden_again(page: LoginPage) -> None:
    page.password.look.click()
    seen = page.password.line.echoMode()
    page.password.look.click()

    assert seen is QLineEdit.EchoMode.Normal
    assert page.password.line.echoMode() is QLineEdit.EchoMode.Password


def test_locked_capitals_are_noticed_and_forgotten(qtbot: QtBot, page: LoginPage) -> None:
    line = page.password.line

    qtbot.keyClick(line, "A")
    noticed = page.password.hint
    qtbot.keyClick(line, "b")

    assert (noticed, page.password.hint) == ("Caps Lock is on", "")


def test_a_capital_with_shift_is_no_locked_capital(qtbot: QtBot, page: LoginPage) -> None:
    qtbot.keyClick(page.password.line, "A", Qt.KeyboardModifier.ShiftModifier)

    assert page.password.hint == ""


def test_a_page_that_was_left_remembers_no_password(page: LoginPage) -> None:
    page.show_typed("petugas", "gringsing-01")
    page.password.look.click()

    page.hide()

    assert page.typed == ("petugas", "")
    assert page.password.line.echoMode() is QLineEdit.EchoMode.Password


def test_a_lock_asks_for_whoever_was_at_work_and_keeps_the_draft_in_sight(page: LoginPage) -> None:
    page.show_typed("teknisi", "")

    page.show_state(LOCKED)
    page.focus_first()

    assert page.typed == ("petugas", "")
    assert "A-018" in page.draft_note.text
    assert QApplication.focusWidget() is page.password.line


def test_another_person_may_type_a_name_at_the_lock(page: LoginPage) -> None:
    page.show_state(LOCKED)
    page.show_typed("supervisor", "")

    page.show_state(LOCKED)

    assert page.typed[0] == "supervisor"


def test_passwords_are_told_in_practice_only(page: LoginPage) -> None:
    page.show_state(replace(REAL, people=PEOPLE))
    in_earnest = page.practice_people.isVisible()
    page.show_state(READY)

    assert not in_earnest
    assert page.practice_people.isVisible()


def test_the_language_can_be_changed_before_anybody_logs_in(qtbot: QtBot, page: LoginPage) -> None:
    told: list[str] = []
    page.language_wanted.connect(told.append)

    qtbot.keyClick(page.language, Qt.Key.Key_Right)

    assert told == ["en"]


def test_tab_goes_through_the_page_in_reading_order(qtbot: QtBot, page: LoginPage) -> None:
    page.name.setFocus()
    order = []
    for _ in range(5):
        order.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)

    assert order == [page.name, page.password.line, page.password.look, page.enter, page.language]


@pytest.mark.parametrize("name", LIGHT)
def test_what_is_painted_first_imports_nothing_heavy(name: str) -> None:
    heavy = "[m for m in sys.modules if m.startswith(('kiosk.services', 'kiosk.storage', 'numpy', 'cv2', 'sqlmodel'))]"
    code = f"import sys, kiosk.ui.pages.{name}; print({heavy})"

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert told.strip() == "[]"
