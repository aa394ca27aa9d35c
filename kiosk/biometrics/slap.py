"""Judging a plate: which finger lies where, what each is worth by itself, and whether it is the right hand."""

import math

from kiosk.biometrics.judgements import Box, FingerImage, Image, Judgement, SlapJudgement
from kiosk.biometrics.resolution import PPI, TOLERANCE, at_500
from kiosk.biometrics.ridges import judge_print, measure_print
from kiosk.biometrics.segments import Layout, Segment, find_fingers, upright
from kiosk.biometrics.usable import require_grey
from kiosk.domain.captures import LEFT_FOUR, RIGHT_FOUR, THUMBS, CaptureKind, Finger, Measure
from kiosk.domain.findings import Finding

MOST_DIRT = 120.0  # mm2 of something beside the fingers; a clean plate has under 20
MOST_TURN = 35.0  # degrees of the whole hand
AT_RIM = 10  # pixels: a finger that comes this near to the plate's rim goes on beyond it
# A right hand falls to its little finger by some 6 degrees, which is also some 0.35 smaller (in logarithms of area).
USUAL_FALL = 6.0
USUAL_SHRINKING = 0.35
MOST_FALL = 16.0  # beyond it the fingers do not lie as a hand does, and nothing is said of which it is
SWAPPED = -1.2


def judge_slap(
    image: Image,
    expected: tuple[Finger, ...],
    *,
    ppi: int,
    missing: frozenset[Finger] = frozenset(),
    one_by_one: bool = False,
) -> SlapJudgement:
    """Return what a grey plate is worth on which `expected` but for the `missing` fingers should lie.

    The fingers come in the hand's order, left to right.  With a wrong count nobody knows which finger is which: then
    `fingers` is empty.  Above 500 ppi the plate is scaled down first, and boxes are in its pixels at 500 ppi.
    one_by_one: each finger was asked for by its name and laid beside the others by a program: how they lie and how
    large they came out says nothing of which hand it was.
    Measures of the plate: fingers_found, hand_angle (degrees), hand_fall (degrees), dirt_mm2; of each finger those of
    `PrintQuality` and its angle, left, top, width and height.
    Raises `UnusableCaptureError` for what is no grey picture.
    """
    require_grey(image)
    kind = _kind(expected)
    plate = at_500(image, ppi)
    layout = find_fingers(plate)
    wanted = tuple(finger for finger in _left_to_right(expected) if finger not in missing)
    findings = [*_judge_resolution(kind, ppi), *_judge_plate(kind, layout, wanted)]
    if not one_by_one and _is_swapped(kind, layout):
        findings.append(Finding.warning("slap.hands_swapped", kind.value))
    fingers: tuple[FingerImage, ...] = ()
    if len(layout.segments) == len(wanted):
        pairs = zip(wanted, layout.segments, strict=True)
        fingers = tuple(_judge_finger(plate, layout, finger, segment) for finger, segment in pairs)
    return SlapJudgement(tuple(findings), _measures(kind, layout), fingers)


def _kind(expected: tuple[Finger, ...]) -> CaptureKind:
    kinds = (
        (CaptureKind.RIGHT_FOUR, RIGHT_FOUR),
        (CaptureKind.LEFT_FOUR, LEFT_FOUR),
        (CaptureKind.THUMBS, THUMBS),
    )
    return next(kind for kind, of_kind in kinds if set(expected) <= set(of_kind))


def _left_to_right(expected: tuple[Finger, ...]) -> tuple[Finger, ...]:
    """Return the order on the plate: a left hand has its little finger at the left."""
    return tuple(reversed(expected)) if set(expected) <= set(LEFT_FOUR) else expected


def _judge_resolution(kind: CaptureKind, ppi: int) -> tuple[Finding, ...]:
    if ppi < PPI - TOLERANCE:
        return (Finding.error("slap.resolution", kind.value, ppi=str(ppi), least=str(PPI)),)
    return ()


def _judge_plate(kind: CaptureKind, layout: Layout, wanted: tuple[Finger, ...]) -> tuple[Finding, ...]:
    findings = []
    found = len(layout.segments)
    if found == 0 and wanted:
        findings.append(Finding.error("slap.empty", kind.value, expected=str(len(wanted))))
    elif found != len(wanted):
        findings.append(Finding.error("slap.count", kind.value, found=str(found), expected=str(len(wanted))))
    if layout.dirt > MOST_DIRT:
        findings.append(Finding.error("slap.dirty_plate", kind.value, area=f"{layout.dirt:.0f}"))
    if abs(layout.angle) > MOST_TURN:
        findings.append(Finding.warning("slap.turned", kind.value, degrees=f"{abs(layout.angle):.0f}"))
    return tuple(findings)


def _is_swapped(kind: CaptureKind, layout: Layout) -> bool:
    """Tell whether four fingers lie as those of the other hand do."""
    if kind is CaptureKind.THUMBS or len(layout.segments) != 4 or abs(layout.fall) > MOST_FALL:
        return False
    shrinking = math.log(layout.segments[0].area / layout.segments[-1].area)
    right = layout.fall / USUAL_FALL + shrinking / USUAL_SHRINKING
    return bool((right if kind is CaptureKind.RIGHT_FOUR else -right) < SWAPPED)


def _measures(kind: CaptureKind, layout: Layout) -> tuple[Measure, ...]:
    fall = layout.fall if layout.segments else 0.0
    named = (
        ("fingers_found", float(len(layout.segments))),
        ("hand_angle", layout.angle),
        ("hand_fall", fall),
        ("dirt_mm2", layout.dirt),
    )
    return tuple(Measure(kind.value, name, round(value, 2)) for name, value in named)


def _judge_finger(plate: Image, layout: Layout, finger: Finger, segment: Segment) -> FingerImage:
    angle = layout.angle_of(segment)
    image, mask = upright(plate, segment, angle)
    quality = measure_print(image, mask)
    box = segment.box
    findings = list(judge_print(finger, quality))
    if _touches_rim(box, plate):
        findings.append(Finding.error("finger.at_rim", finger.value))
    place = (
        ("angle", angle),
        ("left", box.left),
        ("top", box.top),
        ("width", box.width),
        ("height", box.height),
    )
    placed = tuple(Measure(finger.value, name, round(float(value), 1)) for name, value in place)
    return FingerImage(
        finger, box, image, Judgement(tuple(findings), quality.measures(finger.value) + placed)
    )


def _touches_rim(box: Box, plate: Image) -> bool:
    height, width = plate.shape
    beside = min(box.left, box.top, width - box.left - box.width, height - box.top - box.height)
    return bool(beside < AT_RIM)
