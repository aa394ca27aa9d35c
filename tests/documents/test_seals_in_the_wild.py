"""Seals of people from everywhere, on their papers, as a cheap scanner sees them: read and verified by others.

Two hundred in `make faults`; the usual run takes fewer.
"""

import json
import os
import shutil
import subprocess
import zlib
from pathlib import Path

import base45  # type: ignore[import-untyped]  # it ships no types
import cbor2
import claim169
import pytest

from kiosk.app.places import RESOURCES
from kiosk.documents.seal import SealError, opened
from kiosk.documents.seal_picture import MOST
from kiosk.documents.seal_reading import codes_in
from kiosk.documents.typeface import load_typeface
from kiosk.domain.biodata import Biodata
from kiosk.domain.papers import PaperKind
from tests.devices.lacking import needs
from tests.documents.made_papers import (
    KEY,
    SHEET,
    SLIP,
    Made,
    as_file,
    askew,
    black_and_white,
    made,
    page_of,
    people,
    person,
    photo_of,
)

EVERY = bool(os.environ.get("KIOSK_EVERY_PLACE"))
COUNT = 200 if EVERY else 40
FACES = 20 if EVERY else 8
FEW = 3  # seals of which every bit is turned
DPI = 200
KEYS = {KEY.public.fingerprint: KEY.public}
PIXELPASS = Path(__file__).parents[2] / ".cache/pixelpass/node_modules/@mosip/pixelpass"
BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


@pytest.fixture(scope="module")
def residents() -> list[Biodata]:
    return list(people(COUNT))


@pytest.fixture(scope="module")
def papers(residents: list[Biodata]) -> list[Made]:
    load_typeface(RESOURCES)
    return [made(biodata, photo=photo_of(number % FACES)) for number, biodata in enumerate(residents)]


@pytest.fixture(scope="module")
def few() -> list[Made]:
    load_typeface(RESOURCES)
    return [made(biodata, photo=photo_of(number)) for number, biodata in enumerate(people(FEW, seed=11))]


def token_of(letters: str) -> bytes:
    return zlib.decompress(base45.b45decode(letters))


def letters_of(token: bytes) -> str:
    return str(base45.b45encode(zlib.compress(token)), "ascii")


def is_refused(letters: str) -> bool:
    try:
        opened(letters, KEYS)
    except SealError:
        return True
    return False


def test_the_people_come_from_every_province_and_have_names_of_every_length(residents: list[Biodata]) -> None:
    provinces = {biodata.address.village[:2] for biodata in residents}
    lengths = [len(biodata.name.full) for biodata in residents]

    assert len(provinces) == 38
    assert (min(lengths) < 12, max(lengths)) == (True, 60)
    assert sum(length > 50 for length in lengths) >= 8


@pytest.mark.slow
def test_each_reads_from_the_page_at_200_dpi_turned_and_blurred_and_is_verified(papers: list[Made]) -> None:
    failed = []
    for paper in papers:
        (letters,) = codes_in(as_file(askew(page_of(paper.pdf, dpi=DPI)))) or ("",)
        if letters != paper.letters:
            failed.append(paper.seal.name)
            continue
        read = claim169.decode(letters, verify_with_ed25519=KEY.public.raw)
        assert read.verification_status == "verified"
        assert (read.claim169.id, read.claim169.full_name) == (paper.seal.nik, paper.seal.name)
        assert read.claim169.photo == paper.seal.portrait
        assert opened(letters, KEYS) == paper.seal

    assert failed == []
    assert all(0 < len(paper.seal.portrait) <= MOST for paper in papers)


@pytest.mark.slow
def test_pixelpass_reads_each_as_well(papers: list[Made]) -> None:
    node = shutil.which("node")
    needs(
        "PixelPass (npm's @mosip/pixelpass, scripts/pixelpass.sh)",
        met=node is not None and PIXELPASS.is_dir(),
    )
    assert node is not None

    told = subprocess.run(
        [node, Path(__file__).with_name("pixelpass.js"), PIXELPASS],
        input="\n".join(paper.letters for paper in papers),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()

    assert len(told) == COUNT
    for paper, line in zip(papers, told, strict=True):
        assert not line.startswith("FAILED"), line
        parts = [bytes(part["data"]) if part else {} for part in json.loads(line)["value"]]
        assert parts == list(cbor2.loads(token_of(paper.letters)).value)


def test_any_other_letter_is_refused(few: list[Made]) -> None:
    letters = few[0].letters
    kept = []
    for place, letter in enumerate(letters):
        other = BASE45[(BASE45.index(letter) + 7) % len(BASE45)]
        if not is_refused(letters[:place] + other + letters[place + 1 :]):
            kept.append(place)

    assert kept == []


@pytest.mark.slow
@pytest.mark.parametrize("number", range(FEW))
def test_every_turned_bit_of_a_token_is_refused(few: list[Made], number: int) -> None:
    token = token_of(few[number].letters)
    assert not is_refused(letters_of(token))

    kept = [
        (place, bit)
        for place, byte in enumerate(token)
        for bit in range(8)
        if not is_refused(letters_of(token[:place] + bytes([byte ^ 1 << bit]) + token[place + 1 :]))
    ]

    assert kept == []


@pytest.mark.parametrize("kind", [SLIP, SHEET])
def test_papers_without_an_end_read_as_well_in_black_and_white(kind: PaperKind) -> None:
    load_typeface(RESOURCES)
    paper = made(person(), kind, photo=photo_of(1))

    codes = codes_in(as_file(black_and_white(page_of(paper.pdf, dpi=DPI))))

    assert codes == (paper.letters,)
    assert opened(codes[0], KEYS).valid_until is None
