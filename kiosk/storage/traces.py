"""The traces of devices that failed: the newest few, for some weeks, so that a fault can be sent home."""

import zlib
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from kiosk.domain.kept_traces import KeptTrace
from kiosk.storage.tables import TraceRow

MOST = 20
DAYS = 30
_LARGEST = 8 << 20  # bytes a kept text may inflate to; a whole one has fewer


class Traces:
    """The traces within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, trace: KeptTrace, text: str) -> int:
        """Keep a trace, drop those that are too old or too many, and return its number."""
        content = text.encode("utf-8")
        row = TraceRow(
            kind=trace.kind,
            driver=trace.driver,
            at=trace.at,
            error=trace.error,
            said=trace.said,
            size=len(content),
            content=zlib.compress(content),
        )
        self._session.add(row)
        self._session.flush()
        self._thin_out(trace.at)
        assert row.number is not None  # it was written
        return row.number

    def all(self) -> tuple[KeptTrace, ...]:
        """Return what is kept, the newest first."""
        rows = self._session.exec(select(TraceRow).order_by(col(TraceRow.number).desc()))
        return tuple(_kept(row) for row in rows)

    def last(self, kind: str) -> KeptTrace | None:
        """Return the newest of a kind of device; None without one."""
        return next((trace for trace in self.all() if trace.kind == kind), None)

    def text(self, number: int) -> str | None:
        """Return the text of a trace; None for one that is not kept any more."""
        row = self._session.get(TraceRow, number)
        return None if row is None else zlib.decompressobj().decompress(row.content, _LARGEST).decode("utf-8")

    def drop(self, number: int) -> bool:
        """Let a trace go; return whether it was there."""
        row = self._session.get(TraceRow, number)
        if row is not None:
            self._session.delete(row)
            self._session.flush()
        return row is not None

    def _thin_out(self, now: datetime) -> None:
        rows = self._session.exec(select(TraceRow).order_by(col(TraceRow.number).desc())).all()
        for place, row in enumerate(rows):
            if place >= MOST or row.at < now - timedelta(days=DAYS):
                self._session.delete(row)
        self._session.flush()


def _kept(row: TraceRow) -> KeptTrace:
    return KeptTrace(row.kind, row.driver, row.at, row.error, row.said, row.number or 0, row.size)
