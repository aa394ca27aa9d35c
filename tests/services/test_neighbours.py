"""The offices nearby: which can do a stage, how old the news are, and that the one chosen is kept with the visit."""

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.domain.requests import Service
from kiosk.services.arrivals import arrive, draft_of, park, take_up
from kiosk.services.counter import Counter, Officer
from kiosk.services.looking import look_at
from kiosk.services.neighbours import offices_that_can
from kiosk.services.queue import drafts
from kiosk.services.stages import Stage
from kiosk.sync.pulling import NEIGHBOURS
from kiosk.wire.messages import Neighbour, Neighbourhood

TOLD = datetime(2026, 1, 4, 7, tzinfo=UTC)
LIMPUNG, SUBAH, TERSONO = "33.25.05", "33.25.08", "33.25.04"


def tell(counter: Counter, *offices: Neighbour) -> None:
    with counter.store.writing() as ledger:
        ledger.facts.put(NEIGHBOURS, Neighbourhood(offices=offices).model_dump_json())


def near(office: str, *parts: str, hours: int = 0) -> Neighbour:
    return Neighbour(office=office, parts=parts, told_at=TOLD + timedelta(hours=hours))


def test_only_offices_whose_device_works_are_named_the_newest_news_first(counter: Counter) -> None:
    tell(
        counter,
        near(LIMPUNG, "fingerprint", "camera"),
        near(SUBAH, "camera", hours=2),
        near(TERSONO, "fingerprint", hours=1),
    )

    found = offices_that_can(counter, Stage.FINGERS)

    assert [one.office for one in found] == [TERSONO, LIMPUNG]
    assert found[1].told_at.isoformat() == "2026-01-04T14:00:00+07:00"
    assert [one.office for one in offices_that_can(counter, Stage.PORTRAIT)] == [SUBAH, LIMPUNG]
    assert [one.name for one in found] == [
        counter.reference.regions.name(code) for code in (TERSONO, LIMPUNG)
    ]
    assert all(one.name and one.name != one.office for one in found)


@pytest.mark.parametrize("text", ["", "{", '{"offices": [{"office": "here"}]}'])
def test_without_news_that_can_be_read_nothing_is_known(counter: Counter, text: str) -> None:
    with counter.store.writing() as ledger:
        ledger.facts.put(NEIGHBOURS, text)

    assert offices_that_can(counter, Stage.FINGERS) == ()


def test_a_stage_without_a_device_is_sent_nowhere(counter: Counter) -> None:
    tell(counter, near(LIMPUNG, "camera", "fingerprint", "iris"))

    assert offices_that_can(counter, Stage.BIODATA) == ()


def test_the_office_chosen_is_kept_with_the_parked_visit_until_it_is_taken_up(
    counter: Counter, officer: Officer, supervisor: Officer
) -> None:
    visit_id = arrive(counter, officer, Service.FIRST_ENROLLMENT).visit_id
    park(counter, officer, visit_id, "device_broken", LIMPUNG)
    parked = look_at(counter, visit_id)
    (listed,) = drafts(counter)
    assert (listed.parked_because, listed.elsewhere) == ("device_broken", parked.elsewhere)
    take_up(counter, supervisor, visit_id)

    assert parked.elsewhere == counter.reference.regions.name(LIMPUNG)
    assert draft_of(counter, visit_id).elsewhere == ""
    assert look_at(counter, visit_id).elsewhere == ""


def test_where_nobody_is_sent_the_draft_stays_as_it_was_committed(counter: Counter, officer: Officer) -> None:
    visit_id = arrive(counter, officer, Service.FIRST_ENROLLMENT).visit_id
    before = draft_of(counter, visit_id)
    park(counter, officer, visit_id, "resident_away")

    assert draft_of(counter, visit_id) == before
