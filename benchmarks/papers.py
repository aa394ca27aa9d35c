"""A temporary certificate with portrait and seal, signed or not, and a batch of 150, beside a bare page."""

import gc
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import NoEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID
from PIL import Image
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from benchmarks.figures import Figure, high, middle, timed
from benchmarks.memory import resident_megabytes
from benchmarks.office import TODAY, residents
from kiosk.app.places import RESOURCES
from kiosk.app.wiring import reference
from kiosk.devices.sim.face import portrait
from kiosk.documents.office_signature import OfficeKey, kept_office_key, signed_pdf
from kiosk.documents.paper_page import Pictures, paper_pdf
from kiosk.documents.paper_words import PaperFacts, paper_of
from kiosk.documents.seal import Seal, sealed
from kiosk.documents.seal_picture import seal_picture
from kiosk.documents.typeface import REGULAR, load_typeface
from kiosk.domain.biodata import Biodata
from kiosk.domain.biodata_rules import form_from_texts, read_biodata
from kiosk.domain.papers import PaperCase, PaperKind, RecordStanding
from kiosk.domain.requests import Service
from kiosk.domain.words import Words
from kiosk.services.practice import practice_papers
from kiosk.wire.signing import SigningKey

BATCH = 150
FACES = 6
ROUNDS = 40
AIM_MS = 150
LINEAR = 1.25  # how many times the first third the last may take
FLAT_MB = 12
_AT = datetime(2026, 1, 5, 2, tzinfo=UTC)
_KIND = PaperKind.TEMPORARY_CERTIFICATE
_KEY = SigningKey(bytes(range(32)))


def measure() -> list[Figure]:
    """Return the figures; the baseline is a page that holds the same picture and a line of text."""
    load_typeface(RESOURCES)
    faces, people = [_face(seed) for seed in range(FACES)], _people()
    key, office = _office_key(), practice_papers(TODAY.year)
    words, regions, chance = Words.load(RESOURCES / "locale", "id"), reference().regions, random.Random(2)

    def certificate(number: int) -> bytes:
        facts = _facts(people[number % len(people)], faces[number % FACES], number)
        return paper_pdf(paper_of(facts, words, regions), Pictures(faces[number % FACES]))

    def one() -> object:
        return certificate(chance.randrange(BATCH))

    def signed() -> object:
        return signed_pdf(certificate(chance.randrange(BATCH)), key, place=office.place)

    for warm in (one, signed):
        warm()
    bare = _sampled(lambda: _bare(faces[0]))
    figures = [_one("certificate with portrait and seal", _sampled(one), bare, AIM_MS)]
    figures.append(_one("the same with PAdES", _sampled(signed), bare, None))
    return [*figures, *_batch(certificate)]


def _one(name: str, samples: list[float], bare: list[float], aim: int | None) -> Figure:
    told = f"under {aim} ms" if aim else ""
    holds = middle(samples) < aim if aim else None
    return Figure(
        name, "ms", middle(samples), high(samples), "bare page, same picture", middle(bare), told, holds
    )


def _batch(certificate: Callable[[int], bytes]) -> list[Figure]:
    """Return how the later thirds of a batch compare with the first, and what memory it leaves behind."""
    gc.collect()
    before = resident_megabytes()
    times = [timed(lambda number=number: certificate(number)) for number in range(BATCH)]
    gc.collect()
    after, third = resident_megabytes(), BATCH // 3
    parts = [times[start : start + third] for start in range(0, BATCH, third)]
    return [
        *(_third(name, part, parts[0]) for name, part in (("second", parts[1]), ("last", parts[2]))),
        Figure(
            f"memory after a batch of {BATCH}", "MB", after, after, "before it", before,
            f"at most {FLAT_MB} MB more", after - before <= FLAT_MB,
        ),
    ]  # fmt: skip


def _third(name: str, part: list[float], first: list[float]) -> Figure:
    """Return how a third of a batch compares with the first."""
    return Figure(
        f"batch of {BATCH}, {name} third", "ms", middle(part), high(part), "its first third", middle(first),
        f"at most {LINEAR} times", middle(part) <= LINEAR * middle(first),
    )  # fmt: skip


def _sampled(work: Callable[[], object]) -> list[float]:
    return [timed(work) for _ in range(ROUNDS)]


def _facts(biodata: Biodata, face: bytes, number: int) -> PaperFacts:
    """Return what a certificate says, with its seal, as the issuer makes it."""
    office = practice_papers(TODAY.year)
    told = f"471.13/{number + 1:04}/33.25.07/I/{TODAY.year}"
    seal = Seal(
        told, _KIND, office.issuer, _AT, TODAY + timedelta(days=180), biodata.nik.digits, biodata.name.full,
        biodata.birth_date, int(biodata.sex.code), seal_picture(face),
    )  # fmt: skip
    return PaperFacts(
        kind=_KIND,
        case=PaperCase(Service.FIRST_ENROLLMENT, biodata, RecordStanding.CAPTURED),
        office=office,
        basis="471.13/10231/DUKCAPIL",
        number=told,
        recorded_on=TODAY,
        portrait_on=TODAY,
        at=_AT,
        until=seal.valid_until,
        letters=sealed(seal, _KEY),
        practice=True,
    )


def _bare(face: bytes) -> bytes:
    content = BytesIO()
    canvas = Canvas(content, initialFontName=REGULAR, pageCompression=1)
    canvas.drawString(22 * mm, 200 * mm, "SURAT KETERANGAN")
    canvas.drawImage(ImageReader(BytesIO(face)), 150 * mm, 200 * mm, 30 * mm, 40 * mm)
    canvas.save()
    return content.getvalue()


def _face(seed: int) -> bytes:
    out = BytesIO()
    face = Image.fromarray(portrait(seed, 1980 + seed, (600, 800)))
    face.resize((240, 320), Image.Resampling.LANCZOS).save(out, "JPEG", quality=85)
    return out.getvalue()


def _people() -> list[Biodata]:
    found = (
        read_biodata(form_from_texts(file.biodata), today=TODAY, reference=reference()).biodata
        for file in residents(30)
    )
    return [biodata for biodata in found if biodata is not None]


def _office_key() -> OfficeKey:
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Dinas (practice)")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(_AT)
        .not_valid_after(_AT + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    return kept_office_key(serialize_key_and_certificates(b"", key, certificate, None, NoEncryption()))
