"""The longest people, places and offices: nothing over the edge, nothing on top of another, still one page."""

from pathlib import Path

import pytest

from kiosk.app.places import RESOURCES
from kiosk.app.wiring import reference
from kiosk.documents.paper_page import SIZES as SIDES
from kiosk.documents.seal_code import SIDE
from kiosk.documents.seal_reading import codes_in
from kiosk.documents.typeface import load_typeface
from kiosk.domain.biodata import Biodata
from kiosk.domain.papers import PaperKind
from kiosk.services.practice import practice_papers
from kiosk.wire.papers import OfficePapers
from tests.documents.made_papers import (
    CERTIFICATE,
    KINDS,
    LONG_NAME,
    SHEET,
    SIZES,
    SLIP,
    Made,
    as_file,
    black_and_white,
    longest_place,
    longest_village,
    made,
    page_of,
    person,
    photo_of,
    sized,
)
from tests.documents.words_on_page import POINTS, Box, overlapping, pictures_on, told_by, words_on

MARGIN = 15 * POINTS  # at the sides; printers reach to 5 mm
STREET = (  # 120 letters
    "PERUMAHAN GRIYA ASRI KUSUMANEGARA BLOK C-12 NO. 147 KAVELING DALAM, "
    "JALAN RAYA PANTURA KILOMETER 327, SEBELAH PASAR LAMA"
)
REGENCY = "KABUPATEN KEPULAUAN SIAU TAGULANDANG BIARO"
LINE = 90  # letters, as many as the centre lets an office write into a line


@pytest.fixture(scope="module", autouse=True)
def typeface() -> None:
    load_typeface(RESOURCES)


@pytest.fixture(scope="module", params=[longest_place, longest_village])
def longest(request: pytest.FixtureRequest) -> Biodata:
    """Somebody with everything as long as the form lets it be, at the two longest places."""
    return person(
        full_name=LONG_NAME,
        address=STREET,
        hamlet="DUKUH KARANGSAMBUNG KIDUL SEBELAH TIMUR SUNGAI BENGAWAN SOLO",
        birth_place="KABUPATEN ADMINISTRASI KEPULAUAN SERIBU, PULAU UNTUNG JAWA",
        village=request.param(),
        mother_name=LONG_NAME,
        mother_nik="3325074104400011",
        father_name=LONG_NAME,
        father_nik="3325070104380012",
        head_of_family=LONG_NAME,
    )


@pytest.fixture(scope="module")
def wordy() -> OfficePapers:
    """An office of the regency with the longest name, every line as long as may be."""
    office = practice_papers(2026)
    signer = office.signer.model_copy(
        update={
            "above": (f"a.n. KEPALA DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL {REGENCY}"[:LINE], "Sekretaris,"),
            "name": f"Dr. {LONG_NAME}, S.STP., M.Si.",
            "mandate": f"Keputusan Bupati nomor 800/17/2026 tentang {REGENCY}"[:LINE],
        }
    )
    update = {
        "head": (
            f"PEMERINTAH {REGENCY}",
            f"DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL {REGENCY}"[:LINE],
            "Kecamatan Kepulauan Seribu Selatan",
        ),
        "address": "Jalan Jenderal Sudirman Kaveling 147 Blok C, Gedung Pelayanan Terpadu Lantai 3, 98500"[
            :LINE
        ],
        "place": "Kepulauan Seribu Selatan",
        "reason": "persediaan blangko KTP-el habis dan server pusat terputus sejak awal bulan ini"[:LINE],
        "signer": signer,
    }
    return office.model_copy(update=update)


def checked(paper: Made, size: str, folder: Path) -> list[Box]:
    """Return the words of a paper, of which none leaves the page nor stands on another, a picture or the seal."""
    words = words_on(paper.pdf, folder)
    width, height = (side * POINTS for side in SIDES[paper.paper.size])
    assert paper.paper.size == size
    assert "Pages:           1\n" in told_by("pdfinfo", "FILE", pdf=paper.pdf, folder=folder)
    assert [word for word in words if word.left < MARGIN or word.right > width - MARGIN] == []
    assert [word for word in words if word.top < 5 * POINTS or word.bottom > height - 5 * POINTS] == []
    assert overlapping(words) == []
    pictures = pictures_on(paper.pdf)
    assert len(pictures) == 1
    seal_foot = height - (15 + 3 + 2) * POINTS
    seal = Box(24 * POINTS, seal_foot - SIDE * POINTS, (24 + SIDE) * POINTS, seal_foot)
    assert [word for word in words for place in (*pictures, seal) if word.covers(place, high=0.1)] == []
    assert codes_in(as_file(black_and_white(page_of(paper.pdf, dpi=200)))) == (paper.letters,)
    return words


def lacking(text: str, words: list[Box]) -> list[str]:
    """Return the words of a text that are not there, or cut."""
    there = {word.text for word in words}
    return [word for word in text.split() if word not in there]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_longest_names_and_places_stay_on_the_sheet_and_off_one_another(
    kind: PaperKind, size: str, longest: Biodata, tmp_path: Path
) -> None:
    paper = made(longest, kind, photo=photo_of(1), office=sized(practice_papers(2026), size))

    words = checked(paper, size, tmp_path)

    regions = reference().regions.path(longest.address.village)
    for text in (LONG_NAME, longest.birth_place, *(region.name.upper() for region in regions)):
        assert lacking(text, words) in ([], [text.split()[-1]])  # a comma follows the place of birth
    assert kind is SLIP or lacking(longest.address.street, words) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_wordiest_office_and_the_longest_person_still_take_one_page(
    kind: PaperKind, size: str, longest: Biodata, wordy: OfficePapers, tmp_path: Path
) -> None:
    paper = made(longest, kind, photo=photo_of(1), office=sized(wordy, size), practice=False)

    words = checked(paper, size, tmp_path)

    for text in (*paper.paper.head, *wordy.signer.above, wordy.signer.name, wordy.address):
        assert lacking(text, words) == []


@pytest.mark.parametrize("kind", KINDS)
def test_names_of_two_hundred_letters_that_stand_in_old_records_are_printed_whole(
    kind: PaperKind, wordy: OfficePapers, tmp_path: Path
) -> None:
    name = f"{LONG_NAME} {LONG_NAME} {LONG_NAME} MANGUNKUSUMO"
    parents = dict.fromkeys(("mother_name", "father_name", "head_of_family"), name)
    old = person(full_name=name, address=STREET, hamlet=STREET[:60], village=longest_place(), **parents)
    paper = made(old, kind, photo=photo_of(1), office=wordy)

    words = checked(paper, "a4", tmp_path)

    assert (len(name), old.name.full) == (195, name)
    told = {CERTIFICATE: 2, SHEET: 4, SLIP: 1}[kind]  # in the rows, and below the holder's signature
    assert [word.text for word in words].count("MANGUNKUSUMO") == told


def test_a_word_over_the_portrait_or_over_another_would_be_seen(tmp_path: Path) -> None:
    paper = made(person(), photo=photo_of(1))
    words, (portrait,) = words_on(paper.pdf, tmp_path), pictures_on(paper.pdf)
    first = words[0]
    moved = Box(portrait.left - 20, portrait.top + 20, portrait.left + 10, portrait.top + 32, "MOVED")
    lowered = Box(first.left, first.top + 4, first.right, first.bottom + 4, "LOWERED")

    assert moved.covers(portrait, high=0.1)
    assert overlapping([*words, lowered])[0] == (first.text, "LOWERED")
