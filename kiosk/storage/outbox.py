"""The outbox: packets and the durable states of their delivery; only an acknowledgement makes one delivered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from kiosk.domain.verdicts import Decision
from kiosk.storage.errors import OutboxError
from kiosk.storage.records import OutboxEntry, PacketState
from kiosk.storage.tables import OutboxRow
from kiosk.wire.messages import Created, PacketKind

FAILURES_TO_QUARANTINE = 5
_DUE = (PacketState.WAITING.value, PacketState.PARTIAL.value)
_DELIVERED = (PacketState.ACKNOWLEDGED.value, PacketState.PURGED.value)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many packets stand in which state."""

    waiting: int = 0
    partial: int = 0
    acknowledged: int = 0
    purged: int = 0
    quarantined: int = 0


class Outbox:
    """The outbox within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, entry: OutboxEntry) -> None:
        """Write the row of a packet whose file is durable."""
        self._session.add(
            OutboxRow(
                packet_id=entry.packet_id,
                kind=entry.kind.value,
                visit_id=entry.visit_id,
                priority=entry.priority,
                device_seq=entry.device_seq,
                size=entry.size,
                sha256=entry.sha256,
                created=entry.created.model_dump_json(),
                created_at=entry.created.wall,
                refers_to=entry.refers_to,
            )
        )
        self._session.flush()

    def get(self, packet_id: str) -> OutboxEntry | None:
        """Return a packet's entry; None where there is none."""
        row = self._session.get(OutboxRow, packet_id)
        return None if row is None else _entry(row)

    def all(self) -> tuple[OutboxEntry, ...]:
        """Return every entry, in the order of their making."""
        return _entries(self._session.exec(select(OutboxRow).order_by(col(OutboxRow.device_seq))))

    def newest(self) -> OutboxEntry | None:
        """Return the packet made last; None before there was one."""
        query = select(OutboxRow).order_by(col(OutboxRow.device_seq).desc()).limit(1)
        row = self._session.exec(query).first()
        return None if row is None else _entry(row)

    def of_visit(self, visit_id: str) -> tuple[OutboxEntry, ...]:
        """Return the entries of one visit, in the order of their making."""
        query = select(OutboxRow).where(OutboxRow.visit_id == visit_id).order_by(col(OutboxRow.device_seq))
        return _entries(self._session.exec(query))

    def due(self, *, limit: int, priorities: tuple[int, ...] = ()) -> tuple[OutboxEntry, ...]:
        """Return what is not delivered and not put aside, the most urgent and oldest first."""
        query = select(OutboxRow).where(col(OutboxRow.state).in_(_DUE))
        if priorities:
            query = query.where(col(OutboxRow.priority).in_(priorities))
        query = query.order_by(col(OutboxRow.priority), col(OutboxRow.device_seq)).limit(limit)
        return _entries(self._session.exec(query))

    def counts(self) -> Counts:
        """Return how many packets stand in which state."""
        query = select(OutboxRow.state, func.count()).group_by(OutboxRow.state)
        return Counts(**dict(self._session.exec(query).all()))

    def attempted(self, packet_id: str) -> None:
        """Count one more round in which the packet was tried."""
        self._row(packet_id).attempts += 1
        self._session.flush()

    def set_offset(self, packet_id: str, offset: int) -> None:
        """Keep how many bytes the centre said it holds durably; nothing changes once it is delivered."""
        row = self._row(packet_id)
        if row.state in _DUE:
            row.upload_offset = offset
            row.state = (PacketState.PARTIAL if offset else PacketState.WAITING).value
            self._session.flush()

    def acknowledge(self, packet_id: str, token: str, at: datetime) -> None:
        """Mark a packet delivered, with the centre's checked acknowledgement; the first one stays."""
        row = self._row(packet_id)
        if not token:
            raise OutboxError("A packet is delivered by an acknowledgement only.")
        if row.state in _DELIVERED:
            return
        row.state, row.upload_offset = PacketState.ACKNOWLEDGED.value, row.size
        row.acknowledgement, row.acknowledged_at = token, at
        row.failures, row.cause = 0, ""
        self._session.flush()

    def fail(self, packet_id: str, cause: str) -> None:
        """Count a failure that lies in the packet; five in a row of one cause put it aside, and never delete it."""
        row = self._row(packet_id)
        if row.state not in _DUE:
            return
        row.failures = row.failures + 1 if row.cause == cause else 1
        row.cause = cause
        if row.failures >= FAILURES_TO_QUARANTINE:
            row.state = PacketState.QUARANTINED.value
        self._session.flush()

    def put_back(self, packet_id: str) -> None:
        """Let a packet that was put aside be tried again; raises `OutboxError` for any other."""
        changed = self._session.exec(
            update(OutboxRow)
            .where(
                col(OutboxRow.packet_id) == packet_id, col(OutboxRow.state) == PacketState.QUARANTINED.value
            )
            .values(state=PacketState.WAITING.value, failures=0, cause="", upload_offset=0)
        )
        if not changed.rowcount:
            raise OutboxError(f"No packet {packet_id} was put aside here; nothing was changed.")

    def set_verdict(
        self, packet_id: str, decision: Decision, reason: str, decided_at: datetime | None = None
    ) -> None:
        """Keep what the centre decided, and when."""
        row = self._row(packet_id)
        row.verdict, row.verdict_reason, row.decided_at = decision.value, reason, decided_at
        self._session.flush()

    def _row(self, packet_id: str) -> OutboxRow:
        row = self._session.get(OutboxRow, packet_id)
        if row is None:
            raise OutboxError(f"The outbox has no packet {packet_id}; nothing was changed.")
        return row


def _entries(rows: Iterable[OutboxRow]) -> tuple[OutboxEntry, ...]:
    return tuple(_entry(row) for row in rows)


def _entry(row: OutboxRow) -> OutboxEntry:
    return OutboxEntry(
        packet_id=row.packet_id,
        kind=PacketKind(row.kind),
        visit_id=row.visit_id,
        priority=row.priority,
        device_seq=row.device_seq,
        size=row.size,
        sha256=row.sha256,
        created=Created.read(row.created),
        state=PacketState(row.state),
        offset=row.upload_offset,
        attempts=row.attempts,
        failures=row.failures,
        cause=row.cause,
        exported=row.exported,
        acknowledgement=row.acknowledgement,
        acknowledged_at=row.acknowledged_at,
        verdict=Decision(row.verdict) if row.verdict else None,
        verdict_reason=row.verdict_reason,
        decided_at=row.decided_at,
        refers_to=row.refers_to,
    )
