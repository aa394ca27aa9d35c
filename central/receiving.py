"""Receiving: a whole landing copy is verified, kept once, entered and acknowledged, in this order."""

import contextlib
import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from central.errors import RefusedError, disk_refusal
from central.keys import DoorKeys
from central.store import Store, keep_once
from central.tables import AsideRow, KioskRow, PacketRow, UploadRow
from kiosk.wire.errors import PacketError, SignatureError, WireError
from kiosk.wire.messages import Acknowledgement, ProblemType
from kiosk.wire.packet import PacketHeader, WholePacket, check_file
from kiosk.wire.signing import Purpose, VerifyKey, sign

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Receiver:
    """Turns whole uploads into packets the centre answers for."""

    store: Store
    keys: DoorKeys

    def receive(self, packet_id: str, now: datetime) -> str:
        """Take the whole landing copy in and return its acknowledgement: the same bytes for ever.

        Raises `RefusedError`; a copy that can never be taken is deleted, the kiosk has its own.
        """
        try:
            return self._receive(packet_id, now)
        except FileNotFoundError as error:
            # A parallel call has just taken it in, or found it damaged.
            acknowledgement = self._given(packet_id)
            if acknowledgement:
                return acknowledgement
            raise RefusedError(ProblemType.GONE, "The upload is gone; announce the packet again.") from error
        except OSError as error:
            raise disk_refusal(error) from error

    def _given(self, packet_id: str) -> str:
        with self.store.read() as session:
            return (
                session.scalar(select(PacketRow.acknowledgement).where(PacketRow.packet_id == packet_id))
                or ""
            )

    def _receive(self, packet_id: str, now: datetime) -> str:
        with self.store.read() as session:
            held = session.scalar(select(PacketRow).where(PacketRow.packet_id == packet_id))
            if held is not None:
                return held.acknowledgement
            upload = session.get(UploadRow, packet_id)
            if upload is None:
                raise RefusedError(ProblemType.UNKNOWN_PACKET, "Announce the packet first.")
            kiosk = session.get_one(KioskRow, upload.kiosk_id)
            practice = self.store.centre(session).practice
        try:
            whole = self._verified(upload, kiosk, practice=practice)
        except RefusedError:
            self.discard(packet_id)
            raise
        if kiosk.revoked_at is not None:
            self._keep_aside(upload, now)
        return self._keep(upload, whole, now)

    def discard(self, packet_id: str) -> None:
        """Forget an upload and what arrived of it: the file first, so that no file is left without a row."""
        self.store.folder.landing_of(packet_id).unlink(missing_ok=True)
        with self.store.write() as session:
            upload = session.get(UploadRow, packet_id)
            if upload is not None:
                session.delete(upload)

    def _verified(self, upload: UploadRow, kiosk: KioskRow, *, practice: bool) -> WholePacket:
        path = self.store.folder.landing_of(upload.packet_id)
        try:
            whole = check_file(path, VerifyKey.parse(kiosk.public_key))
        except SignatureError as error:
            raise RefusedError(ProblemType.FOREIGN, str(error)) from error
        except PacketError as error:
            raise RefusedError(ProblemType.DAMAGED, str(error)) from error
        if (whole.sha256, whole.size) != (upload.sha256, upload.size):
            raise RefusedError(ProblemType.DAMAGED, "The bytes are not those that were announced.")
        _compare(whole.header, upload, kiosk)
        if whole.header.practice != practice:
            raise RefusedError(
                ProblemType.PRACTICE,
                "A practice record was sent to a real centre."
                if whole.header.practice
                else "A real record was sent to a practice centre.",
            )
        return whole

    def _keep(self, upload: UploadRow, whole: WholePacket, now: datetime) -> str:
        folder = self.store.folder
        landing, target = folder.landing_of(upload.packet_id), folder.object_of(upload.packet_id)
        try:
            keep_once(landing, target)
        except FileExistsError:
            self._compare_with_held(upload)
        with self.store.write() as session:
            held = session.scalar(select(PacketRow).where(PacketRow.packet_id == upload.packet_id))
            acknowledgement = (
                held.acknowledgement if held else self._enter(session, upload, whole.header, now)
            )
            open_upload = session.get(UploadRow, upload.packet_id)
            if open_upload is not None:
                session.delete(open_upload)
        landing.unlink(missing_ok=True)
        return acknowledgement

    def _enter(self, session: Session, upload: UploadRow, header: PacketHeader, now: datetime) -> str:
        log_index = (session.scalar(select(func.max(PacketRow.log_index))) or 0) + 1
        stated = Acknowledgement(
            packet_id=upload.packet_id,
            sha256=upload.sha256,
            size=upload.size,
            kiosk_id=upload.kiosk_id,
            device_seq=upload.device_seq,
            stored_at=now,
            generation=self.store.centre(session).generation,
            log_index=log_index,
        )
        signed = sign(stated.plain(), self.keys.signing, Purpose.ACKNOWLEDGEMENT)
        session.add(
            PacketRow(
                **stated.model_dump(exclude={"generation"}),
                visit_id=header.visit_id,
                office=header.office,
                kind=header.kind.value,
                acknowledgement=signed,
            )
        )
        return signed

    def _keep_aside(self, upload: UploadRow, now: datetime) -> None:
        folder, packet_id = self.store.folder, upload.packet_id
        with contextlib.suppress(FileExistsError):
            keep_once(folder.landing_of(packet_id), folder.aside_of(packet_id))
        with self.store.write() as session:
            session.merge(
                AsideRow(
                    packet_id=packet_id, kiosk_id=upload.kiosk_id, sha256=upload.sha256, at=now, why="revoked"
                )
            )
        self.discard(packet_id)
        raise RefusedError(
            ProblemType.KIOSK_REVOKED, "The centre revoked this kiosk; the packet is kept aside for a person."
        )

    def _compare_with_held(self, upload: UploadRow) -> None:
        """Accept what a crash between the two steps, or a parallel call, left: if it is the same packet."""
        with self.store.read() as session:
            key = VerifyKey.parse(session.get_one(KioskRow, upload.kiosk_id).public_key)
        try:
            held = check_file(self.store.folder.object_of(upload.packet_id), key).sha256
        except WireError as error:
            logger.warning(
                "the object of packet %s, held without a row, is damaged: %s", upload.packet_id, error
            )
            held = ""
        if held != upload.sha256:
            raise RefusedError(ProblemType.CONFLICT, "Another packet of this id is held already.")


def _compare(header: PacketHeader, upload: UploadRow, kiosk: KioskRow) -> None:
    claimed = (header.packet_id, header.kiosk_id, header.office, header.kind.value, header.device_seq)
    if claimed != (upload.packet_id, upload.kiosk_id, kiosk.office, upload.kind, upload.device_seq):
        raise RefusedError(ProblemType.FOREIGN, "The signed line names another packet than was announced.")
