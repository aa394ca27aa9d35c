"""The register of papers: no serial and no number is ever used twice."""

from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from kiosk.domain.papers import PaperKind
from kiosk.domain.register import OPEN_STATES, PaperState, Printing, RegisterEntry
from kiosk.storage.tables import PaperRow


class Papers:
    """The register within one transaction; lines are never removed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def last_used(self, kind: PaperKind, year: int) -> int:
        """Return the highest serial taken of a kind and year; 0 for none."""
        query = select(func.max(PaperRow.serial)).where(PaperRow.kind == kind, PaperRow.year == year)
        return self._session.exec(query).one() or 0

    def add(self, entry: RegisterEntry) -> None:
        """Write a new line; a number or serial that was used raises `StorageError` and leaves the register as it is."""
        self._session.add(_row_of(entry))
        self._session.flush()

    def change(self, entry: RegisterEntry) -> None:
        """Write what became of a paper; number, resident and content stay as they were issued."""
        row = self._session.get_one(PaperRow, entry.number)
        row.state, row.printing, row.prints = entry.state.value, entry.printing.value, entry.prints
        row.reason, row.handed_to = entry.reason, entry.handed_to
        row.changed_at, row.changed_by = entry.changed_at, entry.changed_by
        self._session.add(row)
        self._session.flush()

    def get(self, number: str) -> RegisterEntry | None:
        """Return the line of a number; None where this kiosk issued no such paper."""
        row = self._session.get(PaperRow, number)
        return None if row is None else _entry_of(row)

    def of_resident(self, nik: str) -> tuple[RegisterEntry, ...]:
        """Return all papers of a NIK, the newest first."""
        return self._found(PaperRow.nik == nik)

    def of_visit(self, visit_id: str) -> tuple[RegisterEntry, ...]:
        """Return all papers that rest on one record, the newest first."""
        return self._found(PaperRow.visit_id == visit_id)

    def of_code(self, code: str) -> tuple[RegisterEntry, ...]:
        """Return the papers with a local code, as it is printed beside the seal; one, but for a chance of nothing."""
        return self._found(PaperRow.code == code)

    def between(self, first: date, last: date) -> tuple[RegisterEntry, ...]:
        """Return what was issued on the office's days from first to last, in order of kind and serial."""
        days = (col(PaperRow.day) >= first.isoformat(), col(PaperRow.day) <= last.isoformat())
        query = select(PaperRow).where(*days).order_by(col(PaperRow.kind), col(PaperRow.serial))
        return tuple(_entry_of(row) for row in self._session.exec(query))

    def unconfirmed(self) -> tuple[RegisterEntry, ...]:
        """Return the papers that count and of which nobody saw a usable sheet come out, the oldest first."""
        open_states = col(PaperRow.state).in_([state.value for state in OPEN_STATES])
        return self._found(open_states & (col(PaperRow.printing) != Printing.PRINTED.value))[::-1]

    def _found(self, condition: object) -> tuple[RegisterEntry, ...]:
        order = (col(PaperRow.issued_at).desc(), col(PaperRow.serial).desc())
        rows = self._session.exec(select(PaperRow).where(condition).order_by(*order))  # type: ignore[arg-type]
        return tuple(_entry_of(row) for row in rows)


def _row_of(entry: RegisterEntry) -> PaperRow:
    return PaperRow(
        number=entry.number,
        kind=entry.kind.value,
        year=entry.year,
        serial=entry.serial,
        day=entry.day.isoformat(),
        visit_id=entry.visit_id,
        nik=entry.nik,
        full_name=entry.full_name,
        issued_at=entry.issued_at,
        issued_by=entry.issued_by,
        valid_until=entry.valid_until.isoformat() if entry.valid_until else None,
        state=entry.state.value,
        printing=entry.printing.value,
        prints=entry.prints,
        reason=entry.reason,
        changed_at=entry.changed_at,
        changed_by=entry.changed_by,
        handed_to=entry.handed_to,
        renews=entry.renews,
        code=entry.code,
        content=entry.content,
    )


def _entry_of(row: PaperRow) -> RegisterEntry:
    return RegisterEntry(
        number=row.number,
        kind=PaperKind(row.kind),
        serial=row.serial,
        day=date.fromisoformat(row.day),
        visit_id=row.visit_id,
        nik=row.nik,
        full_name=row.full_name,
        issued_at=row.issued_at,
        issued_by=row.issued_by,
        valid_until=date.fromisoformat(row.valid_until) if row.valid_until else None,
        state=PaperState(row.state),
        printing=Printing(row.printing),
        prints=row.prints,
        reason=row.reason,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        handed_to=row.handed_to,
        renews=row.renews,
        code=row.code,
        content=row.content,
    )
