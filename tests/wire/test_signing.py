import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import OKPKey

from kiosk.wire.encoding import from_base64url, to_base64url, to_json
from kiosk.wire.errors import MessageError, SignatureError
from kiosk.wire.signing import Purpose, SigningKey, VerifyKey, key_named, sign, verify

KEY = SigningKey(bytes(range(32)))


def _outside_key(key: SigningKey) -> OKPKey:
    parts = {"kty": "OKP", "crv": "Ed25519", "d": to_base64url(key.raw), "x": key.public.text}
    return OKPKey.import_key(parts)


def test_a_signed_text_gives_its_payload_back() -> None:
    token = sign({"b": 1, "a": "ü"}, KEY, Purpose.TIME)

    assert verify(token, KEY.public, Purpose.TIME) == '{"a":"ü","b":1}'.encode()


def test_an_outside_library_verifies_our_signature() -> None:
    token = sign({"a": 1}, KEY, Purpose.ACKNOWLEDGEMENT)

    read = jws.deserialize_compact(token, _outside_key(KEY), algorithms=["EdDSA"])

    assert read.payload == b'{"a":1}'


def test_we_verify_what_an_outside_library_signed() -> None:
    header = {"alg": "EdDSA", "kid": KEY.public.kid, "typ": "time"}
    token = jws.serialize_compact(header, b'{"a":1}', _outside_key(KEY), algorithms=["EdDSA"])

    assert verify(token, KEY.public, Purpose.TIME) == b'{"a":1}'


def test_every_flipped_bit_of_a_signed_text_is_noticed() -> None:
    token = sign({"packet": "p"}, KEY, Purpose.PACKET).encode()

    for at in range(len(token)):
        for bit in range(8):
            flipped = bytearray(token)
            flipped[at] ^= 1 << bit
            with pytest.raises(SignatureError):
                verify(flipped.decode("latin-1"), KEY.public, Purpose.PACKET)


def test_a_signature_for_one_purpose_serves_no_other() -> None:
    token = sign({}, KEY, Purpose.VERDICT)

    with pytest.raises(SignatureError, match="another purpose"):
        verify(token, KEY.public, Purpose.ACKNOWLEDGEMENT)


def test_another_key_is_told_apart() -> None:
    token = sign({}, KEY, Purpose.VERDICT)

    with pytest.raises(SignatureError, match="another key"):
        verify(token, SigningKey(bytes(32)).public, Purpose.VERDICT)


def test_the_header_names_the_key() -> None:
    assert key_named(sign({}, KEY, Purpose.TIME)) == KEY.public.kid


def test_a_key_never_shows_its_secret() -> None:
    assert KEY.raw.hex() not in repr(KEY)
    assert repr(KEY.raw) not in repr(KEY)


@pytest.mark.parametrize("text", ["", "a.b", "a.b.c.d", "é.é.é", "....", "a" * 100_000])
def test_what_is_no_signed_text_is_refused(text: str) -> None:
    with pytest.raises(SignatureError):
        verify(text, KEY.public, Purpose.TIME)


@pytest.mark.parametrize("text", ["AA==", "A", "AB", "a b", "AA\n", "+/"])
def test_only_the_canonical_spelling_is_base64url(text: str) -> None:
    with pytest.raises(MessageError):
        from_base64url(text)


@given(st.binary(max_size=100))
def test_base64url_gives_the_bytes_back(data: bytes) -> None:
    assert from_base64url(to_base64url(data)) == data


def test_a_key_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(MessageError, match="32 bytes"):
        VerifyKey.parse(to_base64url(b"short"))


def test_the_same_value_is_always_spelled_the_same() -> None:
    assert (
        to_json({"b": [1, 2], "a": "é"}) == to_json({"a": "é", "b": [1, 2]}) == '{"a":"é","b":[1,2]}'.encode()
    )


def test_a_header_nested_deeper_than_anybody_writes_is_refused() -> None:
    token = f"{to_base64url(b'[' * 100_000)}.e30.AA"

    with pytest.raises(SignatureError, match="no readable header"):
        verify(token, KEY.public, Purpose.TIME)


@pytest.mark.parametrize("algorithm", ["none", "HS256", "Ed25519", "eddsa", None])
def test_no_other_algorithm_is_taken(algorithm: str | None) -> None:
    header = to_base64url(to_json({"alg": algorithm, "kid": KEY.public.kid, "typ": "time"}))
    signature = Ed25519PrivateKey.from_private_bytes(KEY.raw).sign(f"{header}.e30".encode())

    with pytest.raises(SignatureError, match="another purpose"):
        verify(f"{header}.e30.{to_base64url(signature)}", KEY.public, Purpose.TIME)


@given(st.text())
def test_any_text_is_refused_as_a_signed_text(text: str) -> None:
    with pytest.raises(SignatureError):
        verify(text, KEY.public, Purpose.TIME)
