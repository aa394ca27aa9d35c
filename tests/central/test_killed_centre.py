import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from central.figures import Figures, count
from central.store import keep_once
from kiosk.wire.messages import Acknowledgement, Have, PacketKind
from kiosk.wire.packet import SealedPacket
from kiosk.wire.signing import Purpose, verify
from tests.central.conftest import Centre, Kiosk, half_sent, joined, made_centre

LARGE = 600_000


def large_packet(kiosk: Kiosk) -> SealedPacket:
    return kiosk.packet(PacketKind.SELFTEST, members={"trace.bin": os.urandom(LARGE)})


def test_a_centre_killed_during_an_upload_tells_the_durable_offset_each_time_and_goes_on_from_there(
    lone: Centre,
) -> None:
    kiosk = joined(lone)
    packet = large_packet(kiosk)
    offsets = [0]
    for reached in (150_000, 300_000):
        with half_sent(kiosk, packet, reached, offset=offsets[-1]):
            lone.kill()
        lone.start()
        offsets.append(kiosk.offset(packet.header.packet_id))

    answer = kiosk.patch(packet.header.packet_id, offsets[-1], packet.data[offsets[-1] :])

    assert offsets == [0, 150_000, 300_000]
    stated = Acknowledgement.read(
        verify(answer.json()["acknowledgement"], kiosk.centre_key, Purpose.ACKNOWLEDGEMENT)
    )
    assert (stated.sha256, stated.log_index) == (packet.sha256, 1)
    assert lone.object_of(packet).read_bytes() == packet.data


def test_a_silent_sender_is_let_go_and_its_bytes_are_kept(made: Centre) -> None:
    made.options = ("--idle", "0.3")
    made.start()
    try:
        kiosk = joined(made)
        packet = kiosk.packet()
        with half_sent(kiosk, packet, 400) as half:
            answer = half.answer()
        offset = kiosk.offset(packet.header.packet_id)
    finally:
        made.stop()

    assert answer.startswith(b"HTTP/1.1 204 ")
    assert offset == 400


@dataclass
class Wreck:
    """A centre that died with packets in every state, and is up again."""

    centre: Centre
    kiosk: Kiosk
    delivered: SealedPacket
    given: str
    whole: SealedPacket
    linked: SealedPacket
    damaged: SealedPacket
    stray: SealedPacket

    @property
    def figures(self) -> Figures:
        with self.centre.store() as store:
            return count(store, verify=True)


@pytest.fixture(scope="module")
def wreck(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wreck]:
    centre = made_centre(tmp_path_factory.mktemp("wreck") / "centre")
    centre.start()
    kiosk = joined(centre)
    delivered, whole, linked, damaged, stray = (kiosk.packet() for _ in range(5))
    given = kiosk.deliver(delivered).json()["acknowledgement"]
    for packet in (whole, linked, damaged):
        kiosk.announce(packet)
    centre.kill()
    centre.landing_of(whole).write_bytes(whole.data)
    centre.landing_of(linked).write_bytes(linked.data)
    keep_once(centre.landing_of(linked), centre.object_of(linked))
    centre.landing_of(damaged).write_bytes(bytes(damaged.size))
    centre.landing_of(stray).write_bytes(b"left over")
    shutil.copyfile(centre.object_of(delivered), centre.folder / "objects" / "00.pkt")
    centre.start()
    yield Wreck(centre, kiosk, delivered, given, whole, linked, damaged, stray)
    centre.stop()


def test_packets_that_were_whole_when_the_centre_died_are_taken_in_at_the_start(wreck: Wreck) -> None:
    figures = wreck.figures

    assert (figures.acknowledged, figures.under_way) == (3, 0)
    assert (figures.lost, figures.unentered, figures.duplicates) == (0, 0, 0)


@pytest.mark.parametrize("state", ["whole", "linked"])
def test_what_was_taken_in_at_the_start_is_had_when_its_kiosk_asks(wreck: Wreck, state: str) -> None:
    packet = getattr(wreck, state)

    assert isinstance(wreck.kiosk.announce(packet), Have)
    assert wreck.centre.object_of(packet).read_bytes() == packet.data
    assert not wreck.centre.landing_of(packet).exists()


def test_sessions_and_acknowledgements_outlive_a_kill(wreck: Wreck) -> None:
    held = Have(packet_id=wreck.delivered.header.packet_id, acknowledgement=wreck.given)

    assert wreck.kiosk.announce(wreck.delivered) == held


def test_landing_copies_nobody_announced_are_swept_away_and_objects_never(wreck: Wreck) -> None:
    assert not wreck.centre.landing_of(wreck.stray).exists()
    assert wreck.centre.object_of(wreck.delivered).read_bytes() == wreck.delivered.data
    assert (wreck.centre.folder / "objects" / "00.pkt").exists()


def test_damaged_bytes_left_by_a_crash_are_deleted_and_sent_anew(wreck: Wreck) -> None:
    left = wreck.centre.landing_of(wreck.damaged).exists()

    assert not left
    assert wreck.kiosk.deliver(wreck.damaged).status_code == 200
