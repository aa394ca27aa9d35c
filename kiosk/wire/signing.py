"""Ed25519 keys and compact JWS over them (RFC 7515, RFC 8037; algorithm name EdDSA)."""

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.wire.encoding import from_base64url, to_base64url, to_json
from kiosk.wire.errors import MessageError, SignatureError

_KEY_BYTES = 32
_FINGERPRINT_BYTES = 10
_DOTS = 2


class Purpose(StrEnum):
    """What a signature is for; it stands in the header, so that no signed text can serve as another."""

    PACKET = "packet"
    JOIN = "join"
    SESSION = "session"
    TIME = "time"
    ACKNOWLEDGEMENT = "acknowledgement"
    VERDICT = "verdict"
    DIRECTIVES = "directives"
    AUDIT_HEAD = "audit-head"
    TRUST_LIST = "trust-list"


@dataclass(frozen=True, slots=True)
class VerifyKey:
    """A public Ed25519 key: 32 raw bytes."""

    raw: bytes

    @classmethod
    def parse(cls, text: str) -> "VerifyKey":
        """Read a key from base64url; raises `MessageError`."""
        raw = from_base64url(text)
        if len(raw) != _KEY_BYTES:
            raise MessageError("An Ed25519 public key has 32 bytes.")
        return cls(raw)

    @property
    def text(self) -> str:
        """The key as base64url."""
        return to_base64url(self.raw)

    @property
    def fingerprint(self) -> bytes:
        """The first 10 bytes of the key's SHA-256, as carried in a join code."""
        return hashlib.sha256(self.raw).digest()[:_FINGERPRINT_BYTES]

    @property
    def kid(self) -> str:
        """The fingerprint as text, naming the key in JWS headers."""
        return to_base64url(self.fingerprint)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private Ed25519 key: 32 raw bytes, never shown in a repr."""

    raw: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> "SigningKey":
        """Return a new key from the system's random source."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def public(self) -> VerifyKey:
        """The key others verify with."""
        private = Ed25519PrivateKey.from_private_bytes(self.raw)
        return VerifyKey(private.public_key().public_bytes_raw())


def sign(payload: object, key: SigningKey, purpose: Purpose) -> str:
    """Return a compact JWS over the payload's canonical JSON."""
    header = to_json({"alg": "EdDSA", "kid": key.public.kid, "typ": purpose.value})
    signed = f"{to_base64url(header)}.{to_base64url(to_json(payload))}"
    signature = Ed25519PrivateKey.from_private_bytes(key.raw).sign(signed.encode("ascii"))
    return f"{signed}.{to_base64url(signature)}"


def verify(token: str, key: VerifyKey, purpose: Purpose) -> bytes:
    """Return the payload's bytes; raises `SignatureError` unless `key` signed exactly this for `purpose`."""
    head, body, signature = _parts(token)
    header = _header(head)
    if header.get("alg") != "EdDSA" or header.get("typ") != purpose.value:
        raise SignatureError("The signature was made for another purpose.")
    if header.get("kid") != key.kid:
        raise SignatureError("The signature was made by another key.")
    try:
        Ed25519PublicKey.from_public_bytes(key.raw).verify(
            _bytes(signature), f"{head}.{body}".encode("ascii")
        )
    except InvalidSignature as error:
        raise SignatureError(
            "The signature does not hold: the text was altered, or another key signed it."
        ) from error
    return _bytes(body)


def payload_unverified(token: str) -> bytes:
    """Return what the token says without believing it: only for finding out which key should verify it."""
    return _bytes(_parts(token)[1])


def key_named(token: str) -> str:
    """Return the key id the token's header names, unverified."""
    return str(_header(_parts(token)[0]).get("kid", ""))


def _parts(token: str) -> tuple[str, str, str]:
    if token.count(".") != _DOTS or not token.isascii():
        raise SignatureError("This is not a signed text.")
    head, body, signature = token.split(".")
    return head, body, signature


def _bytes(text: str) -> bytes:
    try:
        return from_base64url(text)
    except MessageError as error:
        raise SignatureError("The signed text is damaged.") from error


def _header(text: str) -> dict[str, object]:
    try:
        header = json.loads(_bytes(text))
    except (ValueError, RecursionError) as error:
        raise SignatureError("The signed text has no readable header.") from error
    if not isinstance(header, dict):
        raise SignatureError("The signed text has no readable header.")
    return header
