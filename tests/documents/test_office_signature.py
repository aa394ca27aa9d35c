"""The office's signature on a saved paper: valid by a tool of other hands, broken by any change, bound to its key."""

import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from kiosk.app.places import RESOURCES
from kiosk.documents.office_signature import (
    OfficeKey,
    OfficeKeyError,
    kept_office_key,
    read_office_key,
    signed_pdf,
)
from kiosk.documents.typeface import REGULAR, load_typeface

poppler = pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler-utils is not on this machine")
NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)
HOLDER = "Dinas Kependudukan dan Pencatatan Sipil (LATIHAN)"
PASSWORD = "rahasia kantor"


@pytest.fixture(scope="module", autouse=True)
def typeface() -> None:
    load_typeface(RESOURCES)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    content = BytesIO()
    canvas = Canvas(content, initialFontName=REGULAR, lang="id")
    canvas.drawString(100, 700, "SURAT KETERANGAN 471.13/0001/33.25.07/I/2026")
    canvas.save()
    return content.getvalue()


@pytest.fixture(scope="module", params=["rsa", "ec"])
def office_key(request: pytest.FixtureRequest) -> OfficeKey:
    made = (
        rsa.generate_private_key(65537, 2048)
        if request.param == "rsa"
        else ec.generate_private_key(ec.SECP256R1())
    )
    return read_office_key(pkcs12(made), PASSWORD, now=NOW)


def pkcs12(key: PrivateKeyTypes, *, days: int = 30, password: str = PASSWORD) -> bytes:
    """Return the file an office would get: its key, and a certificate it signed itself."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOLDER)])
    ends = NOW + timedelta(days=days)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(ends - timedelta(days=60))
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
                key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
            ),
            critical=True,
        )
        .sign(key, None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256())
    )  # fmt: skip
    return serialize_key_and_certificates(
        b"kantor", key, certificate, None, BestAvailableEncryption(password.encode())
    )


def told_by_pdfsig(path: Path) -> str:
    return subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False).stdout


@poppler
def test_a_public_tool_calls_the_signature_valid_and_over_the_whole_file(
    pdf: bytes, office_key: OfficeKey, tmp_path: Path
) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed_pdf(pdf, office_key, place="Gringsing"))

    told = told_by_pdfsig(path)

    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert f"Signer Certificate Common Name: {HOLDER}" in told
    assert "ETSI.CAdES.detached" in told


@poppler
def test_a_changed_letter_breaks_it(pdf: bytes, office_key: OfficeKey, tmp_path: Path) -> None:
    signed = signed_pdf(pdf, office_key, place="Gringsing")
    path = tmp_path / "changed.pdf"
    place = signed.index(b"/CreationDate") + 20
    path.write_bytes(signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :])

    assert "Signature is Valid" not in told_by_pdfsig(path)


def test_the_page_stays_as_it_was_and_the_place_is_told(pdf: bytes, office_key: OfficeKey) -> None:
    signed = signed_pdf(pdf, office_key, place="Gringsing")

    assert signed.startswith(pdf)
    (page,) = PdfReader(BytesIO(signed)).pages
    assert "471.13/0001/33.25.07/I/2026" in page.extract_text()
    assert b"Gringsing" in signed[len(pdf) :]


def test_a_key_that_was_kept_signs_as_the_one_that_was_read(pdf: bytes, office_key: OfficeKey) -> None:
    kept = kept_office_key(office_key.pkcs12)

    assert kept == office_key
    assert re.search(rb"/ByteRange", signed_pdf(pdf, kept, place=""))


@pytest.mark.parametrize(
    ("content", "password", "problem"),
    [
        (pkcs12(ec.generate_private_key(ec.SECP256R1())), "salah", "password"),
        (b"not a key at all", PASSWORD, "no_file"),
        (b"\x30" * 70_000, PASSWORD, "no_file"),
        (pkcs12(ec.generate_private_key(ec.SECP256R1()), days=-1), PASSWORD, "expired"),
        (pkcs12(ed25519.Ed25519PrivateKey.generate()), PASSWORD, "key_kind"),
    ],
    ids=["password", "rubbish", "too large", "expired", "ed25519"],
)
def test_a_file_that_cannot_sign_is_refused_with_its_own_reason(
    content: bytes, password: str, problem: str
) -> None:
    with pytest.raises(OfficeKeyError) as refused:
        read_office_key(content, password, now=NOW)

    assert refused.value.problem == problem
