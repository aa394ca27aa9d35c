"""Finding residents this kiosk recorded; who looked is written down, what was typed is not."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.requests import ticket_name
from kiosk.domain.roles import Permission
from kiosk.domain.verdicts import Decision, needs_person
from kiosk.services.counter import Counter, Officer, require
from kiosk.storage.records import OutboxEntry, Resident
from kiosk.storage.store import Ledger

_RESTS_ON_NOTHING = frozenset(
    {Decision.DUPLICATE, Decision.REJECTED}
)  # a paper of such a record is taken back


def find_residents(counter: Counter, officer: Officer, text: str) -> tuple[Resident, ...]:
    """Return up to 20 residents, the best fits first, for a NIK, its beginning, or words of a name."""
    require(officer, Permission.SEARCH_RESIDENTS)
    with counter.store.writing() as ledger:
        found = ledger.search(text)
        if found:
            shown = ", ".join(resident.visit_id for resident in found)
            ledger.audit.append(counter.clock().wall, officer.user_id, "search", officer.user_id, shown)
    return found


@dataclass(frozen=True, slots=True)
class Found:
    """One resident in a list; birth_date as typed, village by name, saved_at in the office's zone."""

    visit_id: str
    full_name: str
    nik: str
    birth_date: str
    village: str
    saved_at: datetime
    withdrawn: bool = False


def find_people(counter: Counter, officer: Officer, text: str) -> tuple[Found, ...]:
    """Return the same as lines to be shown."""
    return tuple(
        Found(
            visit_id=resident.visit_id,
            full_name=resident.full_name,
            nik=resident.nik,
            birth_date=resident.birth_date,
            village=counter.reference.regions.place(resident.village),
            saved_at=counter.here(resident.saved_at),
            withdrawn=resident.withdrawn,
        )
        for resident in find_residents(counter, officer, text)
    )


@dataclass(frozen=True, slots=True)
class Task:
    """A verdict somebody has to act on.

    resident: None where the visit recorded nobody here.  paper: number of a paper that rests on the record and still
    counts, to be taken back; empty without one.
    """

    ticket: str
    entry: OutboxEntry
    decision: Decision
    resident: Resident | None
    paper: str = ""


def tasks(counter: Counter, officer: Officer) -> tuple[Task, ...]:
    """Return what the centre's verdicts leave to do, the oldest first; a withdrawn record asks for nothing more."""
    require(officer, Permission.SEE_TASKS)
    with counter.store.reading() as ledger:
        open_tasks = []
        for entry in ledger.outbox.all():
            if entry.verdict is None or not needs_person(entry.verdict):
                continue
            resident = ledger.residents.by_visit(entry.visit_id)
            if resident is None or not resident.withdrawn:
                visit = ledger.visits.get(entry.visit_id)
                ticket = ticket_name(visit.ticket) if visit is not None else ""
                paper = _paper_to_take_back(ledger, entry)
                open_tasks.append(Task(ticket, entry, entry.verdict, resident, paper))
    return tuple(open_tasks)


def _paper_to_take_back(ledger: Ledger, entry: OutboxEntry) -> str:
    if entry.verdict not in _RESTS_ON_NOTHING:
        return ""
    papers = ledger.papers.of_visit(entry.visit_id)
    return next((paper.number for paper in papers if paper.is_open), "")
