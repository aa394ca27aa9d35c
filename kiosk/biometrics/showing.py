"""Pictures made small enough for a screen, by no more than is asked."""

import cv2
import numpy as np

from kiosk.biometrics.judgements import Image


def fitted(image: Image, most: tuple[int, int]) -> tuple[Image, float]:
    """Return the whole picture within `most` (width, height) pixels, and its scale; a smaller one stays as it is."""
    height, width = image.shape[:2]
    scale = min(1.0, most[0] / width, most[1] / height)
    if scale == 1.0:
        return image, scale
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8), scale


def filled(image: Image, size: tuple[int, int]) -> tuple[Image, tuple[float, float, float]]:
    """Return the middle of the picture that fills `size` (width, height), and where it lay: left, top, scale.

    A point (x, y) of the picture lies at ((x - left) * scale, (y - top) * scale).
    """
    height, width = image.shape[:2]
    scale = max(size[0] / width, size[1] / height)
    across, down = min(width, round(size[0] / scale)), min(height, round(size[1] / scale))
    left, top = (width - across) // 2, (height - down) // 2
    cut = image[top : top + down, left : left + across]
    kind = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(cut, size, interpolation=kind), np.uint8), (left, top, scale)
