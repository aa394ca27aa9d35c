"""From a device's pictures to a judged, encoded capture: one function a step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kiosk.biometrics.encoding import (
    decode,
    encode_finger,
    encode_iris,
    encode_portrait,
    encode_signature,
    encode_slap,
)
from kiosk.biometrics.iris import judge_iris
from kiosk.biometrics.judgements import Box, FingerImage, Judgement
from kiosk.biometrics.portrait import FaceFinder, crop_portrait, judge_portrait
from kiosk.biometrics.same_finger import repeated_fingers
from kiosk.biometrics.signature import judge_signature
from kiosk.biometrics.slap import judge_slap
from kiosk.devices.api import ONE_BY_ONE, Image, Pictures, Stroke
from kiosk.domain.captures import FINGERS_OF, Capture, CaptureKind, CapturePart, Eye, Finger, Measure
from kiosk.domain.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class JudgedAttempt:
    """One attempt: what would be kept of it, what was measured and what was found.

    signed: the payload the device signed, if it does.  notes: what the device said of it, in keys.
    """

    parts: tuple[CapturePart, ...]
    measures: tuple[Measure, ...]
    findings: tuple[Finding, ...]
    signed: bytes | None = None
    notes: tuple[str, ...] = ()

    @property
    def faults(self) -> tuple[int, int]:
        """Errors and warnings: the fewer, the better the attempt."""
        errors = sum(finding.severity is Severity.ERROR for finding in self.findings)
        warnings = sum(finding.severity is Severity.WARNING for finding in self.findings)
        return errors, warnings


def judge_portrait_attempt(pictures: Pictures, finder: FaceFinder, *, birth_year: int) -> JudgedAttempt:
    """Judge a portrait and crop it to the standard; without exactly one face there is nothing to keep."""
    image = _picture(pictures, CaptureKind.PORTRAIT.value)
    judgement = judge_portrait(image, finder, birth_year=birth_year)
    parts = () if judgement.face is None else (encode_portrait(crop_portrait(image, judgement.face)),)
    measures = judgement.measures + pictures.measures
    return JudgedAttempt(parts, measures, judgement.findings, pictures.signed, pictures.notes)


def judge_slap_attempt(
    pictures: Pictures, kind: CaptureKind, *, missing: frozenset[Finger], earlier: Iterable[Capture]
) -> JudgedAttempt:
    """Judge a slap finger by finger, and against the fingers of the slaps taken before."""
    image = _picture(pictures, kind.value)
    judgement = judge_slap(
        image, FINGERS_OF[kind], ppi=pictures.ppi, missing=missing, one_by_one=ONE_BY_ONE in pictures.notes
    )
    repeated = repeated_fingers([*judgement.fingers, *_fingers_of(earlier, leaving_out=kind)])
    measures = judgement.measures + tuple(
        measure for finger in judgement.fingers for measure in finger.judgement.measures
    )
    findings = judgement.findings + tuple(
        finding for finger in judgement.fingers for finding in finger.judgement.findings
    )
    parts = (
        encode_slap(image, kind, ppi=pictures.ppi),
        *(encode_finger(finger, ppi=pictures.ppi) for finger in judgement.fingers),
    )
    measures += pictures.measures
    return JudgedAttempt(parts, measures, findings + repeated, pictures.signed, pictures.notes)


def judge_iris_attempt(pictures: Pictures) -> JudgedAttempt:
    """Judge each eye by itself."""
    parts: list[CapturePart] = []
    judgements: list[Judgement] = []
    for name, image in pictures.images:
        eye = Eye(name)
        judgements.append(judge_iris(image, eye))
        parts.append(encode_iris(image, eye))
    return JudgedAttempt(
        tuple(parts),
        tuple(measure for judgement in judgements for measure in judgement.measures) + pictures.measures,
        tuple(finding for judgement in judgements for finding in judgement.findings),
        pictures.signed,
        pictures.notes,
    )


def judge_signature_attempt(strokes: tuple[Stroke, ...], size: tuple[float, float]) -> JudgedAttempt:
    """Judge strokes and keep them as a picture and as samples; `size` of the pad in millimetres."""
    judgement = judge_signature(strokes, size)
    return JudgedAttempt(encode_signature(strokes, size), judgement.measures, judgement.findings)


def _picture(pictures: Pictures, part: str) -> Image:
    return dict(pictures.images)[part]


def _fingers_of(captures: Iterable[Capture], *, leaving_out: CaptureKind) -> Sequence[FingerImage]:
    fingers = {finger.value: finger for finger in Finger}
    return [
        FingerImage(fingers[part.part], Box(0, 0, part.width, part.height), decode(part), Judgement((), ()))
        for capture in captures
        if capture.kind is not leaving_out
        for part in capture.parts
        if part.part in fingers
    ]
