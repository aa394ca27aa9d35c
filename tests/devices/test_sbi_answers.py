"""Answers, tokens and bytes from anywhere: each is read or refused by name, none does more."""

import base64
import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.devices.api import DeviceError, WrongAnswerError
from kiosk.devices.drivers.sbi_chain import FIRST
from kiosk.devices.drivers.sbi_checks import Order, taken_of
from kiosk.devices.drivers.sbi_http import Call, Service, ask
from kiosk.devices.drivers.sbi_jwt import fields_of, parsed, token_of, unpacked, unsigned_fields
from kiosk.devices.drivers.sbi_lines import SHOWN, Lines, Mask, PartMask, RunMask
from kiosk.devices.drivers.sbi_messages import (
    DigitalId,
    Wanted,
    biometrics_of,
    devices_of_discovery,
    devices_of_info,
)
from kiosk.devices.drivers.sbi_trust import Trust
from kiosk.devices.sim.catalogue import MAKE
from kiosk.devices.sim.sbi_answers import Answer, Habits, discovered, informed
from kiosk.devices.sim.sbi_seen import Seen
from kiosk.devices.sim.sbi_tokens import device, packed, root
from kiosk.devices.wall_clock import utc_now
from tests.devices.contract import LIMIT
from tests.devices.sbi_stand import SLAP_SCANNER

pytestmark = pytest.mark.timeout(60)

NAME = "scanner"
TRUST = Trust(NAME, ())
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
NAMES = ("deviceInfo", "digitalId", "error", "errorCode", "biometrics", "data", "hash", "specVersion", "type")
shaped = st.recursive(
    json_values, lambda inner: st.dictionaries(st.sampled_from(NAMES), inner) | st.lists(inner), max_leaves=8
)


@given(st.binary(max_size=60))
def test_bytes_come_back_from_base64_of_either_alphabet(content: bytes) -> None:
    text = packed(content)

    assert unpacked(text, NAME) == unpacked(text.replace("-", "+").replace("_", "/"), NAME) == content


@given(st.text(max_size=60) | st.text("ABCab01-_=.+/", max_size=60))
def test_any_text_is_base64_or_a_wrong_answer(text: str) -> None:
    try:
        unpacked(text, NAME)
    except WrongAnswerError:
        return


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"7", b"\xff\xfe", b"{", b"[" * 200_000, b'{"a": 1' + b"0" * 9000 + b"}"]
)
def test_fields_that_cannot_be_read_are_a_wrong_answer(content: bytes) -> None:
    with pytest.raises(WrongAnswerError):
        fields_of(content, NAME)


@given(st.binary(max_size=80) | shaped.map(lambda value: json.dumps(value).encode()))
def test_any_answer_gives_devices_and_parts_or_a_wrong_answer(content: bytes) -> None:
    for read in (devices_of_info, devices_of_discovery):
        with contextlib.suppress(WrongAnswerError):
            assert all(found.port == 4501 for found in read(content, 4501, NAME))
    with contextlib.suppress(WrongAnswerError):
        code, parts = biometrics_of(content, NAME)
        assert code != "0" or 0 < len(parts) <= 12


@given(json_values | st.text("eyJ.ABCabc012_-", max_size=80))
def test_anything_is_a_token_or_a_wrong_answer(text: object) -> None:
    for read in (token_of, unsigned_fields):
        with contextlib.suppress(WrongAnswerError):
            assert read(text, NAME) is not None
    with pytest.raises(WrongAnswerError):
        TRUST.opened(text, utc_now())


@given(st.fixed_dictionaries({"alg": st.just("RS256"), "x5c": st.lists(st.binary(max_size=60), max_size=3)}))
def test_any_certificates_are_refused_by_name(header: dict[str, object]) -> None:
    shown = [packed(one) for one in header["x5c"]]  # type: ignore[attr-defined]
    token = f"{packed(json.dumps({**header, 'x5c': shown}).encode())}.{packed(b'{}')}.AAAA"

    with pytest.raises(WrongAnswerError):
        TRUST.opened(token, utc_now())


def test_a_certificate_of_a_version_nobody_knows_is_refused_by_name() -> None:
    shown = (
        device()
        .shown[0]
        .public_bytes(Encoding.DER)
        .replace(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x06", 1)
    )
    header = {"alg": "RS256", "x5c": [base64.b64encode(shown).decode()]}

    with pytest.raises(WrongAnswerError, match="cannot be read"):
        TRUST.opened(f"{packed(json.dumps(header).encode())}.{packed(b'{}')}.AAAA", utc_now())


@pytest.mark.filterwarnings("ignore:Parsed a serial number")  # one that is negative is read all the same
@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_certificate_that_was_changed_anywhere_is_refused_by_name(data: st.DataObject) -> None:
    header, payload, signature = device().token({"a": 1}).split(".")
    shown = bytearray(unpacked(header, NAME))
    for _ in range(data.draw(st.integers(1, 3))):
        shown[data.draw(st.integers(50, len(shown) - 5))] = data.draw(st.sampled_from(b"ABCxyz019+/"))
    trust = Trust(NAME, (root().certificate,))

    with contextlib.suppress(WrongAnswerError):
        trust.opened(f"{packed(bytes(shown))}.{payload}.{signature}", utc_now())
        assert bytes(shown) == unpacked(header, NAME)


def order() -> Order:
    who = DigitalId("Finger", "Slap", MAKE, SLAP_SCANNER.model, "SIM-0001")
    parts = {"Left Thumb": "left_thumb"}
    return Order(who, Wanted("Finger", "3", parts), "KIOSK-1", Trust(NAME, (root().certificate,)))


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["bioType", "bioSubType", "bioValue", "digitalId", "timestamp"]), json_values
    )
)
def test_a_signed_payload_of_any_content_is_believed_or_refused(changed: dict[str, object]) -> None:
    asked = {"specVersion": "0.9.5", "transactionId": "KIOSK-1"}
    answer = Answer(SLAP_SCANNER, Habits(), asked, utc_now(), None)
    (entry,) = answer.biometrics([Seen("Left Thumb", b"record", 44)], FIRST)
    payload = {**token_of(entry["data"], NAME).payload, **changed}
    told = json.dumps({"biometrics": [{**entry, "data": device().token(payload)}]}).encode()

    with contextlib.suppress(WrongAnswerError):
        taken, _ = taken_of(order(), biometrics_of(told, NAME)[1], utc_now())
        assert [one.part for one in taken] == ["left_thumb"]


@given(st.data())
def test_an_answer_that_was_cut_or_changed_is_read_or_refused(data: st.DataObject) -> None:
    described = [informed(SLAP_SCANNER, 4501, utc_now()), discovered(SLAP_SCANNER, 4501, utc_now())]
    content = bytearray(json.dumps(described).encode())
    for _ in range(data.draw(st.integers(0, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(content[: data.draw(st.integers(0, len(content)))])

    with contextlib.suppress(WrongAnswerError):
        assert isinstance(parsed(cut, NAME), list)
        devices_of_info(cut, 4501, NAME)


def heard(content: bytes) -> object:
    """Let a service say these bytes and let go; return the body or the error."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            connection, _ = listener.accept()
            with connection, contextlib.suppress(OSError):
                connection.recv(65536)
                connection.sendall(content)

        peer = threading.Thread(target=answer)
        peer.start()
        try:
            known = Service(NAME, listener.getsockname()[1])
            return ask(known, Call("MOSIPDINFO", "info"), time.monotonic() + LIMIT, Lines())
        except DeviceError as error:
            return error
        finally:
            peer.join()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]"


@settings(max_examples=80, deadline=None)
@given(
    st.binary(max_size=200)
    | st.integers(0, len(HEAD)).map(lambda end: HEAD[:end])
    | st.binary(max_size=60).map(lambda noise: HEAD[:17] + noise + b"\r\n\r\n[]")
)
def test_whatever_a_service_says_a_call_ends_with_a_body_or_a_device_error(content: bytes) -> None:
    assert isinstance(heard(content), bytes | DeviceError)


def in_pieces(mask: Mask, content: bytes, cuts: list[int]) -> bytes:
    ends = sorted({min(cut, len(content)) for cut in cuts} | {len(content)})
    starts = [0, *ends[:-1]]
    return b"".join(mask(content[start:end]) for start, end in zip(starts, ends, strict=True))


TEXTS = st.lists(
    st.sampled_from([b'{"data": "', b"A" * 50, b"Zz9_-" * 40, b'", ', b".", b"\r\n"]), max_size=12
)
PARTS = st.lists(
    st.sampled_from(
        [
            b"HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace\r\n\r\n",
            b"--x\r\nContent-Length: 9\r\n\r\nPICTURE01",
            b"\r\n--x\r\nContent-Length:9\r\n\r\nPICTURE02",
            b"\r\n\r\n",
        ]
    ),
    max_size=6,
)


@given(TEXTS.map(b"".join), st.lists(st.integers(0, 400), max_size=6))
def test_long_runs_are_blanked_in_whatever_pieces_they_come(content: bytes, cuts: list[int]) -> None:
    whole = RunMask()(content)

    assert in_pieces(RunMask(), content, cuts) == whole
    assert len(whole) == len(content)
    assert b"Zz9_-" * 14 not in whole


@given(PARTS.map(b"".join), st.lists(st.integers(0, 400), max_size=6))
def test_pictures_are_blanked_in_whatever_pieces_they_come(content: bytes, cuts: list[int]) -> None:
    whole = PartMask()(content)

    assert in_pieces(PartMask(), content, cuts) == whole
    assert len(whole) == len(content)
    assert b"PICTURE" not in whole


@pytest.mark.parametrize(
    ("mask", "content"),
    [
        (RunMask, b'{"hash": "' + b"F" * SHOWN + b'", "error": {"errorCode": "101"}}'),
        (
            PartMask,
            b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"error": {"errorCode": "202"}}',
        ),
    ],
)
def test_what_is_no_capture_stays(mask: Callable[[], Mask], content: bytes) -> None:
    assert mask()(content) == content


def test_what_never_tells_its_length_is_blanked_after_a_while() -> None:
    masked = PartMask()(b"x" * 20_000)

    assert masked.count(b"x") == 8192
    assert len(masked) == 20_000
