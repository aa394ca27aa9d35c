"""Where the words and pictures of a PDF stand, as poppler and pdfium see them: in points, from the top left."""

import html
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
from PIL import Image

POINTS = 72 / 25.4  # a millimetre
_WORD = re.compile(
    r'<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="(-?[\d.]+)" yMax="(-?[\d.]+)">(.*?)</word>'
)


@dataclass(frozen=True, slots=True)
class Box:
    """A word, or with no text a picture."""

    left: float
    top: float
    right: float
    bottom: float
    text: str = ""

    def covers(self, other: "Box", *, high: float = 0.45) -> bool:
        """Tell whether two boxes lie on one another; boxes of words hold the leading too, so a little is none."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 1 and down > high * min(self.bottom - self.top, other.bottom - other.top)


def told_by(*command: str, pdf: bytes, folder: Path) -> str:
    """Return what a tool of poppler says of a file, which its command calls FILE."""
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    placed = [str(path) if part == "FILE" else part for part in command]
    return subprocess.run(placed, capture_output=True, text=True, check=True).stdout


def copied(pdf: bytes, folder: Path) -> str:
    """Return the text in the order it is read, its lines joined."""
    return " ".join(told_by("pdftotext", "-layout", "FILE", "-", pdf=pdf, folder=folder).split())


def words_on(pdf: bytes, folder: Path) -> list[Box]:
    """Return each word with its box."""
    told = told_by("pdftotext", "-bbox", "FILE", "-", pdf=pdf, folder=folder)
    return [Box(*(float(one) for one in found[:4]), html.unescape(found[4])) for found in _WORD.findall(told)]


def pictures_on(pdf: bytes) -> list[Box]:
    """Return where the first page has pictures."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        height = page.get_height()
        found = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
        bounds = [one.get_bounds() for one in found]
    return [Box(left, height - top, right, height - bottom) for left, bottom, right, top in bounds]


def overlapping(words: list[Box]) -> list[tuple[str, str]]:
    """Return the words that cover one another."""
    return [
        (first.text, second.text)
        for place, first in enumerate(words)
        for second in words[place + 1 :]
        if first.covers(second)
    ]


def faded(words: list[Box], page: Image.Image, printed: Image.Image, *, dpi: int) -> list[str]:
    """Return the words of which a print without greys keeps less than two thirds.

    page: in grey; printed: the same in black and white.
    """
    dots, found = dpi / 72, []
    for word in words:
        frame = (word.left * dots, word.top * dots, word.right * dots, word.bottom * dots)
        levels = page.crop(frame).histogram()  # type: ignore[arg-type]  # Pillow rounds
        half = (next(grey for grey, number in enumerate(levels) if number) + 255) / 2
        strokes = sum(number for grey, number in enumerate(levels) if grey < half)
        left = printed.crop(frame).histogram()[0]  # type: ignore[arg-type]
        if left < strokes * 2 / 3:
            found.append(word.text)
    return found
