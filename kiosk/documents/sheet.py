"""A page written from the top down, in millimetres, with text that is wrapped or set smaller until it fits."""

from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from kiosk.documents.typeface import REGULAR, STRONG, printable

LEADING = 1.32  # of the size: what Noto Sans needs between two lines
_NARROWEST = 0.5  # of the size: the letterhead with the longest name of a regency just takes it
_FILLED_AND_OUTLINED = 2  # how PDF numbers it (ISO 32000-1, 9.3.6)

Frame = tuple[float, float, float, float]
"""Left, top, width and height in millimetres."""


@dataclass(frozen=True, slots=True)
class Type:
    """How text is set: size in points, grey from 0 (black) to 1."""

    size: float
    strong: bool = False
    grey: float = 0.0

    @property
    def font(self) -> str:
        """The name reportlab knows it by."""
        return STRONG if self.strong else REGULAR

    @property
    def line(self) -> float:
        """Millimetres from one line to the next."""
        return float(self.size * LEADING / mm)

    def width(self, text: str) -> float:
        """Return how wide a line is, in millimetres."""
        return float(stringWidth(text, self.font, self.size) / mm)

    def wrapped(self, text: str, width: float) -> list[str]:
        """Return the lines a text takes within a width; a word that is too long for a line is cut."""
        lines = [""]
        for word in printable(text).split(" "):
            for piece in self._pieces(word, width):
                longer = f"{lines[-1]} {piece}".strip()
                if self.width(longer) <= width:
                    lines[-1] = longer
                else:
                    lines.append(piece)
        return lines

    def _pieces(self, word: str, width: float) -> Iterator[str]:
        while self.width(word) > width and len(word) > 1:
            fits = max(1, next(n for n in range(len(word), 0, -1) if n == 1 or self.width(word[:n]) <= width))
            yield word[:fits]
            word = word[fits:]
        yield word


class Sheet:
    """A canvas with its origin at the top left, in millimetres; text stands on its baseline."""

    def __init__(self, canvas: Canvas, width: float, height: float) -> None:
        self.canvas, self.width, self.height = canvas, width, height

    def text(self, x: float, y: float, text: str, kind: Type) -> None:
        """Write one line from x to the right."""
        self._set(kind)
        self.canvas.drawString(x * mm, self._up(y), printable(text))

    def centred(self, x: float, y: float, text: str, kind: Type, *, room: float = 0.0) -> None:
        """Write one line around x; room: the width it has, in which a long one is set smaller."""
        told = printable(text)
        size = self._fitted(told, kind, room)
        self._set(Type(size, kind.strong, kind.grey))
        self.canvas.drawCentredString(x * mm, self._up(y), told)

    def paragraph(self, x: float, y: float, width: float, text: str, kind: Type) -> float:
        """Write a text over as many lines as it takes, the first at y, and return where the next line would stand."""
        for line in kind.wrapped(text, width):
            self.text(x, y, line, kind)
            y += kind.line
        return y

    def rule(self, left: float, right: float, y: float, thickness: float, *, grey: float = 0.0) -> None:
        """Draw a line of so many points."""
        self.canvas.setStrokeGray(grey)
        self.canvas.setLineWidth(thickness)
        self.canvas.line(left * mm, self._up(y), right * mm, self._up(y))

    def box(self, frame: Frame, thickness: float, *, grey: float = 0.0) -> None:
        """Draw a frame of so many points."""
        self.canvas.setStrokeGray(grey)
        self.canvas.setLineWidth(thickness)
        self.canvas.rect(*self._placed(frame))

    def struck(self, frame: Frame, text: str) -> None:
        """Strike a frame through from corner to corner around a text in its middle, so that nothing is put there."""
        left, top, width, height = frame
        self.canvas.setStrokeGray(0.4)
        self.canvas.setLineWidth(0.5)
        for start, end in ((0.0, 0.4), (0.6, 1.0)):
            self.canvas.line(
                (left + start * width) * mm,
                self._up(top + (1 - start) * height),
                (left + end * width) * mm,
                self._up(top + (1 - end) * height),
            )
        self.centred(left + width / 2, top + height / 2 + 1.2, text, Type(9.2), room=width - 3)

    def picture(self, picture: ImageReader, frame: Frame) -> None:
        """Put a picture into a frame, whole and in its own proportions."""
        self.canvas.drawImage(picture, *self._placed(frame), preserveAspectRatio=True, mask="auto")

    def dashed_ring(self, x: float, y: float, radius: float, inside: str) -> None:
        """Draw the place of a stamp."""
        self.canvas.saveState()
        self.canvas.setStrokeGray(0.4)
        self.canvas.setLineWidth(0.7)
        self.canvas.setDash(3, 2)
        self.canvas.circle(x * mm, self._up(y), radius * mm)
        self.canvas.restoreState()
        self.centred(x, y + 1, inside, Type(7.5, grey=0.2), room=2 * radius - 3)

    def across(self, text: str) -> None:
        """Write a pale word across the whole page, beneath all else; its outline stays where a printer has no greys."""
        self.canvas.saveState()
        self.canvas.setFillGray(0.9)
        self.canvas.setFont(STRONG, 96)
        self.canvas.translate(self.width * mm / 2, self.height * mm / 2)
        self.canvas.rotate(52)
        self.canvas.setStrokeGray(0.3)
        self.canvas.setLineWidth(0.5)
        self.canvas.drawCentredString(0, -30, text, mode=_FILLED_AND_OUTLINED)
        self.canvas.restoreState()

    def _fitted(self, text: str, kind: Type, room: float) -> float:
        wide = kind.width(text)
        if not room or wide <= room:
            return kind.size
        return kind.size * max(_NARROWEST, room / wide)

    def _set(self, kind: Type) -> None:
        self.canvas.setFillGray(kind.grey)
        self.canvas.setFont(kind.font, kind.size)

    def _placed(self, frame: Frame) -> tuple[float, float, float, float]:
        x, y, width, height = frame
        return x * mm, self._up(y + height), width * mm, height * mm

    def _up(self, y: float) -> float:
        return float((self.height - y) * mm)
