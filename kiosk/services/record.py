"""What was saved of one visit: the resident as kept for search and papers, and how far each packet has come."""

from dataclasses import dataclass, field
from datetime import date, datetime

from kiosk.domain.dates import read_any_date
from kiosk.domain.requests import Service, ticket_name
from kiosk.domain.roles import Permission
from kiosk.services.counter import Counter, Officer, require
from kiosk.services.errors import NoVisitError
from kiosk.storage.records import OutboxEntry, Resident, Visit
from kiosk.storage.store import Ledger


@dataclass(frozen=True, slots=True)
class PacketLine:
    """One packet of the visit.

    short_name: first and last of its name, as read aloud: `019B-00A7`.  kind, state, verdict: values of `PacketKind`,
    `PacketState` and `Decision`; verdict is empty before one.  cause: what it failed with last, for `cause_text`.
    """

    packet_id: str
    short_name: str
    kind: str
    state: str
    size: int
    device_seq: int
    created_at: datetime
    acknowledged_at: datetime | None
    verdict: str
    verdict_reason: str
    attempts: int
    cause: str


@dataclass(frozen=True, slots=True)
class RecordView:
    """One saved record; moments are in the office's zone.

    village: with its district, as people say it.  portrait: a small JPEG, empty where none was taken.
    packets: in the order of their making, corrections and withdrawals last.
    """

    visit_id: str
    ticket: str
    service: Service
    nik: str = field(repr=False)
    full_name: str
    birth_date: date | None
    village: str
    saved_at: datetime
    withdrawn: bool
    packets: tuple[PacketLine, ...]
    portrait: bytes = field(default=b"", repr=False)


def record(counter: Counter, officer: Officer, visit_id: str) -> RecordView:
    """Return what was saved of a visit, and write down who looked; raises `NoVisitError` where nothing was."""
    require(officer, Permission.SEARCH_RESIDENTS)
    with counter.store.writing() as ledger:
        view = _record(counter, ledger, visit_id)
        ledger.audit.append(counter.clock().wall, officer.user_id, "look", visit_id, "")
    return view


def saved_view(counter: Counter, visit_id: str) -> RecordView:
    """Return the same for the page after saving, to the officer who has just written it all."""
    with counter.store.reading() as ledger:
        return _record(counter, ledger, visit_id)


def _record(counter: Counter, ledger: Ledger, visit_id: str) -> RecordView:
    visit, resident = ledger.visits.get(visit_id), ledger.residents.by_visit(visit_id)
    if visit is None or resident is None:
        raise NoVisitError("There is no saved record of this visit.")
    packets = tuple(_packet(counter, entry) for entry in ledger.outbox.of_visit(visit_id))
    return _view(counter, visit, resident, packets)


def _view(counter: Counter, visit: Visit, resident: Resident, packets: tuple[PacketLine, ...]) -> RecordView:
    return RecordView(
        visit_id=visit.visit_id,
        ticket=ticket_name(visit.ticket),
        service=visit.service,
        nik=resident.nik,
        full_name=resident.full_name,
        birth_date=read_any_date(resident.birth_date, field="birth_date").day,
        village=counter.reference.regions.place(resident.village),
        saved_at=counter.here(resident.saved_at),
        withdrawn=resident.withdrawn,
        packets=packets,
        portrait=resident.portrait,
    )


def _packet(counter: Counter, entry: OutboxEntry) -> PacketLine:
    digits = entry.packet_id.replace("-", "").upper()
    return PacketLine(
        packet_id=entry.packet_id,
        short_name=f"{digits[:4]}-{digits[-4:]}",
        kind=entry.kind.value,
        state=entry.state.value,
        size=entry.size,
        device_seq=entry.device_seq,
        created_at=counter.here(entry.created.wall),
        acknowledged_at=counter.here(entry.acknowledged_at) if entry.acknowledged_at else None,
        verdict=entry.verdict.value if entry.verdict else "",
        verdict_reason=entry.verdict_reason,
        attempts=entry.attempts,
        cause=entry.cause,
    )
