from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kiosk.domain.words import Words
from kiosk.ui.pages.settings_page import SettingsPage
from tests.ui.gallery.desk import SETTINGS_SHOWN


@pytest.fixture
def page(qtbot: QtBot, english: Words) -> SettingsPage:
    made = SettingsPage(english)
    qtbot.addWidget(made)
    made.resize(1278, 724)
    made.show_state(SETTINGS_SHOWN)
    made.show()
    return made


def _texts(page: SettingsPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_what_is_set_is_chosen_and_nobody_is_told(qtbot: QtBot, page: SettingsPage) -> None:
    told: list[object] = []
    page.language_wanted.connect(told.append)
    page.text_size_wanted.connect(told.append)
    page.idle_minutes_wanted.connect(told.append)

    page.show_state(replace(SETTINGS_SHOWN, language="en", text_percent=120, idle_minutes=10))

    assert (page.language.key, page.text_size.key, page.idle.key) == ("en", "120", "10")
    assert told == []


def test_a_language_is_asked_for_by_its_first_letter(qtbot: QtBot, page: SettingsPage) -> None:
    with qtbot.waitSignal(page.language_wanted) as told:
        qtbot.keyClick(page.language, Qt.Key.Key_E)

    assert told.args == ["en"]


def test_the_size_of_the_text_is_asked_for_as_a_number(qtbot: QtBot, page: SettingsPage) -> None:
    with qtbot.waitSignal(page.text_size_wanted) as told:
        qtbot.keyClick(page.text_size, Qt.Key.Key_Right)

    assert told.args == [110]


def test_the_minutes_until_the_lock_are_asked_for_as_a_number(qtbot: QtBot, page: SettingsPage) -> None:
    with qtbot.waitSignal(page.idle_minutes_wanted) as told:
        qtbot.keyClick(page.idle, Qt.Key.Key_Left)

    assert told.args == [2]


def test_it_says_which_counter_this_is_and_who_keeps_its_key(page: SettingsPage) -> None:
    assert page.told == (
        "33.25.07 Gringsing",
        "WIB",
        "practice-gringsing-1",
        "In the machine's security chip",
        "0.1.0",
    )


def test_what_is_not_known_is_said_so(page: SettingsPage) -> None:
    page.show_state(replace(SETTINGS_SHOWN, kiosk_id="", key_slot=""))

    assert page.told[2:4] == ("not known", "not known")


def test_a_keeper_of_another_version_is_named_as_it_is(page: SettingsPage) -> None:
    page.show_state(replace(SETTINGS_SHOWN, key_slot="smartcard"))

    assert page.told[3] == "smartcard"


def test_every_device_stands_there_with_its_driver(page: SettingsPage) -> None:
    assert {"Camera", "camera.opencv", "Fingerprint scanner"} <= set(_texts(page))


def test_devices_that_are_gone_do_not_stay(qtbot: QtBot, page: SettingsPage) -> None:
    page.show_state(replace(SETTINGS_SHOWN, devices=()))

    qtbot.waitUntil(lambda: "No device is set up yet" in _texts(page))
    assert "camera.opencv" not in _texts(page)


@pytest.mark.parametrize("practice", [True, False])
def test_only_a_practice_office_carries_the_mark(page: SettingsPage, practice: bool) -> None:
    page.show_state(replace(SETTINGS_SHOWN, practice=practice))

    assert ("Practice office" in _texts(page)) is practice
