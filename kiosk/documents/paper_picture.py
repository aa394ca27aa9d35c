"""A paper as a picture for the screen: its first page, rendered from the very file that goes to the printer."""

from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]  # it ships no types


def picture_of(pdf: bytes, *, height: int) -> bytes:
    """Return a PNG of the first page, so many pixels high."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        picture = page.render(scale=height / page.get_height()).to_pil()
    out = BytesIO()
    picture.save(out, "PNG", compress_level=1)
    return out.getvalue()
