from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from kiosk.domain.words import Words
from kiosk.services.standing import LinkState
from kiosk.ui.pages.home import HomePage
from tests.ui.gallery.home import QUEUE, STATE, STATES
from tests.ui.gallery.story import ONLINE


@pytest.fixture
def page(qtbot: QtBot, english: Words) -> HomePage:
    made = HomePage(english)
    qtbot.addWidget(made)
    made.resize(1278, 724)
    made.show_state(STATE)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    made.focus_first()
    return made


def _called(page: HomePage) -> list[str]:
    told: list[str] = []
    page.call_wanted.connect(told.append)
    return told


def _press(qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key)


def _texts(page: HomePage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_enter_calls_the_next_without_a_question(qtbot: QtBot, page: HomePage) -> None:
    told = _called(page)

    _press(qtbot, Qt.Key.Key_Return)

    assert told == [QUEUE[0].visit_id]


def test_down_goes_into_the_queue_and_enter_asks_before_it_calls(qtbot: QtBot, page: HomePage) -> None:
    told = _called(page)
    _press(qtbot, Qt.Key.Key_Down)
    _press(qtbot, Qt.Key.Key_Down)

    _press(qtbot, Qt.Key.Key_Return)
    asked = (page.question.text, list(told))
    _press(qtbot, Qt.Key.Key_Return)

    assert asked == ("Call A-019 now? Those before keep their places.", [])
    assert told == [QUEUE[2].visit_id]
    assert not page.question.isVisible()


def test_esc_takes_the_question_away_and_nobody_is_called(qtbot: QtBot, page: HomePage) -> None:
    told = _called(page)
    page.rows.list.rows[1].click()

    _press(qtbot, Qt.Key.Key_Escape)

    assert told == []
    assert not page.question.isVisible()
    assert page.primary is page.next.call


def test_enter_on_no_is_no(qtbot: QtBot, page: HomePage) -> None:
    told = _called(page)
    page.rows.list.rows[1].click()
    page.question.no.setFocus()

    _press(qtbot, Qt.Key.Key_Return)

    assert told == []
    assert not page.question.isVisible()


def test_up_from_the_first_row_goes_back_to_the_call(qtbot: QtBot, page: HomePage) -> None:
    _press(qtbot, Qt.Key.Key_Down)

    _press(qtbot, Qt.Key.Key_Up)

    assert QApplication.focusWidget() is page.next.call


def test_a_question_about_somebody_who_left_the_queue_goes_away(page: HomePage) -> None:
    page.rows.list.rows[0].click()

    page.show_state(replace(STATE, queue=(QUEUE[0], *QUEUE[2:])))

    assert not page.question.isVisible()


def test_the_keyboard_stays_with_a_ticket_when_the_queue_moves(qtbot: QtBot, page: HomePage) -> None:
    _press(qtbot, Qt.Key.Key_Down)
    _press(qtbot, Qt.Key.Key_Down)

    page.show_state(replace(STATE, queue=QUEUE[1:]))

    line = page.rows.list.line
    assert line is not None
    assert line.visit_id == QUEUE[2].visit_id


def test_tab_goes_through_the_page_in_reading_order(qtbot: QtBot, page: HomePage) -> None:
    page.pause.setFocus()
    order = []
    for _ in range(13):
        order.append(QApplication.focusWidget())
        _press(qtbot, Qt.Key.Key_Tab)

    rows = page.rows.list.rows
    assert order == [
        page.pause,
        page.notice,
        page.next.call,
        *rows,
        page.open_queue,
        page.arrival,
        page.drafts,
        page.search,
    ]


@pytest.mark.parametrize(
    ("key", "signal"),
    [
        (Qt.Key.Key_F2, "arrival_wanted"),
        (Qt.Key.Key_F3, "drafts_wanted"),
        (Qt.Key.Key_F4, "notice_wanted"),
        (Qt.Key.Key_F9, "pause_wanted"),
    ],
)
def test_each_key_asks_for_its_page(qtbot: QtBot, page: HomePage, key: Qt.Key, signal: str) -> None:
    with qtbot.waitSignal(getattr(page, signal), timeout=1000):
        _press(qtbot, key)


def test_ctrl_f_searches(qtbot: QtBot, page: HomePage) -> None:
    with qtbot.waitSignal(page.search_wanted, timeout=1000):
        qtbot.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)


def test_as_many_rows_as_fit_are_shown_and_the_rest_is_counted(page: HomePage) -> None:
    shown = len(page.rows.list.rows)

    assert 0 < shown < len(QUEUE) - 1
    assert f"{len(QUEUE) - 1 - shown} more below" in _texts(page)
    assert page.rows.list.rows[-1].geometry().bottom() <= page.rows.height()


def test_rows_hold_tickets_services_and_what_is_special_but_no_names(page: HomePage) -> None:
    names = [row.accessibleName() for row in page.rows.list.rows]

    assert names[0] == "A-018, First KTP-el recording, Elderly, 25 minutes"
    assert names[4] == "A-022, First KTP-el recording, Has a draft, 15 minutes"


def test_seconds_of_waiting_do_not_make_the_rows_anew(page: HomePage) -> None:
    before = page.rows.list.rows

    page.show_state(replace(STATE, queue=tuple(replace(line, waits=line.waits + 5) for line in QUEUE)))

    assert page.rows.list.rows == before


def test_without_a_queue_enter_opens_the_page_of_arrival(qtbot: QtBot, page: HomePage) -> None:
    page.show_state(STATES["home-empty"])
    page.focus_first()

    with qtbot.waitSignal(page.arrival_wanted, timeout=1000):
        _press(qtbot, Qt.Key.Key_Return)

    assert page.arrival.kind == "primary"
    assert "No queue yet" in _texts(page)


def test_a_queue_that_fills_again_gives_enter_back_to_the_call(qtbot: QtBot, page: HomePage) -> None:
    told = _called(page)
    page.show_state(STATES["home-empty"])

    page.show_state(STATE)
    page.focus_first()
    _press(qtbot, Qt.Key.Key_Return)

    assert told == [QUEUE[0].visit_id]
    assert page.arrival.kind == "secondary"


def test_no_banner_stands_while_the_centre_answers(page: HomePage) -> None:
    page.show_state(STATES["home-online"])

    assert not page.banner.isVisible()


def test_an_outage_says_since_when_and_that_work_goes_on(page: HomePage) -> None:
    assert page.banner.text.startswith("Centre server cut off since Monday, 26 January at 08.12")
    assert "kept safe" in page.banner.text


def test_a_full_disk_stops_recording_and_leads_to_the_copy_while_calling_stays(
    qtbot: QtBot, page: HomePage
) -> None:
    page.show_state(STATES["home-disk-full"])

    with qtbot.waitSignal(page.export_wanted, timeout=1000):
        _press(qtbot, Qt.Key.Key_F7)

    assert page.banner.text.startswith("The disk is nearly full")
    assert page.next.call.isEnabled()


@pytest.mark.parametrize(
    ("practice", "head"),
    [(True, "Practice office without a centre."), (False, "This kiosk has joined no centre yet.")],
)
def test_a_kiosk_without_a_centre_says_so(page: HomePage, practice: bool, head: str) -> None:
    alone = replace(ONLINE, link=LinkState.NOT_JOINED, practice=practice)

    page.show_state(replace(STATE, standing=alone))

    assert page.banner.text.startswith(head)


def test_the_notice_is_hidden_until_it_leads_somewhere(page: HomePage) -> None:
    page.show_state(replace(STATE, notice=False))

    assert not page.notice.isVisible()


def test_the_day_is_told_in_four_numbers(page: HomePage) -> None:
    assert "31 Served 24 Recorded 6 Papers 1 Laid aside" in _texts(page)


def test_a_broken_device_stands_at_the_foot_of_the_services(page: HomePage) -> None:
    before = _texts(page)
    page.show_state(replace(STATE, foot=""))

    assert STATE.foot in before
    assert STATE.foot not in _texts(page)


def test_a_name_that_begins_with_an_initial_is_greeted_with_its_first_whole_word(page: HomePage) -> None:
    page.show_state(replace(STATE, user_name="M. Ridwan Hakim"))

    assert "Good morning, Ridwan" in _texts(page)
