"""Pictures for the screen, without a toolkit: rows of bytes, and where on them what was found lies."""

from dataclasses import dataclass, field

import numpy as np

from kiosk.biometrics.encoding import decode
from kiosk.biometrics.judgements import Image
from kiosk.biometrics.quality import ACCEPTED, quality_of
from kiosk.biometrics.showing import fitted
from kiosk.domain.captures import EYES, FINGERS_OF, CaptureKind, Eye, Finger
from kiosk.domain.findings import Finding
from kiosk.services.counter import Counter
from kiosk.services.judging import JudgedAttempt
from kiosk.storage.records import CaptureSummary

__all__ = [
    "ACCEPTED",
    "EyeView",
    "FingerView",
    "Raster",
    "SlapView",
    "eye_shown",
    "iris_views",
    "portrait_raster",
    "quality_of",
    "raster_of",
    "signature_raster",
    "slap_shown",
    "slap_view",
]

Size = tuple[int, int]
"""Width and height in pixels."""

Judged = CaptureSummary | JudgedAttempt
"""What was found and measured, of a kept capture or of one that is looked at only."""

ON_PAGE: Size = (640, 640)  # what fits beside anything else on the smallest screen


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture: `channels` bytes a pixel (1: grey, 3: RGB), rows from the top without a gap between them."""

    width: int
    height: int
    channels: int
    pixels: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class FingerView:
    """One finger on a plate: its box in the raster's pixels, how far its tip leans to the right in degrees, its worth.

    quality: 0 to 100, 40 is the limit (`ACCEPTED`).
    """

    finger: Finger
    left: int
    top: int
    width: int
    height: int
    angle: float
    quality: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class SlapView:
    """A plate with its fingers from left to right; none where their number was wrong.  findings: of the plate."""

    raster: Raster
    fingers: tuple[FingerView, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class EyeView:
    """One eye, its worth (0 to 100, 40 is the limit) and what was found."""

    eye: Eye
    raster: Raster
    quality: int
    findings: tuple[Finding, ...]


def raster_of(image: Image) -> Raster:
    """Return a grey or RGB picture as bytes."""
    height, width = image.shape[:2]
    return Raster(width, height, image.size // (width * height), np.ascontiguousarray(image).tobytes())


def portrait_raster(counter: Counter, visit_id: str, *, most: Size = ON_PAGE) -> Raster | None:
    """Return the kept portrait of an open visit; None where there is none, as everywhere here."""
    return _kept(counter, visit_id, CaptureKind.PORTRAIT, CaptureKind.PORTRAIT, most)


def signature_raster(
    counter: Counter,
    visit_id: str,
    *,
    kind: CaptureKind = CaptureKind.SIGNATURE,
    most: Size = ON_PAGE,
) -> Raster | None:
    """Return the kept signature, or that under the statement, as it will be on paper."""
    return _kept(counter, visit_id, kind, CaptureKind.SIGNATURE, most)


def slap_view(counter: Counter, visit_id: str, kind: CaptureKind, *, most: Size = ON_PAGE) -> SlapView | None:
    """Return the kept plate of a step with what each finger on it is worth."""
    with counter.store.reading() as ledger:
        summary, part = ledger.captures.summary(visit_id, kind), ledger.captures.part(visit_id, kind, kind)
    if summary is None or part is None:
        return None
    return slap_shown(decode(part), kind, summary, most=most)


def slap_shown(plate: Image, kind: CaptureKind, judged: Judged, *, most: Size = ON_PAGE) -> SlapView:
    """Return a plate of 500 ppi with what each finger on it is worth."""
    image, scale = fitted(plate, most)
    fingers = [_finger(judged, finger, scale) for finger in FINGERS_OF[kind]]
    return SlapView(
        raster=raster_of(image),
        fingers=tuple(sorted((one for one in fingers if one), key=lambda one: one.left)),
        findings=_findings(judged, kind),
    )


def iris_views(counter: Counter, visit_id: str, *, most: Size = ON_PAGE) -> tuple[EyeView, ...]:
    """Return the kept eyes, the right one first."""
    with counter.store.reading() as ledger:
        summary = ledger.captures.summary(visit_id, CaptureKind.IRISES)
        parts = [(eye, ledger.captures.part(visit_id, CaptureKind.IRISES, eye)) for eye in EYES]
    if summary is None:
        return ()
    return tuple(eye_shown(decode(part), eye, summary, most=most) for eye, part in parts if part is not None)


def eye_shown(image: Image, eye: Eye, judged: Judged, *, most: Size = ON_PAGE) -> EyeView:
    """Return an eye with what it is worth."""
    return EyeView(
        eye=eye,
        raster=raster_of(fitted(image, most)[0]),
        quality=quality_of(judged.findings, judged.measures, eye) or 0,
        findings=_findings(judged, eye),
    )


def _kept(counter: Counter, visit_id: str, kind: CaptureKind, name: str, most: Size) -> Raster | None:
    with counter.store.reading() as ledger:
        part = ledger.captures.part(visit_id, kind, name)
    return None if part is None else raster_of(fitted(decode(part), most)[0])


def _findings(judged: Judged, part: str) -> tuple[Finding, ...]:
    return tuple(finding for finding in judged.findings if finding.field == part)


def _finger(judged: Judged, finger: Finger, scale: float) -> FingerView | None:
    """Return one finger where the judge found it; None where it lay not or nobody knows which is which."""
    places = {measure.name: measure.value for measure in judged.measures if measure.part == finger}
    if not {"left", "top", "width", "height"} <= places.keys():
        return None
    left, top, width, height = (round(places[name] * scale) for name in ("left", "top", "width", "height"))
    return FingerView(
        finger=finger,
        left=left,
        top=top,
        width=width,
        height=height,
        angle=places.get("angle", 0.0),
        quality=quality_of(judged.findings, judged.measures, finger) or 0,
        findings=_findings(judged, finger),
    )
