"""Figures: what the centre holds, counted from rows and from the files themselves."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from central.store import Store, sha256_of
from central.tables import AsideRow, KioskRow, PacketRow, UploadRow, VerdictRow
from kiosk.wire.messages import PacketKind
from kiosk.wire.packet import SUFFIX


@dataclass(frozen=True, slots=True)
class KioskFigures:
    """One kiosk as the centre knows it; backlog as the kiosk last told."""

    kiosk_id: str
    office: str
    software: str
    last_seen: datetime | None
    revoked: bool
    acknowledged: int
    judged: int
    under_way: int
    backlog_count: int
    backlog_bytes: int


@dataclass(frozen=True, slots=True)
class Figures:
    """packets: acknowledged packets by kind.  visits: distinct visits with an acknowledged enrollment.

    bytes: of the acknowledged packets.  duplicates: objects whose packet id stands on the disk more than once.
    lost: rows without their object, or, when verified, with other bytes.  unentered: objects without a row, as a
    crash leaves them until the kiosk asks again.
    """

    kiosks: tuple[KioskFigures, ...]
    packets: dict[str, int]
    acknowledged: int
    visits: int
    judged: dict[str, int]
    bytes: int
    under_way: int
    aside: int
    duplicates: int
    lost: int
    unentered: int


def count(store: Store, *, verify: bool = False) -> Figures:
    """Count; with `verify` every object is read and its sha256 compared."""
    on_disk = Counter(path.stem for path in store.folder.objects.glob(f"*/*{SUFFIX}"))
    with store.read() as session:
        rows = session.execute(
            select(PacketRow.packet_id, PacketRow.visit_id, PacketRow.kind, PacketRow.size, PacketRow.sha256)
        ).all()
        kinds = Counter(row.kind for row in rows)
        decisions = Counter(session.scalars(select(VerdictRow.decision)).all())
        enrolled = {row.visit_id for row in rows if row.kind == PacketKind.ENROLLMENT.value}
        kiosks, under_way, aside = _kiosks(session), _rows(session, UploadRow), _rows(session, AsideRow)
    # Files are read with the database let go: a reader that goes on for minutes would keep every writer out.
    return Figures(
        kiosks=kiosks,
        packets=dict(sorted(kinds.items())),
        acknowledged=len(rows),
        visits=len(enrolled),
        judged=dict(sorted(decisions.items())),
        bytes=sum(row.size for row in rows),
        under_way=under_way,
        aside=aside,
        duplicates=sum(number - 1 for number in on_disk.values()),
        lost=sum(_is_lost(store.folder.object_of(row.packet_id), row.sha256, verify=verify) for row in rows),
        unentered=len(on_disk.keys() - {row.packet_id for row in rows}),
    )


def _kiosks(session: Session) -> tuple[KioskFigures, ...]:
    return tuple(
        KioskFigures(
            kiosk_id=kiosk.kiosk_id,
            office=kiosk.office,
            software=kiosk.software,
            last_seen=kiosk.last_seen,
            revoked=kiosk.revoked_at is not None,
            acknowledged=_rows(session, PacketRow, kiosk.kiosk_id),
            judged=_rows(session, VerdictRow, kiosk.kiosk_id),
            under_way=_rows(session, UploadRow, kiosk.kiosk_id),
            backlog_count=kiosk.backlog_count,
            backlog_bytes=kiosk.backlog_bytes,
        )
        for kiosk in session.scalars(select(KioskRow).order_by(KioskRow.office, KioskRow.kiosk_id))
    )


def _rows(
    session: Session,
    table: type[PacketRow] | type[VerdictRow] | type[UploadRow] | type[AsideRow],
    kiosk_id: str | None = None,
) -> int:
    query = select(func.count()).select_from(table)
    if kiosk_id is not None:
        query = query.where(table.kiosk_id == kiosk_id)
    return session.scalar(query) or 0


def _is_lost(path: Path, sha256: str, *, verify: bool) -> bool:
    return sha256_of(path) != sha256 if verify else not path.is_file()
