"""The quality of one print tells good ones from noise, blur and faintness, by measured distances."""

from functools import lru_cache

import cv2
import numpy as np
import pytest

from kiosk.biometrics.judgements import Image
from kiosk.biometrics.ridges import (
    BLURRED,
    DRY,
    LEAST_SPAN,
    NO_RIDGES,
    NOISY,
    UNCLEAR,
    WET_LEVEL,
    PrintQuality,
    judge_print,
    measure_print,
)
from kiosk.domain.captures import Finger
from tests.biometrics.conftest import Change, fingers_of

PEOPLE = (1, 2, 3)


@lru_cache(maxsize=1)
def prints() -> list[Image]:
    return [finger.image for person in PEOPLE for finger in fingers_of(person)]


def noise_only(image: Image) -> Image:
    """As bright and as rough as the print, without a ridge."""
    drawn = np.random.default_rng(7).normal(image.mean(), image.std(), image.shape)
    return np.asarray(np.clip(drawn, 0, 255), np.uint8)


def noisy(image: Image) -> Image:
    drawn = image + np.random.default_rng(8).normal(0, 60, image.shape)
    return np.asarray(np.clip(drawn, 0, 255), np.uint8)


def blurred(sigma: float) -> Change:
    return lambda image: np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), np.uint8)


def faint(share: float) -> Change:
    return lambda image: np.asarray(235 - (235 - image.astype(np.float32)) * share, np.uint8)


def quality(image: Image, place: int) -> PrintQuality:
    """Measure a changed print under the mask of the unchanged one."""
    mask = np.asarray((cv2.GaussianBlur(prints()[place], (0, 0), 12) < 205) * 255, np.uint8)
    return measure_print(image, mask)


def qualities(change: Change) -> list[PrintQuality]:
    return [quality(change(image), place) for place, image in enumerate(prints())]


@pytest.fixture(scope="module")
def good() -> list[PrintQuality]:
    return qualities(lambda image: image)


def reasons(measured: list[PrintQuality]) -> set[tuple[str, ...]]:
    return {tuple(found.code for found in judge_print(Finger.RIGHT_INDEX, one)) for one in measured}


def test_every_good_print_is_far_on_the_good_side_of_every_limit(good: list[PrintQuality]) -> None:
    assert len(good) == 30
    assert reasons(good) == {()}
    assert min(one.coherence for one in good) > UNCLEAR + 0.2
    assert max(one.fine for one in good) < NOISY - 0.05
    assert min(one.span for one in good) > LEAST_SPAN + 60
    assert min(one.crispness for one in good) > BLURRED + 0.05
    assert min(one.dark for one in good) > DRY + 0.05
    assert max(one.darkness for one in good) < WET_LEVEL - 0.03


def test_pure_noise_has_no_ridges(good: list[PrintQuality]) -> None:
    spoilt = qualities(noise_only)

    assert reasons(spoilt) == {("finger.no_ridges",)}
    assert max(one.coherence for one in spoilt) < NO_RIDGES - 0.1
    assert min(one.coherence for one in good) > 4 * max(one.coherence for one in spoilt)


@pytest.mark.parametrize("sigma", [2, 3, 4])
def test_a_blurred_print_is_told_however_good_its_ridges_run(sigma: float, good: list[PrintQuality]) -> None:
    spoilt = qualities(blurred(sigma))

    assert reasons(spoilt) == {("finger.blurred",)}
    assert min(one.crispness for one in good) > max(one.crispness for one in spoilt) + 0.08


@pytest.mark.parametrize("share", [0.1, 0.25])
def test_a_faint_print_is_told_however_clear_its_ridges_are(share: float, good: list[PrintQuality]) -> None:
    spoilt = qualities(faint(share))

    assert reasons(spoilt) == {("finger.low_contrast",)}
    assert min(one.span for one in good) > 3 * max(one.span for one in spoilt)


def test_noise_over_a_good_print_is_told(good: list[PrintQuality]) -> None:
    spoilt = qualities(noisy)

    assert reasons(spoilt) == {("finger.noisy",)}
    assert min(one.fine for one in spoilt) > 1.5 * max(one.fine for one in good)


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_an_even_patch_is_no_print(grey: int) -> None:
    image = np.full((300, 240), grey, np.uint8)

    findings = judge_print(Finger.LEFT_RING, measure_print(image, np.full_like(image, 255)))

    assert [finding.code for finding in findings] == ["finger.no_ridges"]


def test_a_small_print_is_told_beside_what_else_is_wrong_with_it() -> None:
    mask = np.zeros_like(prints()[0])
    mask[100:200, 60:160] = 255

    clear = judge_print(Finger.RIGHT_INDEX, measure_print(prints()[0], mask))
    soft = judge_print(Finger.RIGHT_INDEX, measure_print(blurred(4)(prints()[0]), mask))

    assert [finding.code for finding in clear] == ["finger.too_small"]
    assert [finding.code for finding in soft] == ["finger.too_small", "finger.blurred"]
