"""Sums over the outbox, made by the database: what strips and pages show again and again, however many packets wait."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from kiosk.domain.verdicts import Decision, needs_person
from kiosk.storage.records import PacketState
from kiosk.storage.tables import OutboxRow, ResidentRow

_DUE = (PacketState.WAITING.value, PacketState.PARTIAL.value)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is not delivered and not put aside: how many packets, the bytes left to send, when the oldest was made."""

    count: int
    size: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Ages:
    """How many packets there are, when the first was made, and when the last was acknowledged."""

    total: int
    first: datetime | None
    acknowledged_last: datetime | None


@dataclass(frozen=True, slots=True)
class Made:
    """The packets made on one day: how many, their bytes, and how many of them are acknowledged by now."""

    count: int
    size: int
    acknowledged: int


class OutboxSums:
    """The sums within one transaction; days are the office's: `offset` is its distance from UTC."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def waiting(self) -> Waiting:
        """Return what waits to be sent."""
        query = select(
            func.count(),
            func.coalesce(func.sum(OutboxRow.size - OutboxRow.upload_offset), 0),
            func.min(OutboxRow.created_at),
        ).where(col(OutboxRow.state).in_(_DUE))
        count, size, oldest = self._session.exec(query).one()
        return Waiting(count, size, oldest)

    def ages(self) -> Ages:
        """Return how many packets were ever made here, and when."""
        query = select(func.count(), func.min(OutboxRow.created_at), func.max(OutboxRow.acknowledged_at))
        return Ages(*self._session.exec(query).one())

    def made(self, offset: timedelta, *, since: datetime | None = None) -> dict[date, Made]:
        """Return what was made, by day; `since`: leaves out what is older."""
        day = _day(col(OutboxRow.created_at), offset)
        acknowledged = func.count(col(OutboxRow.acknowledged_at))
        query = select(day, func.count(), func.sum(OutboxRow.size), acknowledged).group_by(day)
        if since is not None:
            query = query.where(col(OutboxRow.created_at) >= since)
        return {date.fromisoformat(day): Made(*sums) for day, *sums in self._session.exec(query)}

    def acknowledged(self, offset: timedelta) -> dict[date, int]:
        """Return how many packets were acknowledged, by the day of the acknowledgement."""
        at = col(OutboxRow.acknowledged_at)
        day = _day(at, offset)
        query = select(day, func.count()).where(at.is_not(None)).group_by(day)
        return {date.fromisoformat(day): count for day, count in self._session.exec(query)}

    def by_priority(self) -> dict[int, int]:
        """Return how many packets wait, by urgency."""
        query = (
            select(OutboxRow.priority, func.count())
            .where(col(OutboxRow.state).in_(_DUE))
            .group_by(col(OutboxRow.priority))
        )
        return dict(self._session.exec(query).all())

    def decided(self) -> dict[tuple[PacketState, Decision | None], int]:
        """Return how many packets stand in which state and under which verdict."""
        query = select(OutboxRow.state, OutboxRow.verdict, func.count())
        rows = self._session.exec(query.group_by(col(OutboxRow.state), col(OutboxRow.verdict)))
        return {
            (PacketState(state), Decision(verdict) if verdict else None): count
            for state, verdict, count in rows
        }

    def tasks(self) -> int:
        """Return how many verdicts somebody has to act on; a withdrawn record asks for nothing more."""
        asking = [decision.value for decision in Decision if needs_person(decision)]
        withdrawn = select(ResidentRow.visit_id).where(col(ResidentRow.withdrawn))
        query = select(func.count()).where(
            col(OutboxRow.verdict).in_(asking), col(OutboxRow.visit_id).not_in(withdrawn)
        )
        return self._session.exec(query).one()


def _day(moment: Mapped[datetime] | Mapped[datetime | None], offset: timedelta) -> ColumnElement[str]:
    return func.date(moment, f"{offset.total_seconds():+.0f} seconds")
