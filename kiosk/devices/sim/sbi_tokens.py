"""The keys and certificates of simulated devices, made when they are first needed and never kept, and what they sign.

A root, which a counter trusts, an issuer below it, and a device below that; and the same of a maker nobody trusts.
"""

import base64
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from kiosk.devices.wall_clock import utc_now

KEY_BITS = 2048
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Holder:
    """A key and its certificate."""

    key: RSAPrivateKey
    certificate: x509.Certificate


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs a device's tokens, and the certificates they show."""

    key: RSAPrivateKey
    shown: tuple[x509.Certificate, ...]

    def token(self, payload: dict[str, object]) -> str:
        """Return a token over the payload."""
        shown = [base64.b64encode(one.public_bytes(Encoding.DER)).decode() for one in self.shown]
        header = {"alg": "RS256", "typ": "JWT", "x5c": shown}
        signed = f"{packed(json.dumps(header).encode())}.{packed(json.dumps(payload).encode())}"
        return f"{signed}.{packed(self.key.sign(signed.encode(), PKCS1v15(), SHA256()))}"


def packed(content: bytes) -> str:
    """Return bytes as base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def issued(name: str, issuer: Holder | None, *, ends: datetime | None = None, is_ca: bool = False) -> Holder:
    """Return a new key with a certificate by the issuer, or by itself; it begins two years before it ends."""
    key = generate_private_key(65537, KEY_BITS)
    last = ends or utc_now() + YEAR
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(last - 2 * YEAR)
        .not_valid_after(last)
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
    )
    return Holder(key, builder.sign((issuer.key if issuer else key), SHA256()))


@cache
def root() -> Holder:
    """Return the root whose devices a counter trusts."""
    return issued("Simulated root", None, is_ca=True)


@cache
def issuer() -> Holder:
    """Return who issues the certificates of devices."""
    return issued("Simulated maker", root(), is_ca=True)


@cache
def device() -> Signer:
    """Return a device in order."""
    return _signer("Simulated device", issuer())


@cache
def expired_device() -> Signer:
    """Return a device whose certificate ended yesterday."""
    return _signer("Simulated device", issuer(), ends=utc_now() - timedelta(days=1))


@cache
def foreign_device() -> Signer:
    """Return a device of a maker nobody trusts."""
    return _signer("Simulated device", issued("Simulated stranger", None, is_ca=True))


def root_file() -> bytes:
    """Return the root's certificate as a trust folder holds it."""
    return root().certificate.public_bytes(Encoding.PEM)


def spoilt(token: str) -> str:
    """Return a token whose signature does not match."""
    signed, _, signature = token.rpartition(".")
    return f"{signed}.{'B' if signature[0] == 'A' else 'A'}{signature[1:]}"


def _signer(name: str, above: Holder, *, ends: datetime | None = None) -> Signer:
    own = issued(name, above, ends=ends)
    return Signer(own.key, (own.certificate, above.certificate))
