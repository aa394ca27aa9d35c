"""From a device's records to pictures: decoded within bounds, fingers laid side by side as they lie on the plate."""

import io
import struct
import warnings
from collections.abc import Sequence

import numpy as np
from PIL import Image as Pillow

from kiosk.devices.api import Image, NotSupportedError, WrongAnswerError
from kiosk.devices.drivers.sbi_records import Coding, Record

PPI = 500
NEAR = 0.01  # of the resolution: devices round inches and centimetres
GAP = 48  # pixels between two fingers, and about them
MOST_PIXELS = {"L": 6_000_000, "RGB": 40_000_000}
BITS = 8
_BROKEN = (
    OSError, ValueError, TypeError, SyntaxError, EOFError, IndexError, KeyError, OverflowError, struct.error,
    Pillow.DecompressionBombError, Pillow.DecompressionBombWarning,
)  # what Pillow raises for pictures that are none  # fmt: skip


def decoded(record: Record, name: str, *, mode: str = "L") -> Image:
    """Return a record's picture: grey (`L`) as height x width, or `RGB` as height x width x 3.

    Raises `NotSupportedError` for a coding this program does not read, and `WrongAnswerError` for a picture that
    cannot be read or is larger than any device makes.
    """
    if record.coding is Coding.RAW:
        return _raw(record, name, mode)
    if record.coding in (Coding.WSQ, Coding.OTHER):
        raise NotSupportedError(
            f"The {name} gives its pictures as {record.coding}; set its service to JPEG 2000 without loss."
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            picture = Pillow.open(io.BytesIO(record.picture), formats=[record.coding.value])
        _check_size(picture.width, picture.height, name, mode)
        return np.asarray(picture.convert(mode), np.uint8)
    except _BROKEN as error:
        raise WrongAnswerError(f"The picture of the {name} cannot be read; try again.") from error


def plate(fingers: Sequence[tuple[Image, int]], name: str) -> tuple[Image, int]:
    """Lay pictures of fingers (grey, with their ppi) side by side in their order; return the plate and its ppi.

    What is finer than 500 ppi is scaled down to it; a coarser one sets the resolution of all.
    """
    if not all(ppi > 0 for _, ppi in fingers):
        raise WrongAnswerError(f"The {name} does not tell its resolution; update its service.")
    ppi = min(PPI, *(_rounded(ppi) for _, ppi in fingers))
    laid = [_scaled(image, ppi / _rounded(own)) for image, own in fingers]
    height = max(len(image) for image in laid) + 2 * GAP
    width = sum(image.shape[1] + GAP for image in laid) + GAP
    empty = np.full((height, width), _background(laid), np.uint8)
    left = GAP
    for image in laid:
        top = (height - len(image)) // 2
        empty[top : top + len(image), left : left + image.shape[1]] = image
        left += image.shape[1] + GAP
    return empty, ppi


def _raw(record: Record, name: str, mode: str) -> Image:
    channels = 1 if mode == "L" else 3
    shape = (record.height, record.width) if mode == "L" else (record.height, record.width, channels)
    _check_size(record.width, record.height, name, mode)
    if record.depth != BITS or len(record.picture) != record.width * record.height * channels:
        raise WrongAnswerError(f"The picture of the {name} is of another size than it says; try again.")
    return np.frombuffer(record.picture, np.uint8).reshape(shape)


def _check_size(width: int, height: int, name: str, mode: str) -> None:
    if not 0 < width * height <= MOST_PIXELS[mode]:
        raise WrongAnswerError(f"The picture of the {name} is empty or without end; update its service.")


def _rounded(ppi: int) -> int:
    return PPI if abs(ppi - PPI) <= NEAR * PPI else ppi


def _scaled(image: Image, factor: float) -> Image:
    if factor == 1:
        return image
    size = max(1, round(image.shape[1] * factor)), max(1, round(len(image) * factor))
    return np.asarray(Pillow.fromarray(image).resize(size, Pillow.Resampling.LANCZOS), np.uint8)


def _background(images: Sequence[Image]) -> int:
    """Return the grey the fingers lie on: that of most pixels at the rims of their pictures."""
    rims = [rim for image in images for rim in (image[0], image[-1], image[:, 0], image[:, -1])]
    return int(np.median(np.concatenate(rims)))
