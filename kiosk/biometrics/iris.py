"""Judging one eye: where pupil and iris lie, focus, size, lids, gaze and glare (after ISO/IEC 29794-6)."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.biometrics.judgements import Image, Judgement
from kiosk.biometrics.usable import require_grey
from kiosk.domain.captures import Eye, Measure
from kiosk.domain.findings import Finding

Map = npt.NDArray[np.float32]

LEAST_WIDTH = 160.0  # pixels across the iris; ISO/IEC 29794-6 asks for a radius of 80
LARGEST_PUPIL = 120.0  # pixels; beyond it no iris ends within the 180 that are looked through
LEAST_SEEN = 0.70  # of the ring between pupil and white, ISO/IEC 29794-6
PUPIL = (0.20, 0.70)  # of the iris radius, ISO/IEC 29794-6
LEAST_FOCUS = 3.5
MOST_AWAY = 0.45  # of the iris radius, from the middle of the picture
MOST_GLARE = 0.05
DARKEST = 60.0  # mean grey of the picture
SIDES = np.radians(np.r_[-35:36:2, 145:216:2]).astype(np.float32)  # left and right, where no lid lies


@dataclass(frozen=True, slots=True)
class Circles:
    """Pupil and iris: middles (x, y) and radii in pixels."""

    pupil: tuple[float, float]
    pupil_radius: float
    middle: tuple[float, float]
    radius: float


def judge_iris(image: Image, eye: Eye) -> Judgement:
    """Return what a grey near-infrared picture of one eye, 640 x 480, is worth; all findings at once.

    Raises `UnusableCaptureError` for what is no grey picture.

    Measures: light (mean grey), iris_width (px), pupil_share, seen (share), focus (mean grey step of the texture),
    away (iris radii), glare (share); only light where no eye is found.
    """
    require_grey(image)
    part = eye.value
    light = float(image.mean())
    dark = (Finding.error("iris.too_dark", part),) if light < DARKEST else ()
    circles = find_circles(image)
    if circles is None:
        return Judgement(
            (*dark, Finding.error("iris.not_found", part)), (Measure(part, "light", round(light, 1)),)
        )
    measured = {"light": light, **_measure(image, circles)}
    findings = (*dark, *_judge_place(measured, part), *_judge_texture(measured, part))
    return Judgement(
        findings, tuple(Measure(part, name, round(value, 3)) for name, value in measured.items())
    )


def find_circles(image: Image) -> Circles | None:
    """Return pupil and iris, or None where no dark round pupil lies in a ring that ends in white."""
    pupil = _pupil(image)
    if pupil is None:
        return None
    (x, y), pupil_radius = pupil
    if pupil_radius > LARGEST_PUPIL:
        return None
    soft = cv2.GaussianBlur(image, (0, 0), 2.5).astype(np.float32)
    radii = np.arange(max(pupil_radius * 1.3, 50), 180, dtype=np.float32)
    best: tuple[float, float, float, float] = (0.0, x, y, 0.0)
    for across in range(-6, 7, 3):
        for down in (-4, 0, 4):
            ring = _rings(soft, (x + across, y + down), radii).mean(1)
            rise = ring[5:] - ring[:-5]
            at = int(rise.argmax())
            best = max(best, (float(rise[at]), x + across, y + down, float(radii[at] + 2.5)))
    if best[0] < 6:
        return None
    return Circles((x, y), pupil_radius, (best[1], best[2]), best[3])


def _pupil(image: Image) -> tuple[tuple[float, float], float] | None:
    """Return the roundest large dark spot, with the lamps in it filled."""
    soft = cv2.GaussianBlur(image, (0, 0), 2)
    limit = min(float(np.percentile(soft, 1)) + 22, 70)
    dark = np.asarray((soft < limit) * 255, np.uint8)
    dark = np.asarray(cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((11, 11), np.uint8)), np.uint8)
    contours, _ = cv2.findContours(dark, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    best, found = 0.62, None
    for contour in contours:
        hull = cv2.convexHull(contour)
        area = cv2.contourArea(hull)
        _, reach = cv2.minEnclosingCircle(hull)
        roundness = area / (np.pi * reach * reach + 1e-6)
        if area > 500 and roundness > best:
            moments = cv2.moments(hull)
            middle = (moments["m10"] / moments["m00"], moments["m01"] / moments["m00"])
            best, found = roundness, (middle, float(np.sqrt(area / np.pi)))
    return found


def _rings(level: Map, middle: tuple[float, float], radii: Map, angles: Map = SIDES) -> Map:
    """Grey levels on circles: radii x angles."""
    x = np.asarray(middle[0] + np.outer(radii, np.cos(angles)), np.float32)
    y = np.asarray(middle[1] + np.outer(radii, np.sin(angles)), np.float32)
    return np.asarray(cv2.remap(level, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)


def _measure(image: Image, circles: Circles) -> dict[str, float]:
    height, width = image.shape
    away = np.hypot(circles.pupil[0] - width / 2, circles.pupil[1] - height / 2) / circles.radius
    shares = np.linspace(0.12, 0.88, 24, dtype=np.float32)
    radii = circles.pupil_radius + shares * np.float32(circles.radius - circles.pupil_radius)
    angles = np.linspace(0, 2 * np.pi, 256, endpoint=False, dtype=np.float32)
    ring = _rings(image.astype(np.float32), circles.middle, np.asarray(radii, np.float32), angles)
    return {
        "iris_width": circles.radius * 2,
        "pupil_share": circles.pupil_radius / circles.radius,
        "seen": _seen(image, circles, np.asarray(radii, np.float32), angles),
        "focus": _focus(image, circles),
        "away": float(away),
        "glare": float((ring > 245).mean()),
    }


def _seen(image: Image, circles: Circles, radii: Map, angles: Map) -> float:
    """Share of the ring that is about as bright as the iris beside the pupil and half as rough: lids are smoother."""
    level, rough = image.astype(np.float32), np.abs(_fine(image, 4))
    sides = _rings(level, circles.middle, radii)
    bright = np.abs(cv2.blur(_rings(level, circles.middle, radii, angles), (9, 3)) - np.median(sides))
    textured = cv2.blur(_rings(rough, circles.middle, radii, angles), (13, 7))
    usual = float(_rings(rough, circles.middle, radii).mean())
    return float(((bright < 2 * sides.std() + 6) & (textured > usual / 2)).mean())


def _fine(image: Image, coarse: float) -> Map:
    """Return what is finer than `coarse` pixels and coarser than one, in grey levels."""
    level = image.astype(np.float32)
    return np.asarray(
        cv2.GaussianBlur(level, (0, 0), 1) - cv2.GaussianBlur(level, (0, 0), coarse), np.float32
    )


def _focus(image: Image, circles: Circles) -> float:
    """How much of the iris texture is as fine as two to six pixels, in grey levels."""
    fine = _fine(image, 3)
    radii = np.linspace(circles.pupil_radius * 1.25, circles.radius * 0.88, 24, dtype=np.float32)
    return float(_rings(fine, circles.middle, radii).std())


def _judge_place(measured: dict[str, float], part: str) -> tuple[Finding, ...]:
    findings = []
    width, away, pupil = measured["iris_width"], measured["away"], measured["pupil_share"]
    if width < LEAST_WIDTH:
        values = {"pixels": f"{width:.0f}", "least": f"{LEAST_WIDTH:.0f}"}
        findings.append(Finding.error("iris.too_small", part, **values))
    if away > MOST_AWAY:
        findings.append(Finding.error("iris.off_centre", part))
    if not PUPIL[0] <= pupil <= PUPIL[1]:
        findings.append(Finding.warning("iris.pupil", part, share=f"{pupil * 100:.0f}"))
    return tuple(findings)


def _judge_texture(measured: dict[str, float], part: str) -> tuple[Finding, ...]:
    findings = []
    if measured["seen"] < LEAST_SEEN:
        findings.append(Finding.error("iris.half_closed", part, share=f"{measured['seen'] * 100:.0f}"))
    if measured["focus"] < LEAST_FOCUS:
        findings.append(Finding.error("iris.blurred", part))
    if measured["glare"] > MOST_GLARE:
        findings.append(Finding.error("iris.glare", part, share=f"{measured['glare'] * 100:.0f}"))
    return tuple(findings)
