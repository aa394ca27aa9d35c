import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kiosk.domain.words import Words
from kiosk.ui.page import KeyHelp
from kiosk.ui.pages.help_page import HelpPage, HelpState

KEYS = (KeyHelp("Enter", "Go on"), KeyHelp("Del", "End without service"))
EVERYWHERE = (KeyHelp("F1", "Help"), KeyHelp("F12", "Lock"))


@pytest.fixture
def page(qtbot: QtBot, english: Words) -> HelpPage:
    made = HelpPage(english)
    qtbot.addWidget(made)
    made.resize(1278, 724)
    made.show_state(HelpState("Drafts", KEYS, EVERYWHERE))
    made.show()
    return made


def _texts(page: HelpPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_the_keys_of_the_page_stand_before_those_everywhere(page: HelpPage) -> None:
    assert page.told == (*KEYS, *EVERYWHERE)
    assert "Keys of the page Drafts" in _texts(page)


def test_another_page_takes_its_own_keys_along(page: HelpPage) -> None:
    page.show_state(HelpState("Search", KEYS[:1], EVERYWHERE))

    assert "End without service" not in _texts(page)
    assert "Keys of the page Search" in _texts(page)


def test_a_page_without_keys_says_so(page: HelpPage) -> None:
    page.show_state(HelpState("Saved", (), EVERYWHERE))

    assert "This page has no keys of its own." in _texts(page)


def test_it_says_in_three_sentences_what_is_safe(page: HelpPage) -> None:
    told = _texts(page)

    assert "A power cut loses nothing." in told
    assert "also without the centre" in told
    assert "Only what the centre has signed for" in told


def test_it_says_whom_to_call_and_which_kiosk_this_is(page: HelpPage) -> None:
    page.show_state(HelpState("Drafts", KEYS, EVERYWHERE, (("Technician", "0285 123456"),), "gringsing-1"))

    assert "Technician: 0285 123456" in _texts(page)
    assert "This kiosk: gringsing-1" in _texts(page)


def test_without_a_number_it_sends_to_the_dinas(page: HelpPage) -> None:
    assert "Call the technician of your Dinas." in _texts(page)


def test_escape_goes_back(qtbot: QtBot, page: HelpPage) -> None:
    with qtbot.waitSignal(page.back_wanted):
        qtbot.keyClick(page, Qt.Key.Key_Escape)


def test_enter_on_the_way_back_goes_back(qtbot: QtBot, page: HelpPage) -> None:
    page.focus_first()

    with qtbot.waitSignal(page.back_wanted):
        qtbot.keyClick(page.back, Qt.Key.Key_Space)
