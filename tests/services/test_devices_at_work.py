"""Captures, papers and the last check with the simulators behind their drivers, failures included."""

from collections.abc import Iterator

import pytest

from kiosk.biometrics.portrait import FaceFinder
from kiosk.devices.api import Kind, NotConnectedError, Scene
from kiosk.domain.captures import CaptureKind, Finger
from kiosk.domain.exceptions import CaptureException, ExceptionReason
from kiosk.domain.requests import DocumentKind, Service
from kiosk.services import drafting
from kiosk.services.arrivals import arrive, draft_of
from kiosk.services.capturing import CaptureTools, take
from kiosk.services.counter import Counter, Officer
from kiosk.services.errors import KitError, NoVisitError
from kiosk.services.kit import DeviceChoice, NobodyAsked, RecordingKit
from kiosk.services.papers_shown import photograph_paper
from kiosk.services.steps import Step, progress
from kiosk.services.verifying import verify_resident

SIMULATED = {
    Kind.CAMERA: DeviceChoice("camera.simulated"),
    Kind.FINGERPRINT: DeviceChoice("fingerprint.simulated"),
}
ANNA, BUDI = Scene(person=21), Scene(person=22)


@pytest.fixture
def kit() -> Iterator[RecordingKit]:
    made = RecordingKit(SIMULATED, NobodyAsked())
    made.stage(ANNA)
    yield made
    made.close()


@pytest.fixture(scope="module")
def finder() -> FaceFinder:
    return FaceFinder.load()


@pytest.fixture
def visit_id(counter: Counter, officer: Officer) -> str:
    return arrive(counter, officer, Service.FIRST_ENROLLMENT).visit_id


def test_attempts_are_counted_and_the_best_one_is_kept(
    counter: Counter, officer: Officer, visit_id: str, kit: RecordingKit, finder: FaceFinder
) -> None:
    tools = CaptureTools(kit, finder)
    kit.stage(Scene(person=21, fault="low_contrast"))
    poor = take(counter, officer, visit_id, CaptureKind.THUMBS, tools=tools)
    kit.stage(ANNA)
    outcomes = [take(counter, officer, visit_id, CaptureKind.THUMBS, tools=tools) for _ in range(2)]

    with counter.store.reading() as ledger:
        kept = ledger.captures.get(visit_id, CaptureKind.THUMBS)
    assert kept is not None
    assert not poor.acceptable
    assert outcomes[-1].attempts == kept.attempts == 3
    assert kept.findings == min((poor, *outcomes), key=lambda one: len(one.findings)).findings


def test_a_device_that_vanishes_changes_nothing_and_comes_back_by_itself(
    counter: Counter, officer: Officer, visit_id: str, kit: RecordingKit, finder: FaceFinder
) -> None:
    tools = CaptureTools(kit, finder)
    kit.stage(Scene(person=21, fault="vanish", times=1))

    with pytest.raises(NotConnectedError):
        take(counter, officer, visit_id, CaptureKind.THUMBS, tools=tools)
    kit.stage(ANNA)
    outcome = take(counter, officer, visit_id, CaptureKind.THUMBS, tools=tools)

    assert outcome.attempts == 1


def test_a_step_without_its_device_says_it_can_be_left_open(
    counter: Counter, officer: Officer, visit_id: str, kit: RecordingKit, finder: FaceFinder
) -> None:
    with pytest.raises(KitError, match="left open"):
        take(counter, officer, visit_id, CaptureKind.IRISES, tools=CaptureTools(kit, finder))


def test_a_photographed_paper_counts_as_shown_and_is_kept_beside_the_others(
    counter: Counter, officer: Officer, visit_id: str, kit: RecordingKit
) -> None:
    for paper in (DocumentKind.FAMILY_CARD, DocumentKind.REQUEST_FORM, DocumentKind.FAMILY_CARD):
        photograph_paper(counter, officer, visit_id, paper, kit=kit)

    with counter.store.reading() as ledger:
        kept = ledger.captures.get(visit_id, CaptureKind.DOCUMENT)
    lacking = next(state for state in progress(counter, visit_id).states if state.step is Step.DOCUMENTS)
    assert kept is not None
    assert sorted(part.part for part in kept.parts) == ["family_card", "request_form"]
    assert kept.attempts == 3
    assert lacking.done


def test_no_paper_is_photographed_for_a_closed_visit(
    counter: Counter, officer: Officer, kit: RecordingKit
) -> None:
    with pytest.raises(NoVisitError):
        photograph_paper(counter, officer, counter.new_identifier(), DocumentKind.FAMILY_CARD, kit=kit)


@pytest.fixture
def recorded(counter: Counter, officer: Officer, visit_id: str, kit: RecordingKit, finder: FaceFinder) -> str:
    """A visit in which both hands were taken well."""
    for kind in (CaptureKind.RIGHT_FOUR, CaptureKind.LEFT_FOUR):
        for _ in range(3):
            if take(counter, officer, visit_id, kind, tools=CaptureTools(kit, finder)).acceptable:
                break
    return visit_id


def test_the_same_resident_passes_the_last_check_and_another_is_noticed(
    counter: Counter, officer: Officer, recorded: str, kit: RecordingKit
) -> None:
    verify_resident(counter, officer, recorded, kit=kit)  # a first attempt may be poor
    same = verify_resident(counter, officer, recorded, kit=kit)
    kit.stage(BUDI)
    verify_resident(counter, officer, recorded, kit=kit)
    other = verify_resident(counter, officer, recorded, kit=kit)

    assert [(one.finger, one.findings) for one in same] == [(Finger.RIGHT_INDEX, ()), (Finger.LEFT_INDEX, ())]
    assert [[finding.code for finding in one.findings] for one in other] == [["verification.differs"]] * 2


def test_an_index_finger_that_is_missing_is_not_asked_for(
    counter: Counter, officer: Officer, recorded: str, kit: RecordingKit
) -> None:
    claimed = CaptureException(Finger.LEFT_INDEX.value, ExceptionReason.BANDAGED)
    drafting.claim_exceptions(counter, officer, recorded, [claimed])

    outcome = verify_resident(counter, officer, recorded, kit=kit)

    assert [one.finger for one in outcome] == [Finger.RIGHT_INDEX]
    assert "verification" in {operation.step for operation in draft_of(counter, recorded).operations}
