"""Nothing that was altered passes: not a bit, not a cut, not a line by another hand, not a member too many."""

import hashlib
import io
import tarfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.clock import ClockState
from kiosk.wire.contents import MANIFEST, Manifest, Member
from kiosk.wire.errors import ForeignPacketError, PacketDamagedError, SignatureError, WireError
from kiosk.wire.identifiers import new_identifier
from kiosk.wire.messages import Created, PacketKind
from kiosk.wire.opening import OpeningIdentity
from kiosk.wire.packet import Label, check_whole, header_unverified, open_packet, seal
from kiosk.wire.signing import Purpose, SigningKey, sign

KIOSK, OTHER_KIOSK = SigningKey(bytes([1] * 32)), SigningKey(bytes([2] * 32))
CENTRE, STRANGER = OpeningIdentity.generate(), OpeningIdentity.generate()
NOW = datetime(2026, 1, 29, 3, 0, tzinfo=UTC)
MEMBERS = {"resident.json": b'{"a":1}', "documents/family_card.jpg": bytes(range(256)) * 2}
LABEL = Label(
    packet_id=new_identifier(NOW, bytes(10)),
    kind=PacketKind.ENROLLMENT,
    visit_id=new_identifier(NOW, bytes([1] * 10)),
    kiosk_id="k-332507-aaaa",
    office="33.25.07",
    practice=True,
    device_seq=7,
    created=Created(wall=NOW, boottime=12.5, boot_id="boot", clock=ClockState.TRUSTED),
    audit_head="0" * 64,
    refers_to=new_identifier(NOW, bytes([2] * 10)),
)
PACKET = seal(MEMBERS, LABEL, KIOSK, (CENTRE.recipient,))
LINE = PACKET.data.index(b"\n") + 1

places = st.one_of(st.integers(0, LINE - 1), st.integers(0, len(PACKET.data) - 1))


def _signed(sealed: bytes, key: SigningKey = KIOSK, **changes: object) -> bytes:
    """Return a packet around any sealed part, its line signed as a kiosk with that key would."""
    header = PACKET.header.model_copy(
        update={"sealed_sha256": hashlib.sha256(sealed).hexdigest(), "sealed_size": len(sealed), **changes}
    )
    return sign(header.plain(), key, Purpose.PACKET).encode() + b"\n" + sealed


def _of_archive(archive: bytes) -> bytes:
    return _signed(pyrage.encrypt(archive, [pyrage.x25519.Recipient.from_str(CENTRE.recipient)]))


def _manifest(members: Mapping[str, bytes]) -> bytes:
    listed = {
        name: Member(sha256=hashlib.sha256(content).hexdigest(), size=len(content))
        for name, content in members.items()
    }
    manifest = Manifest(
        packet_id=LABEL.packet_id,
        kind=LABEL.kind,
        visit_id=LABEL.visit_id,
        kiosk_id=LABEL.kiosk_id,
        device_seq=LABEL.device_seq,
        members=listed,
    )
    return manifest.model_dump_json().encode()


def _archive(*entries: tuple[str, bytes], kind: bytes = tarfile.REGTYPE, **pax: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in entries:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            if name != MANIFEST:
                entry.type, entry.pax_headers = kind, pax
            archive.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


def _refusal(archive: bytes) -> str:
    with pytest.raises(PacketDamagedError) as refused:
        open_packet(_of_archive(archive), KIOSK.public, CENTRE.secret)
    return str(refused.value)


def test_what_these_tests_build_is_opened_when_it_is_right() -> None:
    built = _of_archive(_archive((MANIFEST, _manifest(MEMBERS)), *MEMBERS.items()))

    assert open_packet(built, KIOSK.public, CENTRE.secret).members == MEMBERS
    assert open_packet(PACKET.data, KIOSK.public, CENTRE.secret).members == MEMBERS
    assert open_packet(PACKET.data, KIOSK.public, CENTRE.secret).manifest.refers_to == LABEL.refers_to


@given(at=places, mask=st.integers(1, 255))
@settings(deadline=None, max_examples=400)
def test_a_byte_changed_anywhere_in_any_way_is_refused(at: int, mask: int) -> None:
    changed = bytearray(PACKET.data)
    changed[at] ^= mask

    with pytest.raises((SignatureError, PacketDamagedError)):
        open_packet(bytes(changed), KIOSK.public, CENTRE.secret)


@given(places)
@settings(deadline=None)
def test_a_packet_cut_anywhere_is_refused(keep: int) -> None:
    with pytest.raises((SignatureError, PacketDamagedError)):
        open_packet(PACKET.data[:keep], KIOSK.public, CENTRE.secret)


@given(at=places, more=st.binary(min_size=1, max_size=8))
@settings(deadline=None)
def test_bytes_put_in_anywhere_are_refused(at: int, more: bytes) -> None:
    longer = PACKET.data[:at] + more + PACKET.data[at:]

    with pytest.raises((SignatureError, PacketDamagedError)):
        open_packet(longer, KIOSK.public, CENTRE.secret)


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_are_refused_in_words_of_the_wire(data: bytes) -> None:
    with pytest.raises(WireError):
        header_unverified(io.BytesIO(data))
    with pytest.raises(WireError):
        check_whole(io.BytesIO(data), KIOSK.public)


def test_the_lines_of_two_packets_cannot_be_exchanged() -> None:
    other = seal({"resident.json": b"{}"}, LABEL, KIOSK, (CENTRE.recipient,))

    with pytest.raises(PacketDamagedError, match="cut off or altered"):
        open_packet(
            PACKET.data[:LINE] + other.data[other.data.index(b"\n") + 1 :], KIOSK.public, CENTRE.secret
        )


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"kiosk_id": "k-332507-bbbb"}, id="another kiosk"),
        pytest.param({"packet_id": new_identifier(NOW, bytes([9] * 10))}, id="another packet"),
        pytest.param({"visit_id": new_identifier(NOW, bytes([9] * 10))}, id="another visit"),
        pytest.param({"device_seq": 8}, id="another place in the sequence"),
        pytest.param({"kind": PacketKind.REGISTRATION}, id="another kind"),
    ],
)
@pytest.mark.parametrize("key", [KIOSK, OTHER_KIOSK], ids=["by itself", "by another"])
def test_a_line_signed_anew_over_a_sealed_part_that_says_otherwise_is_refused(
    changes: dict[str, object], key: SigningKey
) -> None:
    forged = _signed(PACKET.data[LINE:], key, **changes)
    assert check_whole(io.BytesIO(forged), key.public).size == len(forged)  # nothing outside betrays it

    with pytest.raises(ForeignPacketError, match="another kiosk sealed"):
        open_packet(forged, key.public, CENTRE.secret)


def test_an_identity_it_was_not_sealed_for_does_not_open_it() -> None:
    with pytest.raises(ForeignPacketError, match="not sealed for this centre"):
        open_packet(PACKET.data, KIOSK.public, STRANGER.secret)


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_a_sealed_part_that_is_no_age_file_is_refused(sealed: bytes) -> None:
    with pytest.raises(ForeignPacketError):
        open_packet(_signed(sealed), KIOSK.public, CENTRE.secret)


def test_a_member_the_manifest_does_not_list_is_refused() -> None:
    archive = _archive((MANIFEST, _manifest(MEMBERS)), *MEMBERS.items(), ("more.txt", b"x"))

    assert "not those its manifest lists" in _refusal(archive)


@pytest.mark.parametrize("gone", MEMBERS)
def test_a_member_that_is_missing_is_refused(gone: str) -> None:
    rest = [(name, content) for name, content in MEMBERS.items() if name != gone]

    assert "not those its manifest lists" in _refusal(_archive((MANIFEST, _manifest(MEMBERS)), *rest))


def test_a_member_with_other_contents_than_listed_is_refused() -> None:
    altered = {**MEMBERS, "resident.json": b'{"a":2}'}

    assert "not those its manifest lists" in _refusal(
        _archive((MANIFEST, _manifest(MEMBERS)), *altered.items())
    )


@pytest.mark.parametrize(
    "twice", [(MANIFEST, _manifest(MEMBERS)), *MEMBERS.items()], ids=lambda entry: entry[0]
)
def test_a_member_that_is_there_twice_is_refused(twice: tuple[str, bytes]) -> None:
    archive = _archive((MANIFEST, _manifest(MEMBERS)), *MEMBERS.items(), twice)

    assert "holds it twice" in _refusal(archive)


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "../above", "documents/../../above", "./here", "a//b", "C:\\x", "..\\x", "a\nb", "a\x1b[2Jb"],
)  # fmt: skip
def test_a_member_that_would_land_outside_is_refused_though_the_manifest_lists_it(name: str) -> None:
    members = {name: b"x"}

    assert "not a plain file" in _refusal(_archive((MANIFEST, _manifest(members)), *members.items()))


@pytest.mark.parametrize(
    "kind",
    [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE],
    ids=["symbolic link", "hard link", "folder", "pipe", "device"],
)
def test_a_member_that_is_no_plain_file_is_refused(kind: bytes) -> None:
    archive = _archive((MANIFEST, _manifest({"x": b""})), ("x", b""), kind=kind)

    assert "not a plain file" in _refusal(archive)


@pytest.mark.parametrize(
    "pax",
    [
        pytest.param({"GNU.sparse.size": "9" * 14, "GNU.sparse.map": "0,1"}, id="claims to be vast"),
        pytest.param({"GNU.sparse.map": "0,x"}, id="claims nonsense"),
        pytest.param({"size": "9" * 30}, id="is longer than any machine counts"),
    ],
)
def test_a_member_that_lies_about_its_length_is_refused(pax: dict[str, str]) -> None:
    _refusal(_archive((MANIFEST, _manifest({"x": b"x"})), ("x", b"x"), **pax))


def test_thousands_of_extended_headers_are_refused() -> None:
    header = _archive(("x", b""), comment="x")[:1024]

    assert "cannot be read" in _refusal(header * 3000)


@pytest.mark.parametrize(
    "archive",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\0" * 1024, id="an archive without members"),
        pytest.param(b"x" * 2000, id="no archive"),
        pytest.param(_archive(*MEMBERS.items()), id="no manifest"),
        pytest.param(_archive((MANIFEST, b"{}")), id="a manifest that lists nothing"),
        pytest.param(_archive((MANIFEST, b"\xff")), id="a manifest that is no text"),
        pytest.param(_archive((MANIFEST, _manifest(MEMBERS)), *MEMBERS.items())[:2200], id="cut off"),
    ],
)
def test_an_archive_of_another_shape_is_refused(archive: bytes) -> None:
    assert "archive" in (said := _refusal(archive)) or "manifest" in said


@given(st.data())
@settings(deadline=None, max_examples=200)
def test_an_archive_with_bytes_changed_before_sealing_never_fails_otherwise(data: st.DataObject) -> None:
    archive = bytearray(_archive((MANIFEST, _manifest(MEMBERS)), *MEMBERS.items()))
    for at in data.draw(st.lists(st.integers(0, len(archive) - 1), min_size=1, max_size=4, unique=True)):
        archive[at] = data.draw(st.sampled_from([*b"\0 /0789Sxg\x80\xff"]))
    packet = _of_archive(bytes(archive))

    opened = _opened_or_refused(lambda: open_packet(packet, KIOSK.public, CENTRE.secret).members)

    assert opened is None or opened == MEMBERS


def _opened_or_refused(opening: Callable[[], Mapping[str, bytes]]) -> Mapping[str, bytes] | None:
    try:
        return opening()
    except WireError:
        return None


@given(
    st.dictionaries(
        st.text("abcdefghij_-0123456789", min_size=1, max_size=120), st.binary(max_size=600), max_size=5
    )
)
@settings(deadline=None, max_examples=50)
def test_whatever_is_sealed_is_opened_as_it_was(members: dict[str, bytes]) -> None:
    packet = seal(members, LABEL, KIOSK, (CENTRE.recipient,))

    opened = open_packet(packet.data, KIOSK.public, CENTRE.secret)

    assert opened.members == members
    assert opened.header == packet.header
