"""From images to what is kept of them: WSQ fingers, a JPEG portrait, PNG irises and signature."""

import io
import json

import cv2
import numpy as np
from PIL import Image as Pillow

from kiosk.biometrics.judgements import FingerImage, Image
from kiosk.biometrics.resolution import at_500, resolution_of
from kiosk.biometrics.signature import PPI as SIGNATURE_PPI
from kiosk.biometrics.signature import render_signature
from kiosk.biometrics.usable import UnusableCaptureError, require_grey, require_rgb, require_strokes
from kiosk.biometrics.wsq_process import opened_wsq, wsq_of
from kiosk.biometrics.wsq_program import GREY_MAP
from kiosk.devices.api import Stroke, StrokePoint
from kiosk.domain.captures import CaptureKind, CapturePart, Eye
from kiosk.domain.errors import MalformedError

PORTRAIT_QUALITY = (
    92  # a compression near 1:12 of a cropped portrait; ISO/IEC 19794-5 asks for no stronger than 1:20
)
PAPER_LONGEST, PAPER_QUALITY = 1754, 75  # pixels: A4 at 150 dots an inch
WSQ = "image/x-wsq"
FORMATS = {"image/jpeg": "JPEG", "image/jp2": "JPEG2000", "image/png": "PNG"}
STROKES = "application/json"


def encode_portrait(image: Image) -> CapturePart:
    """Return an RGB portrait as JPEG with full colour resolution.

    Raises `UnusableCaptureError` for what is no picture, as every encoder here.
    """
    require_rgb(image)
    jpeg = jpeg_of(image, quality=PORTRAIT_QUALITY)
    return CapturePart(CaptureKind.PORTRAIT.value, "image/jpeg", jpeg, image.shape[1], image.shape[0])


def encode_paper(image: Image, paper: str) -> CapturePart:
    """Return the RGB picture of a paper as JPEG, small enough to send and large enough to read."""
    longest = max(image.shape[:2])
    scale = min(1.0, PAPER_LONGEST / longest)
    shown = (
        image if scale == 1.0 else cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    )
    kept = np.asarray(shown, np.uint8)
    return CapturePart(
        paper, "image/jpeg", jpeg_of(kept, quality=PAPER_QUALITY), kept.shape[1], kept.shape[0]
    )


def jpeg_of(image: Image, *, quality: int) -> bytes:
    """Return an RGB image as baseline JPEG; `quality` 1 to 95."""
    content = io.BytesIO()
    Pillow.fromarray(image).save(content, "JPEG", quality=quality, subsampling=0 if quality >= 90 else 2)
    return content.getvalue()


def encode_slap(image: Image, kind: CaptureKind, ppi: int) -> CapturePart:
    """Return the whole plate as WSQ; above 500 ppi it is scaled down to it first, which WSQ is made for."""
    require_grey(image)
    return _wsq(kind.value, at_500(image, ppi), resolution_of(ppi))


def encode_finger(finger: FingerImage, ppi: int) -> CapturePart:
    """Return one finger as WSQ; `ppi` is the plate's, the finger was cut at 500 or below."""
    return _wsq(finger.finger.value, finger.image, resolution_of(ppi))


def _wsq(part: str, image: Image, ppi: int) -> CapturePart:
    require_grey(image)
    return CapturePart(part, WSQ, wsq_of(image), image.shape[1], image.shape[0], ppi)


def encode_iris(image: Image, eye: Eye) -> CapturePart:
    """Return one eye as PNG, so that nothing of the texture is lost."""
    require_grey(image)
    return CapturePart(eye.value, "image/png", _png(image), image.shape[1], image.shape[0])


def encode_signature(strokes: tuple[Stroke, ...], size_mm: tuple[float, float]) -> tuple[CapturePart, ...]:
    """Return the signature twice: as a picture for paper, and as its samples (`strokes_from_json` reads them)."""
    image = render_signature(strokes, size_mm)
    height, width = image.shape
    part = CaptureKind.SIGNATURE.value
    return (
        CapturePart(part, "image/png", _png(image), width, height, SIGNATURE_PPI),
        CapturePart(part, STROKES, _strokes_json(strokes, size_mm), width, height, SIGNATURE_PPI),
    )


def _png(image: Image) -> bytes:
    return cv2.imencode(".png", image, [cv2.IMWRITE_PNG_COMPRESSION, 4])[1].tobytes()


def _strokes_json(strokes: tuple[Stroke, ...], size_mm: tuple[float, float]) -> bytes:
    samples = [[[point.x, point.y, point.pressure, point.at] for point in stroke] for stroke in strokes]
    told = {
        "format": 1,
        "size_mm": list(size_mm),
        "sample": ["x_mm", "y_mm", "pressure", "s"],
        "strokes": samples,
    }
    return json.dumps(told, separators=(",", ":")).encode("ascii")


def strokes_from_json(content: bytes) -> tuple[tuple[Stroke, ...], tuple[float, float]]:
    """Return strokes and the field's size in millimetres; raises `MalformedError` for anything else."""
    try:
        told = json.loads(content)
        strokes = tuple(
            tuple(StrokePoint(*map(float, sample)) for sample in stroke) for stroke in told["strokes"]
        )
        width, height = (float(side) for side in told["size_mm"])
        require_strokes(strokes, (width, height))
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError, UnusableCaptureError) as error:
        raise MalformedError("These are no strokes of a signature.") from error
    return strokes, (width, height)


def decode(part: CapturePart) -> Image:
    """Return the part's picture, grey or RGB; strokes are drawn.  Raises `MalformedError` for a damaged one."""
    if part.media == STROKES:
        return render_signature(*strokes_from_json(part.content))
    try:
        if part.media == WSQ:
            return _pixels(opened_wsq(part.content), GREY_MAP)
        return _pixels(part.content, FORMATS[part.media])
    except Exception as error:  # the WSQ codec raises bare Exceptions, so nothing narrower would do
        raise MalformedError(f"The {part.media} of this capture cannot be read.") from error


def _pixels(content: bytes, format_name: str) -> Image:
    with Pillow.open(io.BytesIO(content), formats=(format_name,)) as picture:
        return np.array(picture.convert("L" if picture.mode in ("1", "L", "I;16") else "RGB"), np.uint8)
