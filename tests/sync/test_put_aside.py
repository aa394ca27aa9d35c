"""One bad packet is counted, put aside and shown, and never holds up or changes another."""

from pathlib import Path

import pytest

from kiosk.storage.records import PacketState
from kiosk.sync.causes import Cause
from kiosk.wire.messages import ProblemType
from tests.sync.conftest import Kiosk, content_of
from tests.sync.scripted_centre import ScriptedCentre


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def altered(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[1000] ^= 1
    path.write_bytes(bytes(data))


def removed(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("harm", [cut_short, altered, removed])
def test_a_file_that_is_not_as_it_was_sealed_is_put_aside_at_once_and_never_sent(
    kiosk: Kiosk, centre: ScriptedCentre, harm: object
) -> None:
    bad, good = kiosk.save_many(2)
    assert callable(harm)
    harm(kiosk.store.packets.path(bad))
    result = kiosk.round()

    assert kiosk.states() == [PacketState.QUARANTINED, PacketState.ACKNOWLEDGED]
    assert (result.cause, result.waiting) == (Cause.PACKET_DAMAGED, 0)
    assert (list(centre.packets), centre.body_bytes) == ([good], 2000)
    assert kiosk.entry(bad).cause == Cause.PACKET_DAMAGED.value


def test_a_packet_put_back_with_its_file_mended_is_delivered(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    packet_id = kiosk.save(1)
    altered(kiosk.store.packets.path(packet_id))
    kiosk.round()
    kiosk.store.packets.place(packet_id, content_of(1, 2000))
    with kiosk.store.writing() as ledger:
        ledger.outbox.put_back(packet_id)
    result = kiosk.round()

    assert (result.acknowledged, list(centre.packets)) == (1, [packet_id])


def test_a_packet_that_arrives_damaged_is_counted_and_sent_once_more_from_the_start(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    bad, good = kiosk.save_many(2)
    centre.fault("PATCH", f".*{bad}", "rot")
    first = kiosk.round()
    counted = kiosk.entry(bad)
    last = kiosk.round()

    assert (first.acknowledged, first.waiting, first.cause) == (1, 1, Cause.PACKET_DAMAGED)
    assert (counted.failures, counted.cause) == (1, Cause.PACKET_DAMAGED.value)
    assert (last.waiting, centre.commits) == (0, [good, bad])


@pytest.mark.parametrize("how", ["damaged", "refused"])
def test_five_failures_of_one_class_put_a_packet_aside_and_its_file_stays(
    kiosk: Kiosk, centre: ScriptedCentre, how: str
) -> None:
    bad, good = kiosk.save_many(2)
    centre.fault("PATCH", f".*{bad}", "rot", times=99)
    if how == "refused":
        centre.rejected[bad] = ProblemType.FOREIGN
    failures = []
    for _ in range(6):
        kiosk.round()
        failures.append(kiosk.entry(bad).failures)

    assert failures == [1, 2, 3, 4, 5, 5]
    assert kiosk.states() == [PacketState.QUARANTINED, PacketState.ACKNOWLEDGED]
    assert kiosk.store.packets.path(bad).read_bytes() == content_of(1, 2000)
    assert centre.commits == [good]


def test_failures_of_several_classes_do_not_add_up(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    packet_id = kiosk.save(1)
    centre.fault("PATCH", ".*", "rot", times=4)
    for _ in range(4):
        kiosk.round()
    centre.rejected[packet_id] = ProblemType.CONFLICT
    kiosk.round()

    entry = kiosk.entry(packet_id)
    assert (entry.state, entry.failures, entry.cause) == (
        PacketState.WAITING,
        1,
        Cause.PACKET_REFUSED.value,
    )


def test_a_revoked_kiosk_is_told_and_no_packet_blamed(kiosk: Kiosk, centre: ScriptedCentre) -> None:
    packet_id = kiosk.save(1)
    centre.rejected[packet_id] = ProblemType.KIOSK_REVOKED
    result = kiosk.round()

    assert (result.cause, kiosk.entry(packet_id).failures) == (Cause.KIOSK_REVOKED, 0)


@pytest.mark.parametrize("do", ["plain", "stranger"])
def test_a_poison_packet_at_the_head_does_not_block_and_is_put_aside_once_others_pass_it(
    kiosk: Kiosk, centre: ScriptedCentre, do: str
) -> None:
    poison = kiosk.save(1)
    centre.fault("PATCH", f".*{poison}", do, times=99)
    for number in range(2, 7):
        kiosk.save(number)
        kiosk.round()

    assert kiosk.states() == [PacketState.QUARANTINED, *[PacketState.ACKNOWLEDGED] * 5]


def test_a_packet_that_fails_alone_is_not_blamed_for_what_may_be_the_centres_fault(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    packet_id = kiosk.save(1)
    centre.fault("PATCH", ".*", "plain", times=99)
    kiosk.rounds(7)

    assert (kiosk.entry(packet_id).state, kiosk.entry(packet_id).failures) == (PacketState.WAITING, 0)


@pytest.mark.parametrize("do", ["reset", "plain"])
@pytest.mark.parametrize("count", [1, 3])
def test_packets_that_break_the_line_each_time_do_not_hold_up_the_others_for_ever(
    kiosk: Kiosk, centre: ScriptedCentre, do: str, count: int
) -> None:
    poison = [kiosk.save(number, size=500) for number in range(1, count + 1)]
    good = [kiosk.save(number) for number in range(10, 15)]
    for packet_id in poison:
        centre.fault("PATCH", f".*{packet_id}", do, times=999)
    kiosk.rounds(count + 2)

    assert sorted(centre.packets) == good


def test_a_packet_the_line_broke_at_goes_first_again_once_it_got_further(
    kiosk: Kiosk, centre: ScriptedCentre
) -> None:
    long, short = kiosk.save(1, size=60_000, priority=1), kiosk.save(2)
    centre.fault("PATCH", ".*", "cut", number=30_000)
    kiosk.round()
    kiosk.save(3, size=10)
    kiosk.round()

    assert centre.commits.index(long) < centre.commits.index(short)
    assert centre.body_bytes == 62_010
