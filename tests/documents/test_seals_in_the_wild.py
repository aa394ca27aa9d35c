"""Seals of people from everywhere, on their papers, as a cheap scanner sees them: read and verified by others.

Two hundred in `make faults`; the usual run takes fewer.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import claim169
import pytest

from kiosk.app.places import RESOURCES
from kiosk.documents.seal import SealError, opened
from kiosk.documents.seal_reading import codes_in
from kiosk.documents.typeface import load_typeface
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

COUNT = 200 if os.environ.get("KIOSK_EVERY_PLACE") else 24
FACES = 20 if COUNT > 100 else 5
KEYS = {KEY.public.fingerprint: KEY.public}
PIXELPASS = Path(__file__).parents[2] / ".cache/pixelpass/node_modules/@mosip/pixelpass"
BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


@pytest.fixture(scope="module")
def papers() -> list[Made]:
    load_typeface(RESOURCES)
    return [made(biodata, photo=photo_of(number % FACES)) for number, biodata in enumerate(people(COUNT))]


@pytest.mark.slow
def test_each_reads_from_the_page_at_200_dpi_turned_and_blurred_and_is_verified(papers: list[Made]) -> None:
    failed = []
    for paper in papers:
        (letters,) = codes_in(as_file(askew(page_of(paper.pdf, dpi=200)))) or ("",)
        if letters != paper.letters:
            failed.append(paper.seal.name)
            continue
        read = claim169.decode(letters, verify_with_ed25519=KEY.public.raw)
        assert read.verification_status == "verified"
        assert (read.claim169.id, read.claim169.full_name) == (paper.seal.nik, paper.seal.name)
        assert opened(letters, KEYS) == paper.seal

    assert failed == []
    assert sum(len(paper.seal.portrait) > 0 for paper in papers) == COUNT


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
        assert "18" in str(json.loads(line))
        payload = bytes(json.loads(line)["value"][2]["data"])
        assert paper.seal.name.encode() in payload
        assert paper.seal.nik.encode() in payload


def test_any_other_letter_is_refused(papers: list[Made]) -> None:
    letters = papers[0].letters
    kept = []
    for place, letter in enumerate(letters):
        other = BASE45[(BASE45.index(letter) + 7) % len(BASE45)]
        try:
            opened(letters[:place] + other + letters[place + 1 :], KEYS)
        except SealError:
            continue
        kept.append(place)

    assert kept == []


@pytest.mark.parametrize("kind", [SLIP, SHEET])
def test_papers_without_an_end_read_as_well_in_black_and_white(kind: object) -> None:
    load_typeface(RESOURCES)
    paper = made(person(), SHEET if kind is SHEET else SLIP, photo=photo_of(1))

    codes = codes_in(as_file(black_and_white(page_of(paper.pdf, dpi=200))))

    assert codes == (paper.letters,)
    assert opened(codes[0], KEYS).valid_until is None
