"""Every pair of colours that carries words is told apart by weak eyes (WCAG 2.2: 4.5 for text, 3 for controls)."""

import pytest

from kiosk.ui import tokens
from kiosk.ui.tokens import MOODS

TEXT, CONTROL = 4.5, 3.0


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_of_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("ground", [tokens.BACKGROUND, tokens.SURFACE, tokens.SUNKEN])
@pytest.mark.parametrize("ink", [tokens.INK, tokens.MUTED, tokens.PRIMARY, tokens.PRIMARY_DEEP])
def test_words_stand_out_from_every_ground(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= TEXT


@pytest.mark.parametrize("name", sorted(MOODS))
def test_words_of_every_state_stand_out_from_its_tint_and_from_cards(name: str) -> None:
    mood = MOODS[name]

    assert contrast(mood.colour, mood.tint) >= TEXT
    assert contrast(mood.colour, tokens.SURFACE) >= TEXT


@pytest.mark.parametrize("ground", [tokens.PRIMARY, tokens.PRIMARY_DEEP])
def test_words_on_the_primary_button_stand_out(ground: str) -> None:
    assert contrast(tokens.ON_PRIMARY, ground) >= TEXT


@pytest.mark.parametrize("ground", [tokens.SURFACE, tokens.BACKGROUND])
@pytest.mark.parametrize("border", [tokens.EDGE, tokens.PRIMARY])
def test_borders_of_controls_and_the_focus_ring_can_be_seen(border: str, ground: str) -> None:
    assert contrast(border, ground) >= CONTROL
