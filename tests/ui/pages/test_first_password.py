import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from kiosk.domain.words import Words
from kiosk.services import accounts
from kiosk.ui.pages import first_password
from kiosk.ui.pages.first_password import FirstPasswordPage


@pytest.fixture
def page(qtbot: QtBot, english: Words) -> FirstPasswordPage:
    made = FirstPasswordPage(english)
    qtbot.addWidget(made)
    made.show_state("Rina Wulandari")
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    made.focus_first()
    return made


def _fill(page: FirstPasswordPage, *texts: str) -> None:
    fields = (page.password, page.again, page.pin, page.pin_again)
    for field, text in zip(fields, texts, strict=True):
        field.setText(text)


def _chosen(page: FirstPasswordPage) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    page.chosen.connect(lambda password, pin: told.append((password, pin)))
    return told


def test_the_rules_of_the_page_are_those_of_the_accounts() -> None:
    shown = (first_password.SHORTEST_PASSWORD, first_password.SHORTEST_PIN)

    assert shown == (accounts.SHORTEST_PASSWORD, accounts.SHORTEST_PIN)


def test_password_and_pin_are_chosen_by_typing_and_enter(qtbot: QtBot, page: FirstPasswordPage) -> None:
    told = _chosen(page)

    for text in ("gringsing", "gringsing", "246801", "246801"):
        for letter in text:
            qtbot.keyClick(QApplication.focusWidget(), letter)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    assert told == [("gringsing", "246801")]


@pytest.mark.parametrize(
    "texts",
    [
        ("gringsi", "gringsi", "246801", "246801"),
        ("gringsing", "gringsinG", "246801", "246801"),
        ("gringsing", "gringsing", "24680", "24680"),
        ("gringsing", "gringsing", "24680a", "24680a"),
        ("gringsing", "gringsing", "٢٤٦٨٠١", "٢٤٦٨٠١"),
        ("gringsing", "gringsing", "246801", "246802"),
        ("", "", "", ""),
    ],
)
def test_nothing_is_chosen_while_a_rule_is_broken(page: FirstPasswordPage, texts: tuple[str, ...]) -> None:
    told = _chosen(page)
    _fill(page, *texts)

    page.keep.click()

    assert told == []
    assert not page.keep.isEnabled()


def test_letters_of_all_fields_can_be_looked_at(page: FirstPasswordPage) -> None:
    page.look.click()

    assert page.password.echoMode() is QLineEdit.EchoMode.Normal
    assert page.pin_again.echoMode() is QLineEdit.EchoMode.Normal


def test_a_refusal_keeps_what_was_typed_and_lets_it_be_sent_again(page: FirstPasswordPage) -> None:
    told = _chosen(page)
    _fill(page, "gringsing", "gringsing", "246801", "246801")
    page.keep.click()

    page.show_error("The disk is full.", "Nothing was changed.")
    page.keep.click()

    assert page.message.text == "The disk is full. Nothing was changed."
    assert told == [("gringsing", "246801")] * 2


def test_another_person_finds_empty_fields(page: FirstPasswordPage) -> None:
    _fill(page, "gringsing", "gringsing", "246801", "246801")

    page.show_state("Agus Prasetyo")

    assert page.password.text() + page.again.text() + page.pin.text() + page.pin_again.text() == ""


def test_esc_goes_back(qtbot: QtBot, page: FirstPasswordPage) -> None:
    with qtbot.waitSignal(page.back_wanted, timeout=1000):
        qtbot.keyClick(page.password, Qt.Key.Key_Escape)
