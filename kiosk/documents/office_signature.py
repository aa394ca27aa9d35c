"""The office's electronic signature on a file: PAdES (ETSI EN 319 142, baseline B-B) with a key of the office's own.

A paper is signed by hand; a file that is saved instead may carry this beside it.  It is the office's certificate from
a PKCS#12 file, not the state's (BSrE), and the paper does not call it so.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import NoEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    load_key_and_certificates,
    serialize_key_and_certificates,
)

_FIELD = "Office"
_LARGEST = 64 << 10  # bytes of a PKCS#12 with a chain; a file of megabytes is something else
_NAME = x509.NameOID.COMMON_NAME


class OfficeKeyError(Exception):
    """A PKCS#12 file that cannot sign; `problem` is one of `password`, `no_file`, `no_key`, `key_kind`, `expired`."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class OfficeKey:
    """The office's key with its certificates.

    pkcs12: without a password, so it may lie nowhere but in the encrypted database.  holder: common name of the
    certificate.  until: when it ends, UTC.
    """

    pkcs12: bytes = field(repr=False)
    holder: str
    until: datetime


def read_office_key(content: bytes, password: str, *, now: datetime) -> OfficeKey:
    """Return the key of a PKCS#12 file; raises `OfficeKeyError`.

    password: of the file.  now: aware; a certificate that has ended, or begins later, signs nothing.
    """
    key, certificate, chain = _opened(content, password)
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        raise OfficeKeyError("expired")
    plain = serialize_key_and_certificates(None, key, certificate, chain, NoEncryption())
    return OfficeKey(plain, _holder(certificate), certificate.not_valid_after_utc.astimezone(UTC))


def kept_office_key(pkcs12: bytes) -> OfficeKey:
    """Return a key that was read before, from the form it is kept in."""
    _, certificate, _ = _opened(pkcs12, None)
    return OfficeKey(pkcs12, _holder(certificate), certificate.not_valid_after_utc.astimezone(UTC))


def signed_pdf(pdf: bytes, key: OfficeKey, *, place: str) -> bytes:
    """Return the file with the office's signature over all of it, to which nothing may be added afterwards.

    place: where it is signed, as the paper says it.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

    signer = SimpleSigner.load_pkcs12_data(key.pkcs12, other_certs=[])
    assert signer is not None  # it was read before it was kept
    told = PdfSignatureMetadata(
        field_name=_FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        location=place,
        name=key.holder,
    )
    written = BytesIO()
    sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), told, signer=signer, output=written)
    return written.getvalue()


def _opened(
    content: bytes, password: str | None
) -> tuple[RSAPrivateKey | EllipticCurvePrivateKey, x509.Certificate, list[x509.Certificate]]:
    if len(content) > _LARGEST:
        raise OfficeKeyError("no_file")
    try:
        key, certificate, chain = load_key_and_certificates(
            content, password.encode() if password is not None else None
        )
    except ValueError as error:
        wrong = "password" in str(error).lower()
        raise OfficeKeyError("password" if wrong else "no_file") from error
    if key is None or certificate is None:
        raise OfficeKeyError("no_key")
    if not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
        raise OfficeKeyError("key_kind")
    return key, certificate, chain


def _holder(certificate: x509.Certificate) -> str:
    names = certificate.subject.get_attributes_for_oid(_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()
