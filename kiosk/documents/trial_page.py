"""The page a printer is tried with: type in three sizes, lines at the margins, greys and colours."""

from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

_MARGIN = 15 * mm
_LETTERS = "0123456789 ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz"
_SIZES = (8, 12, 18)  # points
_PATCH = 18 * mm
_GREYS = (0.0, 0.25, 0.5, 0.75, 0.9)
_INKS = ((0.0, 0.68, 0.94), (0.93, 0.0, 0.55), (1.0, 0.95, 0.0))  # cyan, magenta, yellow


def trial_page() -> bytes:
    """Return the PDF of one A4 page, the same each time."""
    content = BytesIO()
    page = Canvas(content, pagesize=A4, invariant=True)
    page.setTitle("TEST")
    width, height = A4
    page.rect(_MARGIN, _MARGIN, width - 2 * _MARGIN, height - 2 * _MARGIN)
    page.setFont("Helvetica-Bold", 32)
    page.drawCentredString(width / 2, height - 45 * mm, "TEST")
    top = height - 65 * mm
    for size in _SIZES:
        page.setFont("Helvetica", size)
        page.drawString(_MARGIN + 6 * mm, top, _LETTERS[: round(700 / size)])
        top -= 10 * mm
    _patches(page, top - _PATCH)
    page.save()
    return content.getvalue()


def _patches(page: Canvas, bottom: float) -> None:
    """Draw greys, and colours that a printer in black shows as greys of their own."""
    left = _MARGIN + 6 * mm
    for colour in (*((grey,) * 3 for grey in _GREYS), *_INKS):
        page.setFillColorRGB(*colour)
        page.rect(left, bottom, _PATCH, _PATCH, stroke=1, fill=1)
        left += _PATCH + 2 * mm
