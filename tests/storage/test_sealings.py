"""Promises: numbered without gaps, kept once, and closing their visit to everybody meanwhile."""

from kiosk.domain.requests import Service
from kiosk.storage.records import VisitState
from kiosk.storage.sealings import Wanted
from kiosk.storage.store import Store
from kiosk.wire.messages import PacketKind
from tests.storage.conftest import CREATED, DAY, NOW, entry, identifier, opened_visit


def wanted(*numbers: int) -> tuple[Wanted, ...]:
    kinds = (PacketKind.REGISTRATION, PacketKind.ENROLLMENT)
    return tuple((identifier(number), kind, None) for number, kind in zip(numbers, kinds, strict=False))


def test_a_promise_comes_back_as_it_was_made(store: Store) -> None:
    visit = opened_visit(store)
    with store.writing() as ledger:
        head = ledger.audit.append(NOW, "petugas", "arrive", visit.visit_id, "")
        made = ledger.sealings.begin(visit.visit_id, wanted(11, 12), created=CREATED, user_id="petugas")

    with store.reading() as ledger:
        assert ledger.sealings.all() == (made,)
        assert ledger.sealings.is_open(made)
    assert [planned.device_seq for planned in made.packets] == [1, 2]
    assert made.audit_head == head


def test_a_promised_visit_is_being_sealed_and_saved_once_the_promise_is_kept(store: Store) -> None:
    visit = opened_visit(store)
    with store.writing() as ledger:
        made = ledger.sealings.begin(visit.visit_id, wanted(11, 12), created=CREATED, user_id="petugas")
        promised = ledger.visits.get(visit.visit_id)
        ledger.sealings.finish(made, NOW)
        kept = ledger.visits.get(visit.visit_id)

    with store.reading() as ledger:
        assert not ledger.sealings.is_open(made)
    assert promised is not None
    assert kept is not None
    assert (promised.state, kept.state) == (VisitState.SEALING, VisitState.SAVED)


def test_numbers_go_on_after_rows_promises_and_what_the_centre_saw(store: Store) -> None:
    visit = opened_visit(store)
    with store.writing() as ledger:
        ledger.outbox.add(entry(1))
        first = ledger.sealings.begin(visit.visit_id, wanted(11, 12), created=CREATED, user_id="petugas")
        second = ledger.sealings.begin(
            visit.visit_id, wanted(13), created=CREATED, user_id="petugas", change=b"{}"
        )
        ledger.sealings.count_above(40)
        third = ledger.sealings.begin(
            visit.visit_id, wanted(14), created=CREATED, user_id="petugas", change=b"{}"
        )
        ledger.sealings.count_above(3)
        fourth = ledger.sealings.begin(
            visit.visit_id, wanted(15), created=CREATED, user_id="petugas", change=b"{}"
        )

    numbers = [planned.device_seq for made in (first, second, third, fourth) for planned in made.packets]
    assert numbers == [2, 3, 4, 41, 42]


def test_a_change_of_a_saved_visit_leaves_it_saved(store: Store) -> None:
    with store.writing() as ledger:
        visit = ledger.visits.open(identifier(1), Service.FIRST_ENROLLMENT, "petugas", NOW, DAY)
        ledger.visits.save(visit.visit_id, NOW)
        made = ledger.sealings.begin(
            visit.visit_id, wanted(21), created=CREATED, user_id="petugas", change=b"{}"
        )
        during = ledger.visits.get(visit.visit_id)
        ledger.sealings.finish(made, NOW)
        after = ledger.visits.get(visit.visit_id)

    assert during is not None
    assert after is not None
    assert (during.state, after.state) == (VisitState.SAVED, VisitState.SAVED)
