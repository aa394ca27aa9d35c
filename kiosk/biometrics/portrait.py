"""Judging a portrait by ISO/IEC 19794-5's full frontal picture and the rules for an Indonesian identity card."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.biometrics.encoding import jpeg_of
from kiosk.biometrics.faces import FaceFinder
from kiosk.biometrics.judgements import FaceFound, Image, PortraitJudgement
from kiosk.biometrics.usable import require_rgb
from kiosk.domain.captures import CaptureKind, Measure
from kiosk.domain.findings import Finding
from kiosk.domain.requests import Background, portrait_background

__all__ = ["FaceFinder", "crop_portrait", "judge_portrait", "portrait_copy"]

PART = CaptureKind.PORTRAIT.value
CROP = (480, 640)  # width and height in pixels, 3 x 4
# ISO/IEC 19794-5, token image: eyes a quarter of the width apart, their middle 0.6 widths below the upper edge.
EYES_APART = 0.25
EYES_DOWN = 0.6
COPY_BYTES = 20_000
COPY_SIZE = (240, 320)

MOST_ROLL = 8.0  # degrees; ISO asks for 8
MOST_TURN = 0.08  # nose beside the middle of the eyes, in eye distances: some 10 degrees
LEAST_EYES_PX = 60.0  # below it nothing can be recognised
GOOD_EYES_PX = 90.0  # ISO/IEC 19794-5, 7.3: at least 90 pixels
LEAST_SHARPNESS = 75.0  # drawn faces of every skin in every light have 110 and more, blurred ones 61 and less
DARKEST, BRIGHTEST = 60.0, 225.0  # mean grey of the face; very dark skin in even light reads 62 and more
MOST_BURNT = 0.08  # share of face pixels at the upper end
MOST_LIGHT_APART = 0.35  # one cheek darker than the other, as a share of the brighter
LEAST_EYE_OPENING = 0.105
MOST_UNEVEN = 0.12  # share of background pixels away from its own colour
MOST_OUTSIDE = 0.03  # of the crop's sides beyond the picture
COLOUR_APART = 30.0  # in Lab, from the background's own middle


@dataclass(frozen=True, slots=True)
class Colour:
    """The background's middle in CIE Lab: lightness 0..100, a (to red), b (to yellow), and unevenness."""

    light: float
    a: float
    b: float
    uneven: float

    @property
    def name(self) -> str:
        """`red`, `blue` or `other`."""
        if self.a > 22 and self.a > abs(self.b) * 0.8:
            return "red"
        return "blue" if self.b < -12 and -self.b > self.a * 0.8 else "other"


def judge_portrait(image: Image, finder: FaceFinder, *, birth_year: int) -> PortraitJudgement:
    """Return what an RGB picture is worth as a portrait of someone born in `birth_year`; all findings at once.

    Measures: faces, roll (degrees), turn and outside (shares), eye_distance (px), sharpness, face_light,
    light_apart, burnt, eye_opening, background_light, background_a, background_b (CIE Lab), background_uneven (share).
    Raises `UnusableCaptureError` for what is no RGB picture.
    """
    require_rgb(image)
    faces = finder.find(image)
    if len(faces) != 1:
        measures = (Measure(PART, "faces", float(len(faces))),)
        return PortraitJudgement((_wrong_count(len(faces)),), measures, None)
    face = faces[0]
    small = _aligned(image, face, (240, 320))
    colour = _background(small)
    measured = {"faces": 1.0, **_pose(image, face), **_light(small), **_eyes(small), **_told(colour)}
    findings = (
        *_judge_pose(measured),
        *_judge_light(measured),
        *_judge_background(colour, portrait_background(birth_year)),
    )
    return PortraitJudgement(
        findings, tuple(Measure(PART, name, round(value, 3)) for name, value in measured.items()), face
    )


def _wrong_count(count: int) -> Finding:
    if count == 0:
        return Finding.error("portrait.no_face", PART)
    return Finding.error("portrait.several_faces", PART, count=str(count))


def _pose(image: Image, face: FaceFound) -> dict[str, float]:
    apart, middle = _eye_line(face)
    distance = math.hypot(*apart)
    along = ((face.nose[0] - middle[0]) * apart[0] + (face.nose[1] - middle[1]) * apart[1]) / distance
    corners = _corners(face)
    height, width = image.shape[:2]
    outside = max(
        -corners[:, 0].min() / width,
        -corners[:, 1].min() / height,
        corners[:, 0].max() / width - 1,
        corners[:, 1].max() / height - 1,
    )
    return {
        "roll": math.degrees(math.atan2(apart[1], apart[0])),
        "turn": along / distance,
        "eye_distance": distance,
        "outside": max(0.0, float(outside)),
    }


def _eye_line(face: FaceFound) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the way from the left to the right eye, and the middle between them."""
    (left_x, left_y), (right_x, right_y) = face.left_eye, face.right_eye
    return (right_x - left_x, right_y - left_y), ((left_x + right_x) / 2, (left_y + right_y) / 2)


def _corners(face: FaceFound) -> npt.NDArray[np.float64]:
    """Return the four corners of the upright crop in the picture, 4 x 2."""
    apart, middle = _eye_line(face)
    width = math.hypot(*apart) / EYES_APART
    left, top = middle[0] - width / 2, middle[1] - width * EYES_DOWN
    height = width * CROP[1] / CROP[0]
    return np.array([[left, top], [left + width, top], [left, top + height], [left + width, top + height]])


def _aligned(image: Image, face: FaceFound, size: tuple[int, int]) -> Image:
    """Return the crop with its eyes level, `size` (width, height) pixels; the picture's rim is carried on beyond it."""
    apart, middle = _eye_line(face)
    scale = EYES_APART * size[0] / math.hypot(*apart)
    if scale < 0.5:
        return _aligned(*_halved(image, face), size)
    angle = math.degrees(math.atan2(apart[1], apart[0]))
    turn = np.asarray(cv2.getRotationMatrix2D(middle, angle, scale), np.float64)
    turn[:, 2] += np.array([size[0] / 2 - middle[0], size[0] * EYES_DOWN - middle[1]])
    kind = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(
        cv2.warpAffine(image, turn, size, flags=kind, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def _halved(image: Image, face: FaceFound) -> tuple[Image, FaceFound]:
    """Half the picture's size first: a warp looks at four pixels only."""
    half = np.asarray(cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    points = [(x / 2, y / 2) for x, y in (face.left_eye, face.right_eye, face.nose)]
    return half, FaceFound(face.box, *points)


def _light(small: Image) -> dict[str, float]:
    """Measures of the face itself, in the crop of 240 x 320 with eyes at (90, 144) and (150, 144).

    Sharpness is that of a face of middle grey, so that dark skin and dim light are not taken for blur.
    """
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    face = grey[110:245, 75:165]
    light = float(face.mean())
    left, right = float(grey[160:225, 78:110].mean()), float(grey[160:225, 130:162].mean())
    return {
        "sharpness": float(cv2.Laplacian(face, cv2.CV_32F).var()) * (128 / max(light, 1.0)) ** 2,
        "face_light": light,
        "burnt": float((face > 250).mean()),
        "light_apart": abs(left - right) / max(left, right, 1.0),
    }


def _eyes(small: Image) -> dict[str, float]:
    """How open the less open eye is: height of the dark disc of the iris, in eye distances."""
    grey = np.asarray(cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), (0, 0), 0.8), np.uint8)
    return {"eye_opening": min(_opening(grey[130:160, x - 16 : x + 16]) for x in (90, 150))}


def _opening(eye: Image) -> float:
    low, high = float(np.percentile(eye, 1)), float(np.percentile(eye, 80))
    dark = eye < low + (high - low) * 0.35
    return float(np.sort(dark.sum(0))[-6:].mean()) / 60


def _background(small: Image) -> Colour:
    """Return the strips beside the head, from the upper rim to above the eyes."""
    strips = np.concatenate([small[4:110, 2:18], small[4:110, -18:-2]], 1)
    lab = cv2.cvtColor(strips.astype(np.float32) / 255, cv2.COLOR_RGB2LAB).reshape(-1, 3)
    middle = np.median(lab, 0)
    away = np.linalg.norm((lab - middle) * (0.7, 1, 1), axis=1) > COLOUR_APART
    return Colour(float(middle[0]), float(middle[1]), float(middle[2]), float(away.mean()))


def _told(colour: Colour) -> dict[str, float]:
    return {
        "background_light": colour.light,
        "background_a": colour.a,
        "background_b": colour.b,
        "background_uneven": colour.uneven,
    }


def _judge_pose(measured: dict[str, float]) -> tuple[Finding, ...]:
    findings = []
    roll, turn, distance = measured["roll"], measured["turn"], measured["eye_distance"]
    if abs(roll) > MOST_ROLL:
        findings.append(
            Finding.error("portrait.tilted", PART, degrees=f"{abs(roll):.0f}", most=f"{MOST_ROLL:.0f}")
        )
    if abs(turn) > MOST_TURN:
        findings.append(Finding.error("portrait.turned", PART, share=f"{abs(turn) * 100:.0f}"))
    values = {"pixels": f"{distance:.0f}", "least": f"{GOOD_EYES_PX:.0f}"}
    if distance < LEAST_EYES_PX:
        findings.append(Finding.error("portrait.too_far", PART, **values))
    elif distance < GOOD_EYES_PX:
        findings.append(Finding.warning("portrait.coarse", PART, **values))
    if measured["outside"] > MOST_OUTSIDE:
        findings.append(
            Finding.error("portrait.not_in_frame", PART, share=f"{measured['outside'] * 100:.0f}")
        )
    if measured["eye_opening"] < LEAST_EYE_OPENING:
        findings.append(Finding.error("portrait.eyes_closed", PART))
    return tuple(findings)


def _judge_light(measured: dict[str, float]) -> tuple[Finding, ...]:
    findings = []
    light = measured["face_light"]
    if measured["sharpness"] < LEAST_SHARPNESS:
        findings.append(
            Finding.error(
                "portrait.blurred",
                PART,
                sharpness=f"{measured['sharpness']:.0f}",
                least=f"{LEAST_SHARPNESS:.0f}",
            )
        )
    if light < DARKEST:
        findings.append(
            Finding.error("portrait.too_dark", PART, light=f"{light:.0f}", least=f"{DARKEST:.0f}")
        )
    if light > BRIGHTEST or measured["burnt"] > MOST_BURNT:
        findings.append(Finding.error("portrait.too_bright", PART, share=f"{measured['burnt'] * 100:.0f}"))
    if measured["light_apart"] > MOST_LIGHT_APART:
        share = f"{measured['light_apart'] * 100:.0f}"
        findings.append(Finding.warning("portrait.light_from_one_side", PART, share=share))
    return tuple(findings)


def _judge_background(colour: Colour, wanted: Background) -> tuple[Finding, ...]:
    findings = []
    if colour.uneven > MOST_UNEVEN:
        findings.append(Finding.error("portrait.background_uneven", PART, share=f"{colour.uneven * 100:.0f}"))
    if colour.name != wanted:
        findings.append(Finding.error(f"portrait.background_not_{wanted}", PART))
    return tuple(findings)


def crop_portrait(image: Image, face: FaceFound) -> Image:
    """Return the portrait, RGB, 480 x 640: eyes level and 120 pixels apart, their middle 288 below the upper edge."""
    return _aligned(image, face, CROP)


def portrait_copy(image: Image) -> bytes:
    """Return a portrait as a JPEG of at most 20 kB, 240 x 320, for paper."""
    require_rgb(image)
    small = np.asarray(cv2.resize(image, COPY_SIZE, interpolation=cv2.INTER_AREA), np.uint8)
    for quality in (85, 75, 65, 50, 35):
        content = jpeg_of(small, quality=quality)
        if len(content) <= COPY_BYTES:
            return content
    return jpeg_of(small[::2, ::2], quality=35)
