"""Judging what arrived; each test has residents and visits of its own on the centre they share."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from central.judging import Judge
from central.keys import read_door_keys, read_opening_identity
from central.tables import ChangeRow, PacketRow, RecordRow, VerdictRow
from central.watching import LOOK_AGAIN, Watch
from kiosk.domain.verdicts import Decision
from kiosk.wire.contents import ChangeFile
from kiosk.wire.identifiers import new_identifier
from kiosk.wire.messages import PacketKind, SignedPage, Verdict
from kiosk.wire.opening import OpeningIdentity
from kiosk.wire.packet import SealedPacket
from kiosk.wire.signing import Purpose, verify
from tests.central.conftest import (
    NOW,
    Centre,
    Kiosk,
    an2,
    announced_sha256,
    joined,
    resident,
    signed_over_others_seal,
)

_serials = itertools.count(1)


def new_nik() -> str:
    return f"332507570890{next(_serials):04d}"


def new_visit() -> str:
    return new_identifier(NOW, next(_serials).to_bytes(10))


def registration(kiosk: Kiosk, visit_id: str, nik: str) -> SealedPacket:
    return kiosk.packet(PacketKind.REGISTRATION, members={"resident.json": resident(nik)}, visit_id=visit_id)


def enrollment(kiosk: Kiosk, visit_id: str, nik: str | None) -> SealedPacket:
    members = {"enrollment.an2": an2()} | ({"resident.json": resident(nik)} if nik is not None else {})
    return kiosk.packet(members=members, visit_id=visit_id)


def change(kiosk: Kiosk, kind: PacketKind, visit_id: str, named: SealedPacket | None) -> SealedPacket:
    content = ChangeFile(action=kind.value, reason="typed wrongly", user_id="u-1", at=NOW)
    return kiosk.packet(
        kind,
        members={"change.json": content.model_dump_json().encode()},
        visit_id=visit_id,
        refers_to=named.header.packet_id if named else None,
    )


def verdict_on(kiosk: Kiosk, packet: SealedPacket) -> Verdict | None:
    """The verdict as the packet's kiosk gets it."""
    page = SignedPage.read(kiosk.request("GET", "/v1/verdicts").content)
    verdicts = [Verdict.read(verify(text, kiosk.centre_key, Purpose.VERDICT)) for text in page.items]
    found = [verdict for verdict in verdicts if verdict.packet_id == packet.header.packet_id]
    assert len(found) <= 1
    return found[0] if found else None


def judged(kiosk: Kiosk, *packets: SealedPacket) -> list[Verdict | None]:
    for packet in packets:
        assert kiosk.deliver(packet).status_code == 200
    kiosk.centre.judge()
    return [verdict_on(kiosk, packet) for packet in packets]


def decisions(kiosk: Kiosk, *packets: SealedPacket) -> list[Decision | None]:
    return [verdict.decision if verdict else None for verdict in judged(kiosk, *packets)]


def test_the_registration_and_the_enrollment_of_a_visit_are_accepted(kiosk: Kiosk) -> None:
    visit, nik = new_visit(), new_nik()
    packets = (registration(kiosk, visit, nik), enrollment(kiosk, visit, nik))

    assert decisions(kiosk, *packets) == [Decision.ACCEPTED, Decision.ACCEPTED]


def test_an_enrollment_that_names_its_resident_waits_for_nothing(kiosk: Kiosk) -> None:
    visit, nik = new_visit(), new_nik()

    first = decisions(kiosk, enrollment(kiosk, visit, nik))
    second = decisions(kiosk, registration(kiosk, visit, nik))

    assert first == second == [Decision.ACCEPTED]


def test_an_enrollment_that_names_nobody_waits_for_its_registration(kiosk: Kiosk) -> None:
    visit, nik = new_visit(), new_nik()
    packet = enrollment(kiosk, visit, None)

    waiting = decisions(kiosk, packet)
    decisions(kiosk, registration(kiosk, visit, nik))

    assert waiting == [None]
    assert verdict_on(kiosk, packet).decision == Decision.ACCEPTED


def test_the_second_record_of_a_resident_is_a_duplicate_and_both_are_kept(
    kiosk: Kiosk, centre: Centre
) -> None:
    nik, other = new_nik(), joined(centre)
    first, second = enrollment(kiosk, new_visit(), nik), enrollment(other, new_visit(), nik)

    accepted = judged(kiosk, first)[0]
    duplicate = judged(other, second)[0]

    assert accepted.decision == Decision.ACCEPTED
    assert duplicate.decision == Decision.DUPLICATE
    assert duplicate.reason == "The resident has an enrollment already; a person decides."
    assert centre.object_of(first).read_bytes() == first.data
    assert centre.object_of(second).read_bytes() == second.data


def test_a_second_enrollment_of_one_visit_is_for_a_person_to_decide(kiosk: Kiosk) -> None:
    visit, nik = new_visit(), new_nik()
    packets = (enrollment(kiosk, visit, nik), enrollment(kiosk, visit, nik))

    assert decisions(kiosk, *packets) == [Decision.ACCEPTED, Decision.ADJUDICATE]


@pytest.mark.parametrize("first", [registration, enrollment])
def test_two_residents_under_one_visit_are_for_a_person_to_decide(
    kiosk: Kiosk, first: Callable[[Kiosk, str, str], SealedPacket]
) -> None:
    visit = new_visit()
    second = enrollment if first is registration else registration
    packets = (first(kiosk, visit, new_nik()), second(kiosk, visit, new_nik()))

    verdicts = judged(kiosk, *packets)

    assert [verdict.decision for verdict in verdicts] == [Decision.ACCEPTED, Decision.ADJUDICATE]
    assert "different residents" in verdicts[1].reason


@pytest.mark.parametrize(
    "nik", ["", "0" * 16, "3325075708900000", "33250757089000011", "３３２５０７５７０８９００００１"]
)
def test_a_nik_that_cannot_be_one_is_rejected_and_never_repeated(kiosk: Kiosk, nik: str) -> None:
    verdict = judged(kiosk, enrollment(kiosk, new_visit(), nik))[0]

    assert (verdict.decision, verdict.reason) == (
        Decision.REJECTED,
        "The NIK of the form cannot be one.",
    )


def test_an_enrollment_whose_registration_was_rejected_does_not_wait_for_ever(kiosk: Kiosk) -> None:
    visit = new_visit()

    verdicts = judged(kiosk, registration(kiosk, visit, ""), enrollment(kiosk, visit, None))

    assert [verdict.decision for verdict in verdicts] == [Decision.REJECTED, Decision.REJECTED]


def test_a_withdrawal_that_names_an_earlier_packet_frees_the_resident(kiosk: Kiosk, centre: Centre) -> None:
    visit, nik = new_visit(), new_nik()
    first = enrollment(kiosk, visit, nik)
    withdrawal = change(kiosk, PacketKind.WITHDRAWAL, visit, first)

    decided = decisions(kiosk, first, withdrawal)
    again = decisions(kiosk, enrollment(kiosk, new_visit(), nik))

    with centre.store() as store, store.read() as session:
        kept = session.get_one(ChangeRow, withdrawal.header.packet_id)
        record = session.get_one(RecordRow, visit)
    assert decided == [Decision.ACCEPTED, Decision.ACCEPTED]
    assert (kept.kind, kept.visit_id, kept.refers_to) == ("withdrawal", visit, first.header.packet_id)
    assert (record.withdrawn_by, record.holds) == (withdrawal.header.packet_id, None)
    assert again == [Decision.ACCEPTED]
    assert centre.object_of(first).read_bytes() == first.data


def test_an_enrollment_that_comes_after_its_withdrawal_holds_nobody(kiosk: Kiosk) -> None:
    visit, nik = new_visit(), new_nik()
    late = enrollment(kiosk, visit, nik)

    decisions(kiosk, change(kiosk, PacketKind.WITHDRAWAL, visit, late))
    verdict = judged(kiosk, late)[0]

    assert (verdict.decision, verdict.reason) == (Decision.ACCEPTED, "The visit was withdrawn.")
    assert decisions(kiosk, enrollment(kiosk, new_visit(), nik)) == [Decision.ACCEPTED]


def test_an_amendment_that_names_an_earlier_packet_is_recorded_beside_it(
    kiosk: Kiosk, centre: Centre
) -> None:
    visit, nik = new_visit(), new_nik()
    first = enrollment(kiosk, visit, nik)
    amendment = change(kiosk, PacketKind.AMENDMENT, visit, first)

    decided = decisions(kiosk, first, amendment)

    with centre.store() as store, store.read() as session:
        kept = session.get_one(ChangeRow, amendment.header.packet_id)
        holds = session.get_one(RecordRow, visit).holds
    assert decided == [Decision.ACCEPTED, Decision.ACCEPTED]
    assert (kept.kind, kept.refers_to) == ("amendment", first.header.packet_id)
    assert holds is not None


@pytest.mark.parametrize("kind", [PacketKind.AMENDMENT, PacketKind.WITHDRAWAL])
def test_a_change_that_names_no_packet_is_rejected(kiosk: Kiosk, kind: PacketKind) -> None:
    visit = new_visit()
    first = enrollment(kiosk, visit, new_nik())

    verdicts = judged(kiosk, first, change(kiosk, kind, visit, None))

    assert verdicts[1].decision == Decision.REJECTED
    assert verdicts[1].reason == "The packet opens, but it does not name the packet it changes."


def test_a_withdrawal_that_names_a_packet_of_another_visit_changes_nothing(
    kiosk: Kiosk, centre: Centre
) -> None:
    visit = new_visit()
    first, other = enrollment(kiosk, visit, new_nik()), enrollment(kiosk, new_visit(), new_nik())
    decisions(kiosk, first, other)

    decided = decisions(kiosk, change(kiosk, PacketKind.WITHDRAWAL, visit, other))

    with centre.store() as store, store.read() as session:
        holds = session.get_one(RecordRow, visit).holds
    assert decided == [Decision.ADJUDICATE]
    assert holds is not None


@pytest.mark.parametrize("kind", [PacketKind.VISIT, PacketKind.SIGN_OFF])
def test_what_tells_of_a_visit_needs_no_packet_to_name(kiosk: Kiosk, kind: PacketKind) -> None:
    assert decisions(kiosk, change(kiosk, kind, new_visit(), None)) == [Decision.ACCEPTED]


@dataclass(frozen=True)
class Spoilt:
    members: dict[str, bytes]
    kind: PacketKind
    sentence: str


@pytest.mark.parametrize(
    "spoilt",
    [
        Spoilt({"resident.json": resident()}, PacketKind.ENROLLMENT, "it lacks enrollment.an2."),
        Spoilt({}, PacketKind.REGISTRATION, "it lacks resident.json."),
        Spoilt({"resident.json": b"[]"}, PacketKind.REGISTRATION, "one of its JSON members cannot be read."),
        Spoilt({}, PacketKind.SIGN_OFF, "it lacks change.json."),
        Spoilt({"enrollment.an2": b"JPEG"}, PacketKind.ENROLLMENT, "enrollment.an2 is not ANSI/NIST-ITL."),
    ],
    ids=lambda spoilt: spoilt.sentence,
)
def test_a_packet_that_lacks_what_its_kind_must_hold_is_rejected_with_its_reason(
    kiosk: Kiosk, centre: Centre, spoilt: Spoilt
) -> None:
    packet = kiosk.packet(spoilt.kind, members=spoilt.members)

    verdict = judged(kiosk, packet)[0]

    assert (verdict.decision, verdict.reason) == (
        Decision.REJECTED,
        f"The packet opens, but {spoilt.sentence}",
    )
    assert centre.object_of(packet).read_bytes() == packet.data


def test_a_packet_one_kiosk_sealed_and_another_signed_is_rejected_as_foreign(
    kiosk: Kiosk, centre: Centre
) -> None:
    packet = signed_over_others_seal(kiosk, joined(centre))

    verdict = judged(kiosk, packet)[0]

    assert verdict.decision == Decision.REJECTED
    assert "somebody signed what another kiosk sealed" in verdict.reason
    assert centre.object_of(packet).read_bytes() == packet.data


def test_a_packet_sealed_for_another_centre_is_rejected_as_foreign(kiosk: Kiosk, centre: Centre) -> None:
    own = kiosk.grant
    kiosk.grant = own.model_copy(update={"recipients": (OpeningIdentity.generate().recipient,)})
    packet = enrollment(kiosk, new_visit(), new_nik())
    kiosk.grant = own

    verdict = judged(kiosk, packet)[0]

    assert verdict.decision == Decision.REJECTED
    assert verdict.reason == "The packet was not sealed for this centre: its key does not open it."


@pytest.mark.parametrize("damage", ["altered", "cut off", "missing"])
def test_a_file_spoilt_at_the_centre_gets_no_verdict_until_it_is_restored(
    kiosk: Kiosk, centre: Centre, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    packet = enrollment(kiosk, new_visit(), new_nik())
    kiosk.deliver(packet)
    place = centre.object_of(packet)
    if damage == "missing":
        place.unlink()
    else:
        place.write_bytes(packet.data[:-1] + (b"" if damage == "cut off" else b"\x00"))

    centre.judge()
    waiting = verdict_on(kiosk, packet)
    place.write_bytes(packet.data)
    centre.judge()

    assert waiting is None
    assert f"packet {packet.header.packet_id} waits" in caplog.text
    assert verdict_on(kiosk, packet).decision == Decision.ACCEPTED


def test_a_watching_judge_tells_of_a_spoilt_file_once_until_something_changes(
    kiosk: Kiosk, centre: Centre, caplog: pytest.LogCaptureFixture
) -> None:
    packet, other = (enrollment(kiosk, new_visit(), new_nik()) for _ in range(2))
    kiosk.deliver(packet)
    place = centre.object_of(packet)
    place.write_bytes(packet.data[:-1])
    told = f"packet {packet.header.packet_id} waits"

    with centre.store() as store:
        keys = store.folder.keys
        watch = Watch(Judge(store, read_door_keys(keys), read_opening_identity(keys)))
        for seconds in (1.0, 1.5, 2.0, 59.0):
            watch.look(NOW, seconds)
        at_rest = caplog.text.count(told)
        kiosk.deliver(other)
        decided = watch.look(NOW, 59.5)
        place.write_bytes(packet.data)
        watch.look(NOW, 59.5 + LOOK_AGAIN)
        watch.look(NOW, 59.5 + 2 * LOOK_AGAIN)

    assert at_rest == 1
    assert decided == 1
    assert verdict_on(kiosk, packet).decision == Decision.ACCEPTED


def test_one_bad_packet_keeps_no_other_waiting(kiosk: Kiosk) -> None:
    bad = kiosk.packet(PacketKind.REGISTRATION, members={})
    good = enrollment(kiosk, new_visit(), new_nik())

    assert decisions(kiosk, bad, good) == [Decision.REJECTED, Decision.ACCEPTED]


def test_a_packet_is_judged_once(kiosk: Kiosk, centre: Centre) -> None:
    packet = enrollment(kiosk, new_visit(), new_nik())
    first = judged(kiosk, packet)[0]

    with centre.store() as store:
        keys = store.folder.keys
        judge = Judge(store, read_door_keys(keys), read_opening_identity(keys))
        again = judge.judge(packet.header.packet_id, NOW)

    assert again is False
    assert verdict_on(kiosk, packet) == first


def test_the_front_doors_database_names_nobody(kiosk: Kiosk, centre: Centre) -> None:
    nik = new_nik()
    judged(kiosk, enrollment(kiosk, new_visit(), nik))

    database = (centre.folder / "centre.db").read_bytes()

    assert nik.encode() not in database
    assert announced_sha256(nik.encode()).encode() not in database


def test_verdicts_are_numbered_without_gaps_over_all_kiosks(kiosk: Kiosk, centre: Centre) -> None:
    other = joined(centre)
    judged(kiosk, enrollment(kiosk, new_visit(), new_nik()))
    judged(other, enrollment(other, new_visit(), new_nik()))

    with centre.store() as store, store.read() as session:
        serials = list(session.scalars(select(VerdictRow.serial).order_by(VerdictRow.serial)))
        judged_packets = list(session.scalars(select(PacketRow.packet_id).where(PacketRow.judged)))
    assert serials == list(range(1, len(judged_packets) + 1))


def test_a_withdrawal_from_another_office_changes_nothing(kiosk: Kiosk, centre: Centre) -> None:
    visit = new_visit()
    first = enrollment(kiosk, visit, new_nik())
    decisions(kiosk, first)
    with centre.store() as store, store.write() as session:
        row = session.scalar(select(PacketRow).where(PacketRow.packet_id == first.header.packet_id))
        row.office = "33.25.08"

    decided = decisions(kiosk, change(kiosk, PacketKind.WITHDRAWAL, visit, first))

    assert decided == [Decision.ADJUDICATE]
