"""The same finger laid down twice is noticed; other fingers, of the same person or another, are not."""

from dataclasses import replace
from itertools import combinations

import pytest

from kiosk.biometrics.judgements import FingerImage
from kiosk.biometrics.same_finger import SAME, likeness, repeated_fingers
from kiosk.domain.captures import Finger
from tests.biometrics.conftest import fingers_of

PEOPLE = (1, 2, 3)


def by_name(person: int, attempt: int = 0) -> dict[Finger, FingerImage]:
    return {finger.finger: finger for finger in fingers_of(person, attempt)}


@pytest.fixture(scope="module")
def same() -> list[float]:
    return [
        likeness(by_name(person)[finger].image, by_name(person, 1)[finger].image)
        for person in PEOPLE
        for finger in Finger
    ]


@pytest.mark.parametrize("person", PEOPLE)
def test_ten_fingers_of_one_person_are_ten_different_ones(person: int) -> None:
    assert repeated_fingers(fingers_of(person)) == ()


def test_the_same_finger_taken_again_is_noticed_nine_times_in_ten(same: list[float]) -> None:
    noticed = sum(alike >= SAME for alike in same)

    assert noticed >= 0.9 * len(same)
    assert min(same) > 0.35


def test_no_two_fingers_of_a_person_are_as_alike_as_the_same_finger(same: list[float]) -> None:
    different = [
        likeness(one.image, two.image)
        for person in PEOPLE
        for one, two in combinations(fingers_of(person), 2)
    ]

    assert len(different) == 135
    assert max(different) < SAME
    assert max(different) < sorted(same)[len(same) // 10]


def test_fingers_of_two_people_under_different_names_are_told_apart() -> None:
    different = [
        likeness(one.image, two.image)
        for first, second in combinations(PEOPLE, 2)
        for one, two in zip(fingers_of(first), fingers_of(second)[1:], strict=False)
    ]

    assert len(different) == 27
    assert max(different) < SAME


def test_a_finger_laid_down_as_another_is_named_with_the_finger_it_was() -> None:
    taken = by_name(1)
    again = replace(by_name(1, 1)[Finger.RIGHT_INDEX], finger=Finger.LEFT_INDEX)

    (finding,) = repeated_fingers([taken[Finger.RIGHT_MIDDLE], taken[Finger.RIGHT_INDEX], again])

    assert (finding.code, finding.field) == ("finger.repeated", "left_index")
    assert dict(finding.values) == {"other": "right_index"}


def test_a_whole_hand_laid_down_as_the_other_repeats_its_fingers() -> None:
    right = fingers_of(2)[:4]
    as_left = [
        replace(finger, finger=name)
        for finger, name in zip(
            fingers_of(2, 1)[:4],
            (Finger.LEFT_LITTLE, Finger.LEFT_RING, Finger.LEFT_MIDDLE, Finger.LEFT_INDEX),
            strict=True,
        )
    ]

    findings = repeated_fingers([*right, *as_left])

    others = {finding.field: dict(finding.values)["other"] for finding in findings}
    expected = {"left_little": "right_index", "left_ring": "right_middle", "left_middle": "right_ring"}
    assert len(others) >= 3
    assert others.items() <= (expected | {"left_index": "right_little"}).items()


def test_a_second_attempt_at_the_same_named_finger_is_no_repetition() -> None:
    assert repeated_fingers([by_name(1)[Finger.LEFT_THUMB], by_name(1, 1)[Finger.LEFT_THUMB]]) == ()


def test_a_print_is_like_itself_and_likeness_has_no_direction() -> None:
    one, two = by_name(1)[Finger.RIGHT_THUMB].image, by_name(2)[Finger.RIGHT_THUMB].image

    assert likeness(one, one) > 0.95
    assert abs(likeness(one, two) - likeness(two, one)) < 0.1
