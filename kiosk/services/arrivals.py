"""Visits from arrival on: a ticket, a service, parking and taking up again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from kiosk.domain.biodata import Field
from kiosk.domain.free_text import whole
from kiosk.domain.nik import Nik
from kiosk.domain.requests import Priority, Service
from kiosk.domain.roles import Permission
from kiosk.services.counter import Counter, Officer, require
from kiosk.services.errors import NoVisitError
from kiosk.storage.records import Draft, Resident, Visit, VisitState
from kiosk.storage.store import Ledger


def arrive(
    counter: Counter,
    officer: Officer,
    service: Service,
    *,
    form: Mapping[Field, str] | None = None,
    priority: Priority = Priority.NONE,
) -> Visit:
    """Open a visit with the next ticket of the day; what is known of the resident already goes into its draft.

    priority: why the resident is called before others.
    """
    require(officer, Permission.ARRIVE)
    visit_id, moment = counter.new_identifier(), counter.clock()
    with counter.store.writing() as ledger:
        visit = ledger.visits.open(visit_id, service, officer.user_id, moment.wall, counter.today())
        ledger.visits.prefer(visit_id, priority)
        typed = {field: whole(text) for field, text in (form or {}).items()}
        ledger.drafts.put(Draft(visit_id, form=typed), moment.wall)
        ledger.audit.append(moment.wall, officer.user_id, "arrive", visit_id, service.value)
    return replace(visit, priority=priority)


def recorded_before(counter: Counter, nik: Nik) -> tuple[Resident, ...]:
    """Return this kiosk's own records of the NIK that still stand."""
    with counter.store.reading() as ledger:
        return tuple(resident for resident in ledger.residents.by_nik(nik.digits) if not resident.withdrawn)


def open_visits(counter: Counter) -> tuple[Visit, ...]:
    """Return the visits that can be taken up: open and parked ones."""
    with counter.store.reading() as ledger:
        return ledger.visits.in_state(VisitState.OPEN, VisitState.PARKED)


def draft_of(counter: Counter, visit_id: str) -> Draft:
    """Return the draft of an open or parked visit; raises `NoVisitError`."""
    with counter.store.reading() as ledger:
        return open_draft(ledger, visit_id)


def park(counter: Counter, officer: Officer, visit_id: str, reason: str, elsewhere: str = "") -> None:
    """Lay a visit aside, with the reason; everything stays as it is.

    elsewhere: code of the office the resident is sent to for what cannot be done here; empty for none.
    """
    require(officer, Permission.ARRIVE)
    now = counter.clock().wall
    with counter.store.writing() as ledger:
        _note_elsewhere(ledger, open_draft(ledger, visit_id), elsewhere, now)
        ledger.visits.park(visit_id, reason)
        ledger.audit.append(now, officer.user_id, "park", visit_id, f"{reason} {elsewhere}".strip())


def take_up(counter: Counter, officer: Officer, visit_id: str) -> Draft:
    """Go on with a visit, one's own or another officer's; returns its draft as it was last committed.

    The first time is the call out of the queue.
    """
    require(officer, Permission.ARRIVE)
    now = counter.clock().wall
    with counter.store.writing() as ledger:
        draft = _note_elsewhere(ledger, open_draft(ledger, visit_id), "", now)
        ledger.visits.resume(visit_id)
        called = ledger.visits.call(visit_id, now)
        ledger.audit.append(now, officer.user_id, "take_up", visit_id, "called" if called else "")
    return draft


def _note_elsewhere(ledger: Ledger, draft: Draft, elsewhere: str, now: datetime) -> Draft:
    """Return the draft with the office its resident was sent to, kept where that is another one than before."""
    if draft.elsewhere == elsewhere:
        return draft
    noted = replace(draft, elsewhere=elsewhere)
    ledger.drafts.put(noted, now)
    return noted


def open_draft(ledger: Ledger, visit_id: str) -> Draft:
    """Return the draft of a visit that may still be changed; raises `NoVisitError`."""
    visit, draft = ledger.visits.get(visit_id), ledger.drafts.get(visit_id)
    if visit is None or draft is None or visit.state not in (VisitState.OPEN, VisitState.PARKED):
        raise NoVisitError("This visit is closed or being saved; what was saved is safe.")
    return draft
