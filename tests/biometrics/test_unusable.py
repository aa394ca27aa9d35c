"""Nothing a device may give crashes a judge: there are findings, or an error with a name."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.biometrics.encoding import (
    encode_finger,
    encode_iris,
    encode_portrait,
    encode_signature,
    encode_slap,
)
from kiosk.biometrics.faces import FaceFinder
from kiosk.biometrics.iris import judge_iris
from kiosk.biometrics.judgements import Box, FingerImage, Image, Judgement
from kiosk.biometrics.portrait import judge_portrait, portrait_copy
from kiosk.biometrics.signature import judge_signature
from kiosk.biometrics.slap import judge_slap
from kiosk.biometrics.usable import LEAST_SIDE, UnusableCaptureError
from kiosk.devices.api import StrokePoint
from kiosk.domain.captures import THUMBS, CaptureKind, Eye, Finger
from tests.biometrics.conftest import PPI, codes

RANDOM = np.random.default_rng(11)
JUDGED: dict[str, Image] = {
    "smallest": np.zeros((LEAST_SIDE, LEAST_SIDE), np.uint8),
    "strip": np.zeros((LEAST_SIDE, 6000), np.uint8),
    "huge": np.zeros((8000, 8000), np.uint8),
    "white": np.full((1500, 1600), 255, np.uint8),
    "noise": RANDOM.integers(0, 256, (1500, 1600), np.uint8),
    "small noise": RANDOM.integers(0, 256, (120, 90), np.uint8),
    "black and white": RANDOM.integers(0, 2, (480, 640), np.uint8) * np.uint8(255),
    "columns": np.tile(np.asarray([0, 255], np.uint8), (480, 320)),
}
REFUSED: dict[str, np.ndarray] = {
    "one pixel": np.zeros((1, 1), np.uint8),
    "empty": np.zeros((0, 0), np.uint8),
    "one row": np.zeros((1, 5000), np.uint8),
    "endless": np.zeros((LEAST_SIDE, 20_000), np.uint8),
    "fractions": np.zeros((480, 640), np.float64),
    "sixteen bits": np.zeros((480, 640), np.uint16),
    "flat": np.zeros(4096, np.uint8),
    "four ways": np.zeros((1, 480, 640, 3), np.uint8),
}
NO_TEXTURE = ["smallest", "strip", "huge", "white"]


def in_colour(image: np.ndarray) -> np.ndarray:
    return np.dstack([image] * 3) if image.ndim == 2 else image


@pytest.mark.parametrize("name", JUDGED)
def test_a_strange_plate_shows_no_hand(name: str) -> None:
    judgement = judge_slap(JUDGED[name], THUMBS, ppi=PPI)

    assert codes(judgement) & {"slap.empty", "slap.count"}
    assert not judgement.acceptable


@pytest.mark.parametrize("name", NO_TEXTURE)
def test_a_plate_without_texture_is_empty(name: str) -> None:
    assert codes(judge_slap(JUDGED[name], THUMBS, ppi=PPI)) == {"slap.empty"}


@pytest.mark.parametrize("name", JUDGED)
def test_a_strange_picture_of_an_eye_shows_no_eye(name: str) -> None:
    assert "iris.not_found" in codes(judge_iris(JUDGED[name], Eye.LEFT))


@pytest.mark.parametrize("name", JUDGED)
def test_a_strange_portrait_shows_no_face(name: str, finder: FaceFinder) -> None:
    judgement = judge_portrait(np.asarray(in_colour(JUDGED[name])), finder, birth_year=1990)

    assert codes(judgement) == {"portrait.no_face"}
    assert judgement.face is None


Judge = Callable[[np.ndarray, FaceFinder], Judgement | object]
GREY: dict[str, Judge] = {
    "slap": lambda image, _: judge_slap(image, THUMBS, ppi=PPI),
    "iris": lambda image, _: judge_iris(image, Eye.LEFT),
    "wsq": lambda image, _: encode_slap(image, CaptureKind.THUMBS, PPI),
    "png": lambda image, _: encode_iris(image, Eye.LEFT),
}
COLOUR: dict[str, Judge] = {
    "portrait": lambda image, finder: judge_portrait(image, finder, birth_year=1990),
    "jpeg": lambda image, _: encode_portrait(image),
    "copy": lambda image, _: portrait_copy(image),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("judge", GREY)
def test_what_is_no_grey_picture_is_refused_by_name(name: str, judge: str, finder: FaceFinder) -> None:
    with pytest.raises(UnusableCaptureError, match="no grey picture"):
        GREY[judge](REFUSED[name], finder)


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("judge", COLOUR)
def test_what_is_no_colour_picture_is_refused_by_name(name: str, judge: str, finder: FaceFinder) -> None:
    with pytest.raises(UnusableCaptureError, match="no RGB picture"):
        COLOUR[judge](in_colour(REFUSED[name]), finder)


def test_grey_and_colour_are_not_taken_for_each_other(finder: FaceFinder) -> None:
    grey = JUDGED["small noise"]

    with pytest.raises(UnusableCaptureError):
        judge_portrait(grey, finder, birth_year=1990)
    with pytest.raises(UnusableCaptureError):
        judge_portrait(np.dstack([grey] * 4), finder, birth_year=1990)
    with pytest.raises(UnusableCaptureError):
        judge_iris(np.asarray(in_colour(grey)), Eye.LEFT)


def test_a_finger_too_small_for_wsq_is_refused_by_name() -> None:
    speck = FingerImage(Finger.LEFT_RING, Box(0, 0, 20, 20), np.zeros((20, 20), np.uint8), Judgement((), ()))

    with pytest.raises(UnusableCaptureError):
        encode_finger(speck, PPI)


@pytest.mark.parametrize("ppi", [0, -1, 1, 499, 505, 506, 1000])
def test_any_resolution_is_judged(ppi: int) -> None:
    judgement = judge_slap(JUDGED["white"], THUMBS, ppi=ppi)

    assert ("slap.resolution" in codes(judgement)) == (ppi < 495)


def test_a_resolution_that_leaves_no_picture_is_refused_by_name() -> None:
    with pytest.raises(UnusableCaptureError, match="1000000 pixels an inch"):
        judge_slap(JUDGED["white"], THUMBS, ppi=1_000_000)


@settings(max_examples=30, deadline=None)
@given(height=st.integers(LEAST_SIDE, 400), width=st.integers(LEAST_SIDE, 400), seed=st.integers(0, 1000))
def test_noise_of_any_size_is_judged_as_nothing(height: int, width: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    image = np.asarray(rng.integers(0, int(rng.integers(1, 257)), (height, width)), np.uint8)

    assert not judge_slap(image, THUMBS, ppi=PPI).acceptable
    assert not judge_iris(image, Eye.RIGHT).acceptable
    assert encode_slap(image, CaptureKind.THUMBS, PPI).content.startswith(b"\xff\xa0")


@settings(max_examples=200, deadline=None)
@given(
    points=st.lists(st.tuples(st.floats(), st.floats(), st.floats(), st.floats()), min_size=1, max_size=5),
    size=st.tuples(st.floats(1, 200), st.floats(1, 200)) | st.tuples(st.floats(), st.floats()),
)
def test_strokes_of_any_numbers_are_judged_and_kept_or_refused_by_name(
    points: list[tuple[float, float, float, float]], size: tuple[float, float]
) -> None:
    strokes = (tuple(StrokePoint(*point) for point in points),)

    try:
        judgement = judge_signature(strokes, size)
    except UnusableCaptureError:
        with pytest.raises(UnusableCaptureError):
            encode_signature(strokes, size)
        return

    picture, samples = encode_signature(strokes, size)
    assert judgement.measures
    assert (picture.width, picture.height) == (samples.width, samples.height)
