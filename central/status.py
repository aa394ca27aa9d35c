"""Which office lacks which part since when: put together from what the kiosks of each office told last."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from central.store import Store
from central.tables import HeartbeatRow, KioskRow, PartRow
from kiosk.domain.selftest import Part, Verdict

OLD = timedelta(hours=26)  # a counter tells at least once a day, after its morning's self-test
WORKING = (Verdict.GOOD.value, Verdict.DUE.value, Verdict.CARE.value)
_BEST_FIRST = (*WORKING, Verdict.BROKEN.value, Verdict.ABSENT.value)
PARTS = tuple(part.value for part in Part)


@dataclass(frozen=True, slots=True)
class PartStanding:
    """How a part stands at an office: as at the best of its kiosks, since the last of them stands so."""

    verdict: str
    problem: str
    since: datetime

    @property
    def works(self) -> bool:
        """True where a resident can be served with it."""
        return self.verdict in WORKING


@dataclass(frozen=True, slots=True)
class OfficeStanding:
    """One office; told_at: when the newest heartbeat came, None before the first.  parts: by key, those told of."""

    office: str
    name: str
    kiosks: int
    told_at: datetime | None
    parts: dict[str, PartStanding]
    backlog: int
    services: frozenset[str]

    def is_old(self, now: datetime) -> bool:
        """Tell whether the news are older than a day."""
        return self.told_at is not None and now - self.told_at > OLD

    @property
    def lacking(self) -> tuple[str, ...]:
        """The devices and parts that are broken or not there."""
        return tuple(part for part in PARTS if part in self.parts and not self.parts[part].works)


def offices_standing(store: Store, name_of: Callable[[str], str]) -> tuple[OfficeStanding, ...]:
    """Return every office with a kiosk that was not revoked, in the order of their codes."""
    with store.read() as session:
        return standing_in(session, name_of)


def standing_in(
    session: Session, name_of: Callable[[str], str], *, within: str = ""
) -> tuple[OfficeStanding, ...]:
    """Return the same within a transaction that is already open; within: what the codes of the offices begin with."""
    kiosks = session.scalars(
        select(KioskRow).where(KioskRow.revoked_at.is_(None), KioskRow.office.startswith(within))
    ).all()
    ids = [kiosk.kiosk_id for kiosk in kiosks]
    beats = {
        row.kiosk_id: row
        for row in session.scalars(select(HeartbeatRow).where(HeartbeatRow.kiosk_id.in_(ids)))
    }
    parts = session.scalars(select(PartRow).where(PartRow.kiosk_id.in_(ids))).all()
    of_office: dict[str, list[KioskRow]] = defaultdict(list)
    for kiosk in kiosks:
        of_office[kiosk.office].append(kiosk)
    return tuple(
        _office(office, name_of(office), members, beats, parts)
        for office, members in sorted(of_office.items())
    )


def _office(
    office: str,
    name: str,
    kiosks: list[KioskRow],
    beats: dict[str, HeartbeatRow],
    parts: Iterable[PartRow],
) -> OfficeStanding:
    ids = {kiosk.kiosk_id for kiosk in kiosks}
    told = [beats[kiosk_id] for kiosk_id in ids if kiosk_id in beats]
    by_part: dict[str, list[PartRow]] = defaultdict(list)
    for row in parts:
        if row.kiosk_id in ids:
            by_part[row.part].append(row)
    return OfficeStanding(
        office=office,
        name=name,
        kiosks=len(kiosks),
        told_at=max((row.told_at for row in told), default=None),
        parts={part: _best(rows) for part, rows in by_part.items()},
        backlog=sum(kiosk.backlog_count for kiosk in kiosks),
        services=frozenset(key for row in told for key in row.services.split()),
    )


def _best(rows: list[PartRow]) -> PartStanding:
    best = min(rows, key=lambda row: _rank(row.verdict))
    alike = [row for row in rows if _rank(row.verdict) == _rank(best.verdict)]
    lacks_all = best.verdict not in WORKING
    since = max(row.since for row in rows) if lacks_all else min(row.since for row in alike)
    return PartStanding(best.verdict, best.problem, since)


def _rank(verdict: str) -> int:
    """Return how well a verdict speaks of a part; one of another version comes after those that work."""
    return _BEST_FIRST.index(verdict) if verdict in _BEST_FIRST else len(WORKING)
