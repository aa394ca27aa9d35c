"""The simulators' messages: what was sent comes back, and nothing on the line can do more than be refused."""

import json
import socket
import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.devices.api import DeviceError, Image, NotConnectedError, WrongAnswerError
from kiosk.devices.sim.frames import (
    CHECKSUM,
    HEADER,
    LONGEST,
    Message,
    decode,
    decode_picture,
    encode,
    encode_fields,
    encode_picture,
    payload_length,
)
from kiosk.devices.sim.line import Line
from kiosk.devices.sim.signature import decode_strokes

pytestmark = pytest.mark.timeout(60)

kinds = st.binary(min_size=1, max_size=1)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


def split(message: bytes) -> tuple[bytes, bytes]:
    return message[: HEADER.size], message[HEADER.size :]


def picture(width: int, height: int) -> Image:
    return np.arange(width * height, dtype=np.uint8).reshape(height, width)


@given(kinds, st.binary(max_size=2000))
def test_a_message_comes_back_as_it_was_sent(kind: bytes, payload: bytes) -> None:
    header, rest = split(encode(kind, payload))

    assert payload_length(header) == len(payload)
    assert decode(header, rest) == Message(kind, payload)


@given(st.text(max_size=40), st.integers(1, 40), st.integers(1, 40))
def test_a_picture_comes_back_as_it_was_sent(part: str, width: int, height: int) -> None:
    message = decode(*split(encode_picture(part, picture(width, height))))

    name, pixels = decode_picture(message)

    assert name == part
    assert np.array_equal(pixels, picture(width, height))


@given(st.data())
def test_one_changed_byte_is_noticed(data: st.DataObject) -> None:
    whole = bytearray(encode_fields(b"d", count=1, ppi=500))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    header, rest = split(bytes(whole))

    with pytest.raises(WrongAnswerError):
        decode(header, rest[: payload_length(header) + CHECKSUM.size])


@given(st.binary(min_size=HEADER.size, max_size=HEADER.size))
def test_no_header_announces_more_than_is_allowed(header: bytes) -> None:
    try:
        length = payload_length(header)
    except WrongAnswerError:
        return

    assert 0 <= length <= LONGEST


@given(st.integers(LONGEST + 1, 2**32 - 1))
def test_a_length_beyond_the_longest_is_refused_before_anything_is_kept(length: int) -> None:
    with pytest.raises(WrongAnswerError):
        payload_length(HEADER.pack(b"KD", b"p", length))


@given(st.binary(max_size=300))
def test_any_payload_is_a_picture_or_a_wrong_answer(payload: bytes) -> None:
    try:
        _, pixels = decode_picture(Message(b"p", payload))
    except WrongAnswerError:
        return

    assert 0 < pixels.size <= len(payload)


@pytest.mark.parametrize(("width", "height"), [(0, 0), (0, 5), (5, 0)])
def test_an_empty_picture_is_a_wrong_answer(width: int, height: int) -> None:
    message = decode(*split(encode_picture("thumbs", picture(width, height))))

    with pytest.raises(WrongAnswerError):
        decode_picture(message)


@pytest.mark.parametrize(
    "payload", [b"", b"[]", b"7", b"\xff\xfe", b"{", b"[" * 200_000, b'{"a": 1' + b"0" * 9000 + b"}"]
)
def test_fields_that_cannot_be_read_are_a_wrong_answer(payload: bytes) -> None:
    with pytest.raises(WrongAnswerError):
        Message(b"d", payload).fields()


@given(json_values)
def test_any_json_is_strokes_or_a_wrong_answer(value: object) -> None:
    payload = json.dumps({"strokes": value}).encode()
    try:
        strokes = decode_strokes(Message(b"s", payload))
    except WrongAnswerError:
        return

    assert all(np.isfinite(point.x) for stroke in strokes for point in stroke)


@pytest.mark.parametrize(
    "point", ["[1, 2, 3]", "[1, 2, 3, NaN]", f"[{'9' * 400}, 2, 3, 4]", '["1", 2, 3, 4]', "7"]
)
def test_a_point_that_is_none_is_a_wrong_answer(point: str) -> None:
    with pytest.raises(WrongAnswerError):
        decode_strokes(Message(b"s", f'{{"strokes": [[{point}]]}}'.encode()))


def answered(content: bytes) -> object:
    """Let a line hear these bytes, then the end; return its pictures or the error."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(content)

        peer = threading.Thread(target=answer)
        peer.start()
        line = Line(listener.getsockname()[1])
        try:
            return line.pictures(10, part="thumbs")
        except DeviceError as error:
            return error
        finally:
            line.close()
            peer.join()


GOOD = encode_picture("thumbs", picture(8, 6)), encode_fields(b"d", count=1, ppi=500)


def test_a_whole_answer_gives_its_pictures() -> None:
    ((part, pixels),), ppi = answered(b"".join(GOOD))  # type: ignore[misc]

    assert (part, pixels.shape, ppi) == ("thumbs", (6, 8), 500)


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=400)
    | st.integers(0, sum(map(len, GOOD)) - 1).map(lambda end: b"".join(GOOD)[:end])
    | st.lists(st.sampled_from([*GOOD, encode(b"i", b"{}"), encode(b"e", b"{}")]), max_size=25).map(b"".join)
)
def test_whatever_a_peer_sends_a_call_ends_with_pictures_or_a_device_error(content: bytes) -> None:
    ended = answered(content)

    assert isinstance(ended, DeviceError | tuple)


@pytest.mark.parametrize(
    "content",
    [
        GOOD[1],
        GOOD[0] * 17 + encode_fields(b"d", count=17, ppi=500),
        GOOD[0] + encode_fields(b"d", count=1, ppi="500"),
        GOOD[0] + encode(b"s", b"{}"),
    ],
    ids=["none", "too_many", "no_number", "another_answer"],
)
def test_pictures_that_do_not_add_up_are_a_wrong_answer(content: bytes) -> None:
    assert isinstance(answered(content), WrongAnswerError)


def test_a_close_from_another_thread_ends_a_call_that_waits() -> None:
    ended: list[type[DeviceError]] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        line = Line(listener.getsockname()[1])

        def wait_long() -> None:
            try:
                line.pictures(600, part="thumbs")
            except DeviceError as error:
                ended.append(type(error))

        waiting = threading.Thread(target=wait_long, daemon=True)
        waiting.start()
        connection, _ = listener.accept()
        with connection:
            connection.recv(4096)
            line.close()
            waiting.join()

    assert ended == [NotConnectedError]
