from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.domain.words import Words
from kiosk.ui.pages.search import MOST, Found, SearchPage, SearchState
from tests.ui.gallery.desk import FOUND


@pytest.fixture
def page(qtbot: QtBot, english: Words) -> Iterator[SearchPage]:
    made = SearchPage(english)
    qtbot.addWidget(made)
    made.resize(1278, 724)
    made.show_state(SearchState("", (), searching=False))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    made.focus_first()
    yield made
    made.close_page()


def _type(qtbot: QtBot, page: SearchPage, text: str) -> str:
    """Type, and return what the page asked for."""
    with qtbot.waitSignal(page.text_typed) as told:
        qtbot.keyClicks(page.line, text)
    return str(told.args[0])


def _visible(page: SearchPage) -> str:
    shown = page._contents.currentWidget()
    assert shown is not None
    return " ".join(child.accessibleName() for child in shown.findChildren(type(page._none)))


def test_a_nik_is_grouped_while_it_is_typed_and_asked_for_bare(qtbot: QtBot, page: SearchPage) -> None:
    asked = _type(qtbot, page, "33250757089")

    assert page.line.text() == "332507 57089"
    assert asked == "33250757089"


def test_a_digit_typed_into_the_middle_keeps_the_cursor_behind_it(qtbot: QtBot, page: SearchPage) -> None:
    _type(qtbot, page, "332507570890")
    page.line.setCursorPosition(3)

    qtbot.keyClicks(page.line, "9")

    assert page.line.text() == "332950 757089 0"
    assert page.line.cursorPosition() == 4


def test_words_of_a_name_are_asked_for_as_they_stand(qtbot: QtBot, page: SearchPage) -> None:
    assert _type(qtbot, page, "Siti am") == "Siti am"


def test_it_is_asked_once_a_moment_after_the_last_key(qtbot: QtBot, page: SearchPage) -> None:
    asked: list[str] = []
    page.text_typed.connect(asked.append)

    _type(qtbot, page, "siti")

    assert asked == ["siti"]


def test_enter_does_not_wait(qtbot: QtBot, page: SearchPage) -> None:
    asked: list[str] = []
    page.text_typed.connect(asked.append)

    qtbot.keyClicks(page.line, "siti")
    qtbot.keyClick(page.line, Qt.Key.Key_Return)

    assert asked == ["siti"]


def test_what_was_found_is_opened_with_the_keyboard(qtbot: QtBot, page: SearchPage) -> None:
    _type(qtbot, page, "siti")
    page.show_state(SearchState("siti", FOUND, searching=False))

    qtbot.keyClick(page.line, Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    with qtbot.waitSignal(page.record_wanted) as told:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    assert told.args == ["v-2"]


def test_enter_in_the_field_goes_to_the_best_fit(qtbot: QtBot, page: SearchPage) -> None:
    _type(qtbot, page, "siti")
    page.show_state(SearchState("siti", FOUND, searching=False))

    qtbot.keyClick(page.line, Qt.Key.Key_Return)

    assert page.found.rows[0].hasFocus()


def test_the_arrow_goes_up_from_the_first_row_into_the_field(qtbot: QtBot, page: SearchPage) -> None:
    page.show_state(SearchState("siti", FOUND, searching=False))
    page.found.focus_first()

    qtbot.keyClick(page.found.rows[0], Qt.Key.Key_Up)

    assert page.line.hasFocus()


def test_a_click_opens_a_record_once(qtbot: QtBot, page: SearchPage) -> None:
    opened: list[str] = []
    page.record_wanted.connect(opened.append)
    page.show_state(SearchState("siti", FOUND, searching=False))

    qtbot.mouseClick(page.found.rows[2], Qt.MouseButton.LeftButton)

    assert opened == ["v-3"]


def test_an_answer_to_what_no_longer_stands_there_is_not_shown(qtbot: QtBot, page: SearchPage) -> None:
    _type(qtbot, page, "siti a")

    page.show_state(SearchState("siti", FOUND, searching=False))

    assert page.found.rows == ()


def test_a_cleared_field_stays_clear_when_an_old_answer_comes(qtbot: QtBot, page: SearchPage) -> None:
    _type(qtbot, page, "siti")
    page.line.selectAll()
    qtbot.keyClick(page.line, Qt.Key.Key_Backspace)

    page.show_state(SearchState("siti", FOUND, searching=False))

    assert page.line.text() == ""
    assert page.found.rows == ()


def test_what_was_looked_for_before_stands_there_again(page: SearchPage) -> None:
    page.show_state(SearchState("3325075708900002", FOUND[:1], searching=False))

    assert page.line.text() == "332507 570890 0002"


def test_what_was_found_stays_while_something_longer_is_looked_for(page: SearchPage) -> None:
    page.show_state(SearchState("siti", FOUND, searching=False))

    page.show_state(SearchState("siti a", (), searching=True))

    assert len(page.found.rows) == 3


def test_nobody_found_says_what_that_means(page: SearchPage) -> None:
    page.show_state(SearchState("xyz", (), searching=False))

    assert "Not at this counter." in _visible(page)


def test_an_empty_field_says_what_can_be_typed(page: SearchPage) -> None:
    assert "two letters of a name" in _visible(page)


def test_a_row_says_who_it_is_and_whether_it_was_withdrawn(page: SearchPage) -> None:
    page.show_state(SearchState("siti", FOUND, searching=False))

    assert page.found.rows[0].accessibleName() == (
        "SITI AMINAH, 332507 570890 0002, 17-08-1990, Lebo, Gringsing, 26-01-2026"
    )
    assert page.found.rows[1].accessibleName().endswith("Withdrawn")


def test_a_full_list_says_that_there_may_be_more(page: SearchPage) -> None:
    many: tuple[Found, ...] = tuple(replace(FOUND[0], visit_id=str(number)) for number in range(MOST))

    page.show_state(SearchState("siti", many, searching=False))

    assert page._field.hint == "The 20 best fits. Type more to find fewer."


def test_the_number_found_is_told(page: SearchPage) -> None:
    page.show_state(SearchState("siti", FOUND, searching=False))

    assert page._field.hint == "3 residents found"


def test_a_page_that_is_left_asks_nothing_more(qtbot: QtBot, page: SearchPage) -> None:
    qtbot.keyClicks(page.line, "siti")

    page.close_page()

    assert not page._pause.isActive()


def test_escape_goes_back(qtbot: QtBot, page: SearchPage) -> None:
    with qtbot.waitSignal(page.back_wanted):
        qtbot.keyClick(page.line, Qt.Key.Key_Escape)


@pytest.mark.parametrize("pasted", ["3325.0757.0890.0002", "3325-075708900002", " 332507 570890 0002 "])
def test_a_pasted_nik_is_asked_for_bare(qtbot: QtBot, page: SearchPage, pasted: str) -> None:
    QApplication.clipboard().setText(pasted)

    with qtbot.waitSignal(page.text_typed) as told:
        page.line.selectAll()
        qtbot.keyClick(page.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert told.args == ["3325075708900002"]
