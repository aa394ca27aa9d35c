"""Every key by which a driver asks a person has a sentence, in both languages."""

import pytest

from kiosk.devices.registry import Drivers
from kiosk.domain.words import Words
from kiosk.ui.asked_words import ASKED, asked_words
from kiosk.ui.devices.screen_drivers import screen_drivers


def test_whatever_a_driver_may_ask_has_a_sentence_and_no_sentence_is_left_over(english: Words) -> None:
    entries = Drivers(screen_drivers(lambda: english)).probe()
    asked = {question for entry in entries if entry.driver is not None for question in entry.driver.asks}

    assert {entry.name: entry.error for entry in entries if entry.driver is None} == {}
    assert asked == set(ASKED)


@pytest.mark.parametrize("question", ASKED)
def test_each_is_asked_in_the_language_of_the_screen(words: Words, english: Words, question: str) -> None:
    assert asked_words(english, question) == ASKED[question]
    assert asked_words(words, question) not in ("", ASKED[question])


def test_a_key_nobody_knows_points_to_the_device_and_no_key_says_nothing(english: Words) -> None:
    assert asked_words(english, "acme.press_button") == "The device waits for you; look at it."
    assert asked_words(english, "") == ""
