"""The audit chain: every processing of personal data is a row that names the row before it (UU 27/2022, art. 31)."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from kiosk.storage.records import AuditEntry
from kiosk.storage.tables import AuditRow

FIRST_HEAD = "0" * 64


class Audit:
    """The chain within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def append(self, at: datetime, user_id: str, act: str, subject: str, detail: str) -> str:
        """Write one row and return the new head.

        user_id: empty where the program itself acted.  subject: a visit, user, kiosk or packet id, never a NIK.
        """
        last = self._last()
        number, before = (last.number + 1, last.head) if last else (1, FIRST_HEAD)
        head = head_after(before, number, at, (user_id, act, subject, detail))
        row = AuditRow(
            number=number, at=at, user_id=user_id, act=act, subject=subject, detail=detail, head=head
        )
        self._session.add(row)
        self._session.flush()
        return head

    def head(self) -> str:
        """Return the hash that stands for the whole chain."""
        last = self._last()
        return last.head if last else FIRST_HEAD

    def length(self) -> int:
        """Return how many rows there are."""
        last = self._last()
        return last.number if last else 0

    def about(self, subject: str) -> tuple[AuditEntry, ...]:
        """Return what was done to one subject, in order: what a resident may ask for."""
        rows = self._session.exec(
            select(AuditRow).where(AuditRow.subject == subject).order_by(col(AuditRow.number))
        )
        return tuple(_entry(row) for row in rows)

    def all(self) -> Iterable[AuditEntry]:
        """Yield every row in order."""
        for row in self._session.exec(select(AuditRow).order_by(col(AuditRow.number))):
            yield _entry(row)

    def _last(self) -> AuditRow | None:
        return self._session.exec(select(AuditRow).order_by(col(AuditRow.number).desc()).limit(1)).first()


def head_after(before: str, number: int, at: datetime, told: tuple[str, ...]) -> str:
    """Return the SHA-256 over the head before and everything a row says."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(json.dumps([before, number, moment, *told]).encode("ascii")).hexdigest()


def first_break(entries: Iterable[AuditEntry]) -> int | None:
    """Return the number of the first row that does not follow from the one before; None where all do."""
    before = FIRST_HEAD
    for number, entry in enumerate(entries, start=1):
        told = (entry.user_id, entry.act, entry.subject, entry.detail)
        if entry.index != number or entry.head != head_after(before, number, entry.at, told):
            return number
        before = entry.head
    return None


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(row.number, row.at, row.user_id, row.act, row.subject, row.detail, row.head)
