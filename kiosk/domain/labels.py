"""What codes are called on screens and papers: one short English label a member, the source of every translation."""

from kiosk.domain.biodata import Field
from kiosk.domain.captures import CaptureKind, Eye, Finger
from kiosk.domain.clock import ClockState
from kiosk.domain.exceptions import ExceptionReason
from kiosk.domain.findings import Severity
from kiosk.domain.regions import RegionLevel
from kiosk.domain.requests import Background, DocumentKind, Priority, Service
from kiosk.domain.roles import Role
from kiosk.domain.verdicts import Decision

SERVICE: dict[Service, str] = {
    Service.FIRST_ENROLLMENT: "First KTP-el recording",
    Service.REPLACEMENT_LOST: "Reprint, card lost",
    Service.REPLACEMENT_DAMAGED: "Reprint, card damaged",
    Service.CHANGED_DATA: "Change of data",
    Service.TEMPORARY_CERTIFICATE: "Temporary certificate",
    Service.BIODATA_SHEET: "Biodata sheet",
    Service.COLLECTION: "Collect the card",
}
SERVICE_SHORT: dict[Service, str] = {
    Service.FIRST_ENROLLMENT: "First recording",
    Service.REPLACEMENT_LOST: "Card lost",
    Service.REPLACEMENT_DAMAGED: "Card damaged",
    Service.CHANGED_DATA: "Changed data",
    Service.TEMPORARY_CERTIFICATE: "Temporary paper",
    Service.BIODATA_SHEET: "Biodata",
    Service.COLLECTION: "Collection",
}
DOCUMENT: dict[DocumentKind, str] = {
    DocumentKind.REQUEST_FORM: "Form F-1.02",
    DocumentKind.BIODATA_FORM: "Form F-1.01",
    DocumentKind.CHANGE_FORM: "Form F-1.06",
    DocumentKind.MARRIAGE_STATEMENT: "Form F-1.05",
    DocumentKind.FAMILY_CARD: "Family card",
    DocumentKind.OLD_CARD: "Old KTP",
    DocumentKind.DAMAGED_CARD: "Damaged KTP-el",
    DocumentKind.POLICE_LETTER: "Police letter",
    DocumentKind.CHANGE_PROOF: "Proof of the change",
    DocumentKind.BIRTH_CERTIFICATE: "Birth certificate",
    DocumentKind.MARRIAGE_CERTIFICATE: "Marriage certificate",
    DocumentKind.DIVORCE_CERTIFICATE: "Divorce certificate",
    DocumentKind.ENROLLMENT_RECEIPT: "Recording slip",
    DocumentKind.TEMPORARY_CERTIFICATE: "Temporary certificate",
    DocumentKind.VILLAGE_LETTER: "Village letter",
}
PRIORITY: dict[Priority, str] = {
    Priority.NONE: "In order of arrival",
    Priority.ELDERLY: "Elderly",
    Priority.DISABILITY: "With a disability",
    Priority.PREGNANT: "Pregnant",
    Priority.WITH_INFANT: "With an infant",
}
REASON: dict[ExceptionReason, str] = {
    ExceptionReason.MISSING: "Not there",
    ExceptionReason.BANDAGED: "Hurt or bandaged",
    ExceptionReason.UNREADABLE: "Unreadable after several tries",
    ExceptionReason.STIFF: "Stiff, cannot be pressed",
    ExceptionReason.BLIND: "Cannot see",
    ExceptionReason.CANNOT_SIGN: "Cannot sign",
}
CAPTURE: dict[CaptureKind, str] = {
    CaptureKind.PORTRAIT: "Portrait",
    CaptureKind.SIGNATURE: "Signature",
    CaptureKind.RIGHT_FOUR: "Right hand",
    CaptureKind.LEFT_FOUR: "Left hand",
    CaptureKind.THUMBS: "Thumbs",
    CaptureKind.IRISES: "Iris",
    CaptureKind.DOCUMENT: "Document",
    CaptureKind.STATEMENT: "Statement",
}
# The steps of a visit, by the names `services.steps` gives them.
STEP: dict[str, str] = {
    "biodata": "Biodata",
    "documents": "Documents",
    "consent": "Consent",
    "exceptions": "Exceptions",
    "sign_off": "Officer's sign-off",
    **{str(kind): label for kind, label in CAPTURE.items() if kind is not CaptureKind.DOCUMENT},
}
FINGER: dict[Finger, str] = {
    Finger.RIGHT_THUMB: "Right thumb",
    Finger.RIGHT_INDEX: "Right index finger",
    Finger.RIGHT_MIDDLE: "Right middle finger",
    Finger.RIGHT_RING: "Right ring finger",
    Finger.RIGHT_LITTLE: "Right little finger",
    Finger.LEFT_THUMB: "Left thumb",
    Finger.LEFT_INDEX: "Left index finger",
    Finger.LEFT_MIDDLE: "Left middle finger",
    Finger.LEFT_RING: "Left ring finger",
    Finger.LEFT_LITTLE: "Left little finger",
}
FINGER_SHORT: dict[Finger, str] = {
    Finger.RIGHT_THUMB: "Thumb",
    Finger.RIGHT_INDEX: "Index",
    Finger.RIGHT_MIDDLE: "Middle",
    Finger.RIGHT_RING: "Ring",
    Finger.RIGHT_LITTLE: "Little",
    Finger.LEFT_THUMB: "Thumb",
    Finger.LEFT_INDEX: "Index",
    Finger.LEFT_MIDDLE: "Middle",
    Finger.LEFT_RING: "Ring",
    Finger.LEFT_LITTLE: "Little",
}
EYE: dict[Eye, str] = {Eye.RIGHT: "Right eye", Eye.LEFT: "Left eye"}
ROLE: dict[Role, str] = {
    Role.OFFICER: "Officer",
    Role.SUPERVISOR: "Supervisor",
    Role.TECHNICIAN: "Technician",
    Role.ADMINISTRATOR: "Administrator",
}
DECISION: dict[Decision, str] = {
    Decision.ACCEPTED: "Accepted",
    Decision.DUPLICATE: "Duplicate",
    Decision.ADJUDICATE: "Being examined",
    Decision.REJECTED: "Rejected",
    Decision.PRINTED: "Card printed",
}
SEVERITY: dict[Severity, str] = {
    Severity.ERROR: "Error",
    Severity.WARNING: "Warning",
    Severity.NOTE: "Note",
}
BACKGROUND: dict[Background, str] = {
    Background.RED: "Red background",
    Background.BLUE: "Blue background",
}
CLOCK: dict[ClockState, str] = {
    ClockState.TRUSTED: "Clock agrees with the centre",
    ClockState.UNCHECKED: "Clock not compared yet",
    ClockState.SUSPECT: "Check the clock",
}
REGION_LEVEL: dict[RegionLevel, str] = {
    RegionLevel.PROVINCE: "Province",
    RegionLevel.REGENCY: "Regency or city",
    RegionLevel.DISTRICT: "District",
    RegionLevel.VILLAGE: "Village",
}
FIELD: dict[Field, str] = {
    Field.NIK: "NIK",
    Field.FAMILY_CARD_NO: "Family card number",
    Field.FULL_NAME: "Full name",
    Field.TITLE_BEFORE: "Title before",
    Field.TITLE_AFTER: "Title after",
    Field.SEX: "Sex",
    Field.BIRTH_PLACE: "Birth place",
    Field.BIRTH_DATE: "Birth date",
    Field.CITIZENSHIP: "Citizenship",
    Field.CITIZENSHIP_DECREE: "Citizenship decree",
    Field.BLOOD_TYPE: "Blood type",
    Field.RELIGION: "Religion",
    Field.BELIEF_ORGANISATION: "Organisation of belief",
    Field.MARITAL_STATUS: "Marital status",
    Field.EDUCATION: "Last education",
    Field.OCCUPATION: "Occupation",
    Field.DISABILITY: "Disability",
    Field.ADDRESS: "Address",
    Field.RT: "RT",
    Field.RW: "RW",
    Field.HAMLET: "Hamlet",
    Field.VILLAGE: "Village",
    Field.POSTAL_CODE: "Postal code",
    Field.PHONE: "Phone",
    Field.EMAIL: "E-mail",
    Field.HEAD_OF_FAMILY: "Head of family",
    Field.FAMILY_RELATIONSHIP: "Place in the family",
    Field.MOTHER_NIK: "Mother's NIK",
    Field.MOTHER_NAME: "Mother's name",
    Field.FATHER_NIK: "Father's NIK",
    Field.FATHER_NAME: "Father's name",
    Field.PASSPORT_NO: "Passport number",
    Field.PASSPORT_EXPIRY: "Passport valid until",
    Field.HAS_BIRTH_CERTIFICATE: "Birth certificate",
    Field.BIRTH_CERTIFICATE_NO: "Birth certificate number",
    Field.HAS_MARRIAGE_CERTIFICATE: "Marriage certificate",
    Field.MARRIAGE_CERTIFICATE_NO: "Marriage certificate number",
    Field.MARRIAGE_DATE: "Marriage date",
    Field.HAS_DIVORCE_CERTIFICATE: "Divorce certificate",
    Field.DIVORCE_CERTIFICATE_NO: "Divorce certificate number",
    Field.DIVORCE_DATE: "Divorce date",
}

_FINGER_BY_NAME = {str(finger): label for finger, label in FINGER.items()}
# The values of findings that are codes, by the name they have there.
_OF_VALUES: dict[str, dict[str, str]] = {
    "document": {str(kind): label for kind, label in DOCUMENT.items()},
    "finger": _FINGER_BY_NAME,
    "other": _FINGER_BY_NAME,
    "part": {
        **{str(kind): label for kind, label in CAPTURE.items()},
        **{str(eye): label for eye, label in EYE.items()},
        **_FINGER_BY_NAME,
    },
    "reason": {str(reason): label for reason, label in REASON.items()},
    "step": STEP,
}


def label_of_value(name: str, value: str) -> str | None:
    """Return the label of a code that stands among a finding's values, None where the value is no code."""
    return _OF_VALUES.get(name, {}).get(value)
