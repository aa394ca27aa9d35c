"""The captures of open visits: pictures in rows of the encrypted database, never in files."""

from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, delete, func
from sqlmodel import Session, col, select

from kiosk.domain.captures import Capture, CaptureKind, CapturePart, DeviceIdentity, Measure
from kiosk.domain.findings import Finding
from kiosk.storage.records import CaptureSummary
from kiosk.storage.tables import CapturePartRow, CaptureRow


@dataclass(frozen=True, slots=True)
class _Content:
    measures: tuple[Measure, ...]
    findings: tuple[Finding, ...]
    device: DeviceIdentity
    part_names: tuple[str, ...]


_CONTENT_TEXT = TypeAdapter(_Content)


class Captures:
    """The captures within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, visit_id: str, capture: Capture) -> None:
        """Keep a capture, in place of the earlier one of its kind."""
        self.drop(visit_id, capture.kind)
        names = tuple(part.part for part in capture.parts)
        content = _Content(capture.measures, capture.findings, capture.device, names)
        self._session.add(
            CaptureRow(
                visit_id=visit_id,
                kind=capture.kind.value,
                attempts=capture.attempts,
                taken_at=capture.taken_at,
                content=_CONTENT_TEXT.dump_json(content).decode("utf-8"),
                signed=capture.signed,
            )
        )
        self._session.flush()
        for number, part in enumerate(capture.parts):
            self._session.add(_part_row(visit_id, capture.kind, number, part))
        self._session.flush()

    def get(self, visit_id: str, kind: CaptureKind) -> Capture | None:
        """Return the kept capture of a kind; None where there is none."""
        row = self._session.get(CaptureRow, (visit_id, kind.value))
        return None if row is None else _capture(row, self._parts(visit_id, CapturePartRow.kind == row.kind))

    def all(self, visit_id: str) -> tuple[Capture, ...]:
        """Return every kept capture of a visit, pictures included."""
        rows, parts = self._rows(visit_id), self._parts(visit_id)
        return tuple(_capture(row, [part for part in parts if part.kind == row.kind]) for row in rows)

    def summaries(self, visit_id: str) -> tuple[CaptureSummary, ...]:
        """Return the same without reading a picture."""
        return tuple(_summary(row) for row in self._rows(visit_id))

    def summary(self, visit_id: str, kind: CaptureKind) -> CaptureSummary | None:
        """Return one kept capture without its pictures; None where there is none."""
        row = self._session.get(CaptureRow, (visit_id, kind.value))
        return None if row is None else _summary(row)

    def part(self, visit_id: str, kind: CaptureKind, part: str) -> CapturePart | None:
        """Return one picture of a kept capture, the first of that name; None where there is none."""
        if self._session.get(CaptureRow, (visit_id, kind.value)) is None:
            return None  # a picture that waits to be overwritten is spoken of by nobody
        wanted = (CapturePartRow.kind == kind.value, CapturePartRow.part == part)
        return next((_part(row) for row in self._parts(visit_id, *wanted, limit=1)), None)

    def drop(self, visit_id: str, kind: CaptureKind) -> None:
        """Forget the capture of a kind; nothing where there is none."""
        row = self._session.get(CaptureRow, (visit_id, kind.value))
        if row is not None:
            self._session.delete(row)
            self._session.flush()
        ours = (col(CapturePartRow.visit_id) == visit_id) & (col(CapturePartRow.kind) == kind.value)
        self._session.exec(delete(CapturePartRow).where(ours))

    def drop_all(self, visit_id: str) -> None:
        """Forget every capture of a visit at once; the bytes of their pictures go with the next `purge`."""
        self._session.exec(delete(CaptureRow).where(col(CaptureRow.visit_id) == visit_id))

    def purge(self) -> None:
        """Overwrite the pictures that no capture speaks of any more: millions of bytes, so not while anybody waits."""
        self._session.exec(delete(CapturePartRow).where(_is_forgotten()))

    def unpurged(self) -> int:
        """Return how many pictures wait for the next `purge`."""
        return self._session.exec(
            select(func.count()).select_from(CapturePartRow).where(_is_forgotten())
        ).one()

    def _rows(self, visit_id: str) -> list[CaptureRow]:
        query = select(CaptureRow).where(CaptureRow.visit_id == visit_id).order_by(CaptureRow.kind)
        return list(self._session.exec(query))

    def _parts(
        self, visit_id: str, *conditions: ColumnElement[bool] | bool, limit: int | None = None
    ) -> list[CapturePartRow]:
        query = select(CapturePartRow).where(CapturePartRow.visit_id == visit_id, *conditions)
        query = query.order_by(CapturePartRow.kind, col(CapturePartRow.number)).limit(limit)
        return list(self._session.exec(query))


def _capture(row: CaptureRow, parts: list[CapturePartRow]) -> Capture:
    content = _CONTENT_TEXT.validate_json(row.content)
    return Capture(
        kind=CaptureKind(row.kind),
        parts=tuple(_part(part) for part in parts),
        measures=content.measures,
        findings=content.findings,
        attempts=row.attempts,
        device=content.device,
        taken_at=row.taken_at,
        signed=row.signed,
    )


def _is_forgotten() -> ColumnElement[bool]:
    """Return what a picture fulfils whose capture is gone."""
    spoken_of = select(CaptureRow.visit_id).where(
        CaptureRow.visit_id == CapturePartRow.visit_id, CaptureRow.kind == CapturePartRow.kind
    )
    return ~spoken_of.exists()


def _part_row(visit_id: str, kind: CaptureKind, number: int, part: CapturePart) -> CapturePartRow:
    return CapturePartRow(
        visit_id=visit_id,
        kind=kind.value,
        number=number,
        part=part.part,
        media=part.media,
        width=part.width,
        height=part.height,
        ppi=part.ppi,
        content=part.content,
    )


def _part(row: CapturePartRow) -> CapturePart:
    return CapturePart(row.part, row.media, row.content, row.width, row.height, row.ppi)


def _summary(row: CaptureRow) -> CaptureSummary:
    content = _CONTENT_TEXT.validate_json(row.content)
    return CaptureSummary(
        kind=CaptureKind(row.kind),
        parts=content.part_names,
        attempts=row.attempts,
        findings=content.findings,
        measures=content.measures,
        taken_at=row.taken_at,
    )
