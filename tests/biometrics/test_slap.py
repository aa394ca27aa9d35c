"""A plate is cut into fingers in the hand's order, and each is judged by itself."""

import cv2
import numpy as np
import pytest

from kiosk.biometrics.judgements import Image
from kiosk.biometrics.slap import judge_slap
from kiosk.domain.captures import FINGERS_OF, LEFT_FOUR, RIGHT_FOUR, CaptureKind, Finger
from kiosk.domain.findings import Severity
from tests.biometrics.conftest import PPI, SLAPS, codes, finger_codes, fingers_of, judged, measured, plate

PEOPLE = range(1, 5)
LEFT_TO_RIGHT = {
    CaptureKind.RIGHT_FOUR: RIGHT_FOUR,
    CaptureKind.LEFT_FOUR: tuple(reversed(LEFT_FOUR)),
    CaptureKind.THUMBS: (Finger.LEFT_THUMB, Finger.RIGHT_THUMB),
}
OTHER_HAND = {
    CaptureKind.RIGHT_FOUR: CaptureKind.LEFT_FOUR,
    CaptureKind.LEFT_FOUR: CaptureKind.RIGHT_FOUR,
}
NOTHING: Image = np.full((1500, 1600), 238, np.uint8)


@pytest.mark.parametrize("kind", SLAPS)
@pytest.mark.parametrize("person", PEOPLE)
def test_a_good_plate_gives_each_finger_in_the_hands_order_and_no_finding(
    person: int, kind: CaptureKind
) -> None:
    judgement = judged(plate(person, kind), kind)

    assert [finger.finger for finger in judgement.fingers] == list(LEFT_TO_RIGHT[kind])
    assert judgement.findings == ()
    assert finger_codes(judgement) == [set()] * len(LEFT_TO_RIGHT[kind])


@pytest.mark.parametrize("kind", SLAPS)
def test_fingers_lie_on_the_plate_where_their_boxes_say(kind: CaptureKind) -> None:
    image = plate(1, kind)

    fingers = judged(image, kind).fingers

    middles = [finger.box.left + finger.box.width / 2 for finger in fingers]
    assert middles == sorted(middles)
    for finger in fingers:
        box = finger.box
        inside = image[box.top : box.top + box.height, box.left : box.left + box.width]
        assert inside.mean() < image.mean() - 10
        told = measured(finger.judgement)
        assert (told["left"], told["top"]) == (box.left, box.top)
        assert (told["width"], told["height"]) == (box.width, box.height)


def test_the_crop_of_a_named_finger_is_that_fingers_print() -> None:
    without_ring = frozenset({Finger.RIGHT_RING.value})
    bare = judged(plate(1, CaptureKind.RIGHT_FOUR, 0, without_ring), CaptureKind.RIGHT_FOUR)

    whole = {finger.finger: finger.box for finger in fingers_of(1)}
    left = plate(1, CaptureKind.RIGHT_FOUR, 0, without_ring)

    box = whole[Finger.RIGHT_RING]
    assert left[box.top : box.top + box.height, box.left : box.left + box.width].std() < 12
    assert bare.fingers == ()


@pytest.mark.parametrize("kind", SLAPS)
def test_a_wrong_count_says_how_many_were_seen_and_names_no_finger(kind: CaptureKind) -> None:
    lifted = frozenset({LEFT_TO_RIGHT[kind][0].value})

    judgement = judged(plate(2, kind, 0, lifted), kind)

    (finding,) = [one for one in judgement.findings if one.code == "slap.count"]
    expected = len(LEFT_TO_RIGHT[kind])
    assert dict(finding.values) == {"found": str(expected - 1), "expected": str(expected)}
    assert finding.severity is Severity.ERROR
    assert judgement.fingers == ()
    assert measured(judgement)["fingers_found"] == expected - 1


@pytest.mark.parametrize("absent", RIGHT_FOUR)
def test_a_missing_finger_is_honoured_and_the_others_keep_their_names(absent: Finger) -> None:
    kind = CaptureKind.RIGHT_FOUR

    judgement = judged(plate(3, kind, 0, frozenset({absent.value})), kind, frozenset({absent}))

    assert [finger.finger for finger in judgement.fingers] == [one for one in RIGHT_FOUR if one is not absent]
    assert judgement.findings == ()
    assert finger_codes(judgement) == [set()] * 3


def test_a_finger_said_to_be_missing_but_laid_down_is_counted() -> None:
    kind = CaptureKind.THUMBS

    judgement = judged(plate(1, kind), kind, frozenset({Finger.LEFT_THUMB}))

    assert codes(judgement) == {"slap.count"}
    assert judgement.fingers == ()


def test_a_plate_of_missing_fingers_only_may_be_empty() -> None:
    assert judged(NOTHING, CaptureKind.THUMBS, frozenset(Finger)).acceptable


def test_an_empty_plate_says_so() -> None:
    judgement = judged(NOTHING, CaptureKind.LEFT_FOUR)

    assert codes(judgement) == {"slap.empty"}
    assert not judgement.acceptable


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("kind", OTHER_HAND)
def test_the_other_hand_on_the_plate_is_noticed(person: int, kind: CaptureKind) -> None:
    judgement = judged(plate(person, OTHER_HAND[kind]), kind)

    assert codes(judgement) == {"slap.hands_swapped"}


@pytest.mark.parametrize("kind", OTHER_HAND)
def test_fingers_that_were_laid_there_one_by_one_tell_nothing_of_the_hand(kind: CaptureKind) -> None:
    laid = plate(PEOPLE[0], OTHER_HAND[kind])

    judgement = judge_slap(laid, FINGERS_OF[kind], ppi=500, one_by_one=True)

    assert codes(judgement) == set()


@pytest.mark.parametrize(
    ("flaw", "code"),
    [
        ("dry", "finger.dry"),
        ("wet", "finger.wet"),
        ("low_contrast", "finger.low_contrast"),
        ("tips_only", "finger.too_small"),
    ],
)
@pytest.mark.parametrize("person", [1, 2])
def test_what_spoils_all_fingers_is_told_of_each(person: int, flaw: str, code: str) -> None:
    kind = CaptureKind.RIGHT_FOUR

    judgement = judged(plate(person, kind, 0, frozenset(), flaw), kind)

    assert finger_codes(judgement) == [{code}] * 4


@pytest.mark.parametrize("spoilt", range(4))
def test_one_bad_finger_among_good_ones_is_told_of_that_finger_alone(spoilt: int) -> None:
    kind = CaptureKind.RIGHT_FOUR
    image = plate(4, kind).copy()
    box = judged(image, kind).fingers[spoilt].box
    rows, columns = slice(box.top, box.top + box.height), slice(box.left, box.left + box.width)
    image[rows, columns] = cv2.GaussianBlur(image[rows, columns], (0, 0), 4)

    judgement = judged(image, kind)

    assert finger_codes(judgement) == [{"finger.blurred"} if place == spoilt else set() for place in range(4)]


@pytest.mark.parametrize("person", PEOPLE)
def test_a_smeared_plate_is_refused(person: int) -> None:
    kind = CaptureKind.RIGHT_FOUR

    judgement = judged(plate(person, kind, 0, frozenset(), "smudged"), kind)

    assert not judgement.acceptable or all(not finger.judgement.acceptable for finger in judgement.fingers)


def test_a_dirty_plate_is_told_of_the_plate_and_not_of_the_fingers() -> None:
    kind = CaptureKind.RIGHT_FOUR

    judgement = judged(plate(1, kind, 0, frozenset(), "dirty_plate"), kind)

    assert codes(judgement) == {"slap.dirty_plate"}
    assert finger_codes(judgement) == [set()] * 4


@pytest.mark.parametrize(("side", "cut_off"), [("left", 0), ("right", 3)])
def test_a_finger_that_goes_on_beyond_the_rim_is_named(side: str, cut_off: int) -> None:
    kind = CaptureKind.RIGHT_FOUR
    image = plate(1, kind)
    box = judged(image, kind).fingers[cut_off].box
    kept = slice(box.left + 64, None) if side == "left" else slice(0, box.left + box.width - 64)

    judgement = judged(np.ascontiguousarray(image[:, kept]), kind)

    named = ["finger.at_rim" in found for found in finger_codes(judgement)]
    assert named == [place == cut_off for place in range(4)]


def test_a_hand_turned_far_is_told_and_its_fingers_are_still_named() -> None:
    kind = CaptureKind.THUMBS
    image = plate(1, kind)
    turn = cv2.getRotationMatrix2D((800, 750), -42, 0.8)
    turned = np.asarray(cv2.warpAffine(image, turn, (1600, 1500), borderValue=238), np.uint8)

    judgement = judged(turned, kind)

    assert "slap.turned" in codes(judgement)
    assert [finger.finger for finger in judgement.fingers] == list(LEFT_TO_RIGHT[kind])


def test_a_turned_finger_is_cut_out_upright() -> None:
    kind = CaptureKind.RIGHT_FOUR
    image = plate(1, kind)
    turn = cv2.getRotationMatrix2D((800, 700), 20, 0.9)
    turned = np.asarray(cv2.warpAffine(image, turn, (1600, 1500), borderValue=238), np.uint8)

    judgement = judged(turned, kind)

    assert measured(judgement)["hand_angle"] == pytest.approx(
        measured(judged(image, kind))["hand_angle"] - 20, abs=6
    )
    assert all(finger.image.shape[0] > finger.image.shape[1] for finger in judgement.fingers)


def test_a_coarse_scanner_is_refused_and_a_fine_one_is_scaled_down() -> None:
    kind = CaptureKind.THUMBS
    image = plate(1, kind)
    fine = np.asarray(cv2.resize(image, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), np.uint8)

    coarse = judge_slap(image, LEFT_TO_RIGHT[kind], ppi=400)
    scaled = judge_slap(fine, LEFT_TO_RIGHT[kind], ppi=2 * PPI)

    assert codes(coarse) == {"slap.resolution"}
    assert codes(scaled) == set()
    for one, two in zip(scaled.fingers, judged(image, kind).fingers, strict=True):
        assert one.box.left == pytest.approx(two.box.left, abs=16)
        assert one.image.shape == pytest.approx(two.image.shape, rel=0.06)
