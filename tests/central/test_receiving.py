from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from central.figures import Figures, count
from central.tables import AsideRow, PacketRow
from kiosk.wire.messages import Acknowledgement, Have, Need, PacketKind
from kiosk.wire.packet import SealedPacket
from kiosk.wire.signing import Purpose, SigningKey, sign, verify
from tests.central.conftest import (
    Centre,
    Kiosk,
    announced_sha256,
    half_sent,
    joined,
    made_centre,
    problem_of,
    signed_over_others_seal,
    until,
)

SENDERS = 5


def figures(centre: Centre) -> Figures:
    with centre.store() as store:
        return count(store, verify=True)


def rows(centre: Centre, packet: SealedPacket) -> list[PacketRow]:
    query = select(PacketRow).where(PacketRow.packet_id == packet.header.packet_id)
    with centre.store() as store, store.read() as session:
        return list(session.scalars(query))


def test_the_acknowledgement_says_what_is_held_where_and_since_when(kiosk: Kiosk, centre: Centre) -> None:
    packet = kiosk.packet()

    answer = kiosk.deliver(packet)

    token = answer.json()["acknowledgement"]
    stated = Acknowledgement.read(verify(token, kiosk.centre_key, Purpose.ACKNOWLEDGEMENT))
    (row,) = rows(centre, packet)
    assert stated == Acknowledgement(
        packet_id=packet.header.packet_id,
        sha256=packet.sha256,
        size=packet.size,
        kiosk_id=kiosk.grant.kiosk_id,
        device_seq=packet.header.device_seq,
        stored_at=row.stored_at,
        generation=1,
        log_index=row.log_index,
    )


def test_what_is_acknowledged_is_stored_entered_and_no_longer_landing(kiosk: Kiosk, centre: Centre) -> None:
    packet = kiosk.packet()

    token = kiosk.deliver(packet).json()["acknowledgement"]

    assert centre.object_of(packet).read_bytes() == packet.data
    assert [row.acknowledgement for row in rows(centre, packet)] == [token]
    assert not centre.landing_of(packet).exists()


def test_the_log_index_rises_by_one_with_every_packet_of_any_kiosk(kiosk: Kiosk, centre: Centre) -> None:
    other = joined(centre)
    packets = [kiosk.packet(), other.packet(), kiosk.packet()]
    for sender, packet in zip((kiosk, other, kiosk), packets, strict=True):
        sender.deliver(packet)

    first, second, third = (rows(centre, packet)[0].log_index for packet in packets)

    assert (second, third) == (first + 1, first + 2)


def test_no_packet_is_acknowledged_that_could_not_be_stored(lone: Centre) -> None:
    kiosk = joined(lone)
    packet = kiosk.packet()
    objects = lone.folder / "objects"
    objects.rename(lone.folder / "away")
    objects.write_text("in the way", encoding="ascii")

    refused = kiosk.deliver(packet)
    entered = rows(lone, packet)
    objects.unlink()
    (lone.folder / "away").rename(objects)

    assert problem_of(refused) == (500, "failed")
    assert entered == []
    assert isinstance(kiosk.announce(packet), Have)
    assert lone.object_of(packet).read_bytes() == packet.data


def test_an_answer_lost_after_the_commit_is_given_again_byte_for_byte(kiosk: Kiosk, centre: Centre) -> None:
    packet = kiosk.packet()
    packet_id = packet.header.packet_id
    with half_sent(kiosk, packet, packet.size - 1) as half:
        half.send(packet.data[-1:])
        until(lambda: len(rows(centre, packet)) == 1)
        half.cut()

    offset = kiosk.offset(packet_id)
    by_patch = kiosk.patch(packet_id, offset, b"").json()["acknowledgement"]
    by_announcement = kiosk.announce(packet).acknowledgement
    replayed = kiosk.request("GET", "/v1/acknowledgements?after=0").json()["items"]

    assert offset == packet.size
    assert [row.acknowledgement for row in rows(centre, packet)] == [by_patch]
    assert by_announcement == by_patch
    assert replayed == [by_patch]


def send_until_acknowledged(kiosk: Kiosk, packet: SealedPacket) -> str:
    packet_id = packet.header.packet_id
    while True:
        kiosk.announce(packet)
        answer = kiosk.patch(packet_id, offset := kiosk.offset(packet_id), packet.data[offset:])
        assert answer.status_code in (200, 409, 423), answer.text
        if answer.status_code == 200:
            return str(answer.json()["acknowledgement"])


def test_the_same_packet_sent_five_times_at_once_is_one_record(kiosk: Kiosk, centre: Centre) -> None:
    packet = kiosk.packet()
    before = figures(centre)
    kiosk.announce(packet)

    with ThreadPoolExecutor(SENDERS) as pool:
        answers = list(pool.map(lambda _: send_until_acknowledged(kiosk, packet), range(SENDERS)))

    after = figures(centre)
    assert len(answers) == SENDERS
    assert len(set(answers)) == 1
    assert len(rows(centre, packet)) == 1
    assert (after.acknowledged, after.duplicates, after.lost) == (before.acknowledged + 1, 0, 0)


def test_bytes_that_are_not_those_announced_are_deleted_and_sent_once_more(
    kiosk: Kiosk, centre: Centre
) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)
    altered = packet.data[:-1] + bytes([packet.data[-1] ^ 1])

    refused = kiosk.patch(packet.header.packet_id, 0, altered)
    left = centre.landing_of(packet).exists()
    again = kiosk.announce(packet)
    taken = kiosk.patch(packet.header.packet_id, 0, packet.data)

    assert problem_of(refused) == (422, "damaged")
    assert not left
    assert (again.do, again.offset) == ("need", 0)
    assert taken.status_code == 200


def test_a_whole_packet_under_another_sha256_than_announced_is_damaged(kiosk: Kiosk) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet, sha256=announced_sha256(b"something else"))

    refused = kiosk.patch(packet.header.packet_id, 0, packet.data)

    assert problem_of(refused) == (422, "damaged")


def test_a_packet_signed_by_another_kiosks_key_is_foreign(kiosk: Kiosk, centre: Centre) -> None:
    own, kiosk.key = kiosk.key, joined(centre).key
    packet = kiosk.packet()
    kiosk.key = own

    assert problem_of(kiosk.deliver(packet)) == (403, "foreign")
    assert rows(centre, packet) == []


@pytest.mark.parametrize(
    "changes",
    [{"office": "33.25.08"}, {"kiosk_id": "k-332507-another"}],
    ids=["another office", "another kiosk"],
)
def test_a_signed_line_that_names_others_is_foreign(kiosk: Kiosk, changes: dict[str, str]) -> None:
    assert problem_of(kiosk.deliver(kiosk.packet(**changes))) == (403, "foreign")


@pytest.mark.parametrize("changes", [{"kind": PacketKind.VISIT}, {"device_seq": 900}], ids=str)
def test_a_signed_line_that_says_other_than_was_announced_is_foreign(
    kiosk: Kiosk, changes: dict[str, object]
) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet, **changes)

    assert problem_of(kiosk.patch(packet.header.packet_id, 0, packet.data)) == (403, "foreign")


def test_what_is_no_packet_at_all_is_damaged(kiosk: Kiosk) -> None:
    packet = kiosk.packet()
    junk = replace(packet, data=bytes(packet.size), sha256=announced_sha256(bytes(packet.size)))

    assert problem_of(kiosk.deliver(junk)) == (422, "damaged")


def test_another_signature_over_the_same_line_does_not_replace_a_held_packet(
    kiosk: Kiosk, centre: Centre
) -> None:
    packet = kiosk.packet()
    kiosk.deliver(packet)
    line = sign(packet.header.plain() | {"audit_head": "1" * 64}, kiosk.key, Purpose.PACKET)
    data = line.encode() + b"\n" + packet.data.partition(b"\n")[2]
    other = replace(packet, data=data, sha256=announced_sha256(data))

    assert kiosk.announce(other).do == "reject"
    assert centre.object_of(packet).read_bytes() == packet.data


def test_a_practice_centre_refuses_a_real_record(kiosk: Kiosk) -> None:
    refused = kiosk.deliver(kiosk.packet(practice=False))

    assert problem_of(refused) == (403, "practice")


def test_a_real_centre_refuses_a_practice_record_and_takes_real_ones(tmp_path: Path) -> None:
    real = made_centre(tmp_path / "centre", practice=False)
    real.start()
    try:
        kiosk = joined(real)
        refused = kiosk.deliver(kiosk.packet(practice=True))
        taken = kiosk.deliver(kiosk.packet())
    finally:
        real.stop()

    assert not kiosk.grant.practice
    assert problem_of(refused) == (403, "practice")
    assert taken.status_code == 200


def test_a_packet_under_way_when_its_kiosk_is_revoked_is_kept_aside(kiosk: Kiosk, centre: Centre) -> None:
    packet = kiosk.packet()
    with half_sent(kiosk, packet, 400) as half:
        centre.revoke(kiosk.grant.kiosk_id)
        half.send(packet.data[400:])
        answer = half.answer()

    with centre.store() as store, store.read() as session:
        kept = session.get_one(AsideRow, packet.header.packet_id)
    assert answer.startswith(b"HTTP/1.1 403 ")
    assert (kept.kiosk_id, kept.sha256, kept.why) == (kiosk.grant.kiosk_id, packet.sha256, "revoked")
    assert (centre.folder / "aside" / f"{packet.header.packet_id}.pkt").read_bytes() == packet.data
    assert rows(centre, packet) == []


def test_a_revoked_kiosk_may_finish_a_packet_that_was_cut_and_it_is_kept_aside(
    kiosk: Kiosk, centre: Centre
) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)
    kiosk.patch(packet.header.packet_id, 0, packet.data[:400])
    centre.revoke(kiosk.grant.kiosk_id)

    offset = kiosk.offset(packet.header.packet_id)
    answer = kiosk.patch(packet.header.packet_id, offset, packet.data[offset:])

    assert offset == 400
    assert problem_of(answer) == (403, "kiosk-revoked")
    assert (centre.folder / "aside" / f"{packet.header.packet_id}.pkt").read_bytes() == packet.data


def test_a_packet_sealed_by_one_kiosk_and_signed_by_another_passes_the_door_which_cannot_open_it(
    kiosk: Kiosk, centre: Centre
) -> None:
    resigned = signed_over_others_seal(kiosk, joined(centre))

    answer = kiosk.deliver(resigned)

    assert answer.status_code == 200


def test_a_stranger_who_knows_a_kiosks_id_delivers_nothing(kiosk: Kiosk) -> None:
    packet = kiosk.packet()
    stranger = replace(kiosk, key=SigningKey.generate(), token="made-up")

    refused = stranger.patch(packet.header.packet_id, 0, packet.data)

    assert problem_of(refused) == (401, "unauthorized")
    assert isinstance(kiosk.announce(packet), Need)
