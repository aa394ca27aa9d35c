"""Promises of packets: written before the first byte of a packet, gone once its row is committed."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from kiosk.storage.audit import Audit
from kiosk.storage.facts import Facts
from kiosk.storage.records import PlannedPacket, Sealing, VisitState
from kiosk.storage.tables import OutboxRow, SealingPacketRow, SealingRow
from kiosk.storage.visits import Visits
from kiosk.wire.messages import Created, PacketKind

_FLOOR = "sealings.sequence_floor"

Wanted = tuple[str, PacketKind, str | None]
"""A packet to be promised: its id, its kind, and the packet it mends."""


@dataclass(frozen=True, slots=True)
class _Content:
    created: Created
    audit_head: str
    user_id: str


_CONTENT_TEXT = TypeAdapter(_Content)


class Sealings:
    """The open promises within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(
        self,
        visit_id: str,
        wanted: tuple[Wanted, ...],
        *,
        created: Created,
        user_id: str,
        change: bytes = b"",
    ) -> Sealing:
        """Promise packets, after the audit chain as it is now; an open visit is being saved from here on."""
        first = self._highest() + 1
        packets = tuple(
            PlannedPacket(packet_id, kind, first + number, refers_to)
            for number, (packet_id, kind, refers_to) in enumerate(wanted)
        )
        head = Audit(self._session).head()
        sealing = Sealing(visit_id, packets, created, head, user_id, change)
        self._write(sealing)
        visits = Visits(self._session)
        visit = visits.get(visit_id)
        if visit is not None and visit.state in (VisitState.OPEN, VisitState.PARKED):
            visits.seal(visit_id)
        return sealing

    def all(self) -> tuple[Sealing, ...]:
        """Return every promise that is not kept yet, the oldest first."""
        return tuple(self._sealing(row) for row in self._session.exec(select(SealingRow)))

    def is_open(self, sealing: Sealing) -> bool:
        """Tell whether a promise is still to be kept."""
        return self._session.get(SealingRow, sealing.sealing_id) is not None

    def finish(self, sealing: Sealing, at: datetime) -> None:
        """Forget a kept promise; a visit whose draft was sealed is saved."""
        if not sealing.change:
            Visits(self._session).save(sealing.visit_id, at)
        self._session.exec(delete(SealingRow).where(col(SealingRow.sealing_id) == sealing.sealing_id))

    def count_above(self, device_seq: int) -> None:
        """Never give out a sequence number up to this one: the centre or the disk has seen it."""
        if device_seq > self._floor():
            self._facts().put(_FLOOR, str(device_seq))

    def _write(self, sealing: Sealing) -> None:
        content = _Content(sealing.created, sealing.audit_head, sealing.user_id)
        self._session.add(
            SealingRow(
                sealing_id=sealing.sealing_id,
                visit_id=sealing.visit_id,
                content=_CONTENT_TEXT.dump_json(content).decode("utf-8"),
                change=sealing.change,
            )
        )
        self._session.flush()
        for planned in sealing.packets:
            self._session.add(_row(sealing.sealing_id, planned))
        self._session.flush()

    def _sealing(self, row: SealingRow) -> Sealing:
        content = _CONTENT_TEXT.validate_json(row.content)
        query = (
            select(SealingPacketRow)
            .where(SealingPacketRow.sealing_id == row.sealing_id)
            .order_by(col(SealingPacketRow.device_seq))
        )
        packets = tuple(
            PlannedPacket(found.packet_id, PacketKind(found.kind), found.device_seq, found.refers_to)
            for found in self._session.exec(query)
        )
        return Sealing(
            row.visit_id, packets, content.created, content.audit_head, content.user_id, row.change
        )

    def _highest(self) -> int:
        sent = self._session.exec(select(func.max(OutboxRow.device_seq))).one() or 0
        promised = self._session.exec(select(func.max(SealingPacketRow.device_seq))).one() or 0
        return max(sent, promised, self._floor())

    def _floor(self) -> int:
        return int(self._facts().get(_FLOOR) or 0)

    def _facts(self) -> Facts:
        return Facts(self._session)


def _row(sealing_id: str, planned: PlannedPacket) -> SealingPacketRow:
    return SealingPacketRow(
        packet_id=planned.packet_id,
        sealing_id=sealing_id,
        kind=planned.kind.value,
        device_seq=planned.device_seq,
        refers_to=planned.refers_to,
    )
