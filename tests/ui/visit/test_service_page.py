"""The service of a visit: shown, changed, and whether the resident was recorded before."""

from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.domain.biodata import Field
from kiosk.domain.requests import Service
from kiosk.domain.words import Words
from kiosk.services.looking import RecordedBefore
from kiosk.ui.visit.service_page import ServicePage
from kiosk.ui.visit.shell import VisitShell
from tests.ui.gallery.biodata import begun
from tests.ui.gallery.story import WIB
from tests.ui.gallery.visits import FORM
from tests.ui.visit.biodata_desk import keyboard
from tests.ui.visit.stand import in_shell

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)  # offscreen, of a list that opens

_BEFORE = RecordedBefore("visit-0", "SITI AMINAH", datetime(2025, 12, 3, 10, 4, tzinfo=WIB))


@pytest.fixture
def page(qtbot: QtBot, words: Words) -> ServicePage:
    return ServicePage(words)


def _show(
    qtbot: QtBot, page: ServicePage, form: dict[Field, str] | None = None, **changes: Any
) -> VisitShell:
    return in_shell(qtbot, page.words, page, begun(form or {}, **changes))


def _key(key: Qt.Key) -> None:
    QTest.keyClick(keyboard(), key)


@pytest.mark.parametrize("service", Service)
def test_the_service_of_the_visit_is_shown(qtbot: QtBot, page: ServicePage, service: Service) -> None:
    _show(qtbot, page, service=service)

    assert page.services.key == service.value


def test_another_service_can_be_chosen_by_keys(qtbot: QtBot, page: ServicePage) -> None:
    _show(qtbot, page)
    page.services.focus_chosen()

    with qtbot.waitSignal(page.service_chosen, timeout=1000) as told:
        QTest.keyClick(page, "4")
    assert told.args == [Service.CHANGED_DATA]


def test_showing_a_visit_tells_nothing(qtbot: QtBot, page: ServicePage) -> None:
    told: list[object] = []
    page.service_chosen.connect(told.append)
    page.enrolled_before_told.connect(told.append)
    shell = _show(qtbot, page)
    shell.show_visit(begun({}, service=Service.REPLACEMENT_LOST, enrolled_before=True, police_letter_no="12"))

    assert told == []
    assert page.letter.text() == "12"


def test_the_question_is_asked_before_the_visit_goes_on(qtbot: QtBot, page: ServicePage) -> None:
    onward: list[bool] = []
    page.onward.connect(lambda: onward.append(True))
    _show(qtbot, page)
    page.primary.click()

    assert onward == []
    assert QApplication.focusWidget() is page.recorded
    assert page.bar.hint == "Tanya dulu: pernah direkam?"
    QTest.keyClicks(page.recorded, "b")
    _key(Qt.Key.Key_Return)
    assert onward == [True]
    assert page.bar.hint == ""


def test_a_visit_that_has_biodata_was_asked_already(qtbot: QtBot, page: ServicePage) -> None:
    _show(qtbot, page, FORM)

    assert page.recorded.key == "never"


def test_an_earlier_recording_is_told_once(qtbot: QtBot, page: ServicePage) -> None:
    told: list[str] = []
    page.enrolled_before_told.connect(told.append)
    shell = _show(qtbot, page)
    QTest.keyClicks(page.recorded, "p")
    shell.show_visit(begun({}, enrolled_before=True))
    page.recorded.choose("never")

    assert told == [""]
    assert page.recorded.key == "before"


def test_a_lost_card_asks_for_the_number_of_the_police_letter(qtbot: QtBot, page: ServicePage) -> None:
    told: list[str] = []
    page.enrolled_before_told.connect(told.append)
    _show(qtbot, page, service=Service.REPLACEMENT_LOST)
    assert not page.letter.isVisibleTo(page)
    page.recorded.choose("before")
    page.recorded.setFocus()
    _key(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.letter
    QTest.keyClicks(page.letter, "SKTLK/12/I/2026")
    _key(Qt.Key.Key_Return)

    assert told == ["", "SKTLK/12/I/2026"]


def test_no_other_service_asks_for_a_police_letter(qtbot: QtBot, page: ServicePage) -> None:
    _show(qtbot, page, service=Service.CHANGED_DATA, enrolled_before=True)

    assert not page.letter.isVisibleTo(page)


def test_a_record_made_here_is_told_and_can_be_opened(qtbot: QtBot, page: ServicePage) -> None:
    _show(qtbot, page, FORM, recorded_before=(_BEFORE,))

    assert page.said.open_record.isVisibleTo(page)
    with qtbot.waitSignal(page.record_wanted, timeout=1000) as told:
        page.said.open_record.click()
    assert told.args == ["visit-0"]


def test_a_warning_about_the_visit_is_answered_here(qtbot: QtBot, page: ServicePage) -> None:
    _show(qtbot, page, FORM, enrolled_before=True)
    box = page.said.box_of("eligibility.enrolled_before")
    assert box is not None
    box.reason.setFocus()
    for sign in "Surat 12/2026":
        QTest.keyClicks(keyboard(), sign)

    with qtbot.waitSignal(page.reason_given, timeout=1000) as told:
        _key(Qt.Key.Key_Tab)
    assert told.args == ["eligibility.enrolled_before", "Surat 12/2026"]


def test_another_visit_is_asked_anew(qtbot: QtBot, page: ServicePage, words: Words) -> None:
    shell = _show(qtbot, page, enrolled_before=True, service=Service.REPLACEMENT_LOST, police_letter_no="9")
    shell.show_visit(begun({}, visit_id="visit-2"))

    assert page.recorded.key == ""
    assert page.letter.text() == ""


def test_the_page_speaks_english(qtbot: QtBot, english: Words) -> None:
    page = ServicePage(english)
    _show(qtbot, page)

    assert page.bar.hint == "Ask first: ever recorded?"
    assert page.checks(begun({}))[0] == "Checks"
