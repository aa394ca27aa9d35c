"""Who waits, which visits were begun and not finished, and how many were served today."""

from collections import Counter as Tally
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.domain.biodata import Field
from kiosk.domain.requests import Priority, Service, makes_enrollment, ticket_name
from kiosk.services.counter import Counter
from kiosk.services.neighbours import name_of
from kiosk.services.stages import Stage, stage_states
from kiosk.services.steps import progress_in
from kiosk.storage.records import Draft, Visit, VisitState
from kiosk.storage.store import Ledger


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One resident who waits; no name, since the counter's screen can be seen from the front.

    waits: seconds since arrival.  has_draft: something was typed or taken already.
    """

    visit_id: str
    ticket: str
    service: Service
    priority: Priority
    arrived_at: datetime
    waits: float
    has_draft: bool


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One visit that was begun and not finished.

    full_name: as typed, empty before.  parked_because: empty unless parked.  open_stage: the first that lacks
    something, None when the visit only waits to be saved.  elsewhere: name of the office the resident was sent to.
    """

    visit_id: str
    ticket: str
    service: Service
    full_name: str
    parked_because: str
    opened_at: datetime
    stages_done: int
    stages_all: int
    open_stage: Stage | None
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class DayCounts:
    """The office's day in numbers.

    served: visits saved today.  recorded: those of them in which a resident was recorded.  papers: printed today.
    parked: laid aside now, whenever they came.  unserved: ended today without a record.
    """

    served: int
    recorded: int
    papers: int
    parked: int
    unserved: int


def queue(counter: Counter) -> tuple[QueueLine, ...]:
    """Return who was never called, those with a priority first, then in order of arrival; of earlier days too."""
    now = counter.clock().wall
    with counter.store.reading() as ledger:
        waiting = [visit for visit in ledger.visits.in_state(VisitState.OPEN) if visit.called_at is None]
        lines = [_queue_line(counter, ledger, visit, now) for visit in waiting]
    return tuple(sorted(lines, key=lambda line: (line.priority is Priority.NONE, line.arrived_at)))


def drafts(counter: Counter) -> tuple[DraftLine, ...]:
    """Return the visits that were called or parked and are not closed, the oldest first."""
    with counter.store.reading() as ledger:
        visits = ledger.visits.in_state(VisitState.OPEN, VisitState.PARKED)
        begun = [visit for visit in visits if visit.called_at or visit.state is VisitState.PARKED]
        return tuple(_draft_line(counter, ledger, visit) for visit in begun)


def today(counter: Counter) -> DayCounts:
    """Return what the office's day has come to so far."""
    day = counter.today()
    with counter.store.reading() as ledger:
        closed = ledger.visits.closed_between(
            counter.begin_of(day), counter.begin_of(day + timedelta(days=1))
        )
        parked = len(ledger.visits.in_state(VisitState.PARKED))
    states = Tally(visit.state for visit in closed)
    recorded = sum(visit.state is VisitState.SAVED and makes_enrollment(visit.service) for visit in closed)
    return DayCounts(
        served=states[VisitState.SAVED],
        recorded=recorded,
        papers=0,
        parked=parked,
        unserved=states[VisitState.ENDED],
    )


def _queue_line(counter: Counter, ledger: Ledger, visit: Visit, now: datetime) -> QueueLine:
    draft = ledger.drafts.get(visit.visit_id)
    return QueueLine(
        visit_id=visit.visit_id,
        ticket=ticket_name(visit.ticket),
        service=visit.service,
        priority=visit.priority,
        arrived_at=counter.here(visit.opened_at),
        waits=max(0.0, (now - visit.opened_at).total_seconds()),
        has_draft=draft is not None and _is_begun(draft),
    )


def _is_begun(draft: Draft) -> bool:
    return any(text.strip() for text in draft.form.values()) or bool(draft.operations)


def _draft_line(counter: Counter, ledger: Ledger, visit: Visit) -> DraftLine:
    draft = ledger.drafts.get(visit.visit_id)
    stages = stage_states(visit.service, progress_in(counter, ledger, visit.visit_id))
    lacking = [state.stage for state in stages if not state.done]
    return DraftLine(
        visit_id=visit.visit_id,
        ticket=ticket_name(visit.ticket),
        service=visit.service,
        full_name=draft.form.get(Field.FULL_NAME, "") if draft else "",
        parked_because=visit.reason if visit.state is VisitState.PARKED else "",
        opened_at=counter.here(visit.opened_at),
        stages_done=len(stages) - len(lacking),
        stages_all=len(stages),
        open_stage=lacking[0] if lacking else None,
        elsewhere=name_of(counter, draft.elsewhere) if draft and draft.elsewhere else "",
    )
