"""Finding whom a paper is for: by name or NIK as everywhere, by ticket, by the number or code of a paper."""

import re

from kiosk.services.counter import Counter, Officer
from kiosk.services.searching import find_residents
from kiosk.storage.records import Resident
from kiosk.storage.store import Ledger

_TICKET = re.compile(r"A-?0*([1-9]\d{0,3})", re.IGNORECASE)
_CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")
_DAYS = 5  # tickets begin anew each day: the last visits that had this one


def find_for_papers(counter: Counter, supervisor: Officer, text: str) -> tuple[Resident, ...]:
    """Return the residents a text may mean, the best first, and write down that somebody looked."""
    known = _known(counter, supervisor, text.strip())
    return known or find_residents(counter, supervisor, text)


def _known(counter: Counter, supervisor: Officer, text: str) -> tuple[Resident, ...]:
    with counter.store.writing() as ledger:
        visits = _visits(ledger, text)
        residents = [ledger.residents.by_visit(visit_id) for visit_id in visits]
        found = tuple(resident for resident in residents if resident is not None)
        if found:
            shown = ", ".join(resident.visit_id for resident in found)
            ledger.audit.append(counter.clock().wall, supervisor.user_id, "search", supervisor.user_id, shown)
    return found


def _visits(ledger: Ledger, text: str) -> tuple[str, ...]:
    if ticket := _TICKET.fullmatch(text):
        return tuple(visit.visit_id for visit in ledger.visits.with_ticket(int(ticket[1]), most=_DAYS))
    if _CODE.fullmatch(text.upper()):
        return tuple(entry.visit_id for entry in ledger.papers.of_code(text.upper()))
    entry = ledger.papers.get(text.upper()) if "/" in text else None
    return (entry.visit_id,) if entry else ()
