"""Why joining a centre failed, in a sentence of the catalogue."""

import pytest

from kiosk.app.places import RESOURCES
from kiosk.domain.errors import KioskError
from kiosk.domain.words import Words
from kiosk.services.errors import NotAllowedError
from kiosk.services.joining import why_not_joined
from kiosk.sync.causes import Cause, DeliveryError
from kiosk.wire.errors import JoinCodeError, SignatureError


@pytest.mark.parametrize(
    "error", [JoinCodeError("mistyped"), SignatureError("another"), DeliveryError(Cause.NAME_NOT_FOUND, "x")]
)
def test_why_joining_failed_is_said_in_the_language_of_the_screen(error: KioskError) -> None:
    words = Words.load(RESOURCES / "locale", "id")
    why = why_not_joined(error)

    assert words.say(why) != why


def test_joining_is_not_blamed_for_anything_else() -> None:
    assert why_not_joined(NotAllowedError("joined already")) == ""
