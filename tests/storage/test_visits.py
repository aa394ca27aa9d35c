"""Visits, drafts and captures: what goes in comes out, and a closed visit keeps nothing of its captures."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.domain.biodata import Field
from kiosk.domain.captures import CaptureKind
from kiosk.domain.exceptions import CaptureException, ExceptionReason
from kiosk.domain.requests import Priority, Service
from kiosk.storage.errors import StorageError
from kiosk.storage.records import Draft, VisitState
from kiosk.storage.store import Store
from kiosk.wire.contents import ConsentFile, FindingEntry, Operation
from tests.storage.conftest import DAY, NOW, capture, identifier, opened_visit

TYPED = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def whole_draft(visit_id: str) -> Draft:
    return Draft(
        visit_id,
        form={Field.FULL_NAME: "SITI RAHAYU", Field.NIK: "3325075708900003"},
        reasons={"name.one_word": "so on the card"},
        exceptions=(CaptureException("left_ring", ExceptionReason.MISSING, "since birth"),),
        consent=ConsentFile(text_version="consent-1", language="jv", given=True, at=NOW, witness="petugas"),
        operations=(
            Operation(
                at=NOW,
                user_id="petugas",
                role="officer",
                step="irises",
                device="iris.test",
                attempts=3,
                findings=(FindingEntry(code="iris.blurred", severity="warning", field="right_eye"),),
            ),
        ),
        documents_shown=("family_card",),
        enrolled_before=True,
        police_letter_no="LP/1/2026",
        portrait_approved=True,
        officer_sign_off="petugas",
        supervisor_sign_off="supervisor",
    )


def test_a_draft_comes_back_as_it_was_put(store: Store) -> None:
    visit = opened_visit(store)
    draft = whole_draft(visit.visit_id)

    with store.writing() as ledger:
        ledger.drafts.put(draft, NOW)

    with store.reading() as ledger:
        assert ledger.drafts.get(visit.visit_id) == draft


@given(form=st.dictionaries(st.sampled_from(Field), TYPED), reason=TYPED)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_whatever_was_typed_comes_back_to_the_letter(
    store: Store, form: dict[Field, str], reason: str
) -> None:
    with store.writing() as ledger:
        visits = ledger.visits.in_state(VisitState.OPEN)
    visit = visits[0] if visits else opened_visit(store)
    draft = Draft(visit.visit_id, form=form, reasons={"code": reason})

    with store.writing() as ledger:
        ledger.drafts.put(draft, NOW)

    with store.reading() as ledger:
        assert ledger.drafts.get(visit.visit_id) == draft


def test_tickets_start_anew_every_day(store: Store) -> None:
    with store.writing() as ledger:
        visits = [
            ledger.visits.open(identifier(number), Service.COLLECTION, "petugas", NOW, day)
            for number, day in enumerate((DAY, DAY, DAY + timedelta(days=1)))
        ]

    assert [visit.ticket for visit in visits] == [1, 2, 1]


def test_a_parked_visit_is_taken_up_again(store: Store) -> None:
    visit = opened_visit(store)
    with store.writing() as ledger:
        ledger.visits.park(visit.visit_id, "the iris camera is broken")
        parked = ledger.visits.get(visit.visit_id)
        ledger.visits.resume(visit.visit_id)
        resumed = ledger.visits.get(visit.visit_id)

    assert parked is not None
    assert (parked.state, parked.reason) == (VisitState.PARKED, "the iris camera is broken")
    assert resumed == visit


def test_a_visit_nobody_opened_cannot_be_parked(store: Store) -> None:
    with pytest.raises(StorageError), store.writing() as ledger:
        ledger.visits.park(identifier(77), "why not")


@pytest.mark.parametrize("end", ["save", "end"])
def test_a_closed_visit_keeps_neither_draft_nor_captures(store: Store, end: str) -> None:
    visit = opened_visit(store)
    with store.writing() as ledger:
        ledger.captures.put(visit.visit_id, capture())
        if end == "save":
            ledger.visits.save(visit.visit_id, NOW)
        else:
            ledger.visits.end(visit.visit_id, NOW, "went home")

    with store.reading() as ledger:
        closed = ledger.visits.get(visit.visit_id)
        assert ledger.drafts.get(visit.visit_id) is None
        assert ledger.captures.all(visit.visit_id) == ()
    assert closed is not None
    assert closed.closed_at == NOW
    assert closed.state is (VisitState.SAVED if end == "save" else VisitState.ENDED)


def test_a_capture_comes_back_with_its_pictures_and_findings(store: Store) -> None:
    visit = opened_visit(store)
    with store.writing() as ledger:
        ledger.captures.put(visit.visit_id, capture())

    with store.reading() as ledger:
        assert ledger.captures.get(visit.visit_id, CaptureKind.IRISES) == capture()
        assert ledger.captures.get(visit.visit_id, CaptureKind.PORTRAIT) is None


def test_a_summary_tells_all_but_the_pictures(store: Store) -> None:
    visit = opened_visit(store)
    with store.writing() as ledger:
        ledger.captures.put(visit.visit_id, capture())

    with store.reading() as ledger:
        (summary,) = ledger.captures.summaries(visit.visit_id)
    assert (summary.kind, summary.parts, summary.attempts) == (
        CaptureKind.IRISES,
        ("right_eye", "left_eye"),
        2,
    )
    assert summary.findings == capture().findings


def test_a_better_attempt_takes_the_place_of_the_earlier_one(store: Store) -> None:
    visit = opened_visit(store)
    with store.writing() as ledger:
        ledger.captures.put(visit.visit_id, capture(content=b"first"))
        ledger.captures.put(visit.visit_id, capture(content=b"second"))

    with store.reading() as ledger:
        (kept,) = ledger.captures.all(visit.visit_id)
    assert [part.content for part in kept.parts] == [b"second", b"dnoces"]


def test_a_dropped_capture_is_gone_and_the_others_stay(store: Store) -> None:
    visit = opened_visit(store)
    with store.writing() as ledger:
        ledger.captures.put(visit.visit_id, capture(CaptureKind.IRISES))
        ledger.captures.put(visit.visit_id, capture(CaptureKind.SIGNATURE))
        ledger.captures.drop(visit.visit_id, CaptureKind.IRISES)
        ledger.captures.drop(visit.visit_id, CaptureKind.STATEMENT)

    with store.reading() as ledger:
        assert [found.kind for found in ledger.captures.all(visit.visit_id)] == [CaptureKind.SIGNATURE]


def test_the_pictures_of_a_closed_visit_are_overwritten_and_those_of_open_ones_stay(store: Store) -> None:
    closed, still_open = opened_visit(store, 1), opened_visit(store, 2)
    with store.writing() as ledger:
        for visit in (closed, still_open):
            ledger.captures.put(visit.visit_id, capture())
        ledger.visits.save(closed.visit_id, NOW)
        before = ledger.captures.unpurged()

    store.purge_soon()
    store.finish_purging()

    with store.reading() as ledger:
        assert (before, ledger.captures.unpurged()) == (2, 0)
        assert ledger.captures.get(still_open.visit_id, CaptureKind.IRISES) == capture()


def test_what_a_killed_program_left_unpurged_is_purged_at_the_next_call(store: Store) -> None:
    visit = opened_visit(store)
    with store.writing() as ledger:
        ledger.captures.put(visit.visit_id, capture())
        ledger.visits.save(visit.visit_id, NOW)
    store.close()

    again = Store.open(store.folder)
    again.purge()

    with again.reading() as ledger:
        assert ledger.captures.unpurged() == 0
    again.close()


def test_a_draft_tells_when_it_was_last_committed(store: Store) -> None:
    visit = opened_visit(store)
    later = NOW + timedelta(minutes=3)
    with store.writing() as ledger:
        ledger.drafts.put(Draft(visit.visit_id), later)

    with store.reading() as ledger:
        assert ledger.drafts.committed_at(visit.visit_id) == later
        assert ledger.drafts.committed_at(identifier(77)) is None


def test_the_first_call_of_a_visit_stays(store: Store) -> None:
    visit = opened_visit(store)
    with store.writing() as ledger:
        calls = [ledger.visits.call(visit.visit_id, NOW + timedelta(minutes=minutes)) for minutes in (1, 2)]
        called = ledger.visits.get(visit.visit_id)

    assert visit.called_at is None
    assert calls == [True, False]
    assert called is not None
    assert called.called_at == NOW + timedelta(minutes=1)


def test_a_visit_keeps_why_it_goes_first(store: Store) -> None:
    visit = opened_visit(store)
    with store.writing() as ledger:
        ledger.visits.prefer(visit.visit_id, Priority.PREGNANT)

    with store.reading() as ledger:
        kept = ledger.visits.get(visit.visit_id)
    assert kept is not None
    assert (visit.priority, kept.priority) == (Priority.NONE, Priority.PREGNANT)


def test_visits_are_found_by_when_they_were_closed(store: Store) -> None:
    visits = [opened_visit(store, number) for number in range(1, 5)]
    with store.writing() as ledger:
        for minutes, visit in enumerate(visits[:3]):
            ledger.visits.end(visit.visit_id, NOW + timedelta(minutes=minutes), "went home")

        found = ledger.visits.closed_between(NOW + timedelta(minutes=1), NOW + timedelta(minutes=2))

    assert [visit.visit_id for visit in found] == [visits[1].visit_id]


def test_one_picture_is_read_without_the_others(store: Store) -> None:
    visit = opened_visit(store)
    with store.writing() as ledger:
        ledger.captures.put(visit.visit_id, capture())

    with store.reading() as ledger:
        found = ledger.captures.part(visit.visit_id, CaptureKind.IRISES, "left_eye")
        none = ledger.captures.part(visit.visit_id, CaptureKind.IRISES, "left_thumb")
        summary = ledger.captures.summary(visit.visit_id, CaptureKind.IRISES)
        absent = ledger.captures.summary(visit.visit_id, CaptureKind.THUMBS)
    assert (found, none) == (capture().parts[1], None)
    assert summary is not None
    assert (summary.measures, summary.taken_at, absent) == (capture().measures, NOW, None)


def test_a_picture_that_waits_to_be_overwritten_is_not_shown(store: Store) -> None:
    visit = opened_visit(store)
    with store.writing() as ledger:
        ledger.captures.put(visit.visit_id, capture())
        ledger.captures.drop_all(visit.visit_id)

        assert ledger.captures.unpurged() == 2
        assert ledger.captures.part(visit.visit_id, CaptureKind.IRISES, "left_eye") is None
