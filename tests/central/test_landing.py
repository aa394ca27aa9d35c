import errno
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from central.clock import system_clock
from central.figures import count
from central.keys import read_door_keys
from central.limits import Limits
from central.receiving import Receiver
from central.sessions import Doorkeeper
from central.store import keep_once
from central.tables import UploadRow
from central.uploads import Uploads, Writing
from kiosk.wire.messages import Have
from kiosk.wire.packet import SealedPacket
from tests.central.conftest import Centre, Kiosk, half_sent, problem_of, until


def test_a_packet_that_became_whole_behind_the_centres_back_is_taken_in_when_it_is_announced(
    kiosk: Kiosk, centre: Centre
) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)
    centre.landing_of(packet).write_bytes(packet.data)

    assert isinstance(kiosk.announce(packet), Have)


def test_an_object_left_without_its_row_is_entered_when_its_packet_comes_again(
    kiosk: Kiosk, centre: Centre
) -> None:
    packet = kiosk.packet()
    centre.landing_of(packet).write_bytes(packet.data)
    keep_once(centre.landing_of(packet), centre.object_of(packet))
    centre.landing_of(packet).unlink()

    answer = kiosk.deliver(packet)

    assert answer.status_code == 200
    with centre.store() as store:
        assert count(store, verify=True).unentered == 0


def test_another_object_in_the_packets_place_is_never_overwritten(kiosk: Kiosk, centre: Centre) -> None:
    packet = kiosk.packet()
    centre.object_of(packet).parent.mkdir()
    centre.object_of(packet).write_bytes(b"something else")

    answer = kiosk.deliver(packet)

    assert problem_of(answer) == (409, "conflict")
    assert centre.object_of(packet).read_bytes() == b"something else"


class FailingOnce:
    """A disk that fails to sync and, asked again, says that nothing is wrong, as Linux does."""

    def __init__(self) -> None:
        self.failed = False

    def __call__(self, handle: int) -> None:
        if not self.failed:
            self.failed = True
            raise OSError(errno.EIO, "Input/output error")


@pytest.mark.parametrize("blocks", [1, 3])
def test_bytes_that_could_not_be_synced_are_given_up_even_if_a_second_try_succeeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blocks: int
) -> None:
    landing = tmp_path / "landing.part"
    writing = Writing(landing, 0, 10 << 20, None)
    writing.write(b"")
    monkeypatch.setattr(os, "fsync", FailingOnce())

    for _ in range(blocks):
        writing.write(bytes(1 << 20) if blocks > 1 else bytes(10))

    with pytest.raises(OSError, match="Input/output"):
        writing.close()
    assert not landing.exists()


def test_an_upload_taken_in_by_another_line_is_acknowledged_on_this_one_too(
    kiosk: Kiosk, centre: Centre
) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)
    now = system_clock()
    with centre.store() as store:
        keys = read_door_keys(store.folder.keys)
        receiver = Receiver(store, keys)
        uploads = Uploads(store, receiver, Limits())
        caller = Doorkeeper(store, keys).caller(f"Bearer {kiosk.token}", now)
        writing = uploads.begin(packet.header.packet_id, 0, caller, now)
        writing.write(packet.data)

        taken = kiosk.announce(packet)
        told = uploads.settle(packet.header.packet_id, writing, now)

    assert isinstance(taken, Have)
    assert told.acknowledgement == taken.acknowledgement


def test_five_that_find_the_same_packet_whole_make_one_record_of_it(kiosk: Kiosk, centre: Centre) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)
    centre.landing_of(packet).write_bytes(packet.data)
    started = threading.Barrier(5)

    def receive() -> str:
        with centre.store() as store:
            receiver = Receiver(store, read_door_keys(store.folder.keys))
            started.wait()
            return receiver.receive(packet.header.packet_id, system_clock())

    with ThreadPoolExecutor(5) as pool:
        given = [future.result() for future in [pool.submit(receive) for _ in range(5)]]

    assert len(set(given)) == 1
    assert kiosk.announce(packet).acknowledgement == given[0]
    assert centre.object_of(packet).read_bytes() == packet.data


def test_asking_how_far_a_patch_is_while_it_settles_does_no_harm(kiosk: Kiosk, centre: Centre) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)
    packet_id, now = packet.header.packet_id, system_clock()
    with centre.store() as store:
        keys = read_door_keys(store.folder.keys)
        uploads = Uploads(store, Receiver(store, keys), Limits())
        caller = Doorkeeper(store, keys).caller(f"Bearer {kiosk.token}", now)
        writing = uploads.begin(packet_id, 0, caller, now)
        writing.write(packet.data[:-1])
        settled_at = uploads.settle(packet_id, writing, now).offset

        during = uploads.progress(packet_id, caller, now).offset
        uploads.end(packet_id)
        after = uploads.progress(packet_id, caller, now).offset

    assert (settled_at, during, after) == (packet.size - 1, 0, packet.size - 1)


def test_an_upload_that_cannot_begin_does_not_stay_locked(kiosk: Kiosk, centre: Centre) -> None:
    packet = kiosk.packet()
    kiosk.announce(packet)
    kiosk.patch(packet.header.packet_id, 7, b"x")

    assert kiosk.patch(packet.header.packet_id, 0, packet.data).status_code == 200


def test_a_line_cut_every_few_bytes_delivers_all_the_same(kiosk: Kiosk, centre: Centre) -> None:
    packet = kiosk.packet()
    packet_id, offset = packet.header.packet_id, 0
    step = packet.size // 8
    while packet.size - offset > step:
        with half_sent(kiosk, packet, offset + step, offset=offset) as half:
            half.cut()
            until(lambda reached=offset + step: settled(centre, packet) == reached)
        offset = kiosk.offset(packet_id)

    answer = kiosk.patch(packet_id, offset, packet.data[offset:])

    assert answer.status_code == 200
    assert centre.object_of(packet).read_bytes() == packet.data


def settled(centre: Centre, packet: SealedPacket) -> int:
    with centre.store() as store, store.read() as session:
        return session.get_one(UploadRow, packet.header.packet_id).received
