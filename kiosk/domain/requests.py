"""What a resident may come for, and which captures and papers each service needs."""

from enum import StrEnum

from kiosk.domain.captures import EYES, FINGERS_OF, CaptureKind


class Service(StrEnum):
    """What the visit is for."""

    FIRST_ENROLLMENT = "first_enrollment"
    REPLACEMENT_LOST = "replacement_lost"
    REPLACEMENT_DAMAGED = "replacement_damaged"
    CHANGED_DATA = "changed_data"
    TEMPORARY_CERTIFICATE = "temporary_certificate"
    BIODATA_SHEET = "biodata_sheet"
    COLLECTION = "collection"


class DocumentKind(StrEnum):
    """A paper a resident brings; form numbers are those of Permendagri 109/2019."""

    REQUEST_FORM = "request_form"  # F-1.02
    BIODATA_FORM = "biodata_form"  # F-1.01
    CHANGE_FORM = "change_form"  # F-1.06
    MARRIAGE_STATEMENT = "marriage_statement"  # F-1.05, marriage or divorce not yet registered
    FAMILY_CARD = "family_card"
    OLD_CARD = "old_card"
    DAMAGED_CARD = "damaged_card"
    POLICE_LETTER = "police_letter"
    CHANGE_PROOF = "change_proof"
    BIRTH_CERTIFICATE = "birth_certificate"
    MARRIAGE_CERTIFICATE = "marriage_certificate"
    DIVORCE_CERTIFICATE = "divorce_certificate"
    ENROLLMENT_RECEIPT = "enrollment_receipt"
    TEMPORARY_CERTIFICATE = "temporary_certificate"
    VILLAGE_LETTER = "village_letter"  # shown, but no paper of the civil registry


class Priority(StrEnum):
    """Who is served before the others, as offices must.

    UU 25/2009, article 29, on groups that need care; UU 8/2016 on persons with disabilities.
    """

    NONE = "none"
    ELDERLY = "elderly"
    DISABILITY = "disability"
    PREGNANT = "pregnant"
    WITH_INFANT = "with_infant"


class Background(StrEnum):
    """The colour behind the face on the card of a citizen."""

    RED = "red"
    BLUE = "blue"


_ALL_CAPTURES = (
    CaptureKind.PORTRAIT,
    CaptureKind.SIGNATURE,
    CaptureKind.RIGHT_FOUR,
    CaptureKind.LEFT_FOUR,
    CaptureKind.THUMBS,
    CaptureKind.IRISES,
    CaptureKind.STATEMENT,
)
# Who was recorded is not recorded again (it makes a duplicate at the centre); papers carry a picture.
_CAPTURES: dict[Service, tuple[CaptureKind, ...]] = {
    Service.FIRST_ENROLLMENT: _ALL_CAPTURES,
    Service.REPLACEMENT_LOST: (),
    Service.REPLACEMENT_DAMAGED: (),
    Service.CHANGED_DATA: (CaptureKind.STATEMENT,),
    Service.TEMPORARY_CERTIFICATE: (CaptureKind.PORTRAIT,),
    Service.BIODATA_SHEET: (CaptureKind.PORTRAIT,),
    Service.COLLECTION: (),
}
_REQUEST = (DocumentKind.REQUEST_FORM, DocumentKind.FAMILY_CARD)
_DOCUMENTS: dict[Service, tuple[DocumentKind, ...]] = {
    Service.FIRST_ENROLLMENT: _REQUEST,
    Service.REPLACEMENT_LOST: (*_REQUEST, DocumentKind.POLICE_LETTER),
    Service.REPLACEMENT_DAMAGED: (*_REQUEST, DocumentKind.DAMAGED_CARD),
    Service.CHANGED_DATA: (
        *_REQUEST,
        DocumentKind.CHANGE_FORM,
        DocumentKind.CHANGE_PROOF,
        DocumentKind.OLD_CARD,
    ),
    Service.TEMPORARY_CERTIFICATE: _REQUEST,
    Service.BIODATA_SHEET: _REQUEST,
    Service.COLLECTION: (DocumentKind.ENROLLMENT_RECEIPT,),
}


def ticket_name(number: int) -> str:
    """Return the ticket as it is called: `A-017`."""
    return f"A-{number:03}"


def makes_enrollment(service: Service, *, biometrics_changed: bool = False) -> bool:
    """Tell whether the visit records biometrics anew.

    biometrics_changed: the changed data are of the body itself, which asks for a new recording; a picture
    changes only for a permanent change of looks or damage (Permendagri 74/2015, article 13).
    """
    if service is Service.FIRST_ENROLLMENT:
        return True
    return service is Service.CHANGED_DATA and biometrics_changed


def captures_required(
    service: Service, *, biometrics_changed: bool = False, exempt: frozenset[str] = frozenset()
) -> tuple[CaptureKind, ...]:
    """Return the captures of the service in the order of the national procedure.

    exempt: parts that cannot be captured (`exempt_parts`); a step none of whose parts is left drops out.
    """
    anew = makes_enrollment(service, biometrics_changed=biometrics_changed)
    kinds = _ALL_CAPTURES if anew else _CAPTURES[service]
    return tuple(kind for kind in kinds if not set(parts_of(kind)) <= exempt)


def parts_of(kind: CaptureKind) -> tuple[str, ...]:
    """Return the fingers or eyes of a step; a step without such parts is its own part."""
    if kind is CaptureKind.IRISES:
        return EYES
    return FINGERS_OF.get(kind, (kind,))


def documents_required(
    service: Service, *, has_nik: bool = True, married_under_age: bool = False
) -> tuple[DocumentKind, ...]:
    """Return the papers the resident has to show (F-1.02; Perpres 96/2018, article 15).

    has_nik: without one, form F-1.01 comes first.  married_under_age: under 17, so the marriage is proven.
    """
    kinds = _DOCUMENTS[service]
    if not has_nik:
        kinds = (DocumentKind.BIODATA_FORM, *kinds)
    if married_under_age and service is Service.FIRST_ENROLLMENT:
        kinds = (*kinds, DocumentKind.MARRIAGE_CERTIFICATE)
    return kinds


def portrait_background(birth_year: int) -> Background:
    """Return red for an odd year of birth, blue for an even one."""
    return Background.RED if birth_year % 2 else Background.BLUE
