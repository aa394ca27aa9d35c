"""Papers of invented people from all over the country, made as the kiosk makes them, and how a scanner sees them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
from PIL import Image, ImageFilter

from kiosk.app.places import RESOURCES
from kiosk.app.practice_residents import practice_residents
from kiosk.app.wiring import reference
from kiosk.devices.sim.face import portrait
from kiosk.documents.paper import Paper
from kiosk.documents.paper_page import Pictures, paper_pdf
from kiosk.documents.paper_words import PaperFacts, paper_of
from kiosk.documents.seal import Seal, sealed
from kiosk.documents.seal_picture import seal_picture
from kiosk.domain.biodata import Biodata
from kiosk.domain.biodata_rules import form_from_texts, read_biodata
from kiosk.domain.papers import PaperCase, PaperKind, RecordStanding
from kiosk.domain.requests import Service
from kiosk.domain.words import Words
from kiosk.services.practice import practice_papers
from kiosk.wire.papers import OfficePapers
from kiosk.wire.signing import SigningKey

WIB = timezone(timedelta(hours=7), "WIB")
NOW = datetime(2026, 1, 29, 9, 38, tzinfo=WIB)
KEY = SigningKey(bytes(range(32)))
UNTIL = date(2089, 7, 29)  # readers of others ask the clock of the machine
CERTIFICATE, SHEET, SLIP = (
    PaperKind.TEMPORARY_CERTIFICATE,
    PaperKind.BIODATA_SHEET,
    PaperKind.ENROLLMENT_SLIP,
)
KINDS, SIZES = (CERTIFICATE, SHEET, SLIP), ("a4", "folio")
LONG_NAME = "RADEN AJENG SITI NURHALIZAH KUSUMANINGTYAS WIDYAWATI PURNAMA"  # 60 letters
_MORE_NAMES = (
    "SRI", "MUHAMMAD", "TEUKU", "I", "GUSTI", "NGURAH", "MAR'IE", "LA", "ODE", "SIMANJUNTAK", "ABDURRAHMAN", "NOERHADI",
    "D'ARCY", "WAHYUNINGTYAS", "EKO", "TRI", "HANDAYANI", "MANGUNKUSUMO", "TAMBUNAN", "YE",
)  # fmt: skip
_NAMES = (*LONG_NAME.split(), *_MORE_NAMES)


@dataclass(frozen=True, slots=True)
class Made:
    """One paper: what is on it, its file, and what its seal says."""

    paper: Paper
    pdf: bytes
    seal: Seal
    letters: str


@cache
def words() -> Words:
    return Words.load(RESOURCES / "locale", "id")


@cache
def longest_place() -> str:
    """Return the village whose place has the longest names of all, from the province down."""
    path = reference().regions.path
    return max(_villages(), key=lambda village: sum(len(region.name) for region in path(village)))


@cache
def longest_village() -> str:
    """Return the village with the longest name of its own."""
    regions = reference().regions
    return max(_villages(), key=lambda village: len(regions.name(village)))


@cache
def _villages() -> tuple[str, ...]:
    """Return the village with the longest name in each district, all over the country."""
    regions = reference().regions
    return tuple(
        max(villages, key=lambda region: len(region.name)).code
        for province in regions.children()
        for regency in regions.children(province.code)
        for district in regions.children(regency.code)
        if (villages := regions.children(district.code))
    )


def people(count: int, *, seed: int = 7) -> Iterator[Biodata]:
    """Yield invented people of one province after the other, with names of four to sixty letters."""
    chance = random.Random(seed)
    regions = reference().regions
    homes = {
        province.code: [village for village in _villages() if village.startswith(f"{province.code}.")]
        for province in regions.children()
    }
    for number, file in enumerate(
        practice_residents(count, seed=seed, today=NOW.date(), reference=reference())
    ):
        home = chance.choice(list(homes.values())[number % len(homes)])
        name = LONG_NAME if number % 5 == 0 else _name(chance, chance.randint(4, 60))
        yield _read({**file.biodata, "village": home, "full_name": name})


def _name(chance: random.Random, most: int) -> str:
    """Return a name of at most so many letters, and of few less."""
    name = chance.choice([part for part in _NAMES if 1 < len(part) <= most])
    while fitting := [part for part in _NAMES if len(name) + 1 + len(part) <= most]:
        name = f"{name} {chance.choice(fitting)}"
    return name


def person(**texts: str) -> Biodata:
    """Return the first of the invented people, with other texts."""
    file = next(iter(practice_residents(1, seed=3, today=NOW.date(), reference=reference())))
    return _read({**file.biodata, **texts})


def _read(texts: dict[str, str]) -> Biodata:
    biodata = read_biodata(form_from_texts(texts), today=NOW.date(), reference=reference()).biodata
    assert biodata is not None, texts
    return biodata


@cache
def photo_of(seed: int) -> bytes:
    """Return an invented face as the kiosk keeps it for papers."""
    out = BytesIO()
    face = Image.fromarray(portrait(seed, 1980 + seed % 25, (600, 800)))
    face.resize((240, 320), Image.Resampling.LANCZOS).save(out, "JPEG", quality=85)
    return out.getvalue()


def made(
    biodata: Biodata,
    kind: PaperKind = CERTIFICATE,
    *,
    photo: bytes = b"",
    office: OfficePapers | None = None,
    practice: bool = False,
    in_seal: bool = True,
) -> Made:
    """Return a paper as the issuer makes it; in_seal: its code holds the portrait too."""
    office = office or practice_papers(2026)
    seal = Seal(
        number="471.13/0042/33.25.07/I/2026",
        kind=kind,
        issuer=office.issuer,
        issued_at=NOW.astimezone(UTC),
        valid_until=UNTIL if kind is CERTIFICATE else None,
        nik=biodata.nik.digits,
        name=biodata.name.full,
        birth_date=biodata.birth_date,
        sex=int(biodata.sex.code),
        portrait=seal_picture(photo) if photo and in_seal else b"",
    )
    letters = sealed(seal, KEY)
    facts = PaperFacts(
        kind=kind,
        case=PaperCase(Service.FIRST_ENROLLMENT, biodata, RecordStanding.CAPTURED),
        office=office,
        basis="471.13/10231/DUKCAPIL, 29 September 2016",
        number=seal.number,
        recorded_on=NOW.date(),
        portrait_on=NOW.date() if photo else None,
        at=NOW,
        until=seal.valid_until,
        letters=letters,
        practice=practice,
    )
    paper = paper_of(facts, words(), reference().regions)
    return Made(paper, paper_pdf(paper, Pictures(photo)), seal, letters)


def sized(papers: OfficePapers, size: str) -> OfficePapers:
    """Return the same settings for another size of paper."""
    return papers.model_copy(update={"paper": size})


def page_of(pdf: bytes, *, dpi: int) -> Image.Image:
    """Return the first page in grey."""
    with pypdfium2.PdfDocument(pdf) as document:
        page: Image.Image = document[0].render(scale=dpi / 72, grayscale=True).to_pil()
    return page.convert("L")


def askew(page: Image.Image) -> Image.Image:
    """Return the page turned by a degree and a half, and not quite sharp."""
    turned = page.rotate(1.5, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    return turned.filter(ImageFilter.GaussianBlur(0.9))


def as_file(page: Image.Image) -> bytes:
    """Return a page as a scanner writes it."""
    out = BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


def black_and_white(page: Image.Image) -> Image.Image:
    """Return what a printer without greys puts on paper."""
    return page.point([0 if grey < 128 else 255 for grey in range(256)])
