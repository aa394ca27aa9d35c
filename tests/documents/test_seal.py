"""The seal of a paper: read by others, and refused when a byte of it is not what the kiosk signed."""

import zlib
from datetime import UTC, date, datetime

import base45  # type: ignore[import-untyped]  # it ships no types
import cbor2
import claim169
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.documents.fixed_deflate import deflated
from kiosk.documents.seal import LARGEST, LONGEST, Doubt, Seal, SealError, local_code, opened, sealed
from kiosk.domain.papers import PaperKind
from kiosk.wire.signing import SigningKey

KEY = SigningKey(bytes(range(32)))
KEYS = {KEY.public.fingerprint: KEY.public}
SEAL = Seal(
    number="471.13/0042/33.25.07/I/2026",
    kind=PaperKind.TEMPORARY_CERTIFICATE,
    issuer="33.25.07/2",
    issued_at=datetime(2026, 1, 29, 3, 6, tzinfo=UTC),
    valid_until=date(2089, 7, 29),  # readers of others ask the clock
    nik="3325075708900002",
    name="SITI AMINAH",
    birth_date=date(1990, 8, 17),
    sex=2,
    portrait=bytes(range(256)) * 2,
)
TEXT = sealed(SEAL, KEY)

SEALS = st.builds(
    Seal,
    number=st.text(min_size=1, max_size=40),
    kind=st.sampled_from(PaperKind),
    issuer=st.text(max_size=12),
    issued_at=st.integers(1_600_000_000, 3_700_000_000).map(lambda at: datetime.fromtimestamp(at, UTC)),
    valid_until=st.none() | st.dates(date(2020, 1, 1), date(2090, 1, 1)),
    nik=st.from_regex(r"\A[0-9]{16}\Z"),
    name=st.text(max_size=60),
    birth_date=st.dates(date(1900, 1, 1), date(2040, 1, 1)),
    sex=st.sampled_from([1, 2]),
    portrait=st.binary(max_size=700),
)


def _token(text: str) -> bytes:
    return zlib.decompress(base45.b45decode(text))


def _text(token: bytes) -> str:
    return str(base45.b45encode(zlib.compress(token)), "ascii")


def _sign1(protected: bytes, payload: bytes, signature: bytes) -> bytes:
    return cbor2.dumps(cbor2.CBORTag(18, [protected, {}, payload, signature]))


def _doubt(text: str) -> Doubt:
    with pytest.raises(SealError) as refused:
        opened(text, KEYS)
    return refused.value.doubt


@given(SEALS)
def test_what_was_sealed_is_read_back(seal: Seal) -> None:
    assert opened(sealed(seal, KEY), KEYS) == seal


@given(st.binary(max_size=2000))
def test_what_is_deflated_without_stored_blocks_is_inflated_by_everybody(data: bytes) -> None:
    assert zlib.decompress(deflated(data)) == data


def test_a_reader_of_others_verifies_it_and_finds_the_resident() -> None:
    told = claim169.decode(TEXT, verify_with_ed25519=KEY.public.raw)

    assert told.is_verified()
    assert told.claim169.id == SEAL.nik
    assert told.claim169.full_name == SEAL.name
    assert told.claim169.date_of_birth == "19900817"
    assert told.claim169.gender == claim169.Gender.FEMALE
    assert told.claim169.photo == SEAL.portrait
    assert told.claim169.photo_format == claim169.PhotoFormat.AVIF
    assert told.cwt_meta.issuer == SEAL.issuer


def test_a_reader_of_others_refuses_it_by_another_key() -> None:
    with pytest.raises(claim169.Claim169Exception):
        claim169.decode(TEXT, verify_with_ed25519=SigningKey.generate().public.raw)


def test_every_altered_byte_of_the_token_is_refused() -> None:
    token = _token(TEXT)

    for place in range(len(token)):
        altered = token[:place] + bytes([token[place] ^ 0x01]) + token[place + 1 :]
        assert _doubt(_text(altered)) in Doubt


@settings(max_examples=500)
@given(SEALS, st.integers(0), st.integers(1, 255))
def test_any_other_byte_in_any_seal_is_refused(seal: Seal, place: int, change: int) -> None:
    token = bytearray(_token(sealed(seal, KEY)))

    token[place % len(token)] ^= change

    assert _doubt(_text(bytes(token))) in Doubt


def test_every_altered_letter_of_the_code_is_refused() -> None:
    for place, letter in enumerate(TEXT):
        other = "A" if letter != "A" else "B"
        assert _doubt(TEXT[:place] + other + TEXT[place + 1 :]) in Doubt


def test_a_seal_of_a_key_the_centre_did_not_certify_says_so() -> None:
    assert _doubt(sealed(SEAL, SigningKey.generate())) is Doubt.UNKNOWN_KEY


def test_a_token_with_other_claims_under_the_same_signature_is_altered() -> None:
    protected, _, payload, signature = cbor2.loads(_token(TEXT)).value
    claims = cbor2.loads(payload)
    claims[169][4] = "BUDI"

    assert _doubt(_text(_sign1(protected, cbor2.dumps(claims), signature))) is Doubt.ALTERED


@settings(max_examples=300)
@given(st.binary(max_size=400) | st.binary(max_size=200).map(lambda data: _token(TEXT)[:60] + data))
def test_any_bytes_are_refused_by_name(token: bytes) -> None:
    assert _doubt(_text(token)) in Doubt


@given(st.text(max_size=200))
def test_any_text_is_refused_by_name(text: str) -> None:
    assert _doubt(text) is Doubt.UNREADABLE


def test_a_code_that_would_inflate_without_end_is_not_read() -> None:
    assert _doubt(_text(bytes(LARGEST + 1))) is Doubt.UNREADABLE
    assert _doubt("0" * (LONGEST + 1)) is Doubt.UNREADABLE


@pytest.mark.parametrize("missing", [6, 7, 169, -70169])
def test_a_signed_token_that_lacks_a_claim_is_unreadable(missing: int) -> None:
    protected, _, payload, _ = cbor2.loads(_token(TEXT)).value
    claims = cbor2.loads(payload)
    del claims[missing]
    lacking = cbor2.dumps(claims)
    signed = cbor2.dumps(["Signature1", protected, b"", lacking])
    signature = Ed25519PrivateKey.from_private_bytes(KEY.raw).sign(signed)

    assert _doubt(_text(_sign1(protected, lacking, signature))) is Doubt.UNREADABLE


def test_the_code_beside_it_is_short_and_follows_every_change() -> None:
    assert local_code(TEXT) == local_code(sealed(SEAL, KEY))
    assert local_code(TEXT) != local_code(TEXT[:-1] + ("A" if TEXT[-1] != "A" else "B"))
    assert [len(group) for group in local_code(TEXT).split("-")] == [4, 4, 4]
    assert not set(local_code(TEXT)) & set("ILOU")
