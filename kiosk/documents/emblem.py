"""The picture in the letterhead: looked at before it is drawn; a broken file keeps no paper from anybody."""

from io import BytesIO

from PIL import Image

_LARGEST_SIDE = 4000  # pixels; a larger one is no emblem of some kilobytes


def readable_emblem(emblem: bytes) -> bytes:
    """Return the picture as it is; empty where it cannot be drawn."""
    try:
        with Image.open(BytesIO(emblem)) as picture:
            if max(picture.size) > _LARGEST_SIDE or picture.format not in {"PNG", "JPEG"}:
                return b""
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b""
    return emblem
