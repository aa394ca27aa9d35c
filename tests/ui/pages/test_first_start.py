import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.domain.words import Words
from kiosk.ui.pages.first_start import FirstStartPage

ADDRESS = "https://pusat.batang.example"


@pytest.fixture
def page(qtbot: QtBot, english: Words) -> FirstStartPage:
    made = FirstStartPage(english)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    made.focus_first()
    return made


def _joined(page: FirstStartPage) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    page.join_wanted.connect(lambda code, url: told.append((code, url)))
    return told


def test_enter_begins_to_practise(qtbot: QtBot, page: FirstStartPage) -> None:
    with qtbot.waitSignal(page.practice_wanted, timeout=1000):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_enter_in_the_last_field_joins_and_does_not_practise(qtbot: QtBot, page: FirstStartPage) -> None:
    told, practised = _joined(page), []
    page.practice_wanted.connect(lambda: practised.append(1))
    page.code.setFocus()
    page.code.setText(" BTG-7K2M ")
    page.url.setText(ADDRESS)

    qtbot.keyClick(page.code, Qt.Key.Key_Return)
    qtbot.keyClick(page.url, Qt.Key.Key_Return)

    assert told == [("BTG-7K2M", ADDRESS)]
    assert practised == []


@pytest.mark.parametrize("url", ["", "pusat.batang.example", "ftp://pusat", "https://", "https://[::"])
def test_what_is_no_address_is_not_asked(page: FirstStartPage, url: str) -> None:
    told = _joined(page)
    page.code.setText("BTG-7K2M")
    page.url.setText(url)

    page.join.click()

    assert told == []
    assert QApplication.focusWidget() is page.url


def test_a_missing_code_is_asked_for_first(page: FirstStartPage) -> None:
    told = _joined(page)

    page.join.click()

    assert told == []
    assert QApplication.focusWidget() is page.code


def test_nothing_can_be_pressed_while_it_works(page: FirstStartPage) -> None:
    page.show_working("Asking the centre ...")

    assert page.working.isVisible()
    assert [widget.isEnabled() for widget in (page.join, page.practice, page.code)] == [False] * 3


def test_a_refusal_keeps_what_was_typed(page: FirstStartPage) -> None:
    page.code.setText("BTG-7K2M")
    page.show_working("Asking the centre ...")

    page.show_error("The code was used.", "Ask for another.")

    assert page.message.text == "The code was used. Ask for another."
    assert not page.working.isVisible()
    assert (page.code.text(), page.join.isEnabled()) == ("BTG-7K2M", True)
