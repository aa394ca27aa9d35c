"""A saved record as it is shown: whose it is, how far its packets have come, and who looked."""

import io
from datetime import date, timedelta

import pytest
from PIL import Image as Pillow

from kiosk.domain.requests import Service
from kiosk.domain.verdicts import Decision
from kiosk.services.arrivals import arrive
from kiosk.services.counter import Counter, Officer
from kiosk.services.errors import NotAllowedError, NoVisitError
from kiosk.services.mending import withdraw
from kiosk.services.record import record, saved_view
from kiosk.services.saving import save
from kiosk.wire.contents import ResidentFile
from tests.services.conftest import NOW, ready_visit


@pytest.fixture
def saved(counter: Counter, officer: Officer, people: list[ResidentFile]) -> str:
    visit_id = ready_visit(counter, officer, people[0])
    save(counter, officer, visit_id)
    return visit_id


def test_a_record_tells_whose_it_is(
    counter: Counter, officer: Officer, saved: str, people: list[ResidentFile]
) -> None:
    view = record(counter, officer, saved)

    day, month, year = (int(part) for part in people[0].biodata["birth_date"].split("-"))
    assert (view.ticket, view.service, view.nik) == (
        "A-001",
        Service.FIRST_ENROLLMENT,
        people[0].biodata["nik"],
    )
    assert view.full_name == people[0].biodata["full_name"]
    assert view.birth_date == date(year, month, day)
    assert view.village.endswith(", Gringsing")
    assert (view.saved_at, view.saved_at.hour, view.withdrawn) == (NOW.wall, 9, False)
    assert Pillow.open(io.BytesIO(view.portrait)).size == (240, 320)
    assert view.nik not in repr(view)


def test_its_packets_are_told_with_what_the_centre_said(
    counter: Counter, officer: Officer, saved: str
) -> None:
    first, second = saved_view(counter, saved).packets
    later = NOW.wall + timedelta(minutes=3)
    with counter.store.writing() as ledger:
        ledger.outbox.acknowledge(first.packet_id, "token", later)
        ledger.outbox.set_verdict(first.packet_id, Decision.ADJUDICATE, "looks like another")
        ledger.outbox.fail(second.packet_id, "packet_refused")

    first, second = record(counter, officer, saved).packets

    assert (first.kind, first.state, first.verdict) == ("registration", "acknowledged", "adjudicate")
    assert (first.verdict_reason, first.acknowledged_at, first.cause) == ("looks like another", later, "")
    assert (second.kind, second.state, second.verdict, second.cause) == (
        "enrollment", "waiting", "", "packet_refused",
    )  # fmt: skip
    assert second.created_at.hour == 9
    assert (first.short_name, first.device_seq) == (
        f"{first.packet_id[:4]}-{first.packet_id[-4:]}".upper(),
        1,
    )


def test_who_looked_is_written_down_but_not_after_saving(
    counter: Counter, officer: Officer, saved: str
) -> None:
    saved_view(counter, saved)
    record(counter, officer, saved)

    with counter.store.reading() as ledger:
        looks = [entry.user_id for entry in ledger.audit.about(saved) if entry.act == "look"]
    assert looks == [officer.user_id]


def test_a_withdrawn_record_says_so_and_shows_the_packet_that_withdrew_it(
    counter: Counter, officer: Officer, supervisor: Officer, saved: str
) -> None:
    withdraw(counter, supervisor, saved, "recorded for another person")

    view = record(counter, officer, saved)

    assert view.withdrawn
    assert [packet.kind for packet in view.packets] == ["registration", "enrollment", "withdrawal"]


def test_nobody_without_the_right_to_search_looks_at_a_record(
    counter: Counter, technician: Officer, saved: str
) -> None:
    with pytest.raises(NotAllowedError):
        record(counter, technician, saved)


def test_a_visit_that_is_open_has_no_record(counter: Counter, officer: Officer) -> None:
    visit_id = arrive(counter, officer, Service.FIRST_ENROLLMENT).visit_id

    with pytest.raises(NoVisitError):
        record(counter, officer, visit_id)
