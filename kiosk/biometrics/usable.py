"""What can be judged at all: pictures of the right kind and size, strokes that lie somewhere.

KioskError
  UnusableCaptureError    a device gave something no judge can read
"""

import math

import numpy as np

from kiosk.biometrics.judgements import Image
from kiosk.devices.api import Stroke
from kiosk.domain.errors import KioskError

LEAST_SIDE, MOST_SIDE = 64, 16_000  # pixels; WSQ fails below 32, and no device of a counter gives more
MOST_FIELD = 1000.0  # mm


class UnusableCaptureError(KioskError):
    """What a device gave is no picture, or no strokes, of the kind it was asked for."""


def require_grey(image: Image) -> None:
    """Raise `UnusableCaptureError` for anything but height x width bytes of a sensible size."""
    if image.ndim != 2 or not _fits(image):
        raise _unusable(image, "grey")


def require_rgb(image: Image) -> None:
    """Raise `UnusableCaptureError` for anything but height x width x 3 bytes of a sensible size."""
    if image.ndim != 3 or image.shape[2] != 3 or not _fits(image):
        raise _unusable(image, "RGB")


def _fits(image: Image) -> bool:
    return image.dtype == np.uint8 and all(LEAST_SIDE <= side <= MOST_SIDE for side in image.shape[:2])


def _unusable(image: Image, kind: str) -> UnusableCaptureError:
    shape = " x ".join(map(str, image.shape))
    return UnusableCaptureError(
        f"The device gave no {kind} picture ({shape} of {image.dtype}). Take it again; unplug the device if it repeats."
    )


def require_strokes(strokes: tuple[Stroke, ...], size_mm: tuple[float, float]) -> None:
    """Raise `UnusableCaptureError` where a sample or the field's size is no number a pad can give."""
    samples = (
        value
        for stroke in strokes
        for point in stroke
        for value in (point.x, point.y, point.pressure, point.at)
    )
    if all(map(math.isfinite, samples)) and all(1 <= side <= MOST_FIELD for side in size_mm):
        return
    raise UnusableCaptureError(
        "The pad gave strokes that lie nowhere. Sign again; unplug the pad if it repeats."
    )
