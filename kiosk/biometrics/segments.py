"""Where the fingers lie on a plate: found by their ridges, cut apart, turned upright, put in order."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.biometrics.judgements import Box, Image
from kiosk.biometrics.resolution import MM

Map = npt.NDArray[np.float32]

SHRUNK = 8  # the mask is made at an eighth: 0.4 mm a pixel, finer than any border of a finger is known
CELL_MM2 = (MM * SHRUNK) ** 2
LEAST_STRENGTH = 4.0  # grey levels of ridges and valleys about their mean; a clean plate's noise is below 1
OVER_NOISE = 2.5  # times the strength of the quietest fifth of the plate
OF_NEARBY = 0.38  # of the strongest ridges within 2 mm; between two fingers it is less
LEAST_AREA = 20.0  # mm2: less is a speck, no finger
LEAST_OF_LARGEST = 0.12  # of the largest finger's area
MOST_ANGLE = 50.0  # degrees
ROUND = 1.12  # length over width below which a shape has no direction
MARGIN = 12  # pixels about a finger


@dataclass(frozen=True, slots=True)
class Segment:
    """One finger on the plate: its mask at an eighth, middle (x, y) in pixels, angle in degrees, and area in mm2.

    angle: how far the tip leans to the right; None where the shape is too round to tell.
    """

    mask: Image
    middle: tuple[float, float]
    angle: float | None
    area: float

    @property
    def box(self) -> Box:
        """The upright rectangle about it on the plate, in pixels."""
        left, top, width, height = cv2.boundingRect(self.mask)
        return Box(left * SHRUNK, top * SHRUNK, width * SHRUNK, height * SHRUNK)


@dataclass(frozen=True, slots=True)
class Layout:
    """The fingers from left to right as the hand lies, the hand's angle in degrees, and the dirt beside them in mm2."""

    segments: tuple[Segment, ...]
    angle: float
    dirt: float

    def angle_of(self, segment: Segment) -> float:
        """Return the finger's own angle where its shape tells one near the hand's, else the hand's."""
        if segment.angle is None or abs(segment.angle - self.angle) > 30:
            return self.angle
        return segment.angle

    @property
    def fall(self) -> float:
        """Degrees by which the line from the first to the last finger falls to the right, seen from the hand."""
        (first_x, first_y), (last_x, last_y) = self.segments[0].middle, self.segments[-1].middle
        return math.degrees(math.atan2(last_y - first_y, last_x - first_x)) - self.angle


def find_fingers(plate: Image) -> Layout:
    """Return the fingers on a grey plate of 500 ppi."""
    mask = _ridged(plate)
    closed = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, _disc(3)), np.uint8)
    shaped = np.asarray(cv2.morphologyEx(_filled(closed), cv2.MORPH_OPEN, _disc(15)), np.uint8)
    found = [segment for part in _parts(shaped) for segment in _split(part)]
    largest = max((segment.area for segment in found), default=0.0)
    fingers = [one for one in found if one.area >= max(LEAST_AREA, LEAST_OF_LARGEST * largest)]
    angle = _hand_angle(fingers)
    ordered = _without_lower_joints(_in_order(fingers, angle), angle)
    kept = sum(segment.area for segment in fingers)
    return Layout(tuple(ordered), angle, max(0.0, float((mask > 0).sum()) * CELL_MM2 - kept))


def _ridged(plate: Image) -> Image:
    """255 where something as fine as ridges is, and not merely the spill of it, at an eighth of the plate's size."""
    half = cv2.resize(plate, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA).astype(np.float32)
    fine = cv2.GaussianBlur(half, (0, 0), 0.8) - cv2.GaussianBlur(half, (0, 0), 4)
    energy = cv2.resize(cv2.blur(fine * fine, (9, 9)), None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    strength = np.sqrt(energy)
    floor = max(LEAST_STRENGTH, OVER_NOISE * float(np.percentile(strength, 20)))
    nearby = cv2.blur(cv2.dilate(strength, _disc(11)), (5, 5))
    return np.asarray(((strength > floor) & (strength > OF_NEARBY * nearby)) * 255, np.uint8)


def _disc(size: int) -> Image:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)


def _filled(mask: Image) -> Image:
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    filled = np.zeros_like(mask)
    cv2.drawContours(filled, contours, -1, 255, cv2.FILLED)
    return filled


def _parts(mask: Image) -> list[Image]:
    count, labels = cv2.connectedComponents(mask)
    return [np.asarray((labels == label) * 255, np.uint8) for label in range(1, count)]


def _split(part: Image) -> list[Segment]:
    """Cut fingers apart that touch: every cell goes to the nearest of the thick middles."""
    depth = cv2.distanceTransform(part, cv2.DIST_L2, 5)
    count, cores = cv2.connectedComponents(np.asarray((depth > 0.72 * depth.max()) * 255, np.uint8))
    if count <= 2:
        return [_segment(part)]
    far = [
        cv2.distanceTransform(np.asarray((cores != core) * 255, np.uint8), cv2.DIST_L2, 5)
        for core in range(1, count)
    ]
    nearest = np.argmin(far, 0)
    return [
        _segment(np.asarray(((nearest == core) & (part > 0)) * 255, np.uint8)) for core in range(count - 1)
    ]


def _segment(mask: Image) -> Segment:
    moments = cv2.moments(mask, binaryImage=True)
    middle = (moments["m10"] / moments["m00"] * SHRUNK, moments["m01"] / moments["m00"] * SHRUNK)
    return Segment(mask, middle, _lean(moments), moments["m00"] * CELL_MM2)


def _lean(moments: dict[str, float]) -> float | None:
    """Return the angle of the longer axis against upright, from second moments."""
    across, down, both = moments["mu20"], moments["mu02"], moments["mu11"]
    spread = math.hypot(across - down, 2 * both)
    longer, shorter = across + down + spread, across + down - spread
    if shorter <= 0 or longer / shorter < ROUND**2:
        return None
    angle = math.degrees(0.5 * math.atan2(-2 * both, down - across))
    return angle if abs(angle) <= MOST_ANGLE else None


def _hand_angle(segments: list[Segment]) -> float:
    angles = [segment.angle for segment in segments if segment.angle is not None]
    return float(np.median(angles)) if angles else 0.0


def _across(segment: Segment, angle: float) -> float:
    turn = math.radians(angle)
    return segment.middle[0] * math.cos(turn) + segment.middle[1] * math.sin(turn)


def _along(segment: Segment, angle: float) -> float:
    turn = math.radians(angle)
    return -segment.middle[0] * math.sin(turn) + segment.middle[1] * math.cos(turn)


def _in_order(segments: list[Segment], angle: float) -> list[Segment]:
    return sorted(segments, key=lambda segment: _across(segment, angle))


def _without_lower_joints(segments: list[Segment], angle: float) -> list[Segment]:
    """Leave out what lies straight below another: the middle joint of the same finger."""
    kept: list[Segment] = []
    for segment in segments:
        above = [
            other
            for other in segments
            if other is not segment
            and abs(_across(other, angle) - _across(segment, angle)) < 5 / MM
            and _along(other, angle) < _along(segment, angle)
        ]
        if not above:
            kept.append(segment)
    return kept


def upright(plate: Image, segment: Segment, angle: float) -> tuple[Image, Image]:
    """Return the finger turned upright and cut out, and its mask (255 inside) of the same size."""
    spots = np.argwhere(segment.mask > 0)[:, ::-1] * SHRUNK + SHRUNK / 2
    turn = math.radians(angle)
    cos, sin = math.cos(turn), math.sin(turn)
    away = (spots - segment.middle) @ np.array([[cos, -sin], [sin, cos]])
    (left, top), (right, bottom) = away.min(0) - MARGIN, away.max(0) + MARGIN
    width, height = math.ceil(right - left), math.ceil(bottom - top)
    matrix = np.array([[cos, sin, 0], [-sin, cos, 0]])
    matrix[:, 2] = (-left, -top) - matrix[:, :2] @ np.array(segment.middle)
    image = cv2.warpAffine(
        plate, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    scaled = matrix @ np.array([[SHRUNK, 0, SHRUNK / 2], [0, SHRUNK, SHRUNK / 2], [0, 0, 1]])
    mask = cv2.warpAffine(segment.mask, scaled, (width, height), flags=cv2.INTER_LINEAR)
    return np.asarray(image, np.uint8), np.asarray((mask > 127) * 255, np.uint8)
