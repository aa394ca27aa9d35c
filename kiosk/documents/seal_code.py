"""The seal drawn as a QR code of squares, so that it stays sharp at every resolution of a printer."""

import segno
from reportlab.lib.units import mm

from kiosk.documents.sheet import Sheet

SIDE = 40.0  # millimetres of the code itself
QUIET = 4  # modules of white around it that every reader may ask for (ISO/IEC 18004)


def draw_seal_code(sheet: Sheet, letters: str, x: float, y: float) -> None:
    """Draw the code with its upper left corner at x, y; level L, so that its squares are as large as they can be."""
    matrix = segno.make(letters, error="l", boost_error=False, micro=False).matrix
    step = SIDE / len(matrix)
    canvas = sheet.canvas
    canvas.setFillGray(0.0)
    path = canvas.beginPath()
    for row, modules in enumerate(matrix):
        bottom = (sheet.height - y - (row + 1) * step) * mm
        for start, length in _runs(bytes(modules)):
            path.rect((x + start * step) * mm, bottom, length * step * mm, step * mm)
    canvas.drawPath(path, stroke=0, fill=1)


def _runs(modules: bytes) -> list[tuple[int, int]]:
    """Return where dark modules stand side by side: their first place and how many; one rectangle each."""
    runs, start = [], -1
    for place, dark in enumerate((*modules, 0)):
        if dark and start < 0:
            start = place
        elif not dark and start >= 0:
            runs.append((start, place - start))
            start = -1
    return runs
