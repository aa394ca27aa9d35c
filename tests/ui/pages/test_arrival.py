import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.domain.requests import Priority, Service
from kiosk.domain.words import Words
from kiosk.ui.pages.arrival import ArrivalPage, ArrivalState

Arrived = tuple[Service, Priority, str, bool]
NIK = "3325075708900002"


@pytest.fixture
def page(qtbot: QtBot, english: Words) -> ArrivalPage:
    made = ArrivalPage(english)
    qtbot.addWidget(made)
    made.resize(1278, 724)
    made.show_state(ArrivalState(3))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    made.focus_first()
    return made


def _arrived(page: ArrivalPage) -> list[Arrived]:
    told: list[Arrived] = []
    page.arrived.connect(lambda *arrived: told.append(arrived))
    return told


def _press(qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def test_a_number_and_enter_begin_to_serve(qtbot: QtBot, page: ArrivalPage) -> None:
    told = _arrived(page)

    _press(qtbot, Qt.Key.Key_2, Qt.Key.Key_Return)

    assert told == [(Service.REPLACEMENT_LOST, Priority.NONE, "", True)]


def test_f6_puts_the_resident_into_the_queue(qtbot: QtBot, page: ArrivalPage) -> None:
    told = _arrived(page)

    _press(qtbot, Qt.Key.Key_7, Qt.Key.Key_F6)

    assert told == [(Service.COLLECTION, Priority.NONE, "", False)]


def test_arrow_keys_choose_the_service(qtbot: QtBot, page: ArrivalPage) -> None:
    told = _arrived(page)

    _press(qtbot, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)

    assert told == [(Service.REPLACEMENT_DAMAGED, Priority.NONE, "", True)]


def test_nobody_arrives_before_a_service_is_chosen(qtbot: QtBot, page: ArrivalPage) -> None:
    told = _arrived(page)

    _press(qtbot, Qt.Key.Key_F6)
    page.serve.click()

    assert told == []
    assert page.bar.hint == "Choose a service first: keys 1 to 7"


def test_tab_leads_to_priority_and_nik_and_all_are_told(qtbot: QtBot, page: ArrivalPage) -> None:
    told = _arrived(page)
    _press(qtbot, Qt.Key.Key_1, Qt.Key.Key_Tab, Qt.Key.Key_Down)

    _press(qtbot, Qt.Key.Key_Tab)
    qtbot.keyClicks(page.nik, "332507 570890 0002")
    _press(qtbot, Qt.Key.Key_Return)

    assert told == [(Service.FIRST_ENROLLMENT, Priority.ELDERLY, NIK, True)]


def test_digits_in_the_nik_choose_no_service(qtbot: QtBot, page: ArrivalPage) -> None:
    page.nik.setFocus()

    qtbot.keyClicks(page.nik, "3325")

    assert (page.nik.text(), page.services.key) == ("3325", "")


def test_a_whole_nik_is_asked_about_once(qtbot: QtBot, page: ArrivalPage) -> None:
    told: list[str] = []
    page.nik_typed.connect(told.append)

    qtbot.keyClicks(page.nik, NIK)

    assert told == [NIK]


def test_an_earlier_record_is_told_and_can_be_opened(qtbot: QtBot, page: ArrivalPage) -> None:
    page.nik.setText(NIK)
    page.show_known("Recorded here before, on 03-12-2025.")

    with qtbot.waitSignal(page.record_wanted, timeout=1000):
        page.open_record.click()

    assert page.known.isVisible()
    assert page.known.text.startswith("Recorded here before, on 03-12-2025.")


def test_another_nik_takes_the_earlier_record_away(page: ArrivalPage) -> None:
    page.nik.setText(NIK)
    page.show_known("Recorded here before, on 03-12-2025.")

    page.nik.setText(NIK[:-1])

    assert not page.known.isVisible()
    assert not page.open_record.isVisible()


def test_a_nik_nobody_knows_here_is_said_to_be_new(page: ArrivalPage) -> None:
    page.nik.setText(NIK)

    page.show_known("")

    assert page.nik.accessibleDescription() == "Not recorded here before"


def test_a_nik_too_short_says_how_many_digits_are_missing(page: ArrivalPage) -> None:
    page.nik.setText(NIK[:-3])

    page.nik.left.emit()

    assert page.nik.accessibleDescription() == "3 digits are missing"


def test_another_resident_finds_an_empty_page(page: ArrivalPage) -> None:
    page.services.choose_number(3)
    page.priorities.rows[2].click()
    page.nik.setText(NIK)
    page.show_trouble("The disk is full.")

    page.begin()

    assert (page.services.key, page.priorities.key, page.nik.text()) == ("", Priority.NONE, "")
    assert not page.trouble.isVisible()
    assert not page.serve.isEnabled()


def test_what_was_chosen_stays_when_the_number_of_those_who_wait_changes(page: ArrivalPage) -> None:
    page.services.choose_number(3)

    page.show_state(ArrivalState(4))

    assert page.services.key == Service.REPLACEMENT_DAMAGED


def test_esc_leaves_also_from_the_nik(qtbot: QtBot, page: ArrivalPage) -> None:
    page.nik.setFocus()

    with qtbot.waitSignal(page.back_wanted, timeout=1000):
        _press(qtbot, Qt.Key.Key_Escape)
