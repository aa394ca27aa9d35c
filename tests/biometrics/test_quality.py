"""The number people see for a finger or an eye: 40 is the limit, whatever was measured."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.biometrics import iris, ridges
from kiosk.biometrics.judgements import Image
from kiosk.biometrics.quality import ACCEPTED, quality_of
from kiosk.biometrics.ridges import PrintQuality, judge_print, measure_print
from kiosk.domain.captures import EYES, CaptureKind, Eye, Finger, Measure
from kiosk.domain.findings import Finding
from tests.biometrics.conftest import eye_of, fingers_of, judged, plate

PART = Finger.RIGHT_INDEX
SHARE = st.floats(0, 1)
# What stands exactly at the limit of every rule, and on the good side of all others.
AT_LIMIT = {
    "coherence": ridges.UNCLEAR,
    "fine": ridges.NOISY,
    "span": ridges.LEAST_SPAN,
    "dark": ridges.DRY,
    "area": ridges.LEAST_AREA_OTHERS,
}
GOOD = PrintQuality(
    coherence=0.93, fine=0.05, contrast=120.0, span=170.0, dark=0.51, darkness=0.37, area=340.0
)


def worth(quality: PrintQuality, *more: Finding) -> int | None:
    return quality_of((*judge_print(PART, quality), *more), quality.measures(PART), PART)


def changed(**values: float) -> PrintQuality:
    told = {name: getattr(GOOD, name) for name in PrintQuality.__dataclass_fields__}
    return PrintQuality(**(told | values))


def test_good_prints_lie_well_above_the_limit_and_below_the_best() -> None:
    worths = [
        quality_of(finger.judgement.findings, finger.judgement.measures, finger.finger)
        for person in (1, 2, 3)
        for finger in fingers_of(person)
    ]

    assert len(worths) == 30
    assert all(worth is not None and 50 <= worth < 100 for worth in worths)
    assert len(set(worths)) > 5


@pytest.mark.parametrize(("name", "limit"), AT_LIMIT.items())
def test_what_stands_exactly_at_a_limit_is_worth_forty(name: str, limit: float) -> None:
    assert judge_print(PART, changed(**{name: limit})) == ()
    assert worth(changed(**{name: limit})) == ACCEPTED


@pytest.mark.parametrize(("name", "limit"), AT_LIMIT.items())
def test_the_further_beyond_a_limit_the_less_it_is_worth(name: str, limit: float) -> None:
    worse = 1.6 if name == "fine" else 0.6
    near, far = (worth(changed(**{name: limit * worse**step})) for step in (1, 2))

    assert near is not None
    assert far is not None
    assert far < near < ACCEPTED


def test_a_print_that_is_dark_all_over_but_not_dark_in_the_mean_is_not_wet() -> None:
    spread, wet = changed(dark=0.7, darkness=0.40), changed(dark=0.7, darkness=0.55)

    assert (worth(spread) or 0) > ACCEPTED
    assert (worth(wet) or 0) < ACCEPTED


@given(coherence=SHARE, fine=SHARE, contrast=st.floats(0, 255), span=st.floats(0, 255), dark=SHARE)
def test_acceptance_and_number_never_contradict_each_other(
    coherence: float, fine: float, contrast: float, span: float, dark: float
) -> None:
    quality = changed(coherence=coherence, fine=fine, contrast=contrast, span=span, dark=dark, darkness=dark)

    number = worth(quality)

    assert number is not None
    assert 0 <= number <= 100
    assert (number >= ACCEPTED) == (judge_print(PART, quality) == ())


def test_a_good_print_at_the_rim_or_taken_twice_is_not_acceptable_and_says_so() -> None:
    assert worth(GOOD, Finding.error("finger.at_rim", PART)) == ACCEPTED - 1
    assert (worth(GOOD, Finding.error("finger.at_rim", Finger.LEFT_INDEX)) or 0) > ACCEPTED


def test_the_number_is_the_same_from_what_is_kept() -> None:
    judgement = judged(plate(1, CaptureKind.RIGHT_FOUR), CaptureKind.RIGHT_FOUR)
    kept = tuple(measure for finger in judgement.fingers for measure in finger.judgement.measures)

    for finger in judgement.fingers:
        assert quality_of((), kept, finger.finger) == quality_of((), finger.judgement.measures, finger.finger)


def test_blur_makes_a_print_worth_less_the_stronger_it_is() -> None:
    finger = fingers_of(1)[0]

    def blurred(sigma: float) -> int:
        image = np.asarray(cv2.GaussianBlur(finger.image, (0, 0), sigma), np.uint8)
        quality = measure_print(image, _mask(finger.image))
        return worth(quality) or 0

    assert blurred(4) < blurred(2) < ACCEPTED < blurred(0.4)


def _mask(image: Image) -> Image:
    return np.asarray((cv2.GaussianBlur(image, (0, 0), 12) < 205) * 255, np.uint8)


@pytest.mark.parametrize("eye", EYES)
def test_a_good_eye_lies_well_above_the_limit(eye: Eye) -> None:
    judgement = iris.judge_iris(eye_of(2, eye), eye)

    assert 50 <= (quality_of(judgement.findings, judgement.measures, eye) or 0) < 100


@pytest.mark.parametrize("flaw", ["blur", "looks_away", "too_dark"])
def test_a_poor_eye_lies_below_it(flaw: str) -> None:
    judgement = iris.judge_iris(eye_of(2, Eye.LEFT, flaw), Eye.LEFT)

    assert (quality_of(judgement.findings, judgement.measures, Eye.LEFT) or 0) < ACCEPTED


def test_an_eye_nobody_found_is_worth_nothing() -> None:
    judgement = iris.judge_iris(np.full((480, 640), 190, np.uint8), Eye.LEFT)

    assert quality_of(judgement.findings, judgement.measures, Eye.LEFT) == 0


def test_a_wide_pupil_only_warns_and_stays_acceptable() -> None:
    measures = [
        Measure(Eye.LEFT, name, value)
        for name, value in (
            ("light", 140.0),
            ("iris_width", 230.0),
            ("pupil_share", 0.9),
            ("seen", 0.95),
            ("focus", 7.0),
            ("away", 0.1),
            ("glare", 0.0),
        )
    ]

    assert quality_of([Finding.warning("iris.pupil", Eye.LEFT, share="90")], measures, Eye.LEFT) == ACCEPTED


def test_what_was_not_measured_has_no_number() -> None:
    assert quality_of((), (), PART) is None
    assert quality_of((), [Measure("portrait", "sharpness", 90.0)], "portrait") is None
