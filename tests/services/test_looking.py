"""What the pages of a visit show: the whole visit in one value, as it was last committed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.biodata import Field
from kiosk.domain.captures import CaptureKind, Finger, Measure
from kiosk.domain.exceptions import CaptureException, ExceptionReason
from kiosk.domain.findings import Finding
from kiosk.domain.requests import DocumentKind, Service
from kiosk.services import drafting
from kiosk.services.arrivals import arrive, draft_of, park, take_up
from kiosk.services.counter import Counter, Officer
from kiosk.services.drafting import operation_of, with_operation
from kiosk.services.errors import NoVisitError
from kiosk.services.looking import look_at
from kiosk.services.saving import save
from kiosk.services.stages import Stage
from kiosk.wire.contents import ResidentFile
from tests.services.conftest import NOW, StandingClock, capture_of, ready_visit


def test_a_whole_visit_is_shown_with_every_stage_done(
    counter: Counter, officer: Officer, people: list[ResidentFile]
) -> None:
    view = look_at(counter, ready_visit(counter, officer, people[0]))

    assert view.ticket == "A-001"
    assert view.biodata is not None
    assert view.village.endswith(", Gringsing")
    assert [state.done for state in view.stages] == [True] * len(Stage)
    assert view.documents_required == (DocumentKind.REQUEST_FORM, DocumentKind.FAMILY_CARD)
    assert view.documents_shown == set(view.documents_required)
    assert (view.consent_language, view.consent_version, view.consent_at) == ("id", "consent-1", NOW.wall)
    assert view.portrait.startswith(b"\xff\xd8")
    assert {CaptureKind.PORTRAIT, CaptureKind.STATEMENT} <= set(view.captures)
    assert view.officer_sign_off == officer.user_id
    assert view.verified is None


def test_an_empty_visit_shows_what_is_not_known_as_empty(counter: Counter, officer: Officer) -> None:
    view = look_at(counter, arrive(counter, officer, Service.FIRST_ENROLLMENT).visit_id)

    assert (view.age, view.village, view.portrait, view.consent_language) == (None, "", b"", "")
    assert view.biodata is None
    assert view.captures == {}
    assert view.recorded_before == ()


def test_age_and_village_are_shown_before_the_form_is_whole(counter: Counter, officer: Officer) -> None:
    form = {Field.BIRTH_DATE: "6 Januari 1990", Field.VILLAGE: "33.25.07.2015", Field.NIK: "12"}
    view = look_at(counter, arrive(counter, officer, Service.FIRST_ENROLLMENT, form=form).visit_id)

    assert view.biodata is None
    assert (view.age, view.village) == (35, "Lebo, Gringsing")


def test_a_birth_date_that_has_not_come_gives_no_age(counter: Counter, officer: Officer) -> None:
    form = {Field.BIRTH_DATE: "06-01-2026"}

    assert look_at(counter, arrive(counter, officer, Service.COLLECTION, form=form).visit_id).age is None


def test_moments_are_shown_in_the_offices_zone_and_the_draft_tells_its_last_commit(
    counter: Counter, officer: Officer, clock: StandingClock
) -> None:
    visit_id = arrive(counter, officer, Service.FIRST_ENROLLMENT).visit_id
    clock.now = replace(NOW, wall=NOW.wall + timedelta(minutes=9))
    drafting.write_form(counter, officer, visit_id, {Field.FULL_NAME: "SITI"})
    view = look_at(counter, visit_id)
    clock.now = replace(NOW, wall=NOW.wall + timedelta(minutes=20))
    drafting.write_form(counter, officer, visit_id, {Field.FULL_NAME: "SITI"})

    assert (view.opened_at.hour, view.opened_at.minute) == (9, 0)
    assert (view.committed_at.hour, view.committed_at.minute) == (9, 9)
    assert look_at(counter, visit_id).committed_at == view.committed_at


def test_what_was_found_and_measured_in_a_capture_is_shown_without_its_pictures(
    counter: Counter, officer: Officer
) -> None:
    visit_id = arrive(counter, officer, Service.FIRST_ENROLLMENT).visit_id
    taken = replace(
        capture_of(CaptureKind.THUMBS, attempts=3),
        findings=(Finding.error("finger.dry", Finger.LEFT_THUMB),),
        measures=(Measure(Finger.LEFT_THUMB, "dark_share", 0.2),),
    )
    with counter.store.writing() as ledger:
        ledger.captures.put(visit_id, taken)

    seen = look_at(counter, visit_id).captures[CaptureKind.THUMBS]

    assert (seen.attempts, seen.findings, seen.measures) == (3, taken.findings, taken.measures)
    assert (seen.taken_at, seen.taken_at.hour) == (NOW.wall, 9)


def test_a_resident_recorded_here_before_is_shown_while_the_number_is_typed(
    counter: Counter, officer: Officer, people: list[ResidentFile]
) -> None:
    before = ready_visit(counter, officer, people[0])
    save(counter, officer, before)
    grouped = " ".join((people[0].biodata["nik"][:6], people[0].biodata["nik"][6:]))

    view = look_at(
        counter, arrive(counter, officer, Service.FIRST_ENROLLMENT, form={Field.NIK: grouped}).visit_id
    )

    assert [(one.visit_id, one.full_name) for one in view.recorded_before] == [
        (before, people[0].biodata["full_name"])
    ]


def test_a_parked_visit_says_why_and_one_taken_up_again_no_longer(counter: Counter, officer: Officer) -> None:
    visit_id = arrive(counter, officer, Service.FIRST_ENROLLMENT).visit_id
    park(counter, officer, visit_id, "fetches the family card")
    parked = look_at(counter, visit_id).parked_because
    take_up(counter, officer, visit_id)

    assert (parked, look_at(counter, visit_id).parked_because) == ("fetches the family card", "")


def test_the_newest_of_two_checks_is_shown(
    counter: Counter, officer: Officer, supervisor: Officer, clock: StandingClock
) -> None:
    visit_id = arrive(counter, officer, Service.FIRST_ENROLLMENT).visit_id
    differs = (Finding.warning("verification.differs", Finger.LEFT_INDEX, finger="left_index"),)
    for person, findings, minutes in ((supervisor, differs, 5), (officer, (), 1)):
        clock.now = replace(NOW, wall=NOW.wall + timedelta(minutes=minutes))
        operation = operation_of(counter, person, "verification", findings=findings)
        with counter.store.writing() as ledger:
            ledger.drafts.put(with_operation(draft_of(counter, visit_id), operation), operation.at)

    assert look_at(counter, visit_id).verified == differs


def test_a_closed_visit_is_not_shown(counter: Counter, officer: Officer, people: list[ResidentFile]) -> None:
    visit_id = ready_visit(counter, officer, people[0])
    save(counter, officer, visit_id)

    with pytest.raises(NoVisitError):
        look_at(counter, visit_id)


def test_one_exception_is_named_replaced_and_taken_back_among_others(
    counter: Counter, officer: Officer, supervisor: Officer
) -> None:
    visit_id = arrive(counter, officer, Service.FIRST_ENROLLMENT).visit_id
    ring, thumb = Finger.LEFT_RING.value, Finger.LEFT_THUMB.value
    for part, reason in ((ring, "missing"), (thumb, "stiff"), (ring, "bandaged")):
        claim = CaptureException(part, ExceptionReason(reason))
        drafting.claim_exception(counter, officer, visit_id, claim)
    drafting.sign_off_exceptions(counter, supervisor, visit_id)
    both = look_at(counter, visit_id)

    left = drafting.drop_exception(counter, officer, visit_id, thumb)

    assert [(one.part, one.reason.value) for one in both.exceptions] == [
        (thumb, "stiff"),
        (ring, "bandaged"),
    ]
    assert both.supervisor_sign_off == supervisor.user_id
    assert left == (CaptureException(ring, ExceptionReason.BANDAGED),)
    assert look_at(counter, visit_id).supervisor_sign_off == ""


def test_taking_back_what_was_never_claimed_leaves_the_sign_off(
    counter: Counter, officer: Officer, supervisor: Officer
) -> None:
    visit_id = arrive(counter, officer, Service.FIRST_ENROLLMENT).visit_id
    claim = CaptureException(Finger.LEFT_RING.value, ExceptionReason.MISSING)
    drafting.claim_exception(counter, officer, visit_id, claim)
    drafting.sign_off_exceptions(counter, supervisor, visit_id)

    drafting.drop_exception(counter, officer, visit_id, Finger.LEFT_THUMB.value)

    assert look_at(counter, visit_id).supervisor_sign_off == supervisor.user_id
