"""Residents this kiosk recorded, kept for search and papers, with the words of their names indexed."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.dialects.sqlite import insert as insert_or
from sqlmodel import Session, col, select

from kiosk.domain.spelling import spelling_key, words_of
from kiosk.storage.records import Resident
from kiosk.storage.tables import ResidentRow, ResidentWordRow, WordFormRow, WordRow
from kiosk.storage.word_forms import forms_of


class Residents:
    """The residents within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, resident: Resident) -> None:
        """Keep a resident under the visit that recorded them, over what was kept before."""
        row = self._row(resident.visit_id) or ResidentRow(
            visit_id=resident.visit_id,
            nik="",
            full_name="",
            birth_date="",
            village="",
            packet_id="",
            saved_at=resident.saved_at,
            portrait=b"",
        )
        renamed = row.full_name != resident.full_name
        row.nik, row.full_name, row.birth_date = resident.nik, resident.full_name, resident.birth_date
        row.village, row.packet_id, row.saved_at = resident.village, resident.packet_id, resident.saved_at
        row.portrait, row.withdrawn, row.told = resident.portrait, resident.withdrawn, resident.told
        self._session.add(row)
        self._session.flush()
        if renamed and row.number is not None:
            self._index(row.number, words_of(resident.full_name))

    def by_nik(self, nik: str) -> tuple[Resident, ...]:
        """Return the records of a whole NIK, the newest first."""
        query = select(ResidentRow).where(ResidentRow.nik == nik).order_by(col(ResidentRow.number).desc())
        return tuple(resident_of(row) for row in self._session.exec(query))

    def by_visit(self, visit_id: str) -> Resident | None:
        """Return the resident a visit recorded; None where it recorded nobody."""
        row = self._row(visit_id)
        return None if row is None else resident_of(row)

    def newest(self, count: int) -> tuple[Resident, ...]:
        """Return the records saved last, the newest first."""
        query = select(ResidentRow).order_by(col(ResidentRow.number).desc()).limit(count)
        return tuple(resident_of(row) for row in self._session.exec(query))

    def forget_told(self, before: datetime) -> int:
        """Forget what papers would say of records saved before, or withdrawn; return of how many."""
        gone = (col(ResidentRow.saved_at) < before) | col(ResidentRow.withdrawn)
        rows = self._session.exec(select(ResidentRow).where(gone, ResidentRow.told != "")).all()
        for row in rows:
            row.told = ""
            self._session.add(row)
        self._session.flush()
        return len(rows)

    def _row(self, visit_id: str) -> ResidentRow | None:
        return self._session.exec(select(ResidentRow).where(ResidentRow.visit_id == visit_id)).first()

    def _index(self, number: int, words: Iterable[str]) -> None:
        kept = sorted(set(words))
        self._session.exec(delete(ResidentWordRow).where(col(ResidentWordRow.resident) == number))
        if not kept:
            return
        self._learn(kept)
        rows = [{"word": word, "resident": number} for word in kept]
        self._session.connection().execute(insert(ResidentWordRow), rows)

    def _learn(self, words: list[str]) -> None:
        """Index words that no name had so far."""
        known = set(self._session.exec(select(WordRow.word).where(col(WordRow.word).in_(words))))
        fresh = [word for word in words if word not in known]
        if not fresh:
            return
        connection = self._session.connection()
        connection.execute(
            insert(WordRow), [{"word": word, "spelling": spelling_key(word)} for word in fresh]
        )
        forms = [{"form": form, "word": word} for word in fresh for form in forms_of(word)]
        connection.execute(insert_or(WordFormRow).on_conflict_do_nothing(), forms)


def resident_of(row: ResidentRow, *, with_portrait: bool = True) -> Resident:
    """Return a row as the frozen value that leaves the storage."""
    return Resident(
        nik=row.nik,
        full_name=row.full_name,
        birth_date=row.birth_date,
        village=row.village,
        visit_id=row.visit_id,
        packet_id=row.packet_id,
        saved_at=row.saved_at,
        portrait=row.portrait if with_portrait else b"",
        withdrawn=row.withdrawn,
        told=row.told if with_portrait else "",
    )
