import hashlib
import io
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyrage
import pytest

from kiosk.domain.clock import ClockState
from kiosk.domain.errors import KioskError
from kiosk.wire.errors import ForeignPacketError, PacketDamagedError, SignatureError
from kiosk.wire.identifiers import new_identifier
from kiosk.wire.messages import Created, PacketKind
from kiosk.wire.packet import (
    Label,
    SealedPacket,
    check_file,
    check_whole,
    header_unverified,
    open_packet,
    seal,
)
from kiosk.wire.signing import Purpose, SigningKey, sign

KIOSK, OTHER_KIOSK = SigningKey(bytes([1] * 32)), SigningKey(bytes([2] * 32))
CENTRE, RECOVERY = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
RECIPIENTS = (str(CENTRE.to_public()), str(RECOVERY.to_public()))
NOW = datetime(2026, 1, 29, 3, 0, tzinfo=UTC)
MEMBERS = {"resident.json": b'{"a":1}', "enrollment.an2": bytes(range(256)) * 40}


def _label(**changes: object) -> Label:
    label = Label(
        packet_id=new_identifier(NOW, bytes(10)),
        kind=PacketKind.ENROLLMENT,
        visit_id=new_identifier(NOW, bytes([1] * 10)),
        kiosk_id="k-332507-aaaa",
        office="33.25.07",
        practice=True,
        device_seq=7,
        created=Created(wall=NOW, boottime=12.5, boot_id="boot", clock=ClockState.TRUSTED),
        audit_head="0" * 64,
    )
    return replace(label, **changes)


def _sealed(**changes: object) -> SealedPacket:
    return seal(MEMBERS, _label(**changes), KIOSK, RECIPIENTS)


def test_a_packet_gives_back_what_was_put_in() -> None:
    packet = _sealed()

    opened = open_packet(packet.data, KIOSK.public, str(CENTRE))

    assert opened.members == MEMBERS
    assert opened.header == packet.header
    assert opened.manifest.device_seq == 7


def test_the_recovery_key_opens_it_as_well() -> None:
    assert open_packet(_sealed().data, KIOSK.public, str(RECOVERY)).members == MEMBERS


def test_public_tools_alone_open_a_packet(tmp_path: Path) -> None:
    packet = _sealed()
    (tmp_path / "x.pkt").write_bytes(packet.data)
    (tmp_path / "opening.agekey").write_text(f"# the centre's key\n{CENTRE}\n")
    out = tmp_path / "out"
    out.mkdir()

    command = "set -o pipefail; tail -n +2 x.pkt | age -d -i opening.agekey | tar x -C out"
    subprocess.run(["bash", "-c", command], cwd=tmp_path, check=True)

    assert {path.name: path.read_bytes() for path in out.iterdir() if path.name != "manifest.json"} == MEMBERS


def test_sha256_and_size_are_those_of_the_whole_file(tmp_path: Path) -> None:
    packet = _sealed()
    (tmp_path / "x.pkt").write_bytes(packet.data)

    whole = check_file(tmp_path / "x.pkt", KIOSK.public)

    assert whole.sha256 == packet.sha256 == hashlib.sha256(packet.data).hexdigest()
    assert whole.size == packet.size == len(packet.data)


def test_a_flipped_byte_anywhere_is_noticed_without_opening() -> None:
    data = _sealed().data
    line = data.index(b"\n") + 1
    places = [*range(line), *range(line, len(data), 37), len(data) - 1]

    for at in places:
        flipped = bytearray(data)
        flipped[at] ^= 0x01
        with pytest.raises((SignatureError, PacketDamagedError)):
            check_whole(io.BytesIO(flipped), KIOSK.public)


@pytest.mark.parametrize("keep", [0, 1, 100, 900, -1, -1000])
def test_a_truncated_packet_is_refused(keep: int) -> None:
    with pytest.raises((PacketDamagedError, SignatureError)):
        check_whole(io.BytesIO(_sealed().data[:keep]), KIOSK.public)


def test_bytes_put_behind_a_packet_are_noticed() -> None:
    with pytest.raises(PacketDamagedError, match="cut off or altered"):
        check_whole(io.BytesIO(_sealed().data + b"\0"), KIOSK.public)


def test_another_kiosks_key_is_refused() -> None:
    with pytest.raises(SignatureError, match="another key"):
        open_packet(_sealed().data, OTHER_KIOSK.public, str(CENTRE))


def test_a_key_it_was_not_sealed_for_does_not_open_it() -> None:
    stranger = str(pyrage.x25519.Identity.generate())

    with pytest.raises(ForeignPacketError, match="not sealed for this centre"):
        open_packet(_sealed().data, KIOSK.public, stranger)


def test_ciphertext_signed_anew_by_another_kiosk_is_refused() -> None:
    packet = _sealed()
    stolen = packet.header.model_copy(update={"kiosk_id": "k-332507-bbbb"})
    sealed_part = packet.data[packet.data.index(b"\n") + 1 :]
    forged = sign(stolen.plain(), OTHER_KIOSK, Purpose.PACKET).encode() + b"\n" + sealed_part

    with pytest.raises(ForeignPacketError, match="another kiosk sealed"):
        open_packet(forged, OTHER_KIOSK.public, str(CENTRE))


def test_the_first_line_can_be_read_before_the_key_is_known() -> None:
    packet = _sealed()

    assert header_unverified(io.BytesIO(packet.data)) == packet.header


@pytest.mark.parametrize("data", [b"", b"\n", b"x" * 10_000, b"a.b.c\n", "é\n".encode(), b"e30.e30.AA\n"])
def test_what_is_no_packet_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(KioskError):
        header_unverified(io.BytesIO(data))


def test_what_lies_inside_is_not_readable_outside() -> None:
    marker = b"PENANDA-RAHASIA-42"
    packet = seal({"resident.json": marker}, _label(), KIOSK, RECIPIENTS)

    assert marker not in packet.data


def test_identifiers_sort_by_the_time_they_were_made() -> None:
    early = new_identifier(datetime(2026, 1, 1, tzinfo=UTC), bytes([255] * 10))
    late = new_identifier(datetime(2026, 1, 2, tzinfo=UTC), bytes(10))

    assert early < late
    assert early[14] == "7"
