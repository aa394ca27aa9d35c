"""The sealed packet: one signed line, then one age file; made once, never changed (docs/packet.md)."""

import hashlib
import io
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, BinaryIO, Literal

import pyrage
from pydantic import Field

from kiosk.wire.contents import MANIFEST, Manifest, Member
from kiosk.wire.errors import ForeignPacketError, MessageError, PacketDamagedError, SignatureError
from kiosk.wire.messages import Created, KioskId, Message, OfficeCode, PacketId, PacketKind, Sha256, Size
from kiosk.wire.signing import Purpose, SigningKey, VerifyKey, payload_unverified, sign, verify

SUFFIX = ".pkt"
_LONGEST_LINE = 8192
_BLOCK = 1 << 20
# What tarfile raises for headers nobody writes by accident; the last for thousands of extended headers in a row.
_UNREADABLE = (tarfile.TarError, ValueError, OverflowError, RecursionError)


class PacketHeader(Message):
    """The signed line: where the packet comes from, what it is, and the hash of the age file behind it."""

    format: Literal[1] = 1
    packet_id: PacketId
    kind: PacketKind
    visit_id: PacketId
    kiosk_id: KioskId
    office: OfficeCode
    practice: bool
    device_seq: Annotated[int, Field(ge=1)]
    created: Created
    audit_head: str
    sealed_sha256: Sha256
    sealed_size: Size


@dataclass(frozen=True, slots=True)
class Label:
    """What names a packet before it is sealed."""

    packet_id: str
    kind: PacketKind
    visit_id: str
    kiosk_id: str
    office: str
    practice: bool
    device_seq: int
    created: Created
    audit_head: str
    refers_to: str | None = None


@dataclass(frozen=True, slots=True)
class SealedPacket:
    """The whole file and what is announced of it."""

    header: PacketHeader
    data: bytes = field(repr=False)
    sha256: str

    @property
    def size(self) -> int:
        """Bytes of the whole file."""
        return len(self.data)


@dataclass(frozen=True, slots=True)
class OpenedPacket:
    """A packet whose origin, wholeness and manifest have been checked, in clear: for memory only."""

    header: PacketHeader
    manifest: Manifest
    members: Mapping[str, bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class WholePacket:
    """A file whose signed line and hash were checked without opening it."""

    header: PacketHeader
    sha256: str
    size: int


def seal(
    members: Mapping[str, bytes], label: Label, key: SigningKey, recipients: tuple[str, ...]
) -> SealedPacket:
    """Return the packet of these members, encrypted to every recipient (age X25519) and signed by the kiosk."""
    archive = _pack(members, label)
    sealed = pyrage.encrypt(archive, [pyrage.x25519.Recipient.from_str(text) for text in recipients])
    header = PacketHeader(
        packet_id=label.packet_id,
        kind=label.kind,
        visit_id=label.visit_id,
        kiosk_id=label.kiosk_id,
        office=label.office,
        practice=label.practice,
        device_seq=label.device_seq,
        created=label.created,
        audit_head=label.audit_head,
        sealed_sha256=hashlib.sha256(sealed).hexdigest(),
        sealed_size=len(sealed),
    )
    data = sign(header.plain(), key, Purpose.PACKET).encode("ascii") + b"\n" + sealed
    return SealedPacket(header, data, hashlib.sha256(data).hexdigest())


def header_unverified(stream: BinaryIO) -> PacketHeader:
    """Return what the first line claims, to find the key that must have signed it; raises `PacketError`s."""
    return _read_header(payload_unverified_line(_line(stream)))


def payload_unverified_line(line: str) -> bytes:
    """Return the payload of a packet's first line without believing it; raises `PacketDamagedError`."""
    try:
        return payload_unverified(line)
    except SignatureError as error:
        raise PacketDamagedError("The packet's first line is damaged.") from error


def check_whole(stream: BinaryIO, key: VerifyKey) -> WholePacket:
    """Read the stream to its end and check line and hash; raises `SignatureError` or `PacketDamagedError`."""
    line = _line(stream)
    header = _read_header(verify(line, key, Purpose.PACKET))
    whole, sealed, size = hashlib.sha256(line.encode("ascii") + b"\n"), hashlib.sha256(), 0
    for block in _blocks(stream):
        whole.update(block)
        sealed.update(block)
        size += len(block)
    if size != header.sealed_size or sealed.hexdigest() != header.sealed_sha256:
        raise PacketDamagedError(
            "The packet is cut off or altered: its sealed part is not the one that was signed."
        )
    return WholePacket(header, whole.hexdigest(), size + len(line) + 1)


def check_file(path: Path, key: VerifyKey) -> WholePacket:
    """Check the packet in a file, as `check_whole` does."""
    with path.open("rb") as stream:
        return check_whole(stream, key)


def open_packet(data: bytes, key: VerifyKey, identity: str) -> OpenedPacket:
    """Check and decrypt a whole packet with an age identity (`AGE-SECRET-KEY-1...`).

    Raises `SignatureError`, `PacketDamagedError` or `ForeignPacketError`; nothing is written anywhere.
    """
    whole = check_whole(io.BytesIO(data), key)
    sealed = data[len(data) - whole.header.sealed_size :]
    try:
        archive = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(identity.strip())])
    except pyrage.DecryptError as error:
        raise ForeignPacketError(
            "The packet was not sealed for this centre: its key does not open it."
        ) from error
    members = _unpack(archive)
    manifest = _read_manifest(members)
    _compare(manifest, whole.header)
    _check_members(manifest, members)
    return OpenedPacket(whole.header, manifest, members)


def _line(stream: BinaryIO) -> str:
    line = stream.readline(_LONGEST_LINE)
    if not line.endswith(b"\n"):
        raise PacketDamagedError("The packet has no signed first line.")
    try:
        return line[:-1].decode("ascii")
    except UnicodeDecodeError as error:
        raise PacketDamagedError("The packet's first line is damaged.") from error


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    while block := stream.read(_BLOCK):
        yield block


def _read_header(payload: bytes) -> PacketHeader:
    try:
        return PacketHeader.read(payload)
    except MessageError as error:
        raise PacketDamagedError("The packet's first line lacks what every packet must say.") from error


def _pack(members: Mapping[str, bytes], label: Label) -> bytes:
    manifest = Manifest(
        packet_id=label.packet_id,
        kind=label.kind,
        visit_id=label.visit_id,
        kiosk_id=label.kiosk_id,
        device_seq=label.device_seq,
        refers_to=label.refers_to,
        members={
            name: Member(sha256=hashlib.sha256(content).hexdigest(), size=len(content))
            for name, content in members.items()
        },
    )
    buffer = io.BytesIO()
    with tarfile.TarFile(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT, copybufsize=_BLOCK) as archive:
        _add(archive, MANIFEST, manifest.model_dump_json().encode("utf-8"))
        for name in sorted(members):
            _add(archive, name, members[name])
    return buffer.getvalue()


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    entry.mode = 0o600
    archive.addfile(entry, io.BytesIO(content))


def _unpack(archive: bytes) -> dict[str, bytes]:
    members: dict[str, bytes] = {}
    try:
        with tarfile.open(fileobj=io.BytesIO(archive), mode="r:") as reader:
            for entry in reader:
                plain = entry.isreg() and not entry.issparse()  # a sparse file may claim any length
                content = reader.extractfile(entry) if plain else None
                if content is None or entry.name in members or not _is_plain(entry.name):
                    raise PacketDamagedError(
                        "The packet holds something that is not a plain file, or holds it twice."
                    )
                members[entry.name] = content.read()
    except _UNREADABLE as error:
        raise PacketDamagedError("The packet's archive cannot be read.") from error
    return members


def _is_plain(name: str) -> bool:
    """Tell whether a name stays inside whatever folder it is unpacked to, on any system."""
    outside = {"", ".", ".."} & set(name.split("/"))
    return not outside and name.isprintable() and "\\" not in name and ":" not in name


def _read_manifest(members: dict[str, bytes]) -> Manifest:
    try:
        return Manifest.read(members.pop(MANIFEST))
    except (KeyError, MessageError) as error:
        raise PacketDamagedError("The packet has no readable manifest.") from error


def _compare(manifest: Manifest, header: PacketHeader) -> None:
    same = (manifest.packet_id, manifest.kiosk_id, manifest.device_seq, manifest.kind, manifest.visit_id)
    if same != (header.packet_id, header.kiosk_id, header.device_seq, header.kind, header.visit_id):
        raise ForeignPacketError(
            "The packet's seal names another packet than its signed line: somebody signed what another kiosk sealed."
        )


def _check_members(manifest: Manifest, members: Mapping[str, bytes]) -> None:
    found = {
        name: Member(sha256=hashlib.sha256(content).hexdigest(), size=len(content))
        for name, content in members.items()
    }
    if found != manifest.members:
        raise PacketDamagedError("The packet's members are not those its manifest lists.")
