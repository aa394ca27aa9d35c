import pyrage
import pytest

from kiosk.wire.opening import OpeningIdentity

IDENTITY = OpeningIdentity.generate()


def _sealed_for(recipient: str) -> bytes:
    return pyrage.encrypt(b"hello", [pyrage.x25519.Recipient.from_str(recipient)])


def test_the_secret_opens_what_was_sealed_for_the_recipient() -> None:
    opened = pyrage.decrypt(
        _sealed_for(IDENTITY.recipient), [pyrage.x25519.Identity.from_str(IDENTITY.secret)]
    )

    assert opened == b"hello"


def test_the_identity_is_spelled_as_the_public_tools_spell_it() -> None:
    assert IDENTITY.secret.startswith("AGE-SECRET-KEY-1")
    assert IDENTITY.recipient.startswith("age1")


def test_no_two_identities_are_alike() -> None:
    other = OpeningIdentity.generate()

    assert other.secret != IDENTITY.secret
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(_sealed_for(other.recipient), [pyrage.x25519.Identity.from_str(IDENTITY.secret)])


def test_the_secret_stands_in_no_repr() -> None:
    assert IDENTITY.secret not in repr(IDENTITY)
    assert IDENTITY.recipient in repr(IDENTITY)
