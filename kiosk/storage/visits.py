"""Visits and their drafts: what is open, and all that was typed and agreed in it."""

from datetime import date, datetime

from pydantic import TypeAdapter
from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from kiosk.domain.requests import Priority, Service
from kiosk.storage.captures import Captures
from kiosk.storage.errors import StorageError
from kiosk.storage.records import Draft, Visit, VisitState
from kiosk.storage.tables import DraftRow, VisitRow

_DRAFT_TEXT = TypeAdapter(Draft)


class Visits:
    """The visits within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._looked_at: dict[str, VisitRow] = {}  # held, so that the session does not read a row again

    def open(self, visit_id: str, service: Service, user_id: str, at: datetime, day: date) -> Visit:
        """Open a visit with the next ticket of the office's day."""
        highest = self._session.exec(
            select(func.max(VisitRow.ticket)).where(VisitRow.day == day.isoformat())
        ).one()
        row = VisitRow(
            visit_id=visit_id,
            day=day.isoformat(),
            ticket=(highest or 0) + 1,
            service=service.value,
            state=VisitState.OPEN.value,
            opened_at=at,
            opened_by=user_id,
        )
        self._session.add(row)
        self._session.flush()
        return _visit(row)

    def get(self, visit_id: str) -> Visit | None:
        """Return a visit; None where there is none of this name."""
        row = self._find(visit_id)
        return None if row is None else _visit(row)

    def in_state(self, *states: VisitState) -> tuple[Visit, ...]:
        """Return the visits in any of the states, in the order in which they came."""
        wanted = [state.value for state in states]
        rows = self._session.exec(
            select(VisitRow)
            .where(col(VisitRow.state).in_(wanted))
            .order_by(VisitRow.day, col(VisitRow.ticket))
        )
        return tuple(_visit(row) for row in rows)

    def with_ticket(self, ticket: int, *, most: int) -> tuple[Visit, ...]:
        """Return the visits that had a ticket, of the last days first; each day begins at 1."""
        query = select(VisitRow).where(VisitRow.ticket == ticket).order_by(col(VisitRow.opened_at).desc())
        return tuple(_visit(row) for row in self._session.exec(query.limit(most)))

    def park(self, visit_id: str, reason: str) -> None:
        """Lay a visit aside."""
        self._change(visit_id, VisitState.PARKED, reason=reason)

    def resume(self, visit_id: str) -> None:
        """Take a visit up again."""
        self._change(visit_id, VisitState.OPEN)

    def call(self, visit_id: str, at: datetime) -> bool:
        """Note when the resident was first called; False where somebody called before."""
        row = self._row(visit_id)
        if row.called_at is not None:
            return False
        row.called_at = at
        self._session.flush()
        return True

    def prefer(self, visit_id: str, priority: Priority) -> None:
        """Keep why a visit is served before others."""
        self._row(visit_id).priority = priority.value
        self._session.flush()

    def closed_between(self, begin: datetime, end: datetime) -> tuple[Visit, ...]:
        """Return the visits that were closed from `begin` on and before `end`."""
        closed = col(VisitRow.closed_at)
        rows = self._session.exec(select(VisitRow).where(closed >= begin, closed < end).order_by(closed))
        return tuple(_visit(row) for row in rows)

    def seal(self, visit_id: str) -> None:
        """Mark a visit as being saved: nobody may change its draft any more."""
        self._change(visit_id, VisitState.SEALING)

    def save(self, visit_id: str, at: datetime) -> None:
        """Mark a visit as saved; its draft and captures are deleted, the packets stand for them."""
        self._close(visit_id, VisitState.SAVED, at, reason="")

    def end(self, visit_id: str, at: datetime, reason: str) -> None:
        """Mark a visit as ended without a record; its draft and captures are deleted."""
        self._close(visit_id, VisitState.ENDED, at, reason=reason)

    def change_service(self, visit_id: str, service: Service) -> None:
        """Let a visit be for something else."""
        self._row(visit_id).service = service.value
        self._session.flush()

    def _close(self, visit_id: str, state: VisitState, at: datetime, *, reason: str) -> None:
        Captures(self._session).drop_all(visit_id)
        self._session.exec(delete(DraftRow).where(col(DraftRow.visit_id) == visit_id))
        self._row(visit_id).closed_at = at
        self._change(visit_id, state, reason=reason)

    def _change(self, visit_id: str, state: VisitState, *, reason: str = "") -> None:
        row = self._row(visit_id)
        row.state, row.reason = state.value, reason
        self._session.flush()

    def _row(self, visit_id: str) -> VisitRow:
        row = self._find(visit_id)
        if row is None:
            raise StorageError("There is no such visit; nothing was changed.")
        return row

    def _find(self, visit_id: str) -> VisitRow | None:
        row = self._session.get(VisitRow, visit_id)
        if row is not None:
            self._looked_at[visit_id] = row
        return row


class Drafts:
    """The drafts within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._looked_at: dict[str, DraftRow] = {}  # as in `Visits`

    def put(self, draft: Draft, at: datetime) -> None:
        """Keep a draft, over what it was before; `at`: now, to be shown beside it."""
        content = _DRAFT_TEXT.dump_json(draft).decode("utf-8")
        self._session.merge(DraftRow(visit_id=draft.visit_id, content=content, committed_at=at))
        self._session.flush()

    def get(self, visit_id: str) -> Draft | None:
        """Return the draft of a visit; None once it is closed."""
        row = self._session.get(DraftRow, visit_id)
        if row is not None:
            self._looked_at[visit_id] = row
        return None if row is None else _DRAFT_TEXT.validate_json(row.content)

    def committed_at(self, visit_id: str) -> datetime | None:
        """Return when the draft was last committed; None once the visit is closed."""
        row = self._session.get(DraftRow, visit_id)
        return None if row is None else row.committed_at


def _visit(row: VisitRow) -> Visit:
    return Visit(
        visit_id=row.visit_id,
        ticket=row.ticket,
        service=Service(row.service),
        state=VisitState(row.state),
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        closed_at=row.closed_at,
        reason=row.reason,
        called_at=row.called_at,
        priority=Priority(row.priority),
    )
