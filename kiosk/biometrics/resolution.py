"""The one resolution fingers are judged and encoded in: 500 pixels an inch, whatever the plate gives above it."""

import cv2
import numpy as np

from kiosk.biometrics.judgements import Image
from kiosk.biometrics.usable import LEAST_SIDE, UnusableCaptureError

PPI = 500
TOLERANCE = 5  # ANSI/NIST-ITL 1-2011, 14.009: 19.69 pixels a millimetre within 1 %
MM = 25.4 / PPI  # millimetres a pixel


def at_500(image: Image, ppi: int) -> Image:
    """Return a grey plate at 500 pixels an inch; a coarser one stays as it is, since no scaling brings ridges back.

    Raises `UnusableCaptureError` where the picture is too small to have that many.
    """
    if ppi <= PPI + TOLERANCE:
        return image
    scale = PPI / ppi
    if min(image.shape) * scale < LEAST_SIDE:
        raise UnusableCaptureError(f"The scanner cannot give {ppi} pixels an inch in a picture of this size.")
    return np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def resolution_of(ppi: int) -> int:
    """Return the resolution an image of this plate has after `at_500`."""
    return PPI if ppi > PPI + TOLERANCE else ppi
