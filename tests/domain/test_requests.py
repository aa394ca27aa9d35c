import pytest

from kiosk.domain.captures import CaptureKind, Eye, Finger
from kiosk.domain.requests import (
    Background,
    DocumentKind,
    Service,
    captures_required,
    documents_required,
    makes_enrollment,
    parts_of,
    portrait_background,
    ticket_name,
)

WHOLE = (
    CaptureKind.PORTRAIT,
    CaptureKind.SIGNATURE,
    CaptureKind.RIGHT_FOUR,
    CaptureKind.LEFT_FOUR,
    CaptureKind.THUMBS,
    CaptureKind.IRISES,
    CaptureKind.STATEMENT,
)
FORM_AND_CARD = {DocumentKind.REQUEST_FORM, DocumentKind.FAMILY_CARD}


@pytest.mark.parametrize(
    ("service", "captures"),
    [
        (Service.FIRST_ENROLLMENT, WHOLE),
        (Service.REPLACEMENT_LOST, ()),
        (Service.REPLACEMENT_DAMAGED, ()),
        (Service.CHANGED_DATA, (CaptureKind.STATEMENT,)),
        (Service.TEMPORARY_CERTIFICATE, (CaptureKind.PORTRAIT,)),
        (Service.BIODATA_SHEET, (CaptureKind.PORTRAIT,)),
        (Service.COLLECTION, ()),
    ],
)
def test_each_service_asks_for_its_captures_in_order(
    service: Service, captures: tuple[CaptureKind, ...]
) -> None:
    assert captures_required(service) == captures


@pytest.mark.parametrize("service", Service)
def test_only_a_first_enrollment_or_a_changed_body_is_recorded(service: Service) -> None:
    changed = makes_enrollment(service, biometrics_changed=True)

    assert makes_enrollment(service) == (service is Service.FIRST_ENROLLMENT)
    assert changed == (service in (Service.FIRST_ENROLLMENT, Service.CHANGED_DATA))
    assert captures_required(service, biometrics_changed=True) == (
        WHOLE if changed else captures_required(service)
    )


def test_a_step_drops_out_only_when_none_of_its_parts_is_left() -> None:
    one = frozenset({Finger.LEFT_THUMB, Eye.LEFT})
    both = frozenset({Finger.LEFT_THUMB, Finger.RIGHT_THUMB, Eye.LEFT, Eye.RIGHT})

    assert captures_required(Service.FIRST_ENROLLMENT, exempt=one) == WHOLE
    assert captures_required(Service.FIRST_ENROLLMENT, exempt=both) == tuple(
        kind for kind in WHOLE if kind not in (CaptureKind.THUMBS, CaptureKind.IRISES)
    )


def test_who_cannot_sign_is_recorded_without_signatures() -> None:
    exempt = frozenset({CaptureKind.SIGNATURE, CaptureKind.STATEMENT})

    assert not exempt & set(captures_required(Service.FIRST_ENROLLMENT, exempt=exempt))


def test_the_steps_take_each_finger_and_each_eye_once() -> None:
    parts = [part for kind in WHOLE for part in parts_of(kind)]

    assert sorted(parts) == sorted(
        [*Finger, *Eye, CaptureKind.PORTRAIT, CaptureKind.SIGNATURE, CaptureKind.STATEMENT]
    )


@pytest.mark.parametrize(
    ("service", "more"),
    [
        (Service.FIRST_ENROLLMENT, set()),
        (Service.REPLACEMENT_LOST, {DocumentKind.POLICE_LETTER}),
        (Service.REPLACEMENT_DAMAGED, {DocumentKind.DAMAGED_CARD}),
        (
            Service.CHANGED_DATA,
            {DocumentKind.CHANGE_FORM, DocumentKind.CHANGE_PROOF, DocumentKind.OLD_CARD},
        ),
        (Service.TEMPORARY_CERTIFICATE, set()),
        (Service.BIODATA_SHEET, set()),
    ],
)
def test_each_service_asks_for_form_and_family_card_and_its_own_papers(
    service: Service, more: set[DocumentKind]
) -> None:
    assert set(documents_required(service)) == FORM_AND_CARD | more


def test_who_collects_a_card_brings_the_receipt() -> None:
    assert documents_required(Service.COLLECTION) == (DocumentKind.ENROLLMENT_RECEIPT,)


@pytest.mark.parametrize("service", Service)
def test_who_has_no_number_fills_in_the_biodata_form_first(service: Service) -> None:
    assert documents_required(service, has_nik=False)[0] is DocumentKind.BIODATA_FORM
    assert DocumentKind.BIODATA_FORM not in documents_required(service)


@pytest.mark.parametrize("service", Service)
def test_a_marriage_under_age_is_proven_for_a_first_enrollment(service: Service) -> None:
    asked = DocumentKind.MARRIAGE_CERTIFICATE in documents_required(service, married_under_age=True)

    assert asked == (service is Service.FIRST_ENROLLMENT)


@pytest.mark.parametrize("service", Service)
def test_no_service_takes_a_letter_of_the_village_for_a_paper(service: Service) -> None:
    assert DocumentKind.VILLAGE_LETTER not in documents_required(service, has_nik=False)


@pytest.mark.parametrize(("year", "colour"), [(1991, Background.RED), (1990, Background.BLUE)])
def test_the_background_is_red_for_an_odd_year_of_birth_and_blue_for_an_even(
    year: int, colour: Background
) -> None:
    assert portrait_background(year) is colour


def test_fingers_and_eyes_have_the_positions_of_the_standard() -> None:
    assert [(finger.value, finger.position) for finger in Finger] == [
        ("right_thumb", 1), ("right_index", 2), ("right_middle", 3), ("right_ring", 4), ("right_little", 5),
        ("left_thumb", 6), ("left_index", 7), ("left_middle", 8), ("left_ring", 9), ("left_little", 10),
    ]  # fmt: skip
    assert (Eye.RIGHT.position, Eye.LEFT.position) == (1, 2)


@pytest.mark.parametrize(("number", "name"), [(1, "A-001"), (17, "A-017"), (1204, "A-1204")])
def test_a_ticket_is_called_by_letter_and_number(number: int, name: str) -> None:
    assert ticket_name(number) == name
