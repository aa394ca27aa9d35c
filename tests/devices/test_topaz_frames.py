"""The frames of Topaz pads and the strokes they make: nothing on the line does more than be lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.api import NotSupportedError
from kiosk.devices.drivers.topaz_frames import LENGTH, PenFrame, blanked_frames, read_frames
from kiosk.devices.drivers.topaz_models import MODELS, Field, field_of
from kiosk.devices.drivers.topaz_writing import Writing

FIELD = Field(400, 350, 2400, 1050, 124.0, 43.0)
BYTE_SECONDS = 0.0005
coordinates = st.integers(0, 4095)
pens = st.builds(PenFrame, st.booleans(), st.booleans(), coordinates, coordinates)


def spelled(pen: PenFrame) -> bytes:
    status = 0x80 | 0x40 * pen.near | pen.down
    return bytes([status, pen.x & 0x7F, pen.x >> 7, pen.y & 0x7F, pen.y >> 7])


def line(*pens: PenFrame) -> bytes:
    return b"".join(map(spelled, pens))


def pen(x: int = 1000, y: int = 500, *, down: bool = True) -> PenFrame:
    return PenFrame(near=True, down=down, x=x, y=y)


@pytest.mark.parametrize("status", [0xC1, 0xE5])
def test_a_status_may_have_bits_of_the_model(status: int) -> None:
    read = read_frames(bytes([status, 0x10, 0x02, 0x7F, 0x1F]))

    assert read.frames == (PenFrame(near=True, down=True, x=272, y=4095),)


@given(st.lists(pens))
def test_frames_come_back_as_they_were_sent(sent: list[PenFrame]) -> None:
    read = read_frames(line(*sent))

    assert (list(read.frames), read.lost, read.rest) == (sent, 0, b"")


@given(st.lists(pens, max_size=12), st.lists(st.integers(1, 20)))
def test_it_does_not_matter_how_a_run_is_cut_into_pieces(sent: list[PenFrame], sizes: list[int]) -> None:
    content, writing = line(*sent), Writing(FIELD, BYTE_SECONDS)
    for size in sizes:
        writing.add(content[:size], 1.0)
        content = content[size:]
    writing.add(content, 1.0)

    assert (writing.used, writing.lost) == (LENGTH * len(sent), 0)
    assert writing.points == sum(pen.down for pen in sent)


@given(st.binary(max_size=400))
def test_of_any_bytes_each_is_in_a_frame_lost_or_still_to_be_judged(content: bytes) -> None:
    read = read_frames(content)

    assert LENGTH * len(read.frames) + read.lost + len(read.rest) == len(content)
    assert len(read.rest) < LENGTH
    assert all(0 <= frame.x <= 4095 and 0 <= frame.y <= 4095 for frame in read.frames)


@given(st.lists(pens, min_size=4, max_size=12), st.data())
def test_a_few_lost_bytes_cost_the_frames_about_them_and_make_none(
    sent: list[PenFrame], data: st.DataObject
) -> None:
    content = line(*sent)
    start = data.draw(st.integers(0, len(content) - 2 * LENGTH))
    length = data.draw(st.integers(1, LENGTH - 1))

    found = list(read_frames(content[:start] + content[start + length :]).frames)

    first = start // LENGTH
    last = (start + length - 1) // LENGTH
    after = sent[last + 1 :]
    assert found in (sent[:first] + after, sent[: max(0, first - 1)] + after)


lines = st.lists(pens, max_size=20).map(lambda sent: line(*sent)) | st.binary(max_size=100)


@given(st.lists(lines, max_size=4).map(b"".join))
def test_blanked_frames_tell_whether_the_pen_was_down_and_never_where(content: bytes) -> None:
    blank = blanked_frames(content)

    read, again = read_frames(content), read_frames(blank)
    assert [(frame.near, frame.down) for frame in again.frames] == [
        (frame.near, frame.down) for frame in read.frames
    ]
    assert (again.lost, len(again.rest)) == (read.lost, len(read.rest))
    assert all(frame.x == frame.y == 0 for frame in again.frames)
    assert set(blank) <= {0, 32} | {byte for byte in content if byte & 0x80}


def test_a_stroke_goes_from_pen_down_to_pen_up() -> None:
    writing = Writing(FIELD, BYTE_SECONDS)

    writing.add(line(pen(down=False), pen(500), pen(600), pen(down=False), pen(700), pen(down=False)), 5.0)

    assert [len(stroke) for stroke in writing.strokes] == [2, 1]
    assert not writing.down


def test_frames_that_come_at_once_are_told_apart_by_the_time_they_took_on_the_line() -> None:
    writing = Writing(FIELD, BYTE_SECONDS)

    writing.add(line(pen(), pen(), pen()), 5.0)
    writing.add(line(pen()), 6.0)

    assert [round(point.at, 4) for point in writing.strokes[0]] == [0, 0.0025, 0.005, 1.005]


@given(st.lists(st.tuples(st.binary(max_size=60), st.floats(0, 5)), max_size=12))
def test_any_bytes_at_any_times_are_points_of_the_field_in_their_order(
    heard: list[tuple[bytes, float]],
) -> None:
    writing, now = Writing(FIELD, BYTE_SECONDS), 1.0
    for content, pause in heard:
        now += pause
        writing.add(content, now)

    points = [point for stroke in writing.strokes for point in stroke]
    assert all(0 <= point.x <= FIELD.width and 0 <= point.y <= FIELD.height for point in points)
    assert [point.at for point in points] == sorted(point.at for point in points)
    assert not points or points[0].at == 0


@pytest.mark.parametrize("model", MODELS)
def test_the_corners_of_a_models_range_are_the_corners_of_its_field(model: str) -> None:
    field = field_of({"model": model})
    left, top, right, bottom = MODELS[model].range

    corners = [field.point(left, top, 0), field.point(right, bottom, 0)]

    assert [(point.x, point.y) for point in corners] == [(0, 0), (field.width, field.height)]


def test_a_range_of_the_settings_may_run_the_other_way_and_a_size_is_taken_as_told() -> None:
    field = field_of({"range": "2400,350,400,1050", "size": "112x33.5"})

    assert (field.point(2400, 350, 0).x, field.point(400, 1050, 0).x) == (0, 112)
    assert (field.width, field.height) == (112, 33.5)


def test_a_range_without_a_size_is_measured_at_410_units_an_inch() -> None:
    field = field_of({"range": "0,0,410,820"})

    assert (field.width, field.height) == (25.4, 50.8)


@pytest.mark.parametrize(
    "wrong",
    [
        {"model": "t-1000"}, {"range": "1,2,3"}, {"range": "1,2,3,4096"}, {"range": "1,2,1,4"}, {"range": "1,2,3,2"},
        {"range": "a,b,c,d"}, {"size": "112"}, {"size": "0x33"}, {"size": "112x-3"}, {"size": "9999x3"},
    ],
)  # fmt: skip
def test_a_field_that_cannot_be_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(NotSupportedError, match="setting"):
        field_of(wrong)
