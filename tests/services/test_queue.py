"""Who is called next, what was begun, and what the day has come to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kiosk.domain.biodata import Field
from kiosk.domain.clock import Moment
from kiosk.domain.requests import Priority, Service
from kiosk.services.arrivals import arrive, park, take_up
from kiosk.services.counter import Counter, Officer
from kiosk.services.mending import end_unserved
from kiosk.services.queue import DayCounts, drafts, queue, today
from kiosk.services.saving import save
from kiosk.services.stages import Stage
from kiosk.wire.contents import ResidentFile
from tests.services.conftest import NOW, StandingClock, ready_visit


def minutes_later(minutes: float) -> Moment:
    return replace(NOW, wall=NOW.wall + timedelta(minutes=minutes))


def test_who_needs_care_goes_first_and_the_others_in_order_of_arrival(
    counter: Counter, officer: Officer, clock: StandingClock
) -> None:
    priorities = (Priority.NONE, Priority.ELDERLY, Priority.NONE, Priority.WITH_INFANT)
    for minutes, priority in enumerate(priorities):
        clock.now = minutes_later(minutes)
        arrive(counter, officer, Service.FIRST_ENROLLMENT, priority=priority)
    clock.now = minutes_later(26)

    lines = queue(counter)

    assert [(line.ticket, line.priority, line.waits) for line in lines] == [
        ("A-002", Priority.ELDERLY, 25 * 60),
        ("A-004", Priority.WITH_INFANT, 23 * 60),
        ("A-001", Priority.NONE, 26 * 60),
        ("A-003", Priority.NONE, 24 * 60),
    ]


def test_who_was_called_leaves_the_queue_and_stands_among_the_drafts(
    counter: Counter, officer: Officer
) -> None:
    first, second = (arrive(counter, officer, Service.FIRST_ENROLLMENT).visit_id for _ in range(2))

    take_up(counter, officer, first)

    assert [line.visit_id for line in queue(counter)] == [second]
    assert [line.visit_id for line in drafts(counter)] == [first]


def test_only_the_first_call_is_the_call(counter: Counter, officer: Officer, clock: StandingClock) -> None:
    visit_id = arrive(counter, officer, Service.FIRST_ENROLLMENT).visit_id
    for minutes in (5, 9):
        clock.now = minutes_later(minutes)
        take_up(counter, officer, visit_id)

    with counter.store.reading() as ledger:
        visit = ledger.visits.get(visit_id)
        acts = [(entry.act, entry.detail) for entry in ledger.audit.about(visit_id)]
    assert visit is not None
    assert visit.called_at == minutes_later(5).wall
    assert acts[1:] == [("take_up", "called"), ("take_up", "")]


def test_a_visit_of_yesterday_still_waits(counter: Counter, officer: Officer, clock: StandingClock) -> None:
    arrive(counter, officer, Service.COLLECTION)
    clock.now = minutes_later(24 * 60)
    arrive(counter, officer, Service.COLLECTION, priority=Priority.PREGNANT)

    assert [line.ticket for line in queue(counter)] == ["A-001", "A-001"]
    assert [line.priority for line in queue(counter)] == [Priority.PREGNANT, Priority.NONE]


def test_a_clock_that_was_set_back_makes_nobody_wait_less_than_no_time(
    counter: Counter, officer: Officer, clock: StandingClock
) -> None:
    arrive(counter, officer, Service.COLLECTION)
    clock.now = minutes_later(-60)

    assert [line.waits for line in queue(counter)] == [0.0]


def test_the_queue_tells_what_was_typed_already(counter: Counter, officer: Officer) -> None:
    arrive(counter, officer, Service.FIRST_ENROLLMENT, form={Field.NIK: " "})
    arrive(counter, officer, Service.FIRST_ENROLLMENT, form={Field.NIK: "332507"})

    assert [line.has_draft for line in queue(counter)] == [False, True]


def test_a_draft_tells_how_far_it_came_and_why_it_was_parked(
    counter: Counter, officer: Officer, people: list[ResidentFile]
) -> None:
    whole = ready_visit(counter, officer, people[0])
    take_up(counter, officer, whole)
    empty = arrive(counter, officer, Service.COLLECTION, form={Field.FULL_NAME: "Siti am"}).visit_id
    park(counter, officer, empty, "fetches a paper")

    done, parked = drafts(counter)

    assert (done.stages_done, done.stages_all, done.open_stage) == (9, 9, None)
    assert done.full_name == people[0].biodata["full_name"]
    assert done.parked_because == ""
    assert (parked.full_name, parked.parked_because) == ("Siti am", "fetches a paper")
    assert (parked.stages_done, parked.stages_all, parked.open_stage) == (1, 5, Stage.BIODATA)


def test_the_day_counts_who_was_served_recorded_parked_and_sent_home(
    counter: Counter, officer: Officer, people: list[ResidentFile]
) -> None:
    save(counter, officer, ready_visit(counter, officer, people[0]))
    end_unserved(counter, officer, arrive(counter, officer, Service.COLLECTION).visit_id, "no card came")
    park(counter, officer, arrive(counter, officer, Service.COLLECTION).visit_id, "lunch")
    arrive(counter, officer, Service.COLLECTION)

    assert today(counter) == DayCounts(served=1, recorded=1, papers=0, parked=1, unserved=1)


def test_the_day_begins_at_midnight_of_the_office(
    counter: Counter, officer: Officer, clock: StandingClock, people: list[ResidentFile]
) -> None:
    visit_id = ready_visit(counter, officer, people[0])
    before_midnight = datetime(2026, 1, 5, 16, 59, tzinfo=UTC)
    clock.now = replace(NOW, wall=before_midnight)
    save(counter, officer, visit_id)
    on_the_day = today(counter).served
    clock.now = replace(NOW, wall=before_midnight + timedelta(minutes=2))

    assert (on_the_day, today(counter).served) == (1, 0)
