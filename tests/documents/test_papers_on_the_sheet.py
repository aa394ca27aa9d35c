"""Each kind of paper on its sheet: all of it there, one page, its letters embedded, readable by tools and in black."""

import re
from pathlib import Path

import pytest
from PIL import Image

from kiosk.app.places import RESOURCES
from kiosk.documents.seal_reading import codes_in
from kiosk.documents.typeface import load_typeface
from kiosk.domain.biodata import Biodata
from kiosk.domain.papers import PaperKind
from kiosk.services.practice import practice_papers
from tests.documents.made_papers import (
    CERTIFICATE,
    KINDS,
    SHEET,
    SIZES,
    SLIP,
    as_file,
    black_and_white,
    made,
    page_of,
    person,
    photo_of,
    sized,
    words,
)
from tests.documents.words_on_page import copied, faded, overlapping, pictures_on, told_by, words_on

LARGEST = 56_000  # bytes: a day of 150 papers stays under nine megabytes on the way to a printer
CAN_BE_PRINTED = 128  # a grey from which on a printer without greys leaves the paper white


@pytest.fixture(scope="module", autouse=True)
def typeface() -> None:
    load_typeface(RESOURCES)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_is_embedded_and_the_file_is_small(kind: PaperKind, size: str, tmp_path: Path) -> None:
    paper = made(person(), kind, photo=photo_of(1), office=sized(practice_papers(2026), size))

    fonts = told_by("pdffonts", "FILE", pdf=paper.pdf, folder=tmp_path).splitlines()[2:]

    assert {line.split()[0].partition("+")[2] for line in fonts} == {"NotoSans-Regular", "NotoSans-Bold"}
    assert all(line.split()[-5] == "yes" for line in fonts)
    assert len(paper.pdf) < LARGEST


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_is_one_page_of_its_size_with_title_and_language(
    kind: PaperKind, size: str, tmp_path: Path
) -> None:
    paper = made(person(), kind, photo=photo_of(1), office=sized(practice_papers(2026), size))

    told = told_by("pdfinfo", "FILE", pdf=paper.pdf, folder=tmp_path)

    facts = {key: value.strip() for key, _, value in (line.partition(":") for line in told.splitlines())}
    assert facts["Title"] == " ".join(paper.paper.title)
    assert facts["Subject"] == f"{paper.seal.name}, {paper.seal.number}"
    assert facts["Pages"] == "1"
    found = re.match(r"([\d.]+) x ([\d.]+) pts", facts["Page size"])
    assert found is not None
    sides = [round(float(side) * 25.4 / 72) for side in found.groups()]
    assert sides == ([210, 297] if size == "a4" else [215, 330])
    assert b"/Lang (id)" in paper.pdf


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_it_says_copies_out_as_text_in_the_order_it_is_read(
    kind: PaperKind, size: str, tmp_path: Path
) -> None:
    biodata = person(address="JL. RAYA GRINGSING NO. 121", hamlet="DUKUH KRAJAN")
    paper = made(biodata, kind, photo=photo_of(1), office=sized(practice_papers(2026), size))

    text = copied(paper.pdf, tmp_path)

    parts = [*paper.paper.head, paper.paper.address, *paper.paper.title, paper.paper.number]
    parts += in_order(kind, biodata)
    parts += [paper.paper.date_line, paper.paper.seal.heading, paper.seal.issuer]
    assert places(text, parts) == sorted(places(text, parts))
    for part in (paper.paper.seal.code, paper.paper.foot, "Bukan tanda tangan elektronik"):
        assert part in text


def in_order(kind: PaperKind, biodata: Biodata) -> list[str]:
    """Return what stands of the resident on a kind of paper, from above."""
    nik, name, address = biodata.nik.digits, biodata.name.full, "DUKUH KRAJAN, JL. RAYA GRINGSING NO. 121"
    return {SLIP: [nik, name], CERTIFICATE: [nik, name, address], SHEET: [address, nik, name]}[kind]


def places(text: str, parts: list[str]) -> list[int]:
    """Return where each part is found after the one before it."""
    found, start = [], 0
    for part in parts:
        start = text.index(part, start)
        found.append(start)
        start += len(part)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_black_and_white_keeps_every_word_and_the_seal(kind: PaperKind, tmp_path: Path) -> None:
    paper = made(person(), kind, photo=photo_of(1))
    page = page_of(paper.pdf, dpi=200)

    printed = black_and_white(page)

    assert codes_in(as_file(printed)) == (paper.letters,)
    assert faded(words_on(paper.pdf, tmp_path), page, printed, dpi=200) == []


def test_a_word_that_is_too_pale_for_black_and_white_is_found(tmp_path: Path) -> None:
    paper = made(person(), CERTIFICATE)
    words_there = words_on(paper.pdf, tmp_path)
    page = page_of(paper.pdf, dpi=200)
    pale = page.point([grey // 2 + 128 for grey in range(256)])

    assert len(faded(words_there, pale, black_and_white(pale), dpi=200)) == len(words_there)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_portrait_is_said_where_it_would_stand(kind: PaperKind, size: str, tmp_path: Path) -> None:
    office = sized(practice_papers(2026), size)
    whole, lacking = (
        made(person(), kind, photo=photo_of(1), office=office),
        made(person(), kind, office=office),
    )
    (portrait,) = pictures_on(whole.pdf)

    said = " ".join(word.text for word in words_on(lacking.pdf, tmp_path) if word.covers(portrait, high=0))

    no_photo = words().say("No photo")
    assert (lacking.seal.portrait, pictures_on(lacking.pdf)) == (b"", [])
    assert said == no_photo
    assert no_photo not in copied(whole.pdf, tmp_path)
    assert overlapping(words_on(lacking.pdf, tmp_path)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_practice_is_written_across_even_in_black_and_white_and_the_seal_reads(
    kind: PaperKind, tmp_path: Path
) -> None:
    real, practice = made(person(), kind), made(person(), kind, practice=True)
    printed = [black_and_white(page_of(paper.pdf, dpi=200)) for paper in (real, practice)]

    assert "LATIHAN" in copied(practice.pdf, tmp_path).replace(" ", "")
    assert (real.paper.mark, practice.paper.mark) == ("", "LATIHAN")
    black = [dark(page.crop((300, 700, 1350, 1650))) for page in printed]
    assert black[1] > black[0] + 4000  # dots of an outline, a page long
    assert codes_in(as_file(printed[1])) == (practice.letters,)


def dark(page: Image.Image) -> int:
    return sum(page.histogram()[:CAN_BE_PRINTED])


def test_the_same_paper_is_the_same_file_to_the_byte() -> None:
    first, again, other = (made(person(), photo=photo_of(seed)).pdf for seed in (1, 1, 2))

    assert first == again
    assert first != other
