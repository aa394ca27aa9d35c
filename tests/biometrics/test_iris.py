"""An eye is accepted when it is sharp, open, near and in the middle, and otherwise told why not."""

import cv2
import numpy as np
import pytest

from kiosk.biometrics.iris import DARKEST, LEAST_FOCUS, LEAST_WIDTH, find_circles, judge_iris
from kiosk.biometrics.judgements import Image
from kiosk.domain.captures import EYES, Eye
from tests.biometrics.conftest import codes, eye_of, measured

PEOPLE = range(1, 6)
EVERY = [(person, eye) for person in PEOPLE for eye in EYES]


def blurred(image: Image, sigma: float) -> Image:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), np.uint8)


def further_away(image: Image, share: float) -> Image:
    """The same eye seen from further away, skin around it."""
    small = cv2.resize(image, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    down, across = (480 - small.shape[0]) // 2, (640 - small.shape[1]) // 2
    around = cv2.copyMakeBorder(small, down, down, across, across, cv2.BORDER_REPLICATE)
    return np.asarray(around, np.uint8)


@pytest.mark.parametrize(("person", "eye"), EVERY)
def test_a_sharp_open_eye_is_accepted_without_a_finding(person: int, eye: Eye) -> None:
    judgement = judge_iris(eye_of(person, eye), eye)

    assert judgement.findings == ()
    assert {measure.part for measure in judgement.measures} == {eye.value}


def test_focus_keeps_sharp_and_blurred_eyes_far_apart() -> None:
    sharp = [measured(judge_iris(eye_of(*who), who[1]))["focus"] for who in EVERY]
    soft = [measured(judge_iris(eye_of(*who, "blur"), who[1]))["focus"] for who in EVERY]

    assert min(sharp) > 1.5 * LEAST_FOCUS
    assert max(soft) < 0.6 * LEAST_FOCUS


@pytest.mark.parametrize("sigma", [3, 5])
def test_a_blurred_eye_is_told_so_and_nothing_else(sigma: float) -> None:
    found = [codes(judge_iris(blurred(eye_of(person, eye), sigma), eye)) for person, eye in EVERY]

    assert found == [{"iris.blurred"}] * len(EVERY)


@pytest.mark.parametrize("flaw", ["closed", "half_closed"])
def test_a_closed_eye_is_refused(flaw: str) -> None:
    judgements = [judge_iris(eye_of(person, eye, flaw), eye) for person, eye in EVERY]

    told = [codes(judgement) for judgement in judgements]
    assert not any(judgement.acceptable for judgement in judgements)
    assert sum(found == {"iris.not_found"} for found in told) >= len(told) - 1


@pytest.mark.parametrize("skin", [110, 150, 190])
@pytest.mark.parametrize("person", [1, 2, 3, 4])
def test_lids_over_half_of_the_iris_are_told_even_when_they_are_as_grey_as_it(person: int, skin: int) -> None:
    image = eye_of(person, Eye.RIGHT).copy()
    circles = find_circles(image)
    assert circles is not None
    rows = np.arange(480)
    covered = np.abs(rows - circles.pupil[1]) > circles.pupil_radius + 4
    lids = np.random.default_rng(1).normal(skin, 2, (int(covered.sum()), 640))
    image[covered] = lids.astype(np.uint8)

    judgement = judge_iris(image, Eye.RIGHT)

    assert codes(judgement) == {"iris.half_closed"}
    assert measured(judgement)["seen"] < 0.6


def test_an_eye_that_looks_aside_or_stands_beside_the_middle_is_told() -> None:
    aside = [codes(judge_iris(eye_of(person, eye, "looks_away"), eye)) for person, eye in EVERY]
    moved = [codes(judge_iris(np.roll(eye_of(person, eye), 150, 1), eye)) for person, eye in EVERY]

    assert aside == [{"iris.off_centre"}] * len(EVERY)
    assert moved == [{"iris.off_centre"}] * len(EVERY)


def test_an_eye_too_far_away_is_told_with_its_size() -> None:
    judgement = judge_iris(further_away(eye_of(1, Eye.LEFT), 0.6), Eye.LEFT)

    (finding,) = judgement.findings
    assert finding.code == "iris.too_small"
    assert int(dict(finding.values)["pixels"]) < LEAST_WIDTH
    assert dict(finding.values)["least"] == "160"


@pytest.mark.parametrize("share", [0.7, 0.8, 0.9])
def test_the_width_of_the_iris_follows_its_size_in_the_picture(share: float) -> None:
    for person, eye in EVERY:
        whole = measured(judge_iris(eye_of(person, eye), eye))["iris_width"]

        small = measured(judge_iris(further_away(eye_of(person, eye), share), eye))["iris_width"]

        assert small == pytest.approx(whole * share, abs=6)


def test_the_width_of_a_drawn_disc_is_measured_to_two_pixels() -> None:
    image = np.full((480, 640), 190, np.uint8)
    cv2.circle(image, (330, 236), 110, 110, -1, cv2.LINE_AA)
    cv2.circle(image, (330, 236), 44, 20, -1, cv2.LINE_AA)

    told = measured(judge_iris(blurred(image, 0.8), Eye.RIGHT))

    assert told["iris_width"] == pytest.approx(220, abs=2)
    assert told["pupil_share"] == pytest.approx(0.4, abs=0.03)
    assert told["away"] == pytest.approx(np.hypot(10, 4) / 110, abs=0.02)


def test_a_wide_pupil_asks_for_other_light() -> None:
    image = np.full((480, 640), 190, np.uint8)
    cv2.circle(image, (320, 240), 110, 110, -1, cv2.LINE_AA)
    cv2.circle(image, (320, 240), 84, 20, -1, cv2.LINE_AA)

    judgement = judge_iris(image, Eye.RIGHT)

    assert "iris.pupil" in codes(judgement)


def test_a_reflection_on_the_iris_is_told() -> None:
    image = eye_of(3, Eye.RIGHT).copy()
    circles = find_circles(image)
    assert circles is not None
    place = (round(circles.middle[0] + circles.radius * 0.6), round(circles.middle[1]))
    cv2.circle(image, place, 26, 255, -1)

    assert "iris.glare" in codes(judge_iris(image, Eye.RIGHT))


def test_a_dark_picture_is_told_whether_or_not_the_eye_is_found() -> None:
    judgements = [judge_iris(eye_of(person, eye, "too_dark"), eye) for person, eye in EVERY]

    assert all("iris.too_dark" in codes(judgement) for judgement in judgements)
    assert all(measured(judgement)["light"] < DARKEST for judgement in judgements)


def test_a_large_dark_thing_is_no_pupil() -> None:
    image = np.full((480, 640), 190, np.uint8)
    cv2.circle(image, (320, 240), 150, 20, -1)

    assert codes(judge_iris(image, Eye.LEFT)) == {"iris.not_found"}
