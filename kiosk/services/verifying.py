"""The check at the end of a visit: both index fingers once more, against those that were recorded (1:1)."""

from dataclasses import dataclass

from kiosk.biometrics.encoding import decode
from kiosk.biometrics.same_finger import SAME, likeness
from kiosk.biometrics.slap import judge_slap
from kiosk.devices.api import FingerprintScanner, Kind, Pictures, Slap
from kiosk.domain.captures import FINGERS_OF, Capture, CaptureKind, Finger
from kiosk.domain.exceptions import exempt_parts
from kiosk.domain.findings import Finding
from kiosk.domain.roles import Permission
from kiosk.services.arrivals import open_draft
from kiosk.services.counter import Counter, Officer, require
from kiosk.services.drafting import operation_of, with_operation
from kiosk.services.errors import KitError
from kiosk.services.finger_limits import slap_limit
from kiosk.services.kit import RecordingKit, person_of

STEP = "verification"
_INDEX = {CaptureKind.RIGHT_FOUR: Finger.RIGHT_INDEX, CaptureKind.LEFT_FOUR: Finger.LEFT_INDEX}


@dataclass(frozen=True, slots=True)
class Verification:
    """One index finger held against the recorded one; likeness: -1..1, None where it could not be compared."""

    finger: Finger
    likeness: float | None
    findings: tuple[Finding, ...]


def verify_resident(
    counter: Counter, officer: Officer, visit_id: str, *, kit: RecordingKit
) -> tuple[Verification, ...]:
    """Ask for each recorded index finger alone, compare, and note the outcome with the visit.

    It warns and never stops a visit.  Raises `NoVisitError`, `KitError` or a `DeviceError`; nothing is noted then.
    """
    require(officer, Permission.CAPTURE)
    with counter.store.reading() as ledger:
        exempt = exempt_parts(open_draft(ledger, visit_id).exceptions)
        kept = ledger.captures.all(visit_id)
    wanted = [(kind, finger) for kind, finger in _INDEX.items() if finger.value not in exempt]
    outcome = tuple(
        _verify(kit, kind, finger, capture, person_of(visit_id))
        for kind, finger in wanted
        for capture in kept
        if capture.kind is kind
    )
    findings = tuple(finding for one in outcome for finding in one.findings)
    with counter.store.writing() as ledger:
        operation = operation_of(counter, officer, STEP, findings=findings)
        ledger.drafts.put(with_operation(open_draft(ledger, visit_id), operation), operation.at)
        ledger.audit.append(operation.at, officer.user_id, STEP, visit_id, "")
    return outcome


def _verify(kit: RecordingKit, kind: CaptureKind, finger: Finger, kept: Capture, person: str) -> Verification:
    others = frozenset(FINGERS_OF[kind]) - {finger}
    with kit.lend(Kind.FINGERPRINT, person=person) as device:
        if not isinstance(device, FingerprintScanner):
            raise KitError("The device set up as the fingerprint scanner is none.")
        pictures = device.take(Slap(kind.value), missing=others, timeout=slap_limit(device, 1))
    return _compared(pictures, kind, finger, kept)


def _compared(pictures: Pictures, kind: CaptureKind, finger: Finger, kept: Capture) -> Verification:
    plate = dict(pictures.images)[kind.value]
    others = frozenset(FINGERS_OF[kind]) - {finger}
    shown = next(
        (one for one in judge_slap(plate, FINGERS_OF[kind], ppi=pictures.ppi, missing=others).fingers), None
    )
    recorded = next((part for part in kept.parts if part.part == finger.value), None)
    if shown is None or recorded is None:
        return Verification(finger, None, (Finding.warning("verification.not_seen", finger.value),))
    alike = likeness(decode(recorded), shown.image)
    differs = alike < SAME
    findings = (
        (Finding.warning("verification.differs", finger.value, finger=finger.value),) if differs else ()
    )
    return Verification(finger, alike, findings)
