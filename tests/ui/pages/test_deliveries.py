from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from kiosk.domain.words import Words
from kiosk.services.deliveries import Deliveries
from kiosk.services.standing import LinkState
from kiosk.sync.causes import SENTENCES, Cause
from kiosk.ui.kit.texts import ElidedText
from kiosk.ui.pages.deliveries import DeliveriesPage
from kiosk.ui.pages.deliveries_cause import mood_of
from tests.ui.gallery.deliveries import CUT, EMPTY, NEVER_TRIED, NEW, NOT_JOINED, SENDING
from tests.ui.gallery.story import CUT_OFF, NOW


@pytest.fixture
def page(qtbot: QtBot, english: Words) -> DeliveriesPage:
    made = DeliveriesPage(english)
    qtbot.addWidget(made)
    made.resize(1278, 724)
    made.show_state(CUT, NOW)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    return made


def _texts(page: DeliveriesPage) -> str:
    shown = [label for label in page.findChildren(QLabel) if not label.isHidden()]
    return "\n".join(label.whole if isinstance(label, ElidedText) else label.text() for label in shown)


def _caused(cause: Cause, state: Deliveries = CUT) -> Deliveries:
    return replace(state, standing=replace(state.standing, cause=cause.value))


def _rows(page: DeliveriesPage) -> list[str]:
    return [row.accessibleName() for row in page.table._rows.values()]


# --- the cause -------------------------------------------------------------------------------------------


def test_the_cause_stands_in_words_with_the_tries(page: DeliveriesPage) -> None:
    assert page.cause.text == (
        "The centre's machine answers, its program does not. Records are safe here; it is tried again. "
        "Try 41 failed at 09.43. Next try at 09.58."
    )


def test_the_way_is_told_stage_by_stage(page: DeliveriesPage) -> None:
    assert [stage.accessibleName() for stage in page.cause.stages] == [
        "Office network: reached",
        "Server name: reached",
        "Connection: failed here",
        "Certificate: not reached",
        "Sign-in: not reached",
    ]


@pytest.mark.parametrize("cause", list(Cause))
def test_every_cause_has_its_own_sentence_on_the_page(page: DeliveriesPage, cause: Cause) -> None:
    page.show_state(_caused(cause), NOW)

    assert page.cause.text.startswith(SENTENCES[cause].removesuffix("."))


@pytest.mark.parametrize(
    ("cause", "mood"),
    [
        (Cause.REFUSED, "offline"),
        (Cause.NO_LINK, "offline"),
        (Cause.SILENT, "offline"),
        (Cause.TLS_CLOCK, "warning"),
        (Cause.CLOCK_OFF, "warning"),
        (Cause.CAPTIVE_PORTAL, "warning"),
        (Cause.TLS_UNKNOWN_CA, "danger"),
        (Cause.KIOSK_REVOKED, "danger"),
    ],
)
def test_only_what_wants_a_person_looks_alarming(cause: Cause, mood: str) -> None:
    assert mood_of(_caused(cause).standing) == mood


def test_a_cause_of_another_version_still_says_that_the_records_are_safe(page: DeliveriesPage) -> None:
    page.show_state(replace(CUT, standing=replace(CUT.standing, cause="sunspots")), NOW)

    assert "Records are safe here." in page.cause.text


def test_before_the_first_try_no_stage_is_called_passed(page: DeliveriesPage) -> None:
    page.show_state(NEVER_TRIED, NOW)

    assert not page.cause.stages[0].isVisible()
    assert page.cause.text == "The centre was not reached yet. Records are safe here."


def test_a_counter_of_no_centre_cannot_try(page: DeliveriesPage) -> None:
    page.show_state(NOT_JOINED, NOW)

    assert not page.cause.try_now.isVisible()
    assert not page.cause.stages[0].isVisible()
    assert "Join it with the office's code." in page.cause.text


@pytest.mark.parametrize("key", [Qt.Key.Key_F5, Qt.Key.Key_Return])
def test_f5_and_enter_try_now(qtbot: QtBot, page: DeliveriesPage, key: Qt.Key) -> None:
    page.focus_first()

    with qtbot.waitSignal(page.try_wanted):
        qtbot.keyClick(page.cause.try_now, key)


# --- what waits ------------------------------------------------------------------------------------------


def test_the_card_says_what_waits_since_when_and_how_long_it_takes(page: DeliveriesPage) -> None:
    told = _texts(page)

    assert "214" in told
    assert "packets wait, 628 MB" in told
    assert "oldest Mon 26 Jan, 3 days" in told
    assert "Needs 5 hours 40 minutes once the line is back" in told


def test_a_rate_that_was_never_measured_gives_no_forecast(page: DeliveriesPage) -> None:
    page.show_state(replace(CUT, seconds_needed=None), NOW)

    assert "was not measured yet" in _texts(page)


def test_that_nothing_was_sent_is_only_said_when_it_is_so(page: DeliveriesPage) -> None:
    assert "Sent since the centre was cut off" in _texts(page)

    page.show_state(replace(CUT, acknowledged_last=CUT_OFF + timedelta(minutes=1)), NOW)

    assert page.summary._progress.isHidden()


def test_the_order_of_sending_has_its_counts(page: DeliveriesPage) -> None:
    places = [place.accessibleName() for place in page.summary._places]

    assert places == ["Waited for: 6", "Captures: 22", "Everything else: 186"]


def test_while_sending_the_progress_is_told_and_nothing_is_tried_twice(page: DeliveriesPage) -> None:
    page.show_state(SENDING, NOW)
    page.show_progress(12, 214, 118_000)

    assert "Sent 12 of 214" in _texts(page)
    assert "118 kB a second" in _texts(page)
    assert not page.cause.try_now.isVisible()


def test_the_progress_stays_when_the_state_is_read_again(page: DeliveriesPage) -> None:
    page.show_state(SENDING, NOW)
    page.show_progress(12, 214, 118_000)

    page.show_state(SENDING, NOW)

    assert "Sent 12 of 214" in _texts(page)


def test_the_progress_of_a_round_that_ended_does_not_stay(page: DeliveriesPage) -> None:
    page.show_state(SENDING, NOW)
    page.show_progress(12, 214, 118_000)

    page.show_state(CUT, NOW)

    assert "Sent 12 of 214" not in _texts(page)


def test_progress_before_anything_was_shown_is_no_fault(qtbot: QtBot, english: Words) -> None:
    page = DeliveriesPage(english)
    qtbot.addWidget(page)

    page.show_progress(1, 2, 3.0)

    page.show_state(SENDING, NOW)
    assert "Sent 1 of 2" in _texts(page)


def test_when_all_is_delivered_it_says_so_with_the_last_acknowledgement(page: DeliveriesPage) -> None:
    page.show_state(EMPTY, NOW)

    assert page.cause.text == "Centre connected. Everything is at the centre. Last acknowledged 09.39."
    assert "last acknowledged 09.39" in _texts(page)
    assert not page.summary._order_head.isVisible()


def test_an_acknowledgement_of_another_day_has_its_day(page: DeliveriesPage) -> None:
    page.show_state(replace(EMPTY, acknowledged_last=NOW - timedelta(days=2)), NOW)

    assert page.cause.text.endswith("Last acknowledged Tue 27 Jan 09.42.")


def test_a_new_counter_claims_no_delivery(page: DeliveriesPage) -> None:
    page.show_state(NEW, NOW)

    assert "Everything is at the centre" not in _texts(page)
    assert "Nothing was recorded here yet" in _texts(page)


# --- the table -------------------------------------------------------------------------------------------


def test_every_state_says_how_many_and_what_it_means(page: DeliveriesPage) -> None:
    assert _rows(page) == [
        "Saved, waiting: 214, safe on this machine",
        "Sent in part: 0, goes on where it stopped",
        "At the centre: 29, waiting for its decision",
        "Accepted: 1,808, finished, 10 cards printed",
        "Duplicate: 5, the resident has to be told. Show 5",
        "Rejected: 2, see the reason, record again. Show 2",
        "Put aside: 1, failed several times. Try again",
    ]


def test_packets_being_examined_have_a_row_when_there_are_any(page: DeliveriesPage) -> None:
    page.show_state(SENDING, NOW)

    assert "Being examined: 3, the centre asks the Dinas. Show 3" in _rows(page)


def test_enter_on_duplicates_asks_for_their_tasks(qtbot: QtBot, page: DeliveriesPage) -> None:
    page.table.links[0].setFocus()

    with qtbot.waitSignal(page.tasks_wanted) as told:
        qtbot.keyClick(page.table.links[0], Qt.Key.Key_Return)

    assert told.args == ["duplicate"]


def test_enter_on_a_row_tries_nothing(qtbot: QtBot, page: DeliveriesPage) -> None:
    tried: list[bool] = []
    page.try_wanted.connect(lambda: tried.append(True))

    qtbot.keyClick(page.table.links[1], Qt.Key.Key_Return)

    assert tried == []


def test_a_click_on_what_was_put_aside_lets_it_be_tried_again(qtbot: QtBot, page: DeliveriesPage) -> None:
    with qtbot.waitSignal(page.put_back_wanted):
        qtbot.mouseClick(page.table.links[-1], Qt.MouseButton.LeftButton)


def test_where_nothing_is_to_be_done_nothing_can_be_pressed(page: DeliveriesPage) -> None:
    page.show_state(EMPTY, NOW)

    assert page.table.links == ()


def test_the_keyboard_stays_on_its_row_when_counts_change(page: DeliveriesPage) -> None:
    page.table.links[1].setFocus()

    page.show_state(replace(CUT, states=replace(CUT.states, rejected=3)), NOW)

    assert page.table.links[1].hasFocus()
    assert "Rejected: 3" in page.table.links[1].accessibleName()


def test_all_packets_are_counted_since_the_first(page: DeliveriesPage) -> None:
    assert "2,059 since 5 January" in _texts(page)


def test_while_sending_the_keyboard_begins_at_the_first_row_with_work(page: DeliveriesPage) -> None:
    page.show_state(SENDING, NOW)

    page.focus_first()

    assert page.table.links[0].hasFocus()


def test_a_page_with_nothing_to_press_still_takes_the_keyboard(page: DeliveriesPage) -> None:
    page.show_state(replace(EMPTY, standing=replace(EMPTY.standing, link=LinkState.SENDING)), NOW)

    page.focus_first()

    assert page.hasFocus()
