"""QR codes for a ticket: drawn by the printer (model 2), or sent as a picture to one that cannot draw them."""

import cv2
import numpy as np

from kiosk.devices.api import Image, NotSupportedError

# How many bytes versions 1 to 10 hold at level M; a version has 4 modules a side more than the one before.
_HOLDS = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213)
_SIDE = 220  # dots, 27 mm: what a phone or a hand scanner reads at once, and narrower than 58 mm paper
_SMALLEST, _LARGEST = 4, 8  # dots of a module: 0.5 and 1 mm
_MODEL_2 = b"\x1d(k\x04\x00" + b"1A2\x00"
_MODULE = b"\x1d(k\x03\x00" + b"1C"
_LEVEL_M = b"\x1d(k\x03\x00" + b"1E1"
_STORE = b"1P0"
_PRINT = b"\x1d(k\x03\x00" + b"1Q0"
_PICTURE = b"\x1dv0\x00"


def drawn_code(text: str) -> tuple[bytes, bytes, bytes]:
    """Return the commands that let the printer draw a code: what stands before its content, that, what follows.

    Raises `NotSupportedError` for a code that is empty or too long for a ticket.
    """
    content = _content(text)
    size = (len(content) + len(_STORE)).to_bytes(2, "little")
    before = _MODEL_2 + _MODULE + bytes([_module(len(content))]) + _LEVEL_M + b"\x1d(k" + size + _STORE
    return before, content, _PRINT


def pictured_code(text: str) -> tuple[bytes, bytes]:
    """Return the head and the dots of a code as a raster picture; raises as `drawn_code` does."""
    modules = _modules(text)
    dots = np.kron(modules, np.ones((size := _module(len(_content(text))), size), np.uint8))
    rows = np.packbits(dots, axis=1)  # filled up with white to whole bytes
    high, wide = rows.shape
    return _PICTURE + wide.to_bytes(2, "little") + high.to_bytes(2, "little"), rows.tobytes()


def _content(text: str) -> bytes:
    content = text.encode()
    if not 0 < len(content) <= _HOLDS[-1]:
        raise NotSupportedError(
            f"A code on a ticket holds 1 to {_HOLDS[-1]} bytes, not {len(content)}; shorten it."
        )
    return content


def _module(length: int) -> int:
    """Return how many dots wide a module is, so that codes of any length are about as large."""
    version = next(number for number, holds in enumerate(_HOLDS, 1) if length <= holds)
    return max(_SMALLEST, min(_LARGEST, _SIDE // (17 + 4 * version)))


def _modules(text: str) -> Image:
    """Return the code's modules, 1 where it is black, without the white around it."""
    _content(text)
    parameters = cv2.QRCodeEncoder.Params()
    parameters.correction_level = cv2.QRCodeEncoder_CORRECT_LEVEL_M
    code = cv2.QRCodeEncoder.create(parameters).encode(text)
    black: Image = (np.asarray(code) == 0).astype(np.uint8)
    rows, columns = np.flatnonzero(black.any(axis=1)), np.flatnonzero(black.any(axis=0))
    return black[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
