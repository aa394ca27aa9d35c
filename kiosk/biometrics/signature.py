"""Judging strokes of a pad, and drawing them as a picture."""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np

from kiosk.biometrics.judgements import Image, Judgement
from kiosk.biometrics.usable import require_strokes
from kiosk.devices.api import Stroke, StrokePoint
from kiosk.domain.captures import CaptureKind, Measure
from kiosk.domain.findings import Finding

PART = CaptureKind.SIGNATURE.value
PPI = 300  # of the picture, as paper prints it
LEAST_LENGTH = 15.0  # mm of ink; a dot or a slip of the pen has less, a cross of two 8 mm strokes has enough
LEAST_WIDTH = 6.0  # mm
EDGE = 0.6  # mm: a pen that runs along the rim was cut off there
MOST_AT_EDGE = 0.03
LEAST_SECONDS = 0.15


def judge_signature(strokes: tuple[Stroke, ...], size_mm: tuple[float, float]) -> Judgement:
    """Return what strokes are worth; `size_mm`: width and height of the writing field in millimetres.

    Measures: ink_length and width in mm, duration in s, samples_at_edge as a share.
    Raises `UnusableCaptureError` for samples that are no numbers.
    """
    require_strokes(strokes, size_mm)
    points = [point for stroke in strokes for point in stroke]
    if not points:
        return Judgement((Finding.error("signature.empty", PART),), ())
    length = sum(math.hypot(b.x - a.x, b.y - a.y) for stroke in strokes for a, b in pairwise(stroke))
    width = max(point.x for point in points) - min(point.x for point in points)
    seconds = max(point.at for point in points) - min(point.at for point in points)
    at_edge = sum(_at_edge(point.x, point.y, size_mm) for point in points) / len(points)
    findings: list[Finding] = []
    if length < LEAST_LENGTH or width < LEAST_WIDTH:
        findings.append(
            Finding.error("signature.too_small", PART, length=f"{length:.0f}", least=f"{LEAST_LENGTH:.0f}")
        )
    if at_edge > MOST_AT_EDGE:
        findings.append(Finding.error("signature.cut_off", PART, share=f"{at_edge * 100:.0f}"))
    if seconds < LEAST_SECONDS:
        findings.append(Finding.warning("signature.too_quick", PART, seconds=f"{seconds:.1f}"))
    named = (("ink_length", length), ("width", width), ("duration", seconds), ("samples_at_edge", at_edge))
    return Judgement(tuple(findings), tuple(Measure(PART, name, round(value, 3)) for name, value in named))


def _at_edge(x: float, y: float, size_mm: tuple[float, float]) -> bool:
    return min(x, y, size_mm[0] - x, size_mm[1] - y) <= EDGE


def render_signature(strokes: tuple[Stroke, ...], size_mm: tuple[float, float]) -> Image:
    """Return the strokes as black ink on white, grey, 300 ppi; thicker where the pen pressed."""
    require_strokes(strokes, size_mm)
    scale = PPI / 25.4
    image = np.full((round(size_mm[1] * scale), round(size_mm[0] * scale)), 255, np.uint8)
    for stroke in strokes:
        _draw(image, [_inside(point, size_mm) for point in stroke], scale)
    return image


def _inside(point: StrokePoint, size_mm: tuple[float, float]) -> StrokePoint:
    """Return the point, or the nearest one of the field."""
    x, y = (min(max(way, 0.0), side) for way, side in zip((point.x, point.y), size_mm, strict=True))
    return replace(point, x=x, y=y)


def _draw(image: Image, stroke: Sequence[StrokePoint], scale: float) -> None:
    """Draw with four binary places below the pixel, so that slow curves stay smooth."""
    spots = [(round(point.x * scale * 16), round(point.y * scale * 16)) for point in stroke]
    for place, point in enumerate(stroke):
        thick = 2 + round(4 * min(max(point.pressure, 0), 1))
        cv2.line(image, spots[max(0, place - 1)], spots[place], 0, thick, cv2.LINE_AA, 4)
