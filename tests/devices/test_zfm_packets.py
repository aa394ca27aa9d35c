"""The packets of UART fingerprint modules: what was sent comes back, and anything else is a wrong answer."""

import contextlib
import socket
import struct
import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.devices.api import DeviceError, FingerprintScanner, Slap, WrongAnswerError
from kiosk.devices.drivers.zfm_packets import (
    HEAD,
    LONGEST,
    Packet,
    PacketKind,
    Parameters,
    blanked_rest,
    decode,
    encode,
    picture_of,
    read_parameters,
    rest_length,
)
from kiosk.devices.registry import open_device
from kiosk.services.kit import NobodyAsked
from tests.devices.contract import SHORT

pytestmark = pytest.mark.timeout(60)

kinds = st.sampled_from(PacketKind)
contents = st.binary(max_size=256)


def split(whole: bytes) -> tuple[bytes, bytes]:
    return whole[: HEAD.size], whole[HEAD.size :]


def test_the_packets_of_the_manual_are_spelled_as_it_spells_them() -> None:
    look = encode(PacketKind.COMMAND, b"\x01")
    verify = encode(PacketKind.COMMAND, b"\x13" + bytes(4))

    assert look.hex(" ") == "ef 01 ff ff ff ff 01 00 03 01 00 05"
    assert verify.hex(" ") == "ef 01 ff ff ff ff 01 00 07 13 00 00 00 00 00 1b"


@given(kinds, contents)
def test_a_packet_comes_back_as_it_was_sent(kind: PacketKind, content: bytes) -> None:
    head, rest = split(encode(kind, content))

    assert rest_length(head) == len(rest)
    assert decode(head, rest) == Packet(kind, content)


@given(kinds, contents, st.data())
def test_one_changed_byte_after_the_address_is_noticed(
    kind: PacketKind, content: bytes, data: st.DataObject
) -> None:
    whole = bytearray(encode(kind, content))
    whole[data.draw(st.integers(6, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    head, rest = split(bytes(whole))

    with pytest.raises(WrongAnswerError):
        decode(head, rest[: rest_length(head)].ljust(rest_length(head), b"\x00"))


@given(
    st.binary(min_size=HEAD.size, max_size=HEAD.size)
    | st.binary(min_size=7, max_size=7).map(b"\xef\x01".__add__)
)
def test_no_head_announces_more_than_the_longest_packet(head: bytes) -> None:
    try:
        length = rest_length(head)
    except WrongAnswerError:
        return

    assert 2 <= length <= LONGEST


@given(kinds, contents, st.integers(0, 0xFFFF))
def test_a_blanked_packet_shows_nothing_and_its_checksum_is_as_right_as_it_was(
    kind: PacketKind, content: bytes, damage: int
) -> None:
    head, rest = split(encode(kind, content))
    given_sum = struct.pack(">H", struct.unpack(">H", rest[-2:])[0] ^ damage)

    blank = blanked_rest(head, rest[:-2] + given_sum)

    assert blank[:-2] == bytes(len(content))
    if damage:
        with pytest.raises(WrongAnswerError):
            decode(head, blank)
    else:
        assert decode(head, blank) == Packet(kind, bytes(len(content)))


def test_a_byte_is_two_pixels_the_left_one_in_its_high_half() -> None:
    picture = picture_of(b"\x0f\xf0\x18\x00", 4, 2)

    assert picture.tolist() == [[0, 255, 255, 0], [17, 136, 0, 0]]


@given(st.binary(max_size=80))
def test_any_bytes_are_a_picture_of_the_right_size_or_a_wrong_answer(halves: bytes) -> None:
    try:
        picture = picture_of(halves, 8, 10)
    except WrongAnswerError:
        assert len(halves) != 40
        return

    assert picture.shape == (10, 8)
    assert picture.dtype == np.uint8


def test_a_module_says_what_it_is() -> None:
    told = struct.pack(">HHHHIHH", 0, 9, 1000, 3, 0xFFFFFFFF, 2, 6)

    assert read_parameters(told) == Parameters(identifier=9, places=1000, packet_size=128)


@given(st.binary(max_size=40))
def test_any_parameters_are_read_or_a_wrong_answer(told: bytes) -> None:
    try:
        parameters = read_parameters(told)
    except WrongAnswerError:
        assert len(told) < 16
        return

    assert parameters.packet_size in (32, 64, 128, 256)


def spoken(*packets: bytes) -> bytes:
    return encode(PacketKind.ANSWER, b"\x00") * 3 + b"".join(packets)


PACKETS = [encode(kind, content) for kind in PacketKind for content in (b"", b"\x00", b"x" * 200)]


@settings(max_examples=8, deadline=None)
@given(
    st.binary(max_size=200)
    | st.binary(max_size=100).map(spoken)
    | st.lists(st.sampled_from(PACKETS), max_size=12).map(lambda packets: spoken(*packets))
)
def test_whatever_a_module_sends_a_call_ends_with_a_device_error(content: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        sending = threading.Thread(target=answer_once, args=(listener, content))
        sending.start()
        address = f"socket://127.0.0.1:{listener.getsockname()[1]}"
        with contextlib.closing(open_device("fingerprint.zfm", {"port": address}, NobodyAsked())) as device:
            assert isinstance(device, FingerprintScanner)
            with pytest.raises(DeviceError):
                device.take(Slap.THUMBS, missing=frozenset(), timeout=SHORT)
        sending.join()


def answer_once(listener: socket.socket, content: bytes) -> None:
    """Send all of it at the first word, and hang up."""
    connection, _ = listener.accept()
    with connection, contextlib.suppress(OSError):  # the driver may have hung up first
        if connection.recv(HEAD.size):
            connection.sendall(content)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(4096):
                pass
