"""Examining one packet file: who signed it, whether it is whole, opens and holds what it must; nothing is changed."""

import io
from pathlib import Path

import nistitl
from sqlalchemy import select
from sqlalchemy.orm import Session

from central.errors import UnreadableError
from central.store import Store
from central.tables import KioskRow
from kiosk.domain.errors import KioskError
from kiosk.wire.contents import CHANGE, ENROLLMENT, RESIDENT, ChangeFile, ResidentFile
from kiosk.wire.errors import (
    ForeignPacketError,
    MessageError,
    PacketDamagedError,
    SignatureError,
)
from kiosk.wire.messages import PacketKind
from kiosk.wire.packet import OpenedPacket, header_unverified, open_packet
from kiosk.wire.signing import Purpose, VerifyKey, key_named, verify

_CHANGES = (PacketKind.AMENDMENT, PacketKind.WITHDRAWAL, PacketKind.SIGN_OFF)
_NAMING = (PacketKind.AMENDMENT, PacketKind.WITHDRAWAL)


def examine(path: Path, store: Store, identity: str) -> OpenedPacket:
    """Open the packet in the file and check its contents; each error's sentence is for a person.

    Raises `PacketError` for what lies in the packet, `UnreadableError` for what lies in the disk.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"The file cannot be read: {error.strerror}.") from error
    with store.read() as session:
        key = _signer(data, session)
    try:
        opened = open_packet(data, key, identity)
    except SignatureError as error:
        raise PacketDamagedError(
            "The first line was altered, or another key than the kiosk's registered one signed it."
        ) from error
    check_contents(opened)
    return opened


def check_contents(opened: OpenedPacket) -> None:
    """Raise `PacketDamagedError` unless the members that its kind must have are there and can be read."""
    kind = opened.header.kind
    try:
        if kind is PacketKind.REGISTRATION or (kind is PacketKind.ENROLLMENT and RESIDENT in opened.members):
            read_resident(opened)
        if kind in _CHANGES:
            ChangeFile.read(opened.members[CHANGE])
        if kind in _NAMING and opened.manifest.refers_to is None:
            raise PacketDamagedError("The packet opens, but it does not name the packet it changes.")
        if kind is PacketKind.ENROLLMENT:
            _read_an2(opened.members[ENROLLMENT])
    except KeyError as error:
        raise PacketDamagedError(f"The packet opens, but it lacks {error.args[0]}.") from error
    except MessageError as error:
        raise PacketDamagedError("The packet opens, but one of its JSON members cannot be read.") from error


def read_resident(opened: OpenedPacket) -> ResidentFile:
    """Return `resident.json` of an opened packet; raises `KeyError` or `MessageError`."""
    return ResidentFile.read(opened.members[RESIDENT])


def _read_an2(data: bytes) -> None:
    message = nistitl.Message()
    try:
        message.parse(data)
    except (nistitl.NistException, ValueError, LookupError, TypeError, AttributeError) as error:
        raise PacketDamagedError("The packet opens, but enrollment.an2 is not ANSI/NIST-ITL.") from error


def _signer(data: bytes, session: Session) -> VerifyKey:
    """Return the registered key of the kiosk that claims the packet; tells an altered line from a foreign key."""
    claimed = header_unverified(io.BytesIO(data))
    line = data.partition(b"\n")[0].decode("ascii")
    kiosk = session.get(KioskRow, claimed.kiosk_id)
    if kiosk is not None:
        return VerifyKey.parse(kiosk.public_key)
    for row in session.scalars(select(KioskRow)):
        _refuse_line_of(row, line)
    raise ForeignPacketError(f"The kiosk {claimed.kiosk_id} is not registered at this centre.")


def _refuse_line_of(row: KioskRow, line: str) -> None:
    """Raise when the line, though it names a kiosk unknown here, carries the key id of one that is registered."""
    key = VerifyKey.parse(row.public_key)
    try:
        if key_named(line) != key.kid:
            return
        verify(line, key, Purpose.PACKET)
    except KioskError as error:
        raise PacketDamagedError("The first line was altered after the kiosk signed it.") from error
    raise ForeignPacketError("The first line is signed by a registered kiosk, but names another one.")
