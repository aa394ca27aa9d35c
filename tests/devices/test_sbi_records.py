"""Records of fingers, eyes and faces: every coding is read, and nothing in one can do more than be refused."""

import io
import struct
from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from kiosk.devices.api import DeviceError, Eye, Finger, Image, NotSupportedError, WrongAnswerError
from kiosk.devices.drivers.sbi_images import GAP, decoded, plate
from kiosk.devices.drivers.sbi_records import Coding, Record, face_record, finger_record, iris_record
from kiosk.devices.sim import sbi_records as written
from kiosk.devices.sim.sbi_records import Coded, Taken

pytestmark = pytest.mark.timeout(60)

NAME = "scanner"
AT = Taken(datetime(2026, 11, 25, 8, 0, 7, tzinfo=UTC), 61)
READERS: tuple[Callable[[bytes, str], Record], ...] = (finger_record, iris_record, face_record)


def picture(width: int, height: int) -> Image:
    return np.arange(width * height, dtype=np.uint8).reshape(height, width)


GREY = picture(64, 48)
COLOUR = np.dstack([GREY, GREY // 2, 255 - GREY])
FINGER = written.finger(Coded.of(GREY), Finger.LEFT_RING, AT)
IRIS = written.iris(Coded.of(GREY), Eye.LEFT, AT)
FACE = written.face(Coded.of(COLOUR), AT)


def test_a_finger_comes_back_as_it_was_written() -> None:
    record = finger_record(FINGER, NAME)

    assert (record.position, record.width, record.height, record.ppi) == (9, 64, 48, 500)
    assert np.array_equal(decoded(record, NAME), GREY)


def test_an_eye_comes_back_as_it_was_written() -> None:
    record = iris_record(IRIS, NAME)

    assert (record.position, record.width, record.height) == (2, 64, 48)
    assert np.array_equal(decoded(record, NAME), GREY)


def test_a_face_comes_back_as_it_was_written() -> None:
    record = face_record(FACE, NAME)

    assert np.array_equal(decoded(record, NAME, mode="RGB"), COLOUR)


def coded(image: Image, form: str) -> bytes:
    packed = io.BytesIO()
    Pillow.fromarray(image).save(packed, form)
    return packed.getvalue()


@pytest.mark.parametrize("coding", [Coding.JPEG2000, Coding.PNG, Coding.RAW])
def test_a_grey_picture_without_loss_is_read_to_the_pixel(coding: Coding) -> None:
    content = GREY.tobytes() if coding is Coding.RAW else coded(GREY, coding.value)

    image = decoded(Record(1, coding, 64, 48, 8, 500, content), NAME)

    assert np.array_equal(image, GREY)


def test_a_jpeg_is_read_too() -> None:
    flat = np.full((48, 64), 90, np.uint8)

    image = decoded(Record(1, Coding.JPEG, 64, 48, 8, 500, coded(flat, "JPEG")), NAME)

    assert abs(int(image.mean()) - 90) <= 1


def test_a_raw_face_is_read_in_colour() -> None:
    record = Record(0, Coding.RAW, 64, 48, 8, 0, COLOUR.tobytes())

    assert np.array_equal(decoded(record, NAME, mode="RGB"), COLOUR)


@pytest.mark.parametrize("coding", [Coding.WSQ, Coding.OTHER])
def test_a_coding_this_program_does_not_read_says_what_to_set(coding: Coding) -> None:
    with pytest.raises(NotSupportedError, match="set its service to JPEG 2000"):
        decoded(Record(1, coding, 64, 48, 8, 500, b"x"), NAME)


@pytest.mark.parametrize(
    "record",
    [
        Record(1, Coding.RAW, 64, 48, 8, 500, b"short"),
        Record(1, Coding.RAW, 64, 48, 16, 500, bytes(64 * 48)),
        Record(1, Coding.RAW, 0, 48, 8, 500, b"x"),
        Record(1, Coding.RAW, 60_000, 60_000, 8, 500, b"x"),
        Record(1, Coding.PNG, 64, 48, 8, 500, coded(GREY, "JPEG")),
        Record(1, Coding.PNG, 64, 48, 8, 500, coded(GREY, "PNG")[:-40]),
        Record(1, Coding.JPEG2000, 64, 48, 8, 500, coded(GREY, "JPEG2000")[:200]),
        Record(1, Coding.PNG, 64, 48, 8, 500, coded(picture(4000, 2000), "PNG")),
    ],
    ids=["short", "deep", "empty", "huge", "other_coding", "cut_png", "cut_jpeg2000", "too_large"],
)
def test_a_picture_that_cannot_be_is_a_wrong_answer(record: Record) -> None:
    with pytest.raises(WrongAnswerError):
        decoded(record, NAME)


@pytest.mark.parametrize(
    ("unit", "rate", "ppi"), [(1, 500, 500), (1, 1000, 1000), (2, 197, 500), (2, 394, 1001)]
)
def test_a_resolution_is_told_by_the_inch_or_the_centimetre(unit: int, rate: int, ppi: int) -> None:
    place = struct.pack(">BBBHHHH", 9, 0, 1, 500, 500, 500, 500)
    changed = FINGER.replace(place, struct.pack(">BBBHHHH", 9, 0, unit, rate, rate, rate, rate))

    assert finger_record(changed, NAME).ppi == ppi


def test_blocks_of_certification_are_passed_over() -> None:
    taken = AT.head()
    body = FINGER[20:].replace(taken, taken + b"\x02" + bytes(6))
    record = FINGER[:14] + b"\x01" + FINGER[15:20] + body
    whole = record[:8] + struct.pack(">I", len(record)) + record[12:]

    assert finger_record(whole, NAME).position == 9


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("record", [FINGER, IRIS, FACE])
def test_a_record_of_another_kind_is_a_wrong_answer(
    reader: Callable[[bytes, str], Record], record: bytes
) -> None:
    if READERS.index(reader) == (FINGER, IRIS, FACE).index(record):
        assert reader(record, NAME).picture
    else:
        with pytest.raises(WrongAnswerError, match="another kind"):
            reader(record, NAME)


def test_an_older_edition_is_a_wrong_answer() -> None:
    with pytest.raises(WrongAnswerError, match="edition"):
        finger_record(FINGER.replace(b"020\0", b"010\0"), NAME)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([FINGER, IRIS, FACE]), st.data())
def test_a_record_that_was_changed_anywhere_is_a_picture_or_a_device_error(
    whole: bytes, data: st.DataObject
) -> None:
    content = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for _ in range(data.draw(st.integers(0, 4)) if content else 0):
        content[data.draw(st.integers(0, min(len(content), 140) - 1))] = data.draw(st.integers(0, 255))
    try:
        record = READERS[(FINGER, IRIS, FACE).index(whole)](bytes(content), NAME)
        image = decoded(record, NAME, mode="RGB" if whole is FACE else "L")
    except DeviceError:
        return

    assert image.size <= 3 * 40_000_000


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(READERS), st.binary(max_size=400))
def test_any_bytes_are_a_record_or_a_wrong_answer(
    reader: Callable[[bytes, str], Record], content: bytes
) -> None:
    try:
        record = reader(content, NAME)
    except WrongAnswerError:
        return

    assert len(record.picture) < len(content)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([Coding.JPEG, Coding.JPEG2000, Coding.PNG]), st.data())
def test_any_picture_is_one_or_a_device_error(coding: Coding, data: st.DataObject) -> None:
    content = bytearray(coded(GREY, coding.value))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        image = decoded(Record(1, coding, 64, 48, 8, 500, bytes(content)), NAME)
    except DeviceError:
        return

    assert image.ndim == 2
    assert image.dtype == np.uint8


def test_fingers_lie_side_by_side_with_nothing_of_them_changed() -> None:
    one, two = picture(30, 60), picture(20, 40)

    image, ppi = plate([(one, 500), (two, 501)], NAME)

    assert ppi == 500
    assert image.shape == (60 + 2 * GAP, 50 + 3 * GAP)
    assert np.array_equal(image[GAP : GAP + 60, GAP : GAP + 30], one)
    assert np.array_equal(image[GAP + 10 : GAP + 50, 2 * GAP + 30 : 2 * GAP + 50], two)


def test_the_plate_has_the_grey_the_fingers_lie_on() -> None:
    light = np.full((60, 30), 231, np.uint8)
    light[20:40, 10:20] = 20

    image, _ = plate([(light, 500)], NAME)

    assert set(np.unique(image)) == {20, 231}


@pytest.mark.parametrize(("rates", "ppi"), [((1000, 1000), 500), ((500, 1000), 500), ((250, 500), 250)])
def test_finer_pictures_are_scaled_down_and_the_coarsest_sets_the_plate(
    rates: tuple[int, int], ppi: int
) -> None:
    laid = [(picture(rate // 10, rate // 5), rate) for rate in rates]

    image, told = plate(laid, NAME)

    assert told == ppi
    assert image.shape == (ppi // 5 + 2 * GAP, 2 * (ppi // 10) + 3 * GAP)


def test_a_plate_without_resolution_is_a_wrong_answer() -> None:
    with pytest.raises(WrongAnswerError, match="resolution"):
        plate([(GREY, 500), (GREY, 0)], NAME)
