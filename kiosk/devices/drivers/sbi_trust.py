"""Whose signature counts: tokens of devices (RS256, certificates in `x5c`) up to the CAs of a folder."""

import base64
import binascii
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import (
    BasicConstraints,
    Certificate,
    DuplicateExtension,
    ExtensionNotFound,
    InvalidVersion,
    KeyUsage,
    UnsupportedGeneralNameType,
    load_der_x509_certificate,
    load_pem_x509_certificates,
)

from kiosk.devices.api import NotSupportedError, WrongAnswerError
from kiosk.devices.drivers.sbi_jwt import Fields, Token, token_of

ENDINGS = frozenset({".pem", ".crt", ".cer", ".der"})
MOST_FILES = 500
LARGEST_FILE = 1 << 20  # bytes
LONGEST_CHAIN = 6  # certificates in a token
LEAST_KEY = 2048  # bits
_UNREADABLE = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    InvalidVersion,
    DuplicateExtension,
    UnsupportedGeneralNameType,
)


@dataclass(frozen=True, slots=True)
class Trust:
    """The certificates that are trusted, as the folder held them; `name`: of the device in sentences."""

    name: str
    anchors: tuple[Certificate, ...]

    def opened(self, text: object, now: datetime) -> Fields:
        """Return a token's payload once its signature and its certificates hold.

        Raises `WrongAnswerError` with the reason: not signed, a bad signature, a foreign certificate, one that has
        ended or not begun.
        """
        token = token_of(text, self.name)
        chain = self._certificates(token)
        self._check_signature(token, chain[0])
        try:
            for certificate in self._path(chain):
                self._check_dates(certificate, now)
        except _UNREADABLE as error:
            raise self._unreadable() from error
        return token.payload

    def _certificates(self, token: Token) -> Sequence[Certificate]:
        packed = token.header.get("x5c")
        if token.header.get("alg") != "RS256" or not isinstance(packed, list):
            raise WrongAnswerError(
                f"The {self.name} signs in a way this program does not accept; update its service."
            )
        if not 1 <= len(packed) <= LONGEST_CHAIN or not all(isinstance(entry, str) for entry in packed):
            raise WrongAnswerError(f"The {self.name} shows no certificate; have its maker set it up.")
        try:
            return [load_der_x509_certificate(base64.b64decode(entry, validate=True)) for entry in packed]
        except (binascii.Error, *_UNREADABLE) as error:
            raise self._unreadable() from error

    def _unreadable(self) -> WrongAnswerError:
        return WrongAnswerError(
            f"The certificate of the {self.name} cannot be read; have its maker set it up."
        )

    def _check_signature(self, token: Token, certificate: Certificate) -> None:
        try:
            key = certificate.public_key()
            if not isinstance(key, RSAPublicKey) or key.key_size < LEAST_KEY:
                raise WrongAnswerError(
                    f"The key of the {self.name} is too weak; have its maker set up a new one."
                )
            key.verify(token.signature, token.signed, PKCS1v15(), SHA256())
        except (InvalidSignature, *_UNREADABLE) as error:
            raise WrongAnswerError(
                f"The signature of the {self.name} does not match what it sent; do not use it, and tell a technician."
            ) from error

    def _path(self, chain: Sequence[Certificate]) -> Iterable[Certificate]:
        """Return the certificates from the device's up to a trusted one."""
        path = [chain[0]]
        while path[-1] not in self.anchors:
            issuer = _issuer(path, self.anchors) or _issuer(path, chain[1:])
            if issuer is None or issuer in path:
                raise WrongAnswerError(
                    f"The certificate of the {self.name} is from nobody this counter trusts; "
                    "put its maker's CA into the trust folder, or use another device."
                )
            path.append(issuer)
        return path

    def _check_dates(self, certificate: Certificate, now: datetime) -> None:
        begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
        if now > ends:
            raise WrongAnswerError(
                f"A certificate of the {self.name} ended on {ends:%Y-%m-%d}; "
                "have its maker renew it, and check the date of this computer."
            )
        if now < begins:
            raise WrongAnswerError(
                f"A certificate of the {self.name} begins on {begins:%Y-%m-%d} only; "
                "check the date of this computer."
            )


def _issuer(path: Sequence[Certificate], candidates: Iterable[Certificate]) -> Certificate | None:
    """Return who issued the last certificate of the path and may issue one so far up."""
    return next((found for found in candidates if _issued(path, found)), None)


def _issued(path: Sequence[Certificate], issuer: Certificate) -> bool:
    try:
        path[-1].verify_directly_issued_by(issuer)
        constraints = issuer.extensions.get_extension_for_class(BasicConstraints).value
        longest = constraints.path_length
        return constraints.ca and (longest is None or len(path) - 1 <= longest) and _may_sign(issuer)
    except (InvalidSignature, ExtensionNotFound, *_UNREADABLE):
        return False


def _may_sign(issuer: Certificate) -> bool:
    try:
        return issuer.extensions.get_extension_for_class(KeyUsage).value.key_cert_sign
    except ExtensionNotFound:
        return True


def trust_of(folder: str, name: str) -> Trust:
    """Read the CAs of a folder, PEM or DER; raises `NotSupportedError` with what is wrong with it."""
    if not folder:
        raise NotSupportedError(
            f"The setting trust is empty; name the folder that holds the CA certificates of the {name}."
        )
    try:
        paths = sorted(path for path in Path(folder).iterdir() if path.suffix.lower() in ENDINGS)
        anchors = tuple(found for path in paths[:MOST_FILES] for found in _read(path))
    except OSError as error:
        raise NotSupportedError(
            f"The folder {folder} of the setting trust cannot be read; check it."
        ) from error
    if not anchors:
        raise NotSupportedError(
            f"The folder {folder} of the setting trust holds no certificate; put the CA of the {name} there."
        )
    return Trust(name, anchors)


def _read(path: Path) -> list[Certificate]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ValueError("too large")
        content = path.read_bytes()
        if b"-----BEGIN" in content:
            return load_pem_x509_certificates(content)
        return [load_der_x509_certificate(content)]
    except _UNREADABLE as error:
        raise NotSupportedError(
            f"The file {path.name} in the trust folder is no certificate; take it away or put it right."
        ) from error
