"""Finding the seal in a file somebody brings: a PDF, or a photo or scan of the paper."""

import math
from collections.abc import Iterator
from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import zxingcpp
from PIL import Image

MOST_PAGES = 4
MOST_PIXELS = 60_000_000  # of a photo: what a telephone of today takes, and no bomb
_DPI = 300
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_LONGEST_SIDE = 4000


class UnreadableFileError(Exception):
    """The file is neither a PDF nor a picture this program reads."""


def codes_in(content: bytes) -> tuple[str, ...]:
    """Return the texts of the QR codes in a file, page by page; raises `UnreadableFileError`."""
    return tuple(code.text for picture in _pictures(content) for code in zxingcpp.read_barcodes(picture, _QR))


def codes_seen(picture: object) -> tuple[str, ...]:
    """Return the texts of the QR codes in a picture of a camera: a buffer of grey pixels, height by width."""
    return tuple(code.text for code in zxingcpp.read_barcodes(picture, _QR))


def _pictures(content: bytes) -> Iterator[Image.Image]:
    if content.startswith(b"%PDF"):
        yield from _pages(content)
    else:
        yield _photo(content)


def _pages(content: bytes) -> Iterator[Image.Image]:
    try:
        with pypdfium2.PdfDocument(content) as document:
            for number in range(min(len(document), MOST_PAGES)):
                page = document[number]
                yield page.render(scale=_scale(*page.get_size()), grayscale=True).to_pil()
    except pypdfium2.PdfiumError as error:
        raise UnreadableFileError(str(error)) from error


def _scale(width: float, height: float) -> float:
    """Return pixels a point: 300 an inch, and fewer of a page so large that it would fill the memory."""
    return min(_DPI / 72, math.sqrt(MOST_PIXELS / max(1.0, width * height)))


def _photo(content: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(content)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                message = f"{picture.width} x {picture.height} pixels"
                raise UnreadableFileError(message)
            grey = picture.convert("L")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadableFileError(str(error)) from error
    grey.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    return grey
