"""After saving: what is shown is true, what is said promises nothing, and a slip counts only when it came out."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kiosk.domain.requests import Service
from kiosk.domain.words import Words
from kiosk.services.stages import Stage
from kiosk.services.standing import LinkState
from kiosk.ui.visit.saved_page import SavedPage
from kiosk.ui.visit.saved_state import SavedState, Slip
from kiosk.ui.visit.saved_words import nodes_of, sentence_to_say
from kiosk.ui.visit.slip import SlipPicture, masked, slip_text
from kiosk.ui.visit.timeline import NodeState
from tests.ui.gallery.saved import ARRIVED, PARKED, SAVED, SAVED_AT, packet, record
from tests.ui.gallery.story import ONLINE, STANDING
from tests.ui.gallery.visits import LONG_NAME
from tests.ui.visit.stand import active

DONE, WAITING, MOVING, LATER, CARE = (
    NodeState.DONE,
    NodeState.WAITING,
    NodeState.MOVING,
    NodeState.LATER,
    NodeState.CARE,
)
SENDING = replace(STANDING, link=LinkState.SENDING, link_since=None, cause=None)


@pytest.fixture
def page(qtbot: QtBot, english: Words) -> SavedPage:
    page = SavedPage(english)
    page.resize(1278, 724)
    active(qtbot, page)
    page.show_state(SAVED)
    page.focus_first()
    return page


def _states(words: Words, state: SavedState) -> list[NodeState]:
    return [node.state for node in nodes_of(words, state)]


# --- how far it has come ---------------------------------------------------------------------------------


def test_offline_the_record_is_saved_and_waits(english: Words) -> None:
    assert _states(english, SAVED) == [DONE, WAITING, LATER, LATER]


def test_while_it_is_sent_the_second_station_moves(english: Words) -> None:
    assert _states(english, replace(SAVED, standing=SENDING)) == [DONE, MOVING, LATER, LATER]


def test_one_packet_of_two_at_the_centre_is_not_received(english: Words) -> None:
    half = record(packet("registration", state="acknowledged", acknowledged_at=SAVED_AT), packet())

    assert _states(english, replace(SAVED, standing=ONLINE, record=half)) == [DONE, MOVING, LATER, LATER]


def test_received_is_told_with_the_time_of_the_last_receipt(english: Words) -> None:
    first = packet("registration", state="acknowledged", acknowledged_at=SAVED_AT)
    nodes = nodes_of(english, replace(SAVED, standing=ONLINE, record=record(first, ARRIVED)))

    assert [node.state for node in nodes] == [DONE, DONE, DONE, LATER]
    assert nodes[2].at == english.time_seconds(SAVED_AT + timedelta(seconds=9))


@pytest.mark.parametrize(
    ("verdict", "state"),
    [("accepted", DONE), ("printed", DONE), ("duplicate", CARE), ("adjudicate", CARE), ("rejected", CARE)],
)
def test_every_verdict_has_its_station(english: Words, verdict: str, state: NodeState) -> None:
    decided = record(replace(ARRIVED, verdict=verdict, verdict_reason="blurred"))

    node = nodes_of(english, replace(SAVED, record=decided))[3]

    assert node.state is state
    assert node.told


def test_a_packet_the_centre_refuses_is_not_shown_as_waiting(english: Words) -> None:
    assert _states(english, replace(SAVED, record=record(packet(state="quarantined"))))[1] is CARE


def test_the_stations_move_on_in_the_same_widgets(page: SavedPage) -> None:
    before = list(page.timeline.stations)

    page.show_state(replace(SAVED, standing=ONLINE, record=record(ARRIVED)))

    assert page.timeline.stations == before
    assert page.timeline.stations[1].told.text() == "Everything has arrived."


# --- what is said ----------------------------------------------------------------------------------------


def test_the_indonesian_sentence_is_the_one_of_the_target(words: Words) -> None:
    assert sentence_to_say(words, SAVED) == (
        "“Data Ibu sudah tersimpan aman. Simpan slip ini. Bila ada yang perlu diulang, kami hubungi. "
        "Kami kabari lewat 0812 5550 1234 bila KTP siap.”"
    )


@pytest.mark.parametrize(
    ("is_woman", "age", "person"),
    [(True, 35, "Ibu"), (False, 40, "Bapak"), (True, 17, "Anda"), (None, 40, "Anda"), (False, None, "Anda")],
)
def test_a_resident_is_spoken_to_by_sex_and_age(
    words: Words, is_woman: bool | None, age: int | None, person: str
) -> None:
    said = sentence_to_say(words, replace(SAVED, is_woman=is_woman, age=age))

    assert said.startswith(f"“Data {person} sudah")


@pytest.mark.parametrize("slip", [Slip.ASKED, Slip.FAILED, Slip.NO_PRINTER])
def test_no_slip_is_spoken_of_before_it_came_out(english: Words, slip: Slip) -> None:
    said = sentence_to_say(english, replace(SAVED, slip=slip))

    assert "slip" not in said
    assert "Note the code 01K7-9F2C." in said


def test_nobody_is_promised_a_card_without_a_phone_or_a_service_that_gives_one(english: Words) -> None:
    sheet = replace(record(), service=Service.BIODATA_SHEET)

    assert "KTP" not in sentence_to_say(english, replace(SAVED, phone=""))
    assert "KTP" not in sentence_to_say(english, replace(SAVED, record=sheet))


def test_after_a_rejection_no_card_is_spoken_of(english: Words) -> None:
    rejected = record(replace(ARRIVED, verdict="rejected", verdict_reason="blurred"))

    said = sentence_to_say(english, replace(SAVED, record=rejected))

    assert "repeat" in said
    assert "KTP" not in said


# --- the page --------------------------------------------------------------------------------------------


def test_the_page_says_saved_with_the_second_and_the_packet(page: SavedPage) -> None:
    assert page.hero.head.text() == "Saved safely"
    assert "09.58.12" in page.hero.rest.text()
    assert page.timeline.packet.whole == "Packet 01K7-9F2C, 2.9 MB, number 1,284"


def test_enter_calls_the_next_ticket(qtbot: QtBot, page: SavedPage) -> None:
    with qtbot.waitSignal(page.next_wanted), qtbot.assertNotEmitted(page.home_wanted):
        qtbot.keyClick(page, Qt.Key.Key_Return)

    assert page.next.shown_text == "Call A-018"


def test_enter_goes_to_the_queue_when_nobody_waits(qtbot: QtBot, page: SavedPage) -> None:
    page.show_state(replace(SAVED, next_ticket=""))

    with qtbot.waitSignal(page.home_wanted), qtbot.assertNotEmitted(page.next_wanted):
        qtbot.keyClick(page, Qt.Key.Key_Return)


def test_escape_goes_home_f7_asks_for_a_certificate_f8_prints_again(qtbot: QtBot, page: SavedPage) -> None:
    with qtbot.waitSignals([page.home_wanted, page.certificate_wanted, page.print_wanted]):
        for key in (Qt.Key.Key_Escape, Qt.Key.Key_F7, Qt.Key.Key_F8):
            qtbot.keyClick(page, key)


def test_without_a_printer_nothing_offers_to_print(qtbot: QtBot, page: SavedPage) -> None:
    page.show_state(replace(SAVED, slip=Slip.NO_PRINTER, offers_certificate=False))

    with qtbot.assertNotEmitted(page.print_wanted), qtbot.assertNotEmitted(page.certificate_wanted):
        qtbot.keyClick(page, Qt.Key.Key_F8)
        qtbot.keyClick(page, Qt.Key.Key_F7)

    assert page.slip.badge.shown_text == "No printer"


def test_a_slip_that_failed_makes_printing_the_next_thing(qtbot: QtBot, page: SavedPage) -> None:
    page.show_state(replace(SAVED, slip=Slip.FAILED))

    with qtbot.waitSignal(page.print_wanted), qtbot.assertNotEmitted(page.next_wanted):
        qtbot.keyClick(page, Qt.Key.Key_Return)


def test_only_the_officer_says_whether_an_unsure_slip_came_out(qtbot: QtBot, page: SavedPage) -> None:
    page.show_state(replace(SAVED, slip=Slip.ASKED))
    assert page.slip.badge.shown_text == "Sent to print"

    with qtbot.waitSignal(page.slip_told) as told:
        page.slip.no.click()

    assert told.args == [False]


def test_a_parked_visit_says_what_is_open_and_where_it_can_be_done(english: Words, page: SavedPage) -> None:
    page.show_state(PARKED)

    assert page.hero.box == "warning"
    assert page.hero.head.text() == "Kept, not complete"
    assert page.timeline.stations[1].title.text() == "Still open: fingerprints"
    assert "Kecamatan Limpung" in page.timeline.stations[1].told.text()
    assert "saved safely" not in page.to_say.text()
    assert PARKED.parked is not None
    assert PARKED.parked.stage is Stage.FINGERS


def test_the_slip_hides_the_birth_date_and_carries_the_code(english: Words) -> None:
    text = slip_text(english, record(), office="Gringsing", code="01K7-9F2C")

    assert dict(text.lines)["NIK"] == "332507 •••••• 0002"
    assert text.code == "01K7-9F2C"
    assert masked("12345") == "12345"


def test_a_longer_name_makes_a_longer_slip(qtbot: QtBot, english: Words) -> None:
    short, long = SlipPicture(), SlipPicture()
    qtbot.addWidget(short)
    qtbot.addWidget(long)

    short.show_text(slip_text(english, record(), office="Gringsing", code="01K7-9F2C"))
    named = replace(record(), full_name=LONG_NAME)
    long.show_text(slip_text(english, named, office="Gringsing", code="01K7-9F2C"))

    assert long.sizeHint().height() > short.sizeHint().height() + 30
