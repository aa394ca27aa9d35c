"""Joining: the code proves each side to the other, and nothing is granted to anybody else."""

import pytest

from kiosk.storage.records import Membership
from kiosk.sync.causes import Cause, DeliveryError
from kiosk.sync.joining import join
from kiosk.sync.line import Line
from kiosk.wire.errors import JoinCodeError, SignatureError
from kiosk.wire.messages import ProblemType
from kiosk.wire.signing import SigningKey
from tests.sync.conftest import PATIENT, membership_of
from tests.sync.scripted_centre import ScriptedCentre


def joined(centre: ScriptedCentre, key: SigningKey, code: str = "") -> Membership:
    line = Line.to(centre.url, limits=PATIENT)
    return join(code or centre.code().text, centre.url, key=key, software="kiosk test", line=line)


def test_a_code_gives_the_membership_the_centre_signed_and_gives_it_again(
    centre: ScriptedCentre, key: SigningKey
) -> None:
    first = joined(centre, key)

    assert first == joined(centre, key) == membership_of(centre)


def test_a_mistyped_code_is_told_before_anybody_is_asked(centre: ScriptedCentre, key: SigningKey) -> None:
    text = centre.code().text
    mistyped = ("B" if text[0] != "B" else "C") + text[1:]
    with pytest.raises(JoinCodeError):
        join(mistyped, centre.url, key=key, software="kiosk test")

    assert centre.calls == []


def test_another_than_the_codes_centre_is_not_joined(centre: ScriptedCentre, key: SigningKey) -> None:
    centre.fault("POST", "/v1/kiosks", "stranger")

    with pytest.raises(SignatureError, match="Another than the code's centre"):
        joined(centre, key)


def test_a_grant_for_another_kiosks_key_is_not_taken(centre: ScriptedCentre, key: SigningKey) -> None:
    centre.grant = {"public_key": SigningKey.generate().public.text}

    with pytest.raises(SignatureError, match="another kiosk's key"):
        joined(centre, key)


@pytest.mark.parametrize(
    "what", ["no keys", "strangers keys", "wrong name", "no recipient", "no age recipient"]
)
def test_a_grant_that_contradicts_itself_is_not_taken(
    centre: ScriptedCentre, key: SigningKey, what: str
) -> None:
    own, strange = centre.key.public, centre.stranger.public
    centre.grant = {
        "no keys": {"signing_keys": []},
        "strangers keys": {"signing_keys": [{"kid": strange.kid, "public_key": strange.text}]},
        "wrong name": {"signing_keys": [{"kid": strange.kid, "public_key": own.text}]},
        "no recipient": {"recipients": []},
        "no age recipient": {"recipients": ["ssh-ed25519 AAAA"]},
    }[what]
    with pytest.raises(DeliveryError) as caught:
        joined(centre, key)

    assert caught.value.cause is Cause.CONTRACT


def test_a_code_that_was_used_is_told_as_refused(centre: ScriptedCentre, key: SigningKey) -> None:
    centre.fault("POST", "/v1/kiosks", ProblemType.CODE_REFUSED, number=403)
    with pytest.raises(DeliveryError) as caught:
        joined(centre, key)

    assert caught.value.cause is Cause.CODE_REFUSED


def test_a_log_in_page_grants_nothing(centre: ScriptedCentre, key: SigningKey) -> None:
    centre.fault("POST", "/v1/kiosks", "page")
    with pytest.raises(DeliveryError) as caught:
        joined(centre, key)

    assert caught.value.cause is Cause.CAPTIVE_PORTAL
