"""The portrait inside a seal: small enough for the code, good enough to tell two people apart."""

from bisect import bisect_right
from io import BytesIO

from PIL import Image

SIZE = 60, 80  # pixels
MOST = 600  # bytes: the aim is a code of 40 mm that reads from a print of 200 dpi
_QUALITIES = range(5, 41)
_LARGEST_SIDE = 1024  # pixels of a portrait that another program may have sealed


def seal_picture(portrait: bytes) -> bytes:
    """Return a portrait as AVIF of at most `MOST` bytes; empty where none is small enough or it is no picture.

    portrait: JPEG or PNG, three by four.
    """
    try:
        with Image.open(BytesIO(portrait)) as whole:
            small = whole.convert("RGB").resize(SIZE, Image.Resampling.LANCZOS)
    except (OSError, ValueError, Image.DecompressionBombError):
        return b""
    tried: dict[int, bytes] = {}

    def size(quality: int) -> int:
        tried[quality] = _avif(small, quality)
        return len(tried[quality])

    bisect_right(_QUALITIES, MOST, key=size)
    return max((data for data in tried.values() if len(data) <= MOST), key=len, default=b"")


def shown_picture(portrait: bytes) -> bytes:
    """Return a seal's portrait as PNG, which every screen shows; empty where it is no picture, or far too large."""
    try:
        with Image.open(BytesIO(portrait)) as small:
            if max(small.size) > _LARGEST_SIDE:
                return b""
            out = BytesIO()
            small.convert("RGB").save(out, "PNG")
    except (OSError, ValueError, Image.DecompressionBombError):
        return b""
    return out.getvalue()


def _avif(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    # slower than 6 saves two bytes in a hundred and takes four times as long; a second thread helps nothing this small
    picture.save(out, "AVIF", quality=quality, speed=6, max_threads=1)
    return out.getvalue()
