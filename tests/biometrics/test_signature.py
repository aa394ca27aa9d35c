"""Strokes are a signature when there is enough ink inside the field; they are kept as picture and samples."""

import numpy as np
import pytest

from kiosk.biometrics.encoding import STROKES, decode, encode_signature, strokes_from_json
from kiosk.biometrics.signature import PPI, judge_signature, render_signature
from kiosk.devices.api import Stroke, StrokePoint
from kiosk.devices.sim.signatures import PAD, signature
from kiosk.domain.errors import MalformedError
from tests.biometrics.conftest import codes, measured

PEOPLE = range(1, 11)
MM = 25.4 / PPI


def line(*points: tuple[float, float], seconds: float = 1.0, pressure: float = 0.5) -> Stroke:
    steps = max(len(points) - 1, 1)
    return tuple(StrokePoint(x, y, pressure, seconds * place / steps) for place, (x, y) in enumerate(points))


@pytest.mark.parametrize("person", PEOPLE)
def test_a_signature_is_accepted_and_its_ink_is_measured(person: int) -> None:
    judgement = judge_signature(signature(person), PAD)

    told = measured(judgement)
    assert judgement.findings == ()
    assert told["ink_length"] > 60
    assert 6 < told["width"] <= PAD[0]
    assert told["duration"] > 0.3
    assert told["samples_at_edge"] == 0


def test_a_known_line_has_its_length_width_and_time() -> None:
    judgement = judge_signature((line((10, 10), (40, 10), (40, 30), seconds=2),), PAD)

    told = measured(judgement)
    assert (told["ink_length"], told["width"], told["duration"]) == (50, 30, 2)


@pytest.mark.parametrize("strokes", [(), ((),), ((), ())])
def test_nothing_written_is_told(strokes: tuple[Stroke, ...]) -> None:
    assert codes(judge_signature(strokes, PAD)) == {"signature.empty"}


def test_a_dot_is_too_small() -> None:
    assert codes(judge_signature(signature(1, flaw="dot"), PAD)) >= {"signature.too_small"}
    assert "signature.too_small" in codes(judge_signature((line((20, 20)),), PAD))


def test_ink_scribbled_on_one_spot_is_too_small_however_long() -> None:
    scribble = line(*[(20 + place % 2, 10 + place % 3) for place in range(100)])

    assert codes(judge_signature((scribble,), PAD)) == {"signature.too_small"}


def test_a_cross_of_two_strokes_of_ten_millimetres_is_enough() -> None:
    cross = (line((20, 15), (28, 22)), line((20, 22), (28, 15)))

    assert judge_signature(cross, PAD).acceptable


@pytest.mark.parametrize("person", PEOPLE)
def test_a_signature_that_runs_off_the_pad_is_cut_off(person: int) -> None:
    assert "signature.cut_off" in codes(judge_signature(signature(person, flaw="off_the_pad"), PAD))


def test_a_very_quick_stroke_is_asked_about_and_not_refused() -> None:
    judgement = judge_signature((line((10, 10), (50, 20), seconds=0.1),), PAD)

    assert codes(judgement) == {"signature.too_quick"}
    assert judgement.acceptable


def test_the_picture_shows_ink_where_the_pen_went() -> None:
    image = render_signature((line((10, 10), (40, 10)),), PAD)

    row = round(10 / MM)
    assert image.shape == (round(PAD[1] / MM), round(PAD[0] / MM))
    assert (image[row, round(11 / MM) : round(39 / MM)] < 128).all()
    assert (image[round(20 / MM) :] == 255).all()


def test_pressure_makes_the_line_thicker() -> None:
    soft = render_signature((line((10, 10), (40, 10), pressure=0.1),), PAD)
    hard = render_signature((line((10, 10), (40, 10), pressure=1.0),), PAD)

    assert (hard < 128).sum() > 1.5 * (soft < 128).sum()


@pytest.mark.parametrize("person", [1, 2, 3])
def test_a_signature_is_kept_as_a_picture_and_as_samples_of_the_same_size(person: int) -> None:
    strokes = signature(person)

    picture, samples = encode_signature(strokes, PAD)

    assert (picture.media, samples.media) == ("image/png", STROKES)
    assert (picture.width, picture.height) == (samples.width, samples.height)
    assert picture.ppi == PPI
    assert strokes_from_json(samples.content) == (strokes, PAD)
    assert np.array_equal(decode(picture), decode(samples))
    assert decode(picture).shape == (picture.height, picture.width)


def test_a_pen_beyond_the_field_is_drawn_at_its_rim() -> None:
    image = render_signature((line((-50, 10), (1e12, 10)),), PAD)

    assert (image[round(10 / MM)] < 128).all()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"strokes":[[[1,2]]],"size_mm":[88,39]}',
        b'{"strokes":[[[1,2,3,NaN]]],"size_mm":[88,39]}',
        b'{"strokes":[],"size_mm":[88]}',
        b'{"strokes":[],"size_mm":[88,1e9]}',
        b'{"strokes":[],"size_mm":[0,39]}',
        b'{"strokes":[[[1,2,0.5,' + b"9" * 400 + b']]],"size_mm":[88,39]}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_what_is_no_strokes_is_malformed(content: bytes) -> None:
    with pytest.raises(MalformedError):
        strokes_from_json(content)
