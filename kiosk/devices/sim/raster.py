"""Drawing on arrays: blurs, warps and noise as float32 maps, and the marker in a picture's first row."""

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from kiosk.devices.api import Image

Map = npt.NDArray[np.float32]  # height x width, or height x width x channels


def blur(drawn: Map, sigma: float) -> Map:
    """Return the map blurred; a wide blur works on a smaller copy, which looks the same and is much faster."""
    if sigma > 6:
        height, width = drawn.shape[:2]
        factor = sigma / 3
        small = resized(drawn, max(8, int(width / factor)), max(8, int(height / factor)), cv2.INTER_AREA)
        return resized(_blurred(small, 3.0), width, height, cv2.INTER_LINEAR)
    return _blurred(drawn, max(sigma, 0.3))


def resized(drawn: Map, width: int, height: int, method: int = cv2.INTER_CUBIC) -> Map:
    """Return the map in another size."""
    return np.asarray(cv2.resize(drawn, (width, height), interpolation=method), np.float32)


def warped(drawn: Map, x: Map, y: Map, border: int = cv2.BORDER_REFLECT) -> Map:
    """Return the map as seen at the places x, y (pixels of the map)."""
    return np.asarray(cv2.remap(drawn, x, y, cv2.INTER_LINEAR, borderMode=border), np.float32)


def noise(rng: np.random.Generator, shape: tuple[int, int], grain: float) -> Map:
    """Return smooth noise of unit spread; `grain` is the size of its spots in pixels."""
    height, width = shape
    coarse = rng.standard_normal((int(height / grain) + 3, int(width / grain) + 3), np.float32)
    return resized(coarse, width, height)


def smooth(start: float, end: float, value: npt.NDArray[np.floating[Any]]) -> Map:
    """Return 0 before `start`, 1 after `end`, and a smooth step between; `start` may be the larger one."""
    step = np.clip((value - np.float32(start)) / np.float32(end - start), 0, 1)
    return np.asarray(step * step * (3 - 2 * step), np.float32)


def grid(width: int, height: int) -> tuple[Map, Map]:
    """Return the x and y of every pixel."""
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    return x, y


def grey(drawn: Map) -> Image:
    """Return levels 0..255 as bytes."""
    return np.asarray(cv2.convertScaleAbs(np.maximum(drawn, 0)), np.uint8)


def marked(image: Image, marker: bytes) -> Image:
    """Return the image with the marker's bytes as the first pixels of its first row."""
    if not marker:
        return image
    copy = image.copy()
    row = copy[0].reshape(-1)
    row[: len(marker)] = np.frombuffer(marker[: row.size], np.uint8)
    return copy


def _blurred(drawn: Map, sigma: float) -> Map:
    return np.asarray(cv2.GaussianBlur(drawn, (0, 0), sigma), np.float32)
