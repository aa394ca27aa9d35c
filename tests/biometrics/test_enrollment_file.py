"""The enrollment file says the same to two readers that did not write it, whatever texts it holds."""

from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

import nistitl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.biometrics.an2 import THOUSANDTH_INCH, EnrollmentHeader, build_enrollment
from kiosk.biometrics.encoding import (
    encode_finger,
    encode_iris,
    encode_portrait,
    encode_signature,
    encode_slap,
)
from kiosk.biometrics.iris import judge_iris
from kiosk.devices.sim.signatures import PAD, signature
from kiosk.domain.captures import (
    EYES,
    FINGERS_OF,
    Capture,
    CaptureKind,
    CapturePart,
    DeviceIdentity,
    Finger,
    Measure,
)
from tests.biometrics.conftest import PPI, SLAPS, eye_of, judged, measured, plate
from tests.biometrics.itl_walker import Walked, walk
from tests.biometrics.test_encoding import colours

MADE = datetime(2026, 1, 5, 9, 30, tzinfo=timezone(timedelta(hours=7)))
TAKEN = datetime(2026, 1, 4, 23, 59, 30, tzinfo=timezone(timedelta(hours=-2)))
HEADER = EnrollmentHeader("019b8be1-f500-7000-8000-000000000001", "kiosk-3325-01", "33.25", MADE)
DEVICE = DeviceIdentity("scanner.simulated", "Example", "Model 1", "SN-7", "1.0")
SLAP_POSITIONS = {CaptureKind.RIGHT_FOUR: "13", CaptureKind.LEFT_FOUR: "14", CaptureKind.THUMBS: "15"}


def capture(kind: CaptureKind, parts: tuple[CapturePart, ...], measures: tuple[Measure, ...] = ()) -> Capture:
    return Capture(kind, parts, measures, (), 2, DEVICE, TAKEN)


@lru_cache(maxsize=8)
def slap_capture(kind: CaptureKind, missing: frozenset[Finger] = frozenset()) -> Capture:
    image = plate(1, kind, 0, frozenset(finger.value for finger in missing))
    judgement = judged(image, kind, missing)
    fingers = tuple(encode_finger(finger, PPI) for finger in judgement.fingers)
    measures = tuple(one for finger in judgement.fingers for one in finger.judgement.measures)
    return capture(kind, (encode_slap(image, kind, PPI), *fingers), judgement.measures + measures)


@lru_cache(maxsize=1)
def other_captures() -> tuple[Capture, ...]:
    irises = tuple(encode_iris(eye_of(1, eye), eye) for eye in EYES)
    seen = tuple(one for eye in EYES for one in judge_iris(eye_of(1, eye), eye).measures)
    return (
        capture(CaptureKind.IRISES, irises, seen),
        capture(CaptureKind.STATEMENT, encode_signature(signature(2), PAD)),
        capture(CaptureKind.PORTRAIT, (encode_portrait(colours()),)),
        capture(CaptureKind.SIGNATURE, encode_signature(signature(1), PAD)),
    )


def all_captures() -> tuple[Capture, ...]:
    return (*other_captures(), *(slap_capture(kind) for kind in SLAPS))


def of_kind(records: list[Walked], kind: int) -> list[Walked]:
    return [record for record in records if record.kind == kind]


@pytest.fixture(scope="module")
def whole() -> bytes:
    return build_enrollment(all_captures(), HEADER)


@pytest.fixture(scope="module")
def walked(whole: bytes) -> list[Walked]:
    return walk(whole)


def test_every_capture_has_its_records_in_the_order_of_their_types(walked: list[Walked]) -> None:
    assert [record.kind for record in walked] == [1, 2, 8, 8, 10, 14, 14, 14, 17, 17]


def test_no_two_records_of_images_share_a_number(walked: list[Walked]) -> None:
    announced = walked[0].rows(3)[1:]

    numbers = [number for _, number in announced]
    assert sorted(numbers) == [f"{place:02d}" for place in range(len(announced))]


def test_the_first_record_says_what_when_from_whom_and_to_whom(walked: list[Walked]) -> None:
    first = walked[0]

    told = {number: first.text(number) for number in (2, 4, 5, 7, 8, 9, 11, 12, 14)}
    assert told == {
        2: "0502",
        4: "ENR",
        5: "20260105",
        7: "33.25",
        8: "kiosk-3325-01",
        9: HEADER.transaction_id,
        11: "00.00",
        12: "00.00",
        14: "20260105023000Z",
    }


def test_an_outside_reader_finds_every_record_and_every_image_byte_for_byte(whole: bytes) -> None:
    message = nistitl.Message()
    message.parse(whole)

    images = [record[999].value for record in message if record.type in (10, 14, 17)]
    kept = {kind: part.content for one in all_captures() for kind, part in [(one.kind, one.parts[0])]}
    eyes = [part.content for part in other_captures()[0].parts]
    assert [record.type for record in message] == [1, 2, 8, 8, 10, 14, 14, 14, 17, 17]
    assert images == [kept[CaptureKind.PORTRAIT], *(kept[kind] for kind in SLAPS), *eyes]
    assert b"".join(record.NIST for record in message if record.type == 8) in whole


def test_the_second_reader_finds_the_same_images(walked: list[Walked]) -> None:
    slaps = [record.fields[999] for record in of_kind(walked, 14)]

    assert slaps == [slap_capture(kind).parts[0].content for kind in SLAPS]


@pytest.mark.parametrize("place", range(3))
def test_a_slap_tells_its_size_resolution_code_and_position(walked: list[Walked], place: int) -> None:
    record = of_kind(walked, 14)[place]

    told = {number: record.text(number) for number in (3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)}
    assert told == {
        3: "0",
        4: "kiosk-3325-01",
        5: "20260105",
        6: "1600",
        7: "1500",
        8: "1",
        9: "500",
        10: "500",
        11: "WSQ20",
        12: "8",
        13: SLAP_POSITIONS[SLAPS[place]],
    }
    assert 18 not in record.fields


@pytest.mark.parametrize("place", range(3))
def test_a_slap_tells_where_each_finger_lies(walked: list[Walked], place: int) -> None:
    capture_of = slap_capture(SLAPS[place])

    told = {int(row[0]): [int(edge) for edge in row[1:]] for row in of_kind(walked, 14)[place].rows(21)}

    assert sorted(told) == sorted(finger.position for finger in FINGERS_OF[SLAPS[place]])
    for finger in FINGERS_OF[SLAPS[place]]:
        left, right, top, bottom = told[finger.position]
        box = {one.name: one.value for one in capture_of.measures if one.part == finger.value}
        assert (left, top) == (box["left"], box["top"])
        assert (right - left + 1, bottom - top + 1) == (box["width"], box["height"])
        assert 0 <= left < right < 1600
        assert 0 <= top < bottom < 1500


def test_the_face_and_the_eyes_tell_what_they_are(walked: list[Walked]) -> None:
    (face,), eyes = of_kind(walked, 10), of_kind(walked, 17)

    told = {number: face.text(number) for number in (3, 6, 7, 8, 9, 10, 11, 12, 13, 20)}
    assert told == {
        3: "FACE", 6: "480", 7: "640", 8: "0", 9: "1", 10: "1", 11: "JPEGB", 12: "SRGB", 13: "30", 20: "F",
    }  # fmt: skip
    assert [eye.text(3) for eye in eyes] == ["1", "2"]
    assert {(eye.text(6), eye.text(7), eye.text(11), eye.text(12), eye.text(13)) for eye in eyes} == {
        ("640", "480", "PNG", "8", "GRAY")
    }


def test_the_device_the_attempts_and_the_measures_are_told(walked: list[Walked]) -> None:
    about = walked[1]

    devices = {tuple(row[1:]) for row in about.rows(3)}
    measures = {(part, name): value for part, name, value in about.rows(5)}
    kinds = (CaptureKind.SIGNATURE, CaptureKind.STATEMENT, CaptureKind.PORTRAIT, *SLAPS, CaptureKind.IRISES)
    assert devices == {
        (kind.value, "2", "scanner.simulated", "Example", "Model 1", "SN-7", "20260105015930Z")
        for kind in kinds
    }
    assert float(measures["right_eye", "focus"]) == pytest.approx(
        measured(judge_iris(eye_of(1, EYES[0]), EYES[0]))["focus"], rel=1e-4
    )
    assert 4 not in about.fields


def test_the_signature_is_kept_as_points_from_the_lower_left_with_the_pen_lifted_after_each_stroke(
    walked: list[Walked],
) -> None:
    vectors = of_kind(walked, 8)[0].fields[999]

    head, points = vectors[:7], [vectors[at : at + 5] for at in range(7, len(vectors), 5)]
    strokes = signature(1)
    assert head == bytes([0, 2, 0]) + bytes(4)
    assert len(points) == sum(len(stroke) + 1 for stroke in strokes)
    assert sum(point[4] == 0 for point in points) == len(strokes)
    assert points[-1][4] == 0
    first = strokes[0][0]
    assert int.from_bytes(points[0][:2], "big") * THOUSANDTH_INCH == pytest.approx(first.x, abs=0.02)
    assert int.from_bytes(points[0][2:4], "big") * THOUSANDTH_INCH == pytest.approx(
        PAD[1] - first.y, abs=0.02
    )


def test_the_same_captures_in_another_order_give_the_same_bytes(whole: bytes) -> None:
    assert build_enrollment(all_captures()[::-1], HEADER) == whole


def test_nothing_captured_is_still_a_file_both_readers_read() -> None:
    data = build_enrollment((), HEADER)

    message = nistitl.Message()
    message.parse(data)
    assert [record.kind for record in walk(data)] == [record.type for record in message] == [1, 2]


@pytest.mark.parametrize(("reason", "code"), [("missing", "XX"), ("bandaged", "UP"), ("stiff", "UP")])
def test_a_finger_left_out_of_a_slap_is_coded_there_and_has_no_place(reason: str, code: str) -> None:
    kind, ring = CaptureKind.RIGHT_FOUR, Finger.RIGHT_RING
    taken = slap_capture(kind, frozenset({ring}))

    records = walk(build_enrollment((taken,), HEADER, ((ring.value, reason),)))

    (record,) = of_kind(records, 14)
    assert record.rows(18) == [[str(ring.position), code]]
    assert [row[0] for row in record.rows(21)] == ["2", "3", "5"]
    assert records[1].rows(4) == [[ring.value, reason]]


def test_fingers_whose_slap_was_not_taken_have_records_without_an_image() -> None:
    exceptions = tuple((finger.value, "missing") for finger in FINGERS_OF[CaptureKind.THUMBS])

    records = walk(build_enrollment((slap_capture(CaptureKind.RIGHT_FOUR),), HEADER, exceptions))

    whole_slap, *absent = of_kind(records, 14)
    assert whole_slap.text(13) == "13"
    assert [(record.text(13), record.rows(18)) for record in absent] == [
        ("1", [["1", "XX"]]),
        ("6", [["6", "XX"]]),
    ]
    assert all(not {6, 7, 8, 9, 10, 11, 12, 999} & record.fields.keys() for record in absent)


@pytest.mark.parametrize(("reason", "code"), [("missing", "MA"), ("blind", "UC"), ("bandaged", "UC")])
def test_an_eye_left_out_is_coded_in_a_record_without_an_image(reason: str, code: str) -> None:
    taken = capture(CaptureKind.IRISES, other_captures()[0].parts[1:])

    records = walk(build_enrollment((taken,), HEADER, (("right_eye", reason),)))

    left, right = of_kind(records, 17)
    assert (left.text(3), 999 in left.fields, 28 in left.fields) == ("2", True, False)
    assert (right.text(3), 999 in right.fields, right.text(28)) == ("1", False, code)


def test_single_fingers_are_kept_where_the_whole_plate_is_not() -> None:
    kept = slap_capture(CaptureKind.THUMBS)

    records = walk(build_enrollment((capture(kept.kind, kept.parts[1:], kept.measures),), HEADER))

    thumbs = of_kind(records, 14)
    assert [record.text(13) for record in thumbs] == ["6", "1"]
    assert [record.fields[999] for record in thumbs] == [part.content for part in kept.parts[1:]]


def test_an_empty_signature_leaves_the_file_readable() -> None:
    empty = capture(CaptureKind.SIGNATURE, encode_signature((), PAD))

    data = build_enrollment((empty,), HEADER)

    message = nistitl.Message()
    message.parse(data)
    assert [record.type for record in message] == [record.kind for record in walk(data)]


def test_a_letter_beyond_ascii_and_a_separator_leave_a_mark_in_their_place() -> None:
    records = walk(build_enrollment((), HEADER, (("left_ring", "cé\x1fd"),)))

    assert records[1].rows(4) == [["left_ring", "c? d"]]


TEXTS = st.text(
    st.characters(codec="utf-8") | st.sampled_from("\x00\x02\x03\x1c\x1d\x1e\x1f\r\n:.9"), max_size=30
)
PARTS = st.sampled_from([*Finger, *EYES, "signature"]) | TEXTS


@settings(max_examples=150, deadline=None)
@given(
    exceptions=st.lists(st.tuples(PARTS, TEXTS), max_size=6),
    device=st.tuples(TEXTS, TEXTS, TEXTS, TEXTS),
    measures=st.lists(st.tuples(TEXTS, TEXTS, st.floats()), max_size=3),
    sender=TEXTS,
)
def test_no_text_breaks_the_file(
    exceptions: list[tuple[str, str]],
    device: tuple[str, str, str, str],
    measures: list[tuple[str, str, float]],
    sender: str,
) -> None:
    eye = CapturePart("left_eye", "image/png", b"\x1c\x1d\x1e\x1f17.999:\x1c", 640, 480)
    taken = Capture(
        CaptureKind.IRISES,
        (eye,),
        tuple(Measure(*one) for one in measures),
        (),
        1,
        DeviceIdentity(*device),
        TAKEN,
    )
    header = EnrollmentHeader(sender, sender, sender, datetime(2026, 1, 5, tzinfo=UTC))

    records = walk(build_enrollment((taken,), header, exceptions))

    pictured = [record for record in of_kind(records, 17) if 999 in record.fields]
    assert [record.fields[999] for record in pictured] == [eye.content]
    assert len(records[1].rows(3)) == 1
    assert len(records[1].rows(3)[0]) == 8
    told = dict(exceptions)
    assert len(records[1].rows(4) if 4 in records[1].fields else []) == len(told)


@settings(max_examples=80, deadline=None)
@given(reason=TEXTS, model=TEXTS)
def test_the_outside_reader_reads_any_reason_and_any_device(reason: str, model: str) -> None:
    eye = CapturePart("left_eye", "image/png", b"\x1c\x1d\x1e\x1fpicture\x1c", 640, 480)
    device = DeviceIdentity("iris.simulated", "Example", model, "SN-7")
    taken = Capture(CaptureKind.IRISES, (eye,), (), (), 1, device, TAKEN)

    message = nistitl.Message()
    message.parse(build_enrollment((taken,), HEADER, (("right_eye", reason), ("right_ring", reason))))

    assert [record.type for record in message] == [1, 2, 14, 17, 17]
    assert message[3][999].value == eye.content
