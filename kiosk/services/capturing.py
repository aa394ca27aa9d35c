"""Taking a capture: the device is asked, the attempt judged, the best one kept and every attempt counted."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from kiosk.biometrics.portrait import FaceFinder
from kiosk.biometrics.usable import UnusableCaptureError
from kiosk.devices.api import (
    Camera,
    Device,
    FingerprintScanner,
    IrisCamera,
    Kind,
    SignaturePad,
    Slap,
    Stroke,
    StrokePoint,
    WrongAnswerError,
)
from kiosk.domain.captures import EYES, FINGERS_OF, Capture, CaptureKind, DeviceIdentity, Measure
from kiosk.domain.exceptions import exempt_parts
from kiosk.domain.findings import Finding, Severity
from kiosk.domain.roles import Permission
from kiosk.services.arrivals import open_draft
from kiosk.services.counter import Counter, Officer, require
from kiosk.services.drafting import operation_of, read_form, with_operation
from kiosk.services.errors import KitError
from kiosk.services.finger_limits import slap_limit
from kiosk.services.judging import (
    JudgedAttempt,
    judge_iris_attempt,
    judge_portrait_attempt,
    judge_signature_attempt,
    judge_slap_attempt,
)
from kiosk.services.kit import RecordingKit, person_of
from kiosk.storage.records import Draft

# Seconds a person may take in front of the device; the device itself answers within fractions of them.
PORTRAIT_TIMEOUT = 10.0
IRIS_TIMEOUT = 20.0
SIGNATURE_TIMEOUT = 60.0

DEVICE_OF = {
    CaptureKind.PORTRAIT: Kind.CAMERA,
    CaptureKind.SIGNATURE: Kind.SIGNATURE,
    CaptureKind.STATEMENT: Kind.SIGNATURE,
    CaptureKind.RIGHT_FOUR: Kind.FINGERPRINT,
    CaptureKind.LEFT_FOUR: Kind.FINGERPRINT,
    CaptureKind.THUMBS: Kind.FINGERPRINT,
    CaptureKind.IRISES: Kind.IRIS,
}


@dataclass(frozen=True, slots=True)
class CaptureOutcome:
    """What one attempt gave: its findings and measures, whether it is the one kept now, and how many there were."""

    kind: CaptureKind
    findings: tuple[Finding, ...]
    measures: tuple[Measure, ...]
    attempts: int
    kept: bool

    @property
    def acceptable(self) -> bool:
        """True when the attempt has no error."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


def take(
    counter: Counter, officer: Officer, visit_id: str, kind: CaptureKind, *, tools: "CaptureTools"
) -> CaptureOutcome:
    """Take one attempt; raises `NoVisitError`, `KitError` or a `DeviceError`, and then nothing has changed."""
    require(officer, Permission.CAPTURE)
    with counter.store.reading() as ledger:
        draft = open_draft(ledger, visit_id)
        earlier = ledger.captures.all(visit_id) if kind in FINGERS_OF else ()
    asked = Asked(kind, draft, earlier, _birth_year(counter, draft), person_of(visit_id))
    attempt = tools.attempt(asked)
    return _keep(counter, officer, visit_id, tools.captured(counter, kind, attempt), attempt)


SCREEN = DeviceIdentity(driver="signature.screen", make="", model="screen", serial="")
"""The pen, finger or mouse on the program's own window, as the maker of a signature."""


def keep_strokes(
    counter: Counter, officer: Officer, visit_id: str, strokes: "Drawn", *, kind: CaptureKind
) -> CaptureOutcome:
    """Judge and keep a signature that was drawn on the window itself; raises `NoVisitError`."""
    require(officer, Permission.CAPTURE)
    attempt = judge_signature_attempt(strokes.strokes, strokes.size)
    capture = Capture(
        kind=kind,
        parts=attempt.parts,
        measures=attempt.measures,
        findings=attempt.findings,
        attempts=1,
        device=SCREEN,
        taken_at=counter.clock().wall,
    )
    return _keep(counter, officer, visit_id, capture, attempt)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn on the window: strokes in millimetres, and the field they were drawn in."""

    strokes: tuple[Stroke, ...]
    size: tuple[float, float]

    @classmethod
    def of(
        cls, strokes: Iterable[Iterable[tuple[float, float, float, float]]], size: tuple[float, float]
    ) -> "Drawn":
        """Return it from (x, y, pressure, at) samples."""
        return cls(tuple(tuple(StrokePoint(*sample) for sample in stroke) for stroke in strokes), size)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an attempt must know of the visit.

    earlier: the captures before, for the same finger twice.  person: a token of who is captured (`RecordingKit.lend`).
    """

    kind: CaptureKind
    draft: Draft
    earlier: tuple[Capture, ...]
    birth_year: int
    person: str = ""


@dataclass(frozen=True, slots=True)
class CaptureTools:
    """What captures are taken and judged with."""

    kit: RecordingKit
    finder: FaceFinder

    def attempt(self, asked: Asked) -> JudgedAttempt:
        """Ask the device of the step and judge what it gives; what cannot be judged is the device's wrong answer."""
        with self.kit.lend(DEVICE_OF[asked.kind], person=asked.person) as device:
            try:
                return _ATTEMPTS[asked.kind](device, asked, self.finder)
            except UnusableCaptureError as error:
                raise WrongAnswerError(f"The device gave a picture that is none: {error}") from error

    def captured(self, counter: Counter, kind: CaptureKind, attempt: JudgedAttempt) -> Capture:
        """Return the attempt as a capture, the first of its kind."""
        return Capture(
            kind=kind,
            parts=attempt.parts,
            measures=attempt.measures,
            findings=attempt.findings,
            attempts=1,
            device=self.kit.identity(DEVICE_OF[kind]),
            taken_at=counter.clock().wall,
            signed=attempt.signed,
        )


def _portrait(device: Device, asked: Asked, finder: FaceFinder) -> JudgedAttempt:
    if not isinstance(device, Camera):
        raise KitError("The device set up as the camera is none.")
    pictures = device.take(timeout=PORTRAIT_TIMEOUT)
    return judge_portrait_attempt(pictures, finder, birth_year=asked.birth_year)


def _slap(device: Device, asked: Asked, finder: FaceFinder) -> JudgedAttempt:
    if not isinstance(device, FingerprintScanner):
        raise KitError("The device set up as the fingerprint scanner is none.")
    exempt = exempt_parts(asked.draft.exceptions)
    missing = frozenset(finger for finger in FINGERS_OF[asked.kind] if finger.value in exempt)
    limit = slap_limit(device, len(FINGERS_OF[asked.kind]) - len(missing))
    pictures = device.take(Slap(asked.kind.value), missing=missing, timeout=limit)
    return judge_slap_attempt(pictures, asked.kind, missing=missing, earlier=asked.earlier)


def _irises(device: Device, asked: Asked, finder: FaceFinder) -> JudgedAttempt:
    if not isinstance(device, IrisCamera):
        raise KitError("The device set up as the iris camera is none.")
    exempt = exempt_parts(asked.draft.exceptions)
    eyes = tuple(eye for eye in EYES if eye.value not in exempt)
    return judge_iris_attempt(device.take(eyes, timeout=IRIS_TIMEOUT))


def _signature(device: Device, asked: Asked, finder: FaceFinder) -> JudgedAttempt:
    if not isinstance(device, SignaturePad):
        raise KitError("The device set up as the signature pad is none.")
    return judge_signature_attempt(device.take(timeout=SIGNATURE_TIMEOUT), device.size())


_ATTEMPTS: dict[CaptureKind, Callable[[Device, Asked, FaceFinder], JudgedAttempt]] = {
    CaptureKind.PORTRAIT: _portrait,
    CaptureKind.SIGNATURE: _signature,
    CaptureKind.STATEMENT: _signature,
    CaptureKind.RIGHT_FOUR: _slap,
    CaptureKind.LEFT_FOUR: _slap,
    CaptureKind.THUMBS: _slap,
    CaptureKind.IRISES: _irises,
}


def _keep(
    counter: Counter, officer: Officer, visit_id: str, capture: Capture, attempt: JudgedAttempt
) -> CaptureOutcome:
    with counter.store.writing() as ledger:
        draft = open_draft(ledger, visit_id)
        before = ledger.captures.get(visit_id, capture.kind)
        attempts = 1 + (before.attempts if before else 0)
        kept = before is None or attempt.faults <= _faults(before)
        best = capture if before is None or kept else before
        ledger.captures.put(visit_id, replace(best, attempts=attempts))
        if kept and capture.kind is CaptureKind.PORTRAIT:
            draft = replace(draft, portrait_approved=False)
        operation = operation_of(counter, officer, capture.kind.value, findings=best.findings)
        device = f"{capture.device.driver} {capture.device.model} {capture.device.serial}".strip()
        notes = attempt.notes if kept else _notes_before(draft, capture.kind)
        operation = operation.model_copy(update={"device": device, "attempts": attempts, "notes": notes})
        ledger.drafts.put(with_operation(draft, operation), operation.at)
        ledger.audit.append(operation.at, officer.user_id, "capture", visit_id, capture.kind.value)
    return CaptureOutcome(capture.kind, attempt.findings, attempt.measures, attempts, kept)


def _notes_before(draft: Draft, kind: CaptureKind) -> tuple[str, ...]:
    """Return what was noted of the attempt that is kept."""
    return next((old.notes for old in reversed(draft.operations) if old.step == kind.value), ())


def _faults(capture: Capture) -> tuple[int, int]:
    return JudgedAttempt(capture.parts, capture.measures, capture.findings).faults


def _birth_year(counter: Counter, draft: Draft) -> int:
    """Return the year the background is chosen by: of the biodata, else of today."""
    biodata = read_form(counter, draft.form).biodata
    if biodata is not None:
        return biodata.birth_date.year
    return counter.today().year
