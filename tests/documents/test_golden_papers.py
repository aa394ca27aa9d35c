"""How each kind of paper looks, held against a picture that a person looked at.

`KIOSK_NEW_GOLDEN=1 pytest tests/documents/test_golden_papers.py` writes them anew: look at each before it is kept.
"""

import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from kiosk.app.places import RESOURCES
from kiosk.documents.typeface import load_typeface
from kiosk.domain.papers import PaperKind
from tests.documents.made_papers import CERTIFICATE, SHEET, SLIP, made, page_of, person, photo_of

FOLDER = Path(__file__).with_name("golden")
DPI = 75
MOST = 24  # of 255, in any spot of three pixels: a moved line gives 60 and more, other edges of the same letters 10


@pytest.fixture(scope="module", autouse=True)
def typeface() -> None:
    load_typeface(RESOURCES)


def drawn(kind: PaperKind) -> Image.Image:
    """Return the page; its code holds no portrait, which another encoder would write otherwise."""
    return page_of(made(person(), kind, photo=photo_of(1), in_seal=False).pdf, dpi=DPI)


def difference(first: Image.Image, second: Image.Image) -> float:
    """Return by how much the greys of two pages differ at most, in spots of some pixels."""
    if first.size != second.size:
        return 255.0
    apart = ImageChops.difference(first, second).filter(ImageFilter.BoxBlur(1))
    return float(ImageStat.Stat(apart).extrema[0][1])


@pytest.mark.parametrize("kind", [CERTIFICATE, SHEET, SLIP])
def test_a_paper_looks_as_it_did_when_somebody_looked_at_it(kind: PaperKind) -> None:
    path = FOLDER / f"{kind.value}.png"
    if os.environ.get("KIOSK_NEW_GOLDEN"):
        drawn(kind).save(path, optimize=True)

    with Image.open(path) as kept:
        assert difference(drawn(kind), kept.convert("L")) <= MOST


def test_a_line_that_moved_by_a_millimetre_would_be_seen() -> None:
    page = drawn(CERTIFICATE)
    line = page.crop((60, 200, 400, 212))
    moved = page.copy()
    moved.paste(line, (60, 203))

    assert difference(page, moved) > MOST


def test_a_lost_rule_would_be_seen() -> None:
    page = drawn(CERTIFICATE)
    lost = page.copy()
    lost.paste(255, (60, 118, 560, 128))

    assert difference(page, lost) > MOST
