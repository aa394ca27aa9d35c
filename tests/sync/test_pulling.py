"""Pulling: lost acknowledgements, verdicts and directives are fetched, and one bad item stops nothing else."""

import hashlib

import pytest

from kiosk.domain.roles import Role
from kiosk.domain.verdicts import Decision
from kiosk.storage.records import PacketState
from kiosk.sync.causes import Cause
from kiosk.sync.pulling import (
    ACKNOWLEDGEMENTS_AFTER,
    DIRECTIVES,
    DIRECTIVES_SERIAL,
    NEIGHBOURS,
    VERDICTS_AFTER,
)
from kiosk.wire.messages import Neighbourhood
from kiosk.wire.signing import Purpose, sign
from tests.sync.conftest import Kiosk, content_of, identifier
from tests.sync.scripted_centre import KIOSK, NOW, ScriptedCentre


def acknowledged_without_the_kiosk(centre: ScriptedCentre, number: int) -> str:
    """Return the acknowledgement of a packet the centre got by another way."""
    data = content_of(number, 2000)
    item: dict[str, object] = {
        "packet_id": identifier(number),
        "sha256": hashlib.sha256(data).hexdigest(),
        "size": len(data),
        "device_seq": number,
    }
    centre.packets[identifier(number)] = data
    centre.acknowledgements[identifier(number)] = centre.signed_acknowledgement(item)
    return centre.acknowledgements[identifier(number)]


def put_aside(kiosk: Kiosk, packet_id: str) -> None:
    with kiosk.store.writing() as ledger:
        for _ in range(5):
            ledger.outbox.fail(packet_id, Cause.PACKET_DAMAGED.value)


def test_acknowledgements_that_got_lost_are_fetched_page_by_page(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    ids = kiosk.save_many(5)
    for packet_id in ids:
        put_aside(kiosk, packet_id)
    tokens = [acknowledged_without_the_kiosk(centre, number) for number in range(1, 6)]
    result = kiosk.round()

    assert [kiosk.entry(packet_id).acknowledgement for packet_id in ids] == tokens
    assert kiosk.states() == [PacketState.ACKNOWLEDGED] * 5
    assert (result.acknowledged, centre.body_bytes) == (5, 0)
    assert kiosk.fact(ACKNOWLEDGEMENTS_AFTER) == "5"


def test_a_packet_told_as_had_and_as_acknowledged_is_counted_once(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    packet_id = kiosk.save(1)
    acknowledged_without_the_kiosk(centre, 1)
    result = kiosk.round()

    assert (result.acknowledged, result.held, result.waiting) == (1, 2000, 0)
    assert kiosk.changes == [(packet_id, PacketState.ACKNOWLEDGED, 2000)]


def test_pages_that_were_taken_are_not_fetched_again(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    kiosk.save_many(4)
    kiosk.round()
    kiosk.round()
    centre.calls.clear()
    kiosk.restart()
    kiosk.round()

    asked = [call for call in centre.calls if call.startswith("GET /v1/acknowledgements")]
    assert asked == ["GET /v1/acknowledgements?after=4"]


def test_a_verdict_is_kept_with_its_reason(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    first, second = kiosk.save_many(2)
    kiosk.round()
    centre.add_verdict(first, "accepted")
    centre.add_verdict(second, "duplicate", "the NIK has a packet already")
    kiosk.round()

    assert kiosk.entry(first).verdict is Decision.ACCEPTED
    assert (kiosk.entry(second).verdict, kiosk.entry(second).verdict_reason) == (
        Decision.DUPLICATE,
        "the NIK has a packet already",
    )


def test_a_later_verdict_replaces_an_earlier_one(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    packet_id = kiosk.save(1)
    centre.add_verdict(packet_id, "adjudicate")
    centre.add_verdict(packet_id, "accepted")
    kiosk.round()

    assert kiosk.entry(packet_id).verdict is Decision.ACCEPTED


def test_a_verdict_of_a_packet_nobody_knows_here_is_passed_over(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    packet_id = kiosk.save(1)
    centre.add_verdict(identifier(77), "rejected")
    centre.add_verdict(packet_id, "accepted")
    result = kiosk.round()

    assert (kiosk.entry(packet_id).verdict, result.cause) == (Decision.ACCEPTED, None)


@pytest.mark.parametrize("place", [0, 2, 4])
def test_one_bad_item_does_not_stop_the_rest(kiosk: Kiosk, centre: ScriptedCentre, place: int) -> None:
    ids = kiosk.save_many(5)
    for packet_id in ids:
        centre.add_verdict(packet_id, "accepted")
    forged = {"serial": place + 1, "packet_id": ids[place], "kiosk_id": KIOSK, "decision": "rejected"}
    centre.verdicts[place] = sign(forged | {"decided_at": NOW.isoformat()}, centre.stranger, Purpose.VERDICT)
    centre.add_verdict(identifier(77), "accepted")
    result = kiosk.round()

    expected = [None if number == place else Decision.ACCEPTED for number in range(5)]
    assert [kiosk.entry(packet_id).verdict for packet_id in ids] == expected
    assert (result.cause, kiosk.fact(VERDICTS_AFTER)) == (Cause.UNTRUSTED, "6")


def test_a_page_on_which_nothing_can_be_believed_is_asked_for_again(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    packet_id = kiosk.save(1)
    centre.verdicts = ["forged", "forged too"]
    forged = kiosk.round()
    centre.verdicts = []
    centre.add_verdict(packet_id, "printed")
    kiosk.round()

    assert (forged.cause, forged.waiting) == (Cause.UNTRUSTED, 0)
    assert kiosk.entry(packet_id).verdict is Decision.PRINTED


def test_an_acknowledgement_of_other_bytes_delivers_nothing(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    good, bad = kiosk.save_many(2)
    put_aside(kiosk, good)
    put_aside(kiosk, bad)
    item: dict[str, object] = {"packet_id": bad, "sha256": "00" * 32, "size": 2000, "device_seq": 2}
    centre.acknowledgements[bad] = centre.signed_acknowledgement(item)
    acknowledged_without_the_kiosk(centre, 1)
    result = kiosk.round()

    assert kiosk.states() == [PacketState.ACKNOWLEDGED, PacketState.QUARANTINED]
    assert result.cause is Cause.UNTRUSTED


def test_the_roster_of_the_directives_is_taken_over(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    people: list[dict[str, object]] = [
        {"user_id": "petugas", "name": "Petugas Contoh", "role": Role.OFFICER.value, "active": True},
        {"user_id": "kepala", "name": "Kepala Contoh", "role": Role.SUPERVISOR.value, "active": True},
    ]
    centre.set_directives(1, people)
    kiosk.round()
    centre.set_directives(2, people[:1])
    kiosk.round()
    with kiosk.store.reading() as ledger:
        active = {user.user_id: user.active for user in ledger.users.all()}

    assert active == {"petugas": True, "kepala": False}
    assert (kiosk.fact(DIRECTIVES), kiosk.fact(DIRECTIVES_SERIAL)) == (centre.directives, "2")


def test_directives_that_are_in_force_are_not_sent_again(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    kiosk.round()
    kept = kiosk.fact(DIRECTIVES)
    with kiosk.store.writing() as ledger:
        ledger.facts.put(DIRECTIVES, "would be written over by an answer that came whole")
    kiosk.round()

    assert kept == centre.directives
    assert kiosk.fact(DIRECTIVES) != kept


def test_older_directives_change_nothing_and_stop_nothing(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    centre.set_directives(5, [])
    kiosk.round()
    newest = centre.directives
    centre.set_directives(4, [{"user_id": "x", "name": "x", "role": Role.OFFICER.value, "active": True}])
    kiosk.save(1)
    result = kiosk.round()

    assert (kiosk.fact(DIRECTIVES), kiosk.fact(DIRECTIVES_SERIAL)) == (newest, "5")
    assert (result.cause, result.acknowledged) == (Cause.UNTRUSTED, 1)


@pytest.mark.parametrize("path", ["/v1/directives", "/v1/acknowledgements", "/v1/verdicts"])
@pytest.mark.parametrize("do", ["plain", "shape"])
def test_one_list_the_centre_fails_at_does_not_stop_the_others_or_the_packets(
    kiosk: Kiosk, centre: ScriptedCentre, path: str, do: str
) -> None:
    packet_id = kiosk.save(1)
    centre.add_verdict(packet_id, "accepted")
    centre.fault("GET", path, do)
    result = kiosk.round()

    assert (result.acknowledged, result.waiting) == (1, 0)
    assert result.cause in (Cause.CENTRE_ERROR, Cause.CONTRACT)
    assert (kiosk.entry(packet_id).verdict is None) == (path == "/v1/verdicts")


def test_the_offices_nearby_are_kept_as_the_newest_directives_tell(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    near: dict[str, object] = {"office": "33.25.08", "parts": ["camera"], "told_at": NOW.isoformat()}
    centre.set_directives(1, [], (near,))
    kiosk.round()
    first = Neighbourhood.read(kiosk.fact(NEIGHBOURS) or "")
    centre.set_directives(2, [])
    kiosk.round()

    assert [(one.office, one.parts, one.told_at) for one in first.offices] == [("33.25.08", ("camera",), NOW)]
    assert Neighbourhood.read(kiosk.fact(NEIGHBOURS) or "").offices == ()
