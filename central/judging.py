"""Judging: the worker opens what arrived, joins registration and enrollment of a visit, and decides."""

import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from central.errors import UnreadableError
from central.examining import examine, read_resident
from central.keys import DoorKeys
from central.papers import record_paper
from central.store import Store, sha256_of
from central.subject import subject_of
from central.tables import ChangeRow, PacketRow, RecordRow, VerdictRow
from kiosk.domain.verdicts import Decision
from kiosk.wire.contents import CHANGE, RESIDENT, ChangeFile
from kiosk.wire.errors import MessageError, PacketError
from kiosk.wire.messages import PacketKind, Verdict
from kiosk.wire.packet import OpenedPacket
from kiosk.wire.signing import Purpose, sign

logger = logging.getLogger(__name__)

BATCH = 50


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision and its reason."""

    decision: Decision
    reason: str = ""


ACCEPTED = Judgement(Decision.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Judge:
    """Decides of packets; the only holder of the opening identity.

    Each decision is made inside the one writing transaction, which is a stricter lock than one for each NIK; the
    unique column `records.holds` would refuse a second holder even so.
    """

    store: Store
    keys: DoorKeys
    identity: str

    def judge_waiting(self, now: datetime) -> int:
        """Judge up to 50 packets in the order of their arrival and return how many were decided."""
        decided = 0
        for packet_id in self.waiting_ids():
            decided += self.judge(packet_id, now)
            if decided == BATCH:
                break
        return decided

    def judge(self, packet_id: str, now: datetime) -> bool:
        """Judge one packet; False when it was judged before, or waits for its registration or a whole file."""
        try:
            opened = examine(self.store.folder.object_of(packet_id), self.store, self.identity)
        except UnreadableError as error:
            logger.warning("packet %s waits: %s See central stats --verify.", packet_id, error)
            return False
        except PacketError as error:
            if self._is_spoilt(packet_id):
                logger.warning(
                    "packet %s waits: its file was altered here. Restore it from the backup.", packet_id
                )
                return False
            opened, found = None, Judgement(Decision.REJECTED, str(error))
        with self.store.write() as session:
            row = session.scalar(select(PacketRow).where(PacketRow.packet_id == packet_id, ~PacketRow.judged))
            if row is None:
                return False
            judgement = found if opened is None else self._decide(session, opened, now)
            if judgement is None:
                return False
            row.judged = True
            self._enter(session, row, judgement, now)
        return True

    def _is_spoilt(self, packet_id: str) -> bool:
        """Tell whether the file is no more the one that was acknowledged: then the packet is not to blame."""
        with self.store.read() as session:
            sha256 = session.scalar(select(PacketRow.sha256).where(PacketRow.packet_id == packet_id))
        return sha256_of(self.store.folder.object_of(packet_id)) != sha256

    def waiting_ids(self) -> tuple[str, ...]:
        """Return the packets that have no verdict yet, in the order of their arrival."""
        query = select(PacketRow.packet_id).where(~PacketRow.judged).order_by(PacketRow.log_index)
        with self.store.read() as session:
            return tuple(session.scalars(query))

    def _decide(self, session: Session, opened: OpenedPacket, now: datetime) -> Judgement | None:
        match opened.header.kind:
            case PacketKind.REGISTRATION:
                return self._registration(session, opened)
            case PacketKind.ENROLLMENT:
                return self._enrollment(session, opened)
            case _:
                return _recorded(session, opened, now)

    def _registration(self, session: Session, opened: OpenedPacket) -> Judgement:
        subject = subject_of(read_resident(opened).biodata, self.identity)
        if subject is None:
            return Judgement(Decision.REJECTED, "The NIK of the form cannot be one.")
        record = _record(session, opened.header.visit_id)
        if record.subject not in (None, subject):
            return Judgement(
                Decision.ADJUDICATE, "Registration and enrollment of the visit name different residents."
            )
        record.subject, record.registration_id = subject, opened.header.packet_id
        return ACCEPTED

    def _enrollment(self, session: Session, opened: OpenedPacket) -> Judgement | None:
        record = _record(session, opened.header.visit_id)
        subject = record.subject
        if RESIDENT in opened.members:
            subject = subject_of(read_resident(opened).biodata, self.identity)
            if subject is None:
                return Judgement(Decision.REJECTED, "The NIK of the form cannot be one.")
        if subject is None:
            return _without_registration(session, opened.header.visit_id)
        if record.subject not in (None, subject):
            return Judgement(
                Decision.ADJUDICATE, "Registration and enrollment of the visit name different residents."
            )
        record.subject = subject
        if record.enrollment_id is not None:
            return Judgement(Decision.ADJUDICATE, "The visit has an enrollment already.")
        record.enrollment_id = opened.header.packet_id
        return _holding(session, record)

    def _enter(self, session: Session, row: PacketRow, judgement: Judgement, now: datetime) -> None:
        serial = (session.scalar(select(func.max(VerdictRow.serial))) or 0) + 1
        verdict = Verdict(
            serial=serial,
            packet_id=row.packet_id,
            kiosk_id=row.kiosk_id,
            decision=judgement.decision,
            reason=judgement.reason,
            decided_at=now,
        )
        session.add(
            VerdictRow(
                serial=serial,
                packet_id=row.packet_id,
                kiosk_id=row.kiosk_id,
                decision=judgement.decision.value,
                reason=judgement.reason,
                decided_at=now,
                signed=sign(verdict.plain(), self.keys.signing, Purpose.VERDICT),
            )
        )


def _record(session: Session, visit_id: str) -> RecordRow:
    record = session.get(RecordRow, visit_id)
    if record is None:
        record = RecordRow(visit_id=visit_id)
        session.add(record)
    return record


def _holding(session: Session, record: RecordRow) -> Judgement:
    """Let the visit count for its resident unless another one does."""
    if record.withdrawn_by is not None:
        return Judgement(Decision.ACCEPTED, "The visit was withdrawn.")
    holder = session.scalar(select(RecordRow).where(RecordRow.holds == record.subject))
    if holder is not None:
        return Judgement(Decision.DUPLICATE, "The resident has an enrollment already; a person decides.")
    record.holds = record.subject
    return ACCEPTED


def _without_registration(session: Session, visit_id: str) -> Judgement | None:
    """Wait for the registration, unless it was refused already."""
    refused = session.scalar(
        select(PacketRow.packet_id).where(
            PacketRow.visit_id == visit_id, PacketRow.kind == PacketKind.REGISTRATION.value, PacketRow.judged
        )
    )
    if refused is None:
        return None
    return Judgement(Decision.REJECTED, "The registration of the visit was rejected.")


def _recorded(session: Session, opened: OpenedPacket, now: datetime) -> Judgement:
    """Keep what mends or tells of a visit; a withdrawal frees the resident for another enrollment."""
    header = opened.header
    session.merge(
        ChangeRow(
            packet_id=header.packet_id,
            kind=header.kind.value,
            visit_id=header.visit_id,
            refers_to=opened.manifest.refers_to,
            recorded_at=now,
        )
    )
    if _names_others(session, opened):
        return Judgement(Decision.ADJUDICATE, "It names a packet of another visit or another office.")
    if header.kind is PacketKind.CERTIFICATE:
        return _paper(session, opened)
    if header.kind is PacketKind.WITHDRAWAL:
        record = _record(session, header.visit_id)
        record.withdrawn_by, record.holds = header.packet_id, None
    return ACCEPTED


def _paper(session: Session, opened: OpenedPacket) -> Judgement:
    """Enter a paper into the centre's register."""
    try:
        change = ChangeFile.read(opened.members.get(CHANGE, b""))
    except MessageError as error:
        return Judgement(Decision.REJECTED, str(error))
    if change.paper is None:
        return Judgement(Decision.REJECTED, "The packet names no paper.")
    record_paper(session, opened.header.kiosk_id, change.paper, change.at)
    return ACCEPTED


def _names_others(session: Session, opened: OpenedPacket) -> bool:
    header, refers_to = opened.header, opened.manifest.refers_to
    other = select(PacketRow.packet_id).where(
        or_(PacketRow.visit_id == header.visit_id, PacketRow.packet_id == refers_to),
        or_(PacketRow.visit_id != header.visit_id, PacketRow.office != header.office),
    )
    return session.scalar(other.limit(1)) is not None
