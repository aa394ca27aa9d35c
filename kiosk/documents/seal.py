"""The seal of a paper: a QR code anybody can check without a network, signed by the kiosk that issued the paper.

A CBOR Web Token (RFC 8392) in COSE_Sign1 (RFC 9052) with Ed25519, whose claim 169 holds the resident as the registered
identity QR does (MOSIP claim 169: 1 id, 4 full name, 8 birth date, 9 sex, 16 picture, 17 its format); deflated, base45.
The number of the paper is the token's id (7), its kind a private claim.  It is no electronic signature of the state.
"""

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import cast

import base45  # type: ignore[import-untyped]  # it ships no types
import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.documents.fixed_deflate import deflated
from kiosk.domain.papers import PaperKind
from kiosk.wire.signing import SigningKey, VerifyKey

LONGEST = 4096  # characters of a QR code that are read at all
LARGEST = 8192  # bytes it may inflate to
_SIGN1 = 18
_ALGORITHM, _KEY_ID, _EDDSA = 1, 4, -8
_ISSUER, _EXPIRES, _NOT_BEFORE, _ISSUED, _ID, _IDENTITY, _KIND = 1, 4, 5, 6, 7, 169, -70169
_NIK, _NAME, _BORN, _SEX, _PICTURE, _PICTURE_FORMAT = 1, 4, 8, 9, 16, 17
_AVIF = 3
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LETTERS, _GROUP = 12, 4


class Doubt(StrEnum):
    """Why a code proves nothing."""

    UNREADABLE = "unreadable"  # no seal at all, or cut
    UNKNOWN_KEY = "unknown_key"  # signed by a key that is not on the list
    ALTERED = "altered"  # the signature does not hold


class SealError(Exception):
    """A code that proves nothing; `doubt` says why."""

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(doubt.value)
        self.doubt = doubt


@dataclass(frozen=True, slots=True)
class Seal:
    """What the code says.

    issuer: the kiosk, as `33.25.07/2`.  sex: the registry's code, 1 male, 2 female.  valid_until: the last day, None
    where the paper does not run out.  portrait: AVIF of some hundred bytes, empty where it did not fit.
    """

    number: str
    kind: PaperKind
    issuer: str
    issued_at: datetime
    valid_until: date | None
    nik: str
    name: str
    birth_date: date
    sex: int
    portrait: bytes = b""


def sealed(seal: Seal, key: SigningKey) -> str:
    """Return the text of the QR code (letters of base45, fit for its alphanumeric mode)."""
    protected = cbor2.dumps({_ALGORITHM: _EDDSA, _KEY_ID: key.public.fingerprint})
    payload = cbor2.dumps(_claims(seal))
    signature = Ed25519PrivateKey.from_private_bytes(key.raw).sign(_signed(protected, payload))
    token = cbor2.dumps(cbor2.CBORTag(_SIGN1, [protected, {}, payload, signature]))
    return str(base45.b45encode(deflated(token)), "ascii")


def opened(text: str, keys: Mapping[bytes, VerifyKey]) -> Seal:
    """Return what a code says; raises `SealError`.

    keys: those the centre certified, by their fingerprints; a key that was withdrawn is not among them.
    """
    protected, payload, signature = _parts(_inflated(text))
    key = keys.get(_key_id(protected))
    if key is None:
        raise SealError(Doubt.UNKNOWN_KEY)
    try:
        Ed25519PublicKey.from_public_bytes(key.raw).verify(signature, _signed(protected, payload))
    except InvalidSignature as error:
        raise SealError(Doubt.ALTERED) from error
    return _read(_map(payload))


def local_code(text: str) -> str:
    """Return the code printed beside the seal, `K7Q4-M2XD-9TRA`: 60 bits of the seal's SHA-256 in Crockford's letters.

    Whoever has no scanner reads it out to the office, which compares it with its register.
    """
    bits = int.from_bytes(hashlib.sha256(text.encode("ascii")).digest()[:8], "big") >> 4
    letters = "".join(_CROCKFORD[bits >> (5 * place) & 31] for place in reversed(range(_CODE_LETTERS)))
    return "-".join(letters[start : start + _GROUP] for start in range(0, _CODE_LETTERS, _GROUP))


def _claims(seal: Seal) -> dict[int, object]:
    identity: dict[int, object] = {
        _NIK: seal.nik,
        _NAME: seal.name,
        _BORN: f"{seal.birth_date:%Y%m%d}",
        _SEX: seal.sex,
    }
    if seal.portrait:
        identity |= {_PICTURE: seal.portrait, _PICTURE_FORMAT: _AVIF}
    issued = int(seal.issued_at.timestamp())
    claims: dict[int, object] = {_ISSUER: seal.issuer, _NOT_BEFORE: issued, _ISSUED: issued}
    if seal.valid_until is not None:
        claims[_EXPIRES] = _end_of(seal.valid_until)
    return claims | {_ID: seal.number.encode(), _KIND: seal.kind.value, _IDENTITY: identity}


def _end_of(day: date) -> int:
    """Return noon UTC of the day: evening in every zone of Indonesia, so the same day read back."""
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())


def _signed(protected: bytes, payload: bytes) -> bytes:
    return cbor2.dumps(["Signature1", protected, b"", payload])


def _inflated(text: str) -> bytes:
    if len(text) > LONGEST:
        raise SealError(Doubt.UNREADABLE)
    inflater = zlib.decompressobj()
    try:
        token = inflater.decompress(base45.b45decode(text), LARGEST)
    except (ValueError, zlib.error) as error:
        raise SealError(Doubt.UNREADABLE) from error
    if not inflater.eof or inflater.unused_data:
        raise SealError(Doubt.UNREADABLE)
    return token


def _loaded(data: bytes) -> object:
    try:
        return cast("object", cbor2.loads(data))
    except (cbor2.CBORDecodeError, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise SealError(Doubt.UNREADABLE) from error


def _parts(token: bytes) -> tuple[bytes, bytes, bytes]:
    tag = _loaded(token)
    if not isinstance(tag, cbor2.CBORTag) or tag.tag != _SIGN1:
        raise SealError(Doubt.UNREADABLE)
    match tag.value:
        case [bytes(protected), {}, bytes(payload), bytes(signature)]:
            return protected, payload, signature
    raise SealError(Doubt.UNREADABLE)


def _map(data: bytes) -> dict[object, object]:
    value = _loaded(data)
    if not isinstance(value, dict):
        raise SealError(Doubt.UNREADABLE)
    return value


def _key_id(protected: bytes) -> bytes:
    match _map(protected):
        case {1: -8, 4: bytes(key_id)}:
            return key_id
    raise SealError(Doubt.UNREADABLE)


def _read(claims: dict[object, object]) -> Seal:
    """Read what was signed; a kiosk of another version may have said less."""
    identity = claims.get(_IDENTITY)
    try:
        assert isinstance(identity, dict)
        expires = claims.get(_EXPIRES)
        return Seal(
            number=cast("bytes", claims[_ID]).decode(),
            kind=PaperKind(str(claims[_KIND])),
            issuer=str(claims[_ISSUER]),
            issued_at=_moment(claims[_ISSUED]),
            valid_until=None if expires is None else _moment(expires).date(),
            nik=str(identity[_NIK]),
            name=str(identity[_NAME]),
            birth_date=datetime.strptime(str(identity[_BORN]), "%Y%m%d").replace(tzinfo=UTC).date(),
            sex=int(identity[_SEX]),
            portrait=bytes(identity.get(_PICTURE, b"")),
        )
    except (AssertionError, AttributeError, KeyError, TypeError, ValueError, OverflowError, OSError) as error:
        raise SealError(Doubt.UNREADABLE) from error


def _moment(seconds: object) -> datetime:
    return datetime.fromtimestamp(cast("int", seconds), UTC)
