"""Each kind of paper on its sheet: all of it there, nothing over the edge, its letters embedded, readable by tools."""

import re
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from kiosk.app.places import RESOURCES
from kiosk.app.wiring import reference
from kiosk.documents.seal_reading import codes_in
from kiosk.documents.typeface import load_typeface
from kiosk.domain.biodata import Biodata
from kiosk.domain.papers import PaperKind
from kiosk.services.practice import practice_papers
from tests.documents.made_papers import (
    CERTIFICATE,
    LONG_ADDRESS,
    LONG_NAME,
    SHEET,
    SLIP,
    Made,
    as_file,
    black_and_white,
    folio,
    longest_village,
    made,
    page_of,
    person,
    photo_of,
)

KINDS = [CERTIFICATE, SHEET, SLIP]
LARGEST = 56_000  # bytes: a day of 150 papers stays under nine megabytes on the way to a printer
POINTS = 72 / 25.4
EDGE = 15 * POINTS  # nothing may stand nearer to the edge than most printers reach
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


@pytest.fixture(scope="module", autouse=True)
def typeface() -> None:
    load_typeface(RESOURCES)


@pytest.fixture(scope="module")
def longest() -> Biodata:
    """Somebody with everything as long as the form lets it be."""
    return person(
        full_name=LONG_NAME,
        address=LONG_ADDRESS[:100],
        hamlet="DUKUH KARANGSAMBUNG KIDUL",
        birth_place="KABUPATEN KEPULAUAN SIAU TAGULANDANG BIARO",
        village=longest_village(),
        mother_name=LONG_NAME,
        father_name=LONG_NAME,
        head_of_family=LONG_NAME,
    )


def tool(*command: str, pdf: bytes, folder: Path) -> str:
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    placed = [str(path) if part == "FILE" else part for part in command]
    return subprocess.run(placed, capture_output=True, text=True, check=True).stdout


def words_on(pdf: bytes, folder: Path) -> list[tuple[float, float, float, float, str]]:
    """Return each word with its box in points: left, top, right, bottom."""
    told = tool("pdftotext", "-bbox", "FILE", "-", pdf=pdf, folder=folder)
    return [(*(float(one) for one in found[:4]), found[4]) for found in WORD.findall(told)]  # type: ignore[misc]


@pytest.mark.parametrize("size", ["a4", "folio"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_is_embedded_and_the_file_is_small(kind: PaperKind, size: str, tmp_path: Path) -> None:
    office = practice_papers(2026) if size == "a4" else folio(practice_papers(2026))
    paper = made(person(), kind, photo=photo_of(1), office=office)

    fonts = tool("pdffonts", "FILE", pdf=paper.pdf, folder=tmp_path).splitlines()[2:]

    assert {line.split()[0].partition("+")[2] for line in fonts} <= {"NotoSans-Regular", "NotoSans-Bold"}
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts)
    assert len(paper.pdf) < LARGEST
    told = tool("pdfinfo", "FILE", pdf=paper.pdf, folder=tmp_path)
    assert re.search(r"^Title: +\S", told, re.MULTILINE)
    assert "Pages:           1" in told
    assert ("595" in told) if size == "a4" else ("609" in told)
    assert b"/Lang (id)" in paper.pdf


@pytest.mark.parametrize("kind", KINDS)
def test_what_it_says_copies_out_as_text_in_the_order_it_is_read(kind: PaperKind, tmp_path: Path) -> None:
    biodata = person()
    paper = made(biodata, kind, photo=photo_of(1))

    text = " ".join(tool("pdftotext", "-layout", "FILE", "-", pdf=paper.pdf, folder=tmp_path).split())

    parts = [*paper.paper.head, *paper.paper.title, paper.seal.number, biodata.nik.digits, biodata.name.full]
    if kind is SHEET:
        parts[-2:] = [biodata.name.full]
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)
    for part in (paper.paper.seal.code, paper.paper.foot, "bukan tanda tangan elektronik"):
        assert part.casefold() in text.casefold()


@pytest.mark.parametrize("size", ["a4", "folio"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_longest_names_and_places_stay_on_the_sheet_and_off_one_another(
    kind: PaperKind, size: str, longest: Biodata, tmp_path: Path
) -> None:
    office = practice_papers(2026) if size == "a4" else folio(practice_papers(2026))
    paper = made(longest, kind, photo=photo_of(1), office=office)

    words = words_on(paper.pdf, tmp_path)
    text = " ".join(word[4] for word in words)

    width, height = (595.3, 841.9) if size == "a4" else (609.4, 935.4)
    assert LONG_NAME.split()[-1] in text
    for part in reference().regions.path(longest.address.village):
        assert part.name.split()[-1].upper() in text.upper()
    assert [word for word in words if word[0] < EDGE or word[2] > width - EDGE] == []
    assert [word for word in words if word[1] < 0 or word[3] > height - 5 * POINTS] == []
    assert overlapping(words) == []
    assert codes_in(as_file(black_and_white(page_of(paper.pdf, dpi=200)))) == (paper.letters,)
    right, top = (22 + 44) * POINTS, height - (15 + 3 + 44) * POINTS
    assert [word for word in words if word[0] < right and top + 2 < word[3] < height - 18 * POINTS] == []


def overlapping(words: list[tuple[float, float, float, float, str]]) -> list[tuple[str, str]]:
    """Return words that cover one another: boxes hold the leading too, so a little is none."""
    found = []
    for place, first in enumerate(words):
        for second in words[place + 1 :]:
            wide = min(first[2], second[2]) - max(first[0], second[0])
            high = min(first[3], second[3]) - max(first[1], second[1])
            if wide > 1 and high > 0.45 * min(first[3] - first[1], second[3] - second[1]):
                found.append((first[4], second[4]))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_black_and_white_keeps_every_word_and_the_seal(kind: PaperKind) -> None:
    paper = made(person(), kind, photo=photo_of(1))
    page = page_of(paper.pdf, dpi=200)

    printed = black_and_white(page)

    assert codes_in(as_file(printed)) == (paper.letters,)
    pale = page.point([255 if grey < 200 else 0 for grey in range(256)]).point(lambda grey: 255 - grey)
    lost = ImageChops.subtract(pale.convert("L"), ImageChops.invert(printed))
    inside = lost.crop((0, 0, page.width, round(page.height * 0.12)))  # the letterhead: greys stand there too
    assert inside.getbbox() is None or darkest(page.crop(inside.getbbox() or (0, 0, 1, 1))) < 200


def darkest(picture: Image.Image) -> int:
    low, _ = picture.getextrema()
    assert isinstance(low, int)
    return low


def test_without_a_portrait_its_place_stays_free_and_the_lines_take_the_room(tmp_path: Path) -> None:
    paper = made(person(), CERTIFICATE)

    assert paper.seal.portrait == b""
    assert overlapping(words_on(paper.pdf, tmp_path)) == []
    assert "Foto" not in tool("pdftotext", "FILE", "-", pdf=paper.pdf, folder=tmp_path)


@pytest.mark.parametrize("kind", KINDS)
def test_practice_is_written_across_and_nothing_else_changes(kind: PaperKind) -> None:
    real, practice = made(person(), kind), made(person(), kind, practice=True)

    assert (real.paper.mark, practice.paper.mark) == ("", "LATIHAN")
    pale = [page_of(paper.pdf, dpi=60).histogram()[225:235] for paper in (real, practice)]
    assert sum(pale[1]) > 2 * sum(pale[0]) + 3000  # dots of the word across the page
    assert codes_in(as_file(black_and_white(page_of(practice.pdf, dpi=200)))) == (practice.letters,)


def same(first: Made, second: Made) -> bool:
    return first.pdf == second.pdf


def test_the_same_paper_is_the_same_file_to_the_byte() -> None:
    assert same(made(person(), photo=photo_of(1)), made(person(), photo=photo_of(1)))
    assert not same(made(person(), photo=photo_of(1)), made(person(), photo=photo_of(2)))
