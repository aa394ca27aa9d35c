import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.wire.errors import JoinCodeError
from kiosk.wire.join_code import JoinCode
from kiosk.wire.signing import SigningKey

CODE = JoinCode(b"0123456789", SigningKey(bytes(32)).public.fingerprint)


def test_a_code_is_read_as_it_was_printed() -> None:
    assert JoinCode.parse(CODE.text) == CODE


def test_blanks_small_letters_and_missing_dashes_do_not_matter() -> None:
    typed = " " + CODE.text.replace("-", " ").lower() + "\n"

    assert JoinCode.parse(typed) == CODE


def test_every_mistyped_character_is_noticed() -> None:
    bare = CODE.text.replace("-", "")

    for at, character in enumerate(bare):
        other = "A" if character != "A" else "B"
        with pytest.raises(JoinCodeError):
            JoinCode.parse(bare[:at] + other + bare[at + 1 :])


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(JoinCodeError):
        JoinCode.parse(text)


def test_the_proof_belongs_to_one_key_and_one_secret() -> None:
    one, other = SigningKey(bytes(32)).public, SigningKey(bytes([1] * 32)).public
    proofs = {CODE.proof(one), CODE.proof(other), JoinCode(b"9876543210", CODE.fingerprint).proof(one)}

    assert len(proofs) == 3


def test_the_secret_stands_in_no_repr_and_not_in_its_name() -> None:
    assert "0123456789" not in repr(CODE)
    assert "0123456789" not in CODE.secret_id
