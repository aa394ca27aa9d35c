"""Heartbeats: the newest of each kiosk, how its parts stand since when, and each change of that."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from central.errors import RefusedError
from central.sessions import Caller
from central.store import Store
from central.tables import HeartbeatRow, KioskRow, PartChangeRow, PartRow
from kiosk.wire.messages import Heartbeat, HeartbeatAnswer, PartTold, ProblemType

LARGEST = 16 << 10  # bytes; one of all parts has about 2 kB
KEPT_CHANGES = 1000  # of one kiosk, the newest: a part that comes and goes fills nobody's disk


@dataclass(frozen=True, slots=True)
class Listener:
    """Takes heartbeats in."""

    store: Store

    def hear(self, body: bytes, caller: Caller, now: datetime) -> HeartbeatAnswer:
        """Keep a heartbeat; raises `RefusedError` or `MessageError` for what is none, or no newer than the last."""
        if len(body) > LARGEST:
            raise RefusedError(ProblemType.TOO_LARGE, f"A heartbeat has at most {LARGEST} bytes.")
        told = Heartbeat.read(body)
        _check(told, caller)
        with self.store.write() as session:
            row = session.get(HeartbeatRow, caller.kiosk_id)
            if row is not None and told.serial <= row.serial:
                raise RefusedError(ProblemType.CONFLICT, "A newer heartbeat of this kiosk is here already.")
            _keep(session, told, now)
            kiosk = session.get_one(KioskRow, caller.kiosk_id)
            kiosk.last_seen = now
            kiosk.backlog_count, kiosk.backlog_bytes = told.backlog_count, told.backlog_bytes
            kiosk.software = told.software or kiosk.software
            _keep_parts(session, told, kiosk, now)
        return HeartbeatAnswer(serial=told.serial)


def _check(told: Heartbeat, caller: Caller) -> None:
    if told.kiosk_id != caller.kiosk_id:
        raise RefusedError(ProblemType.FOREIGN, "The heartbeat names another kiosk.")
    if len({part.part for part in told.parts}) != len(told.parts):
        raise RefusedError(ProblemType.MALFORMED, "A part stands in the heartbeat twice.")


def _keep(session: Session, told: Heartbeat, now: datetime) -> None:
    session.merge(
        HeartbeatRow(
            kiosk_id=told.kiosk_id,
            serial=told.serial,
            told_at=now,
            backlog_oldest=told.backlog_oldest,
            disk_free=told.disk_free,
            services=" ".join(told.services),
        )
    )


def _keep_parts(session: Session, told: Heartbeat, kiosk: KioskRow, now: datetime) -> None:
    rows = session.scalars(select(PartRow).where(PartRow.kiosk_id == kiosk.kiosk_id))
    known = {row.part: row for row in rows}
    for part in told.parts:
        _keep_part(session, part, known.pop(part.part, None), kiosk, now)
    for gone in known.values():  # another version of the kiosk, which has no such part
        session.delete(gone)
    _forget_oldest(session, kiosk.kiosk_id)


def _keep_part(
    session: Session, told: PartTold, known: PartRow | None, kiosk: KioskRow, now: datetime
) -> None:
    """Keep how a part stands; as long as its verdict stays, the earliest *since* does."""
    since = max(min(told.since, now), kiosk.joined_at)  # the kiosk's clock may be wrong either way
    if known is not None and known.verdict == told.verdict:
        known.problem, known.since = told.problem, min(known.since, since)
        return
    session.merge(
        PartRow(
            kiosk_id=kiosk.kiosk_id, part=told.part, verdict=told.verdict, problem=told.problem, since=since
        )
    )
    session.add(
        PartChangeRow(
            kiosk_id=kiosk.kiosk_id,
            part=told.part,
            verdict=told.verdict,
            problem=told.problem,
            since=since,
            told_at=now,
        )
    )


def _forget_oldest(session: Session, kiosk_id: str) -> None:
    session.flush()
    mine = select(PartChangeRow.number).where(PartChangeRow.kiosk_id == kiosk_id)
    first_kept = session.scalar(mine.order_by(PartChangeRow.number.desc()).offset(KEPT_CHANGES - 1).limit(1))
    if first_kept is not None:
        session.execute(
            delete(PartChangeRow).where(PartChangeRow.kiosk_id == kiosk_id, PartChangeRow.number < first_kept)
        )
