"""What is encoded decodes to the same size and very nearly, or exactly, the same picture."""

import io
import struct

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow

from kiosk.biometrics.encoding import (
    decode,
    encode_finger,
    encode_iris,
    encode_portrait,
    encode_slap,
    jpeg_of,
)
from kiosk.biometrics.judgements import Image
from kiosk.domain.captures import CaptureKind, CapturePart, Eye
from kiosk.domain.errors import MalformedError
from tests.biometrics.conftest import PPI, SLAPS, eye_of, fingers_of, plate


def likeness_db(one: Image, two: Image) -> float:
    """Peak signal to noise: 40 dB is not to be told apart, 30 dB is good."""
    error = float(np.mean((one.astype(np.float64) - two) ** 2))
    return float(10 * np.log10(255**2 / max(error, 1e-9)))


def colours() -> Image:
    """A soft picture in all colours, 480 x 640."""
    x, y = np.meshgrid(np.linspace(0, 255, 480), np.linspace(0, 255, 640))
    return np.dstack([x, y, 255 - (x + y) / 2]).astype(np.uint8)


@pytest.mark.parametrize("place", range(10))
def test_a_finger_becomes_wsq_and_comes_back_close(place: int) -> None:
    finger = fingers_of(1)[place]

    part = encode_finger(finger, PPI)

    back = decode(part)
    assert part.content.startswith(b"\xff\xa0")
    assert (part.part, part.media, part.ppi) == (finger.finger.value, "image/x-wsq", PPI)
    assert back.shape == finger.image.shape == (part.height, part.width)
    assert likeness_db(back, finger.image) > 26
    assert len(part.content) < finger.image.size / 5


def test_wsq_is_read_by_another_reader_of_it() -> None:
    finger = fingers_of(2)[0]

    with Pillow.open(io.BytesIO(encode_finger(finger, PPI).content)) as picture:
        size, kind = picture.size, picture.format

    assert (size, kind) == (finger.image.shape[::-1], "WSQ")


@pytest.mark.parametrize("kind", SLAPS)
def test_a_whole_plate_becomes_wsq_and_comes_back_close(kind: CaptureKind) -> None:
    image = plate(1, kind)

    part = encode_slap(image, kind, PPI)

    assert (part.part, part.media, part.ppi) == (kind.value, "image/x-wsq", PPI)
    assert decode(part).shape == image.shape
    assert likeness_db(decode(part), image) > 28


def test_a_plate_of_1000_ppi_is_kept_at_500() -> None:
    image = plate(1, CaptureKind.THUMBS)
    fine = np.asarray(cv2.resize(image, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), np.uint8)

    part = encode_slap(fine, CaptureKind.THUMBS, 1000)

    assert (part.width, part.height, part.ppi) == (1600, 1500, 500)
    assert decode(part).shape == (1500, 1600)


@pytest.mark.parametrize("eye", Eye)
def test_an_eye_becomes_png_and_loses_nothing(eye: Eye) -> None:
    part = encode_iris(eye_of(1, eye), eye)

    assert (part.part, part.media, part.width, part.height) == (eye.value, "image/png", 640, 480)
    assert np.array_equal(decode(part), eye_of(1, eye))


def test_a_portrait_becomes_jpeg_with_its_colours_and_size() -> None:
    part = encode_portrait(colours())

    assert (part.part, part.media, part.width, part.height) == ("portrait", "image/jpeg", 480, 640)
    assert decode(part).shape == (640, 480, 3)
    assert likeness_db(decode(part), colours()) > 36


def test_a_portrait_keeps_full_colour_resolution() -> None:
    stripes = np.zeros((640, 480, 3), np.uint8)
    stripes[:, ::2, 0], stripes[:, 1::2, 2] = 255, 255

    fine = decode(encode_portrait(stripes))
    halved = decode(CapturePart("portrait", "image/jpeg", jpeg_of(stripes, quality=80), 480, 640))

    assert likeness_db(fine, stripes) > 25
    assert likeness_db(halved, stripes) < 15


@pytest.mark.parametrize("media", ["image/x-wsq", "image/jpeg", "image/png", "image/jp2", "image/gif", ""])
@pytest.mark.parametrize("content", [b"", b"\xff\xa0", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"x" * 100])
def test_what_is_no_picture_is_malformed(media: str, content: bytes) -> None:
    with pytest.raises(MalformedError):
        decode(CapturePart("portrait", media, content, 1, 1))


def test_a_picture_under_another_name_is_malformed() -> None:
    png = encode_iris(eye_of(1, Eye.LEFT), Eye.LEFT)

    with pytest.raises(MalformedError):
        decode(CapturePart(png.part, "image/jpeg", png.content, png.width, png.height))


def test_a_wsq_cut_anywhere_is_malformed_or_a_picture_and_never_a_crash() -> None:
    whole = encode_finger(fingers_of(1)[3], PPI)
    outcomes = set()

    for end in range(2, len(whole.content), len(whole.content) // 40):
        try:
            outcomes.add(decode(CapturePart(whole.part, whole.media, whole.content[:end], 1, 1)).shape)
        except MalformedError:
            outcomes.add(("malformed",))

    assert ("malformed",) in outcomes
    assert outcomes <= {("malformed",), (whole.height, whole.width)}


def test_a_wsq_that_lies_about_its_size_is_malformed() -> None:
    whole = encode_finger(fingers_of(1)[3], PPI)
    frame = whole.content.index(b"\xff\xa2")
    lying = whole.content[: frame + 6] + struct.pack(">HH", 65535, 65535) + whole.content[frame + 10 :]

    with pytest.raises(MalformedError):
        decode(CapturePart(whole.part, whole.media, lying, 1, 1))
