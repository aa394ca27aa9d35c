"""Requests of officers about saved records; at most one of a kind is open for a visit."""

import json
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from kiosk.domain.change_requests import ChangeRequest, RequestKind, RequestState
from kiosk.storage.tables import ChangeRequestRow


class ChangeRequests:
    """The requests within one transaction; none is ever removed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, request: ChangeRequest) -> None:
        """Keep a new request; one of its kind that is open for the visit already raises `StorageError`."""
        self._session.add(
            ChangeRequestRow(
                request_id=request.request_id,
                kind=request.kind.value,
                visit_id=request.visit_id,
                changes=json.dumps(request.changes),
                reason=request.reason,
                asked_by=request.asked_by,
                asked_at=request.asked_at,
            )
        )
        self._session.flush()

    def open(self) -> tuple[ChangeRequest, ...]:
        """Return the requests nobody decided, the oldest first."""
        query = select(ChangeRequestRow).where(ChangeRequestRow.state == RequestState.OPEN.value)
        return tuple(
            _request(row) for row in self._session.exec(query.order_by(col(ChangeRequestRow.asked_at)))
        )

    def of_visit(self, visit_id: str) -> tuple[ChangeRequest, ...]:
        """Return all requests about one record, the newest first."""
        query = select(ChangeRequestRow).where(ChangeRequestRow.visit_id == visit_id)
        rows = self._session.exec(query.order_by(col(ChangeRequestRow.asked_at).desc()))
        return tuple(_request(row) for row in rows)

    def get(self, request_id: str) -> ChangeRequest | None:
        """Return one request; None where there is none."""
        row = self._session.get(ChangeRequestRow, request_id)
        return None if row is None else _request(row)

    def decide(
        self, request: ChangeRequest, state: RequestState, *, by: str, at: datetime, answer: str = ""
    ) -> ChangeRequest:
        """Keep what was decided, and return the request as it is now."""
        row = self._session.get_one(ChangeRequestRow, request.request_id)
        row.state, row.decided_by, row.decided_at, row.answer = state.value, by, at, answer
        self._session.add(row)
        self._session.flush()
        return replace(request, state=state, decided_by=by, decided_at=at, answer=answer)


def _request(row: ChangeRequestRow) -> ChangeRequest:
    return ChangeRequest(
        request_id=row.request_id,
        kind=RequestKind(row.kind),
        visit_id=row.visit_id,
        changes=dict(json.loads(row.changes)),
        reason=row.reason,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        state=RequestState(row.state),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        answer=row.answer,
    )
