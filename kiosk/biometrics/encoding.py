"""From images to what is kept of them: WSQ fingers, a JPEG portrait, PNG irises and signature."""

import io
import json

import cv2
import numpy as np
import wsq
from PIL import Image as Pillow
from PIL import UnidentifiedImageError

from kiosk.biometrics.judgements import FingerImage, Image
from kiosk.biometrics.resolution import at_500, resolution_of
from kiosk.biometrics.signature import PPI as SIGNATURE_PPI
from kiosk.biometrics.signature import render_signature
from kiosk.devices.api import Stroke, StrokePoint
from kiosk.domain.captures import CaptureKind, CapturePart, Eye
from kiosk.domain.errors import MalformedError

PORTRAIT_QUALITY = (
    92  # a compression near 1:12 of a cropped portrait; ISO/IEC 19794-5 asks for no stronger than 1:20
)
WSQ_FORMAT = wsq.WsqImagePlugin.WsqImageFile.format
STROKES = "application/json"


def encode_portrait(image: Image) -> CapturePart:
    """Return an RGB portrait as JPEG with full colour resolution."""
    jpeg = jpeg_of(image, quality=PORTRAIT_QUALITY)
    return CapturePart(CaptureKind.PORTRAIT.value, "image/jpeg", jpeg, image.shape[1], image.shape[0])


def jpeg_of(image: Image, *, quality: int) -> bytes:
    """Return an RGB image as baseline JPEG; `quality` 1 to 95."""
    content = io.BytesIO()
    Pillow.fromarray(image).save(content, "JPEG", quality=quality, subsampling=0 if quality >= 90 else 2)
    return content.getvalue()


def encode_slap(image: Image, kind: CaptureKind, ppi: int) -> CapturePart:
    """Return the whole plate as WSQ; above 500 ppi it is scaled down to it first, which WSQ is made for."""
    return _wsq(kind.value, at_500(image, ppi), resolution_of(ppi))


def encode_finger(finger: FingerImage, ppi: int) -> CapturePart:
    """Return one finger as WSQ; `ppi` is the plate's, the finger was cut at 500 or below."""
    return _wsq(finger.finger.value, finger.image, resolution_of(ppi))


def _wsq(part: str, image: Image, ppi: int) -> CapturePart:
    content = io.BytesIO()
    Pillow.fromarray(np.ascontiguousarray(image)).save(content, WSQ_FORMAT)
    return CapturePart(part, "image/x-wsq", content.getvalue(), image.shape[1], image.shape[0], ppi)


def encode_iris(image: Image, eye: Eye) -> CapturePart:
    """Return one eye as PNG, so that nothing of the texture is lost."""
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
    shown = cv2.cvtColor(image, cv2.COLOR_RGB2BGR) if image.ndim == 3 else image
    return cv2.imencode(".png", shown, [cv2.IMWRITE_PNG_COMPRESSION, 4])[1].tobytes()


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
    except (ValueError, TypeError, KeyError) as error:
        raise MalformedError("These are no strokes of a signature.") from error
    return strokes, (width, height)


def decode(part: CapturePart) -> Image:
    """Return the part's picture, grey or RGB; strokes are drawn.  Raises `MalformedError` for a damaged one."""
    if part.media == STROKES:
        return render_signature(*strokes_from_json(part.content))
    try:
        with Pillow.open(io.BytesIO(part.content)) as picture:
            image = np.array(picture.convert("L" if picture.mode in ("1", "L", "I;16") else "RGB"), np.uint8)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise MalformedError(f"The {part.media} of this capture cannot be read.") from error
    return image
