"""Captures of the story: drawn by the simulators' own pens, measured so that the numbers are those of the story."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import chain
from typing import Any

import cv2
import numpy as np

from kiosk.biometrics import quality
from kiosk.biometrics.encoding import jpeg_of
from kiosk.biometrics.faces import FaceFinder
from kiosk.biometrics.judgements import Image
from kiosk.biometrics.portrait import crop_portrait, judge_portrait
from kiosk.biometrics.showing import fitted
from kiosk.biometrics.slap import judge_slap
from kiosk.devices.api import Slap
from kiosk.devices.sim.face import live, portrait
from kiosk.devices.sim.irises import iris
from kiosk.devices.sim.slaps import slap
from kiosk.domain.captures import EYES, FINGERS_OF, CaptureKind, Eye, Finger, Measure
from kiosk.domain.exceptions import CaptureException, exempt_parts
from kiosk.domain.findings import Finding, Severity, unanswered
from kiosk.domain.requests import parts_of
from kiosk.services.checks import checks_from
from kiosk.services.looking import CaptureView, VisitView
from kiosk.services.pictures import EyeView, FingerView, Raster, SlapView, raster_of
from kiosk.services.preview import FacePlace, PreviewFrame
from kiosk.services.stages import Stage, StageState
from tests.ui.gallery.story import NOW
from tests.ui.gallery.visits import visit

PERSON, BIRTH_YEAR = 17, 1990
LEFT = dict(zip(FINGERS_OF[CaptureKind.LEFT_FOUR], (68, 74, 61, 55), strict=True))
RIGHT = dict(zip(FINGERS_OF[CaptureKind.RIGHT_FOUR], (71, 64, 28, 52), strict=True))
THUMBS = {Finger.LEFT_THUMB: 66, Finger.RIGHT_THUMB: 59}
FAINT = Finding.error("finger.low_contrast", "right_ring")
_KINDS = {
    Stage.PORTRAIT: (CaptureKind.PORTRAIT,),
    Stage.SIGNATURE: (CaptureKind.SIGNATURE,),
    Stage.FINGERS: (CaptureKind.LEFT_FOUR, CaptureKind.RIGHT_FOUR, CaptureKind.THUMBS),
    Stage.IRISES: (CaptureKind.IRISES,),
}


def measured(part: str, worth: int) -> tuple[Measure, ...]:
    """Return the measures of a part that is worth so much: one of them decides, all others are the best."""
    first, *rest = quality._rows(part)
    scale = first[0]
    share = (worth - quality.ACCEPTED) / (quality.BEST - quality.ACCEPTED)
    value = scale.limit + share * (scale.best - scale.limit)
    if worth < quality.ACCEPTED:
        value = scale.limit + (1 - worth / quality.ACCEPTED) * (scale.worst - scale.limit)
    best = {one.name: one.best for row in reversed(rest) for one in row} | {scale.name: value}
    return tuple(Measure(part, name, number) for name, number in best.items())


def kept(kind: CaptureKind, worths: Mapping[Any, int], *findings: Finding, attempts: int = 1) -> CaptureView:
    """Return a kept capture whose parts are worth so much."""
    measures = tuple(chain.from_iterable(measured(str(part), worth) for part, worth in worths.items()))
    return CaptureView(kind, attempts, findings, measures, NOW + timedelta(seconds=60 * attempts))


def standing(view: VisitView) -> VisitView:
    """Return the visit with what its captures lack, as the steps of a visit tell it."""
    states = []
    for state in view.stages:
        lacks = [found for kind in _KINDS.get(state.stage, ()) for found in _lacking(view, kind)]
        states.append(StageState(state.stage, tuple(lacks)) if state.stage in _KINDS else state)
    return replace(view, stages=tuple(states))


def _lacking(view: VisitView, kind: CaptureKind) -> list[Finding]:
    exempt = exempt_parts(view.exceptions)
    if set(parts_of(kind)) <= exempt:
        return []
    if kind not in view.captures:
        return [Finding.error("step.missing", kind.value, step=kind.value)]
    findings = view.captures[kind].findings
    errors = tuple(found for found in findings if found.severity is Severity.ERROR)
    lacks = [*errors, *unanswered(findings, dict(view.reasons))]
    lacks = [found for found in lacks if found.field not in exempt]
    if kind is CaptureKind.PORTRAIT and not lacks and not view.portrait_approved:
        return [Finding.error("portrait.not_approved", kind.value)]
    return lacks


def visited(*captures: CaptureView, **changes: Any) -> VisitView:
    """Return Siti Aminah's visit with these captures only."""
    by_kind = {capture.kind: capture for capture in captures}
    return standing(visit(captures=by_kind, portrait=changes.pop("portrait", _portrait_jpeg()), **changes))


def exempt(*parts: tuple[str, Any]) -> tuple[CaptureException, ...]:
    """Return exceptions of (part, reason)."""
    return tuple(CaptureException(part, reason) for part, reason in parts)


@cache
def _finder() -> FaceFinder:
    return FaceFinder.load()


@cache
def _taken(flaw: str | None = None) -> Image:
    return portrait(PERSON, BIRTH_YEAR, (720, 960), flaw=flaw)


@cache
def portrait_kept(flaw: str | None = None, attempts: int = 1) -> CaptureView:
    """Return the photo as it was judged."""
    judged = judge_portrait(_taken(flaw), _finder(), birth_year=BIRTH_YEAR)
    at = NOW + timedelta(minutes=5, seconds=attempts)
    return CaptureView(CaptureKind.PORTRAIT, attempts, judged.findings, judged.measures, at)


@cache
def portrait_picture(flaw: str | None = None) -> Raster | None:
    """Return the kept photo; None where no face was found in it."""
    image = _taken(flaw)
    face = judge_portrait(image, _finder(), birth_year=BIRTH_YEAR).face
    return None if face is None else raster_of(crop_portrait(image, face))


@cache
def _portrait_jpeg() -> bytes:
    image = _taken()
    face = judge_portrait(image, _finder(), birth_year=BIRTH_YEAR).face
    assert face is not None
    return jpeg_of(crop_portrait(image, face), quality=85)


def lit_from_one_side(capture: CaptureView) -> CaptureView:
    """Return the photo with the one warning of the story."""
    warning = Finding.warning("portrait.light_from_one_side", "portrait", share="38")
    return replace(capture, findings=(*capture.findings, warning))


@cache
def frame(flaw: str | None = None, at: float = 2.0) -> PreviewFrame:
    """Return one picture of the live stream, judged."""
    image = live(PERSON, BIRTH_YEAR, (412, 550), at=at, flaw=flaw)
    judged = judge_portrait(image, _finder(), birth_year=BIRTH_YEAR)
    face = judged.face and FacePlace(judged.face.left_eye, judged.face.right_eye)
    return PreviewFrame(raster_of(image), face, checks_from(judged.findings, judged.measures), at)


@cache
def _plate(kind: CaptureKind, missing: frozenset[str]) -> tuple[Image, tuple[FingerView, ...]]:
    image = slap(PERSON, Slap(kind.value), missing, attempt=1)
    gone = frozenset(finger for finger in FINGERS_OF[kind] if finger.value in missing)
    found = judge_slap(image, FINGERS_OF[kind], ppi=500, missing=gone)
    small, scale = fitted(image, (640, 640))
    angles = {m.part: m.value for one in found.fingers for m in one.judgement.measures if m.name == "angle"}
    views = [
        FingerView(
            one.finger,
            *(round(side * scale) for side in (one.box.left, one.box.top, one.box.width, one.box.height)),
            angle=angles[one.finger.value],
            quality=0,
            findings=(),
        )
        for one in found.fingers
    ]
    return small, tuple(sorted(views, key=lambda one: one.left))


def plate(kind: CaptureKind, *faint: Finger, missing: frozenset[str] = frozenset()) -> SlapView:
    """Return a plate; `faint` fingers hardly press."""
    image, views = _plate(kind, missing)
    image = image.copy()
    for one in views:
        if one.finger in faint:
            rows, columns = slice(one.top, one.top + one.height), slice(one.left, one.left + one.width)
            part = image[rows, columns].astype(np.float32)
            image[rows, columns] = (238 - (238 - part) * 0.28).astype(np.uint8)
    return SlapView(raster_of(image), views, ())


def few_fingers() -> SlapView:
    """Return a plate on which one finger too few lies: nobody knows which is which."""
    image, _ = _plate(CaptureKind.RIGHT_FOUR, frozenset({"right_little"}))
    return SlapView(raster_of(image), (), ())


@cache
def eye(which: Eye, flaw: str | None = None) -> EyeView:
    """Return one eye."""
    image = iris(PERSON, which, flaw=flaw)
    return EyeView(which, raster_of(cv2.resize(image, (480, 360))), 0, ())


def eyes(**flaws: str) -> tuple[EyeView, ...]:
    """Return both eyes, with a flaw by the eye's value."""
    return tuple(eye(which, flaws.get(which.value)) for which in EYES)
