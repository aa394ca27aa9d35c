"""Delivery: everything arrives, nothing but a signature counts, and what broke off goes on where it was."""

import pytest

from kiosk.storage.records import PacketState
from kiosk.sync.causes import Cause
from kiosk.sync.pump import OUTAGE, PAUSE
from kiosk.sync.sending import AUDIT_RECEIPT
from kiosk.wire.messages import ProblemType
from tests.sync.conftest import IMPATIENT, Kiosk, content_of, identifier
from tests.sync.scripted_centre import ScriptedCentre
from tests.sync.speaker import nobody

CALLS = [
    ("POST", "/v1/sessions"),
    ("POST", "/v1/announcements"),
    ("GET", "/v1/directives"),
    ("GET", "/v1/acknowledgements"),
    ("GET", "/v1/verdicts"),
    ("PATCH", "/v1/uploads/"),
]


def test_everything_is_delivered_and_the_centre_holds_the_same_bytes(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    ids = kiosk.save_many(5, size=50_000)
    result = kiosk.round()

    assert (result.acknowledged, result.waiting, result.cause) == (5, 0, None)
    assert (result.sent, result.held) == (250_000, 250_000)
    assert centre.packets == {ids[at]: content_of(at + 1, 50_000) for at in range(5)}
    assert kiosk.states() == [PacketState.ACKNOWLEDGED] * 5
    assert [kiosk.entry(packet_id).acknowledgement for packet_id in ids] == list(
        centre.acknowledgements.values()
    )


def test_more_packets_than_one_announcement_takes_go_in_several(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    kiosk.save_many(103, size=10)
    result = kiosk.round()

    assert (result.acknowledged, result.waiting) == (103, 0)
    assert centre.calls.count("POST /v1/announcements") == 2


def test_the_most_urgent_goes_first_and_then_the_oldest(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    for number, priority in ((1, 3), (2, 2), (3, 1), (4, 2), (5, 1)):
        kiosk.save(number, priority=priority)
    kiosk.round()

    assert centre.commits == [identifier(number) for number in (3, 5, 2, 4, 1)]


def test_a_round_with_nothing_to_send_still_fetches(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    result = kiosk.round()

    assert (result.sent, result.waiting, result.cause) == (0, 0, None)
    assert any(call.startswith("GET /v1/verdicts") for call in centre.calls)
    assert kiosk.fact(AUDIT_RECEIPT)


def test_an_empty_packet_is_delivered_too(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    packet_id = kiosk.save(1, size=0)
    result = kiosk.round()

    assert (result.waiting, centre.packets) == (0, {packet_id: b""})


def test_the_states_are_waiting_then_partial_then_acknowledged_and_sending_is_none_of_them(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    packet_id = kiosk.save(1, size=100_000)
    seen = {kiosk.entry(packet_id).state}
    centre.during = lambda: seen.add(kiosk.entry(packet_id).state)
    centre.fault("PATCH", ".*", "cut", number=40_000)
    centre.fault("PATCH", ".*", "cut", number=30_000)
    kiosk.rounds(9)

    assert kiosk.changes == [
        (packet_id, PacketState.PARTIAL, 40_000),
        (packet_id, PacketState.PARTIAL, 70_000),
        (packet_id, PacketState.ACKNOWLEDGED, 100_000),
    ]
    assert seen == {PacketState.WAITING, PacketState.PARTIAL}


@pytest.mark.parametrize(("method", "path"), CALLS)
@pytest.mark.parametrize("do", ["page", "redirect"])
def test_a_gateways_log_in_page_at_any_call_delivers_nothing_and_is_told_as_one(
    kiosk: Kiosk, centre: ScriptedCentre, method: str, path: str, do: str
) -> None:
    packet_id = kiosk.save(1)
    centre.fault(method, path, do, times=99)
    result = kiosk.round()

    assert (result.cause, result.acknowledged, result.waiting) == (Cause.CAPTIVE_PORTAL, 0, 1)
    assert kiosk.entry(packet_id).acknowledgement == ""
    assert kiosk.entry(packet_id).failures == 0


@pytest.mark.parametrize(("method", "path"), CALLS)
@pytest.mark.parametrize("do", ["gateway", "huge", "reset"])
def test_once_the_line_is_good_again_whatever_failed_is_delivered(
    kiosk: Kiosk, centre: ScriptedCentre, method: str, path: str, do: str
) -> None:
    packet_id = kiosk.save(1)
    centre.fault(method, path, do)
    first = kiosk.round()
    last = kiosk.rounds(2)

    assert first.cause is not None
    assert (last.waiting, list(centre.packets)) == (0, [packet_id])
    assert centre.sent_again == []


@pytest.mark.parametrize("do", ["stranger", "another"])
def test_an_acknowledgement_that_is_not_this_packets_delivers_nothing(
    kiosk: Kiosk, centre: ScriptedCentre, do: str
) -> None:
    packet_id = kiosk.save(1)
    centre.fault("PATCH", ".*", do)
    result = kiosk.round()

    assert (result.cause, result.acknowledged, result.waiting) == (Cause.UNTRUSTED, 0, 1)
    assert kiosk.entry(packet_id).acknowledgement == ""


@pytest.mark.parametrize("path", ["/v1/uploads/", "/v1/announcements"])
def test_an_answer_lost_after_the_commit_is_given_again_and_nothing_is_sent_twice(
    kiosk: Kiosk, centre: ScriptedCentre, path: str
) -> None:
    packet_id = kiosk.save(1, size=50_000)
    centre.fault("PATCH" if "uploads" in path else "POST", path, "lose")
    lost = kiosk.round()
    committed = centre.acknowledgements.get(packet_id, "")
    last = kiosk.round()

    assert (lost.cause, lost.acknowledged) == (Cause.CUT, 0)
    assert (last.acknowledged, last.waiting) == (1, 0)
    assert kiosk.entry(packet_id).acknowledgement == (committed or centre.acknowledgements[packet_id])
    assert (centre.commits, centre.body_bytes, centre.sent_again) == ([packet_id], 50_000, [])


def test_what_the_centre_holds_whole_but_did_not_acknowledge_is_asked_for_without_a_byte(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    kiosk.save(1, size=50_000)
    centre.fault("PATCH", ".*", "part")
    result = kiosk.round()

    assert (result.acknowledged, centre.body_bytes) == (1, 50_000)
    assert [headers["upload-offset"] for headers in centre.patch_headers] == ["0", "50000"]


def test_at_another_offset_the_centre_is_asked_and_sending_goes_on_from_there(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    packet_id = kiosk.save(1, size=50_000)
    centre.fault("PATCH", ".*", "cut", number=20_000)
    kiosk.round()
    centre.fault("PATCH", ".*", ProblemType.OFFSET, number=409)
    centre.calls.clear()
    result = kiosk.round()

    uploads = [call.split()[0] for call in centre.calls if packet_id in call]
    assert (result.acknowledged, uploads) == (1, ["PATCH", "HEAD", "PATCH"])
    assert centre.body_bytes == 50_000


def test_a_centre_that_names_other_offsets_for_ever_is_left_for_a_later_round(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    moving, good = kiosk.save_many(2)
    centre.fault("PATCH", f".*{moving}", ProblemType.OFFSET, number=409, times=1000)
    result = kiosk.round()

    assert list(centre.packets) == [good]
    assert (result.waiting, kiosk.entry(moving).failures) == (1, 0)


@pytest.mark.parametrize("problem", [(ProblemType.GONE, 410), (ProblemType.UNKNOWN_PACKET, 404)])
@pytest.mark.parametrize("method", ["PATCH", "HEAD"])
def test_an_upload_the_centre_forgot_is_announced_again(
    kiosk: Kiosk, centre: ScriptedCentre, problem: tuple[ProblemType, int], method: str
) -> None:
    kiosk.save(1)
    if method == "HEAD":
        centre.fault("PATCH", ".*", ProblemType.OFFSET, number=409)
    centre.fault(method, ".*", problem[0], number=problem[1])
    result = kiosk.round()

    assert (result.acknowledged, result.waiting) == (1, 0)
    assert centre.calls.count("POST /v1/announcements") == 2


def test_a_centre_that_lost_what_it_held_gets_the_packet_from_the_start(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    packet_id = kiosk.save(1, size=50_000)
    for _ in range(2):
        centre.fault("PATCH", ".*", "cut", number=20_000)
    kiosk.rounds(2)
    held = kiosk.entry(packet_id)
    centre.uploads.clear()
    kiosk.rounds(2)

    assert (held.state, held.offset) == (PacketState.PARTIAL, 20_000)
    assert centre.packets == {packet_id: content_of(1, 50_000)}


def test_a_packet_somebody_else_is_sending_is_waited_for_and_never_started_over(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    locked, good = kiosk.save(1, size=50_000), kiosk.save(2)
    centre.fault("PATCH", f".*{locked}", "cut", number=20_000)
    kiosk.round()
    centre.fault("PATCH", f".*{locked}", ProblemType.LOCKED, number=423, times=3)
    results = [kiosk.round() for _ in range(3)]

    assert [result.cause for result in results] == [Cause.CENTRE_BUSY] * 3
    assert results[0].retry_after == 5.0
    assert list(centre.packets) == [good]
    assert (len(centre.uploads[locked].held), kiosk.entry(locked).offset) == (20_000, 20_000)
    assert (kiosk.rounds(2).waiting, centre.body_bytes) == (0, 52_000)


def test_more_bytes_than_the_packet_has_are_not_believed(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    packet_id = kiosk.save(1)
    centre.fault("PATCH", ".*", "reset")
    kiosk.round()
    centre.uploads[packet_id].held += bytes(9_999_999)
    result = kiosk.round()

    assert (result.cause, kiosk.entry(packet_id).offset) == (Cause.CONTRACT, 0)


def test_a_dead_line_ends_the_round_at_the_first_packet(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    kiosk.save_many(20)
    centre.fault("PATCH", ".*", "reset", times=99)
    result = kiosk.round()

    assert (result.cause, result.waiting) == (Cause.CUT, 20)
    assert len(centre.patch_headers) == 1


def test_a_centre_that_errs_is_given_up_at_the_second_packet(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    ids = kiosk.save_many(20)
    centre.fault("PATCH", ".*", "plain", times=99)
    result = kiosk.round()

    assert (result.cause, len(centre.patch_headers)) == (Cause.CENTRE_ERROR, 2)
    assert [kiosk.entry(packet_id).failures for packet_id in ids] == [0] * 20


def test_nothing_listening_is_told_and_costs_no_packet_an_attempt(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    packet_id = kiosk.save(1)
    kiosk.join(f"http://{nobody()}")
    result = kiosk.round()

    assert (result.cause, result.waiting, kiosk.entry(packet_id).attempts) == (Cause.REFUSED, 1, 0)


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_a_silent_centre_is_told_as_silent_at_any_call(
    kiosk: Kiosk, centre: ScriptedCentre, method: str, path: str
) -> None:
    kiosk.save(1)
    kiosk.limits = IMPATIENT
    centre.fault(method, path, "silent")
    result = kiosk.round()

    assert (result.cause, result.waiting) == (Cause.SILENT, 1)


def test_a_kiosk_that_joined_no_centre_says_so_and_keeps_everything(kiosk: Kiosk) -> None:
    kiosk.save(1)
    with kiosk.store.writing() as ledger:
        ledger.facts.put("signing_key", "")
        ledger._session.connection().exec_driver_sql("DELETE FROM facts WHERE name = 'membership'")
    result = kiosk.round()

    assert (result.cause, result.waiting) == (Cause.NOT_JOINED, 1)
    assert (kiosk.fact(OUTAGE), kiosk.fact(PAUSE)) == (None, None)


def test_the_database_knows_no_state_for_being_sent(kiosk: Kiosk) -> None:
    assert "sending" not in [state.value for state in PacketState]
