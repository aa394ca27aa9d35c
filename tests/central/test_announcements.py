import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from central.admission import Space
from central.announcing import Announcer
from central.clock import system_clock
from central.keys import read_door_keys
from central.limits import Limits
from central.sessions import Doorkeeper
from central.tables import KioskRow
from kiosk.wire.messages import Announcement, AuditReceipt, Defer, Have, Need, ProblemType, Reject
from kiosk.wire.signing import Purpose, verify
from tests.central.conftest import (
    Centre,
    Kiosk,
    announced,
    joined,
    made_centre,
    problem_of,
)

MIB = 1 << 20


def test_a_new_packet_is_needed_from_the_start_at_a_place_its_id_gives(kiosk: Kiosk) -> None:
    packet = kiosk.packet()

    answer = kiosk.announce(packet)

    packet_id = packet.header.packet_id
    assert answer == Need(packet_id=packet_id, url=f"/v1/uploads/{packet_id}", offset=0)


def test_announcing_again_changes_nothing(kiosk: Kiosk) -> None:
    packet = kiosk.packet()

    assert kiosk.announce(packet) == kiosk.announce(packet)


def test_a_packet_of_which_some_arrived_is_needed_from_there_on(kiosk: Kiosk) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)
    kiosk.patch(packet.header.packet_id, 0, packet.data[:100])

    assert kiosk.announce(packet).offset == 100


def test_a_packet_the_centre_holds_is_answered_with_its_acknowledgement(kiosk: Kiosk) -> None:
    packet = kiosk.packet()
    given = kiosk.deliver(packet).json()["acknowledgement"]

    answer = kiosk.announce(packet)

    assert answer == Have(packet_id=packet.header.packet_id, acknowledgement=given)


def test_other_bytes_under_a_packet_id_that_is_held_are_a_conflict(kiosk: Kiosk) -> None:
    packet = kiosk.packet()
    kiosk.deliver(packet)

    answer = kiosk.announce(packet, sha256="f" * 64)

    assert isinstance(answer, Reject)
    assert answer.problem.type == ProblemType.CONFLICT


def test_other_bytes_under_a_packet_id_under_way_are_a_conflict(kiosk: Kiosk) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)

    answer = kiosk.announce(packet, sha256="f" * 64)

    assert isinstance(answer, Reject)
    assert answer.problem.type == ProblemType.CONFLICT


@pytest.mark.parametrize("delivered", [False, True])
def test_two_packets_of_one_number_are_a_conflict(kiosk: Kiosk, delivered: bool) -> None:
    first = kiosk.packet()
    kiosk.deliver(first) if delivered else kiosk.announce(first)

    answer = kiosk.announce(kiosk.packet(device_seq=first.header.device_seq))

    assert isinstance(answer, Reject)
    assert answer.problem.type == ProblemType.CONFLICT


def test_two_kiosks_use_the_same_numbers_and_neither_minds(kiosk: Kiosk, centre: Centre) -> None:
    other = joined(centre)

    answers = [kiosk.deliver(kiosk.packet()), other.deliver(other.packet())]

    assert [answer.status_code for answer in answers] == [200, 200]


def test_a_packet_id_of_another_kiosk_is_a_conflict_and_shows_nothing_of_it(
    kiosk: Kiosk, centre: Centre
) -> None:
    packet, other = kiosk.packet(), joined(centre)
    kiosk.deliver(packet)

    answer = other.announce(packet)

    assert isinstance(answer, Reject)
    assert answer.problem.type == ProblemType.CONFLICT
    assert other.request("HEAD", f"/v1/uploads/{packet.header.packet_id}").status_code == 404


def test_a_packet_larger_than_any_may_be_is_rejected_for_good(kiosk: Kiosk) -> None:
    answer = kiosk.announce(kiosk.packet(), size=65 * MIB)

    assert isinstance(answer, Reject)
    assert answer.problem.type == ProblemType.TOO_LARGE


def test_each_item_is_answered_in_its_order_also_one_that_stands_there_twice(kiosk: Kiosk) -> None:
    first, second = kiosk.packet(), kiosk.packet()
    same_number = kiosk.packet(device_seq=first.header.device_seq)
    packets = (second, first, second, same_number)

    answer = kiosk.answers(
        Announcement(items=tuple(map(announced, packets)), audit_head="0" * 64, audit_length=1)
    )

    assert [item.packet_id for item in answer.answers] == [packet.header.packet_id for packet in packets]
    assert [item.do for item in answer.answers] == ["need", "need", "need", "reject"]


def test_more_than_a_hundred_items_are_malformed(kiosk: Kiosk) -> None:
    item = announced(kiosk.packet())
    message = Announcement.model_construct(items=(item,) * 101, audit_head="", audit_length=0)

    assert problem_of(kiosk.post("/v1/announcements", message)) == (400, "malformed")


def test_the_audit_head_comes_back_countersigned(kiosk: Kiosk) -> None:
    answer = kiosk.answers(Announcement(items=(), audit_head="a" * 64, audit_length=17))

    receipt = AuditReceipt.read(verify(answer.audit_receipt, kiosk.centre_key, Purpose.AUDIT_HEAD))
    assert (receipt.kiosk_id, receipt.head, receipt.length) == (kiosk.grant.kiosk_id, "a" * 64, 17)


def test_the_backlog_a_kiosk_tells_of_is_noted(kiosk: Kiosk, centre: Centre) -> None:
    kiosk.answers(
        Announcement(
            items=(), audit_head="b" * 64, audit_length=2, backlog_count=750, backlog_bytes=2_250_000_000
        )
    )

    with centre.store() as store, store.read() as session:
        row = session.get_one(KioskRow, kiosk.grant.kiosk_id)
        noted = (row.backlog_count, row.backlog_bytes, row.audit_head, row.audit_length)
    assert noted == (750, 2_250_000_000, "b" * 64, 2)


@dataclasses.dataclass
class Disk:
    """An announcer whose disk has as much left as the test says."""

    kiosk: Kiosk
    announcer: Announcer
    doorkeeper: Doorkeeper

    def answer(self, *sizes: int, free: int) -> tuple[list[str], int]:
        announcer = dataclasses.replace(self.announcer, free_bytes=lambda: free)
        items = tuple(announced(self.kiosk.packet(), size=size) for size in sizes)
        now = system_clock()
        caller = self.doorkeeper.caller(f"Bearer {self.kiosk.token}", now)
        answer = announcer.answer(Announcement(items=items, audit_head="", audit_length=1), caller, now)
        return [item.do for item in answer.answers], answer.admission.max_bytes


@pytest.fixture
def disk(kiosk: Kiosk, centre: Centre) -> Iterator[Disk]:
    with centre.store() as store:
        keys = read_door_keys(store.folder.keys)
        announcer = Announcer(store, keys, Limits(reserve=10 * MIB), lambda: 0)
        yield Disk(kiosk, announcer, Doorkeeper(store, keys))


def promised(disk: Disk) -> int:
    """What all the tests of this file have been promised on the centre they share."""
    return 100 * MIB - 10 * MIB - disk.answer(free=100 * MIB)[1]


def test_a_small_packet_passes_a_large_one_that_does_not_fit(disk: Disk) -> None:
    free = promised(disk) + 15 * MIB

    answers, left = disk.answer(6 * MIB, 3 * MIB, free=free)

    assert answers == ["defer", "need"]
    assert left == 2 * MIB


def test_what_is_promised_to_one_packet_is_not_promised_to_the_next(disk: Disk) -> None:
    free = promised(disk) + 15 * MIB

    answers, left = disk.answer(3 * MIB, 3 * MIB, free=free)

    assert answers == ["need", "defer"]
    assert left == 2 * MIB


@pytest.mark.parametrize(("free", "left"), [(-1, 0), (0, 0), (10, 0), (15, 0), (16, 1), (100, 85)])
def test_the_reserve_and_the_promises_are_never_given_away(free: int, left: int) -> None:
    space = Space(free=free, promised=5, reserve=10)

    assert space.left == left
    assert space.holds(left)
    assert not space.holds(left + 1)


def test_a_centre_without_room_defers_and_says_when_to_ask_again(tmp_path: Path) -> None:
    full = made_centre(tmp_path / "centre", options=("--reserve-mib", str(1 << 30)))
    full.start()
    try:
        kiosk = joined(full)
        packet = kiosk.packet()

        answer = kiosk.announce(packet)
        status = kiosk.request("HEAD", f"/v1/uploads/{packet.header.packet_id}").status_code
    finally:
        full.stop()

    assert answer == Defer(packet_id=packet.header.packet_id, retry_after=300)
    assert status == 404
