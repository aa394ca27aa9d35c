"""Finding the seal in a file somebody brings: a PDF, or a photo or scan of the paper."""

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


def _pictures(content: bytes) -> Iterator[Image.Image]:
    if content.startswith(b"%PDF"):
        yield from _pages(content)
    else:
        yield _photo(content)


def _pages(content: bytes) -> Iterator[Image.Image]:
    try:
        with pypdfium2.PdfDocument(content) as document:
            for number in range(min(len(document), MOST_PAGES)):
                yield document[number].render(scale=_DPI / 72, grayscale=True).to_pil()
    except pypdfium2.PdfiumError as error:
        raise UnreadableFileError(str(error)) from error


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
