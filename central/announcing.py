"""Announcements: for each packet, whether the centre needs it, has it, defers it or refuses it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from central.admission import Space
from central.errors import RefusedError, problem
from central.keys import DoorKeys
from central.limits import Limits
from central.receiving import Receiver
from central.sessions import Caller
from central.store import Store, durable_size, size_of
from central.tables import AsideRow, KioskRow, PacketRow, UploadRow
from kiosk.wire.messages import (
    Admission,
    AnnouncedPacket,
    Announcement,
    AnnouncementAnswer,
    AuditReceipt,
    Defer,
    Have,
    ItemAnswer,
    Need,
    ProblemType,
    Reject,
)
from kiosk.wire.signing import Purpose, sign

logger = logging.getLogger(__name__)

UPLOADS = "/v1/uploads"


@dataclass(frozen=True, slots=True)
class Announcer:
    """Answers announcements; `free_bytes` tells what the disk has left."""

    store: Store
    keys: DoorKeys
    limits: Limits
    free_bytes: Callable[[], int]

    def answer(self, announcement: Announcement, caller: Caller, now: datetime) -> AnnouncementAnswer:
        """Open an upload for each packet that may come, and countersign the audit head."""
        self._take_in_whole_ones(announcement, caller, now)
        self._forget_expired(now)
        answers: list[ItemAnswer] = []
        with self.store.write() as session:
            self._note(session, announcement, caller, now)
            space = Space(self.free_bytes(), _promised(session), self.limits.reserve)
            for item in announcement.items:
                answer = self._settled(session, item, caller)
                if answer is None and space.holds(item.size):
                    answer, space = self._open(session, item, caller, now), space.promise(item.size)
                answers.append(answer or self._defer(item))
        receipt = AuditReceipt(
            kiosk_id=caller.kiosk_id, head=announcement.audit_head, length=announcement.audit_length, at=now
        )
        return AnnouncementAnswer(
            answers=tuple(answers),
            admission=Admission(max_bytes=space.left, valid_for=self.limits.retry_after),
            audit_receipt=sign(receipt.plain(), self.keys.signing, Purpose.AUDIT_HEAD),
        )

    def _take_in_whole_ones(self, announcement: Announcement, caller: Caller, now: datetime) -> None:
        """Finish what a crash left between the last byte and the commit, so that it need not be sent again."""
        with self.store.read() as session:
            uploads = session.scalars(select(UploadRow).where(UploadRow.kiosk_id == caller.kiosk_id))
            sizes = {upload.packet_id: upload.size for upload in uploads}
        for item in announcement.items:
            landing = self.store.folder.landing_of(item.packet_id)
            if item.packet_id not in sizes or size_of(landing) != sizes[item.packet_id]:
                continue
            try:
                Receiver(self.store, self.keys).receive(item.packet_id, now)
            except RefusedError:
                logger.warning("packet %s arrived whole but is refused", item.packet_id)

    def _forget_expired(self, now: datetime) -> None:
        """Give back what was promised to uploads that nobody went on with."""
        with self.store.read() as session:
            expired = session.scalars(select(UploadRow.packet_id).where(UploadRow.expires_at < now)).all()
        for packet_id in expired:
            Receiver(self.store, self.keys).discard(packet_id)

    def _note(self, session: Session, announcement: Announcement, caller: Caller, now: datetime) -> None:
        kiosk = session.get_one(KioskRow, caller.kiosk_id)
        if announcement.audit_length < kiosk.audit_length:
            logger.warning("the audit chain of kiosk %s is shorter than it was", caller.kiosk_id)
        kiosk.last_seen = now
        kiosk.backlog_count, kiosk.backlog_bytes = announcement.backlog_count, announcement.backlog_bytes
        kiosk.audit_head, kiosk.audit_length = announcement.audit_head, announcement.audit_length

    def _settled(self, session: Session, item: AnnouncedPacket, caller: Caller) -> ItemAnswer | None:
        """Return the answer to a packet that is known here or can never come; None if it must be admitted."""
        held = session.scalar(select(PacketRow).where(PacketRow.packet_id == item.packet_id))
        if held is not None and (held.kiosk_id, held.sha256) == (caller.kiosk_id, item.sha256):
            return Have(packet_id=item.packet_id, acknowledgement=held.acknowledgement)
        upload = session.get(UploadRow, item.packet_id)
        if upload is not None and _same(upload, item, caller):
            return Need(packet_id=item.packet_id, url=url_of(item.packet_id), offset=self._durable(upload))
        if held is not None or upload is not None or _seq_taken(session, item, caller):
            return _reject(item, ProblemType.CONFLICT, "The id or the number belongs to another packet.")
        if session.get(AsideRow, item.packet_id) is not None:
            return _reject(item, ProblemType.KIOSK_REVOKED, "The packet is kept aside for a person.")
        if item.size > self.limits.largest_packet:
            return _reject(item, ProblemType.TOO_LARGE, "No packet may be that large.")
        return None

    def _open(self, session: Session, item: AnnouncedPacket, caller: Caller, now: datetime) -> Need:
        session.add(
            UploadRow(
                packet_id=item.packet_id,
                kiosk_id=caller.kiosk_id,
                kind=item.kind.value,
                device_seq=item.device_seq,
                size=item.size,
                sha256=item.sha256,
                received=0,
                expires_at=now + self.limits.upload_life,
            )
        )
        session.flush()
        return Need(packet_id=item.packet_id, url=url_of(item.packet_id), offset=0)

    def _defer(self, item: AnnouncedPacket) -> Defer:
        return Defer(packet_id=item.packet_id, retry_after=self.limits.retry_after)

    def _durable(self, upload: UploadRow) -> int:
        """Return what the file holds, as HEAD does: a killed process left more than the row tells of."""
        return durable_size(self.store.folder.landing_of(upload.packet_id))


def url_of(packet_id: str) -> str:
    """Return the path of the packet's upload."""
    return f"{UPLOADS}/{packet_id}"


def _promised(session: Session) -> int:
    return session.scalar(select(func.sum(UploadRow.size - UploadRow.received))) or 0


def _same(upload: UploadRow, item: AnnouncedPacket, caller: Caller) -> bool:
    known = (upload.kiosk_id, upload.kind, upload.device_seq, upload.size, upload.sha256)
    return known == (caller.kiosk_id, item.kind.value, item.device_seq, item.size, item.sha256)


def _seq_taken(session: Session, item: AnnouncedPacket, caller: Caller) -> bool:
    return any(
        session.scalar(
            select(table.packet_id).where(
                table.kiosk_id == caller.kiosk_id,
                table.device_seq == item.device_seq,
                table.packet_id != item.packet_id,
            )
        )
        for table in (PacketRow, UploadRow)
    )


def _reject(item: AnnouncedPacket, kind: ProblemType, detail: str) -> Reject:
    return Reject(packet_id=item.packet_id, problem=problem(kind, detail))
