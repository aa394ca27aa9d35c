"""Bad input in the open window, down to the store: it is told in a sentence, and no part of the window fails of it."""

import logging
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kiosk.domain.biodata import Field
from kiosk.domain.captures import CaptureKind
from kiosk.domain.findings import Finding
from kiosk.services.stages import Stage
from kiosk.ui.pages.record import RecordPage
from kiosk.ui.pages.search import SearchPage
from kiosk.ui.places import RECORD, SAVED, SEARCH, VISIT
from tests.services.conftest import capture_of
from tests.ui.bad_input.bad_texts import BAD, line_of, paste, press
from tests.ui.window.conftest import Opener
from tests.ui.window.residents import recorded, resident, visit_at
from tests.ui.window.shown_window import OFFICER, SUPERVISOR, ShownWindow, hand_of, texts


def give(window: ShownWindow, field: QWidget, text: str) -> None:
    """Paste a text and press Enter, and wait for what comes of it."""
    paste(field, text)
    press(Qt.Key.Key_Return)
    window.settle()


def failures(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what failed in a way nobody foresaw, in a slot or beside the window: both are logged."""
    return [record.getMessage() for record in caplog.records if record.levelno > logging.WARNING]


def test_no_bad_name_and_no_bad_password_lets_in_or_loses_what_was_typed(
    window: ShownWindow, caplog: pytest.LogCaptureFixture
) -> None:
    words, login = window.program.words, window.program.entry.login
    window.settle()

    for kind in set(BAD) - {"blanks"}:
        paste(login.name, BAD[kind])
        press(Qt.Key.Key_Tab)
        stood = line_of(login.name).text()
        give(window, login.password.line, "salah")

        assert words.say("Nobody of this name works here.") in texts(login), kind
        assert login.typed == (stood.strip(), "salah"), kind
    for kind in ("emoji", "combining", "half an emoji"):
        login.show_typed(OFFICER, "")
        give(window, login.password.line, BAD[kind])
        assert words.say("That is wrong.") in texts(login), kind
    give(window, login.password.line, hand_of(OFFICER).password + "\r\n")
    assert window.office.site.officer.user_id == OFFICER
    assert failures(caplog) == []


def test_a_search_for_anything_at_all_is_answered(
    window: ShownWindow, caplog: pytest.LogCaptureFixture
) -> None:
    window.sign_in()
    visit_id = recorded(window.counter)
    window.go(SEARCH)
    page = window.room.page
    assert isinstance(page, SearchPage)
    none = window.program.words.say("Not at this counter.")

    for kind in set(BAD) - {"blanks"}:
        give(window, page.line, BAD[kind])
        assert none in texts(page), kind
    give(window, page.line, resident(window.counter)[Field.FULL_NAME] + "\t\r\n")
    assert (len(page.found.rows), page.found.line and page.found.line.visit_id) == (1, visit_id)
    assert failures(caplog) == []


def test_a_record_is_neither_taken_back_nor_corrected_by_what_cannot_stand(
    window: ShownWindow, caplog: pytest.LogCaptureFixture
) -> None:
    words = window.program.words
    window.sign_in(SUPERVISOR)
    window.go(RECORD, recorded(window.counter))
    page = window.room.page
    assert isinstance(page, RecordPage)
    before = len(window.outbox())
    symbol = words.finding(Finding.error("text.symbol", "reason", character="😀"))

    page.withdraw.click()
    give(window, page.question.line, BAD["emoji"])
    assert symbol in texts(page.question)
    page.question.drop()
    page.withdraw_wanted.emit(BAD["emoji"])  # past the line, as no page does
    window.settle()
    assert any(symbol in text for text in texts(page.told))

    page.amend.click()
    page.form.add_field(Field.FULL_NAME)
    name = line_of(page.form.findChild(QWidget, Field.FULL_NAME.value))
    paste(name, BAD["emoji"])
    give(window, page.form.reason, BAD["emoji"])
    assert page.form.reason.accessibleDescription() == symbol
    assert symbol in texts(page.form)
    assert (name.text(), page.form.reason.text()) == (BAD["emoji"], BAD["emoji"])
    assert (len(window.outbox()), failures(caplog)) == (before, [])


def test_a_bad_pin_is_told_at_its_field_and_the_right_one_saves(
    window: ShownWindow, caplog: pytest.LogCaptureFixture
) -> None:
    words = window.program.words
    window.sign_in()
    visit_id = visit_at(window.counter, Stage.REVIEW)
    with window.counter.store.writing() as ledger:
        ledger.captures.put(visit_id, capture_of(CaptureKind.STATEMENT))
    window.go(VISIT, visit_id)
    review = window.visit.review
    review._skip_check()

    for text in BAD.values():
        give(window, review.pin.line, text)
        assert (review.pin.pin, review.pin.hint != "") == ("", True)
    give(window, review.pin.line, "000000")
    wrong = words.count("{count} more try.", "{count} more tries.", 4)
    assert review.pin.hint == f"{words.say('That is wrong.')} {wrong}"
    give(window, review.pin.line, hand_of(OFFICER).pin + "\n")
    window.until(lambda: window.place == SAVED)
    assert failures(caplog) == []


def test_a_code_of_nonsense_joins_nothing_and_stays_to_be_mended(open_window: Opener, tmp_path: Path) -> None:
    window = open_window(tmp_path / "new")
    start, words = window.program.entry.start, window.program.words
    window.until(window.program.window.isActiveWindow)

    for kind in ("emoji", "table", "a megabyte"):
        paste(start.code, BAD[kind])
        give(window, start.url, "http://127.0.0.1:1")

        assert words.say(
            "The code is mistyped or incomplete. Compare it with the slip, letter by letter."
        ) in (texts(start.message))
        assert (start.url.text(), start.code.text() != "") == ("http://127.0.0.1:1", True)
