"""Answers of cards: what is whole is read, what is not is a wrong answer, and nothing else can happen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.api import WrongAnswerError
from kiosk.devices.drivers.iso7816 import LONGEST_UID, checked_atr, uid_in

# From the PC/SC specification, part 3, and of cards that people carry.
ATRS = [
    "3b8180018080",  # DESFire
    "3b8f8001804f0ca000000306030001000000006a",  # MIFARE Classic 1K
    "3b8f8001804f0ca0000003060300030000000068",  # MIFARE Ultralight
    "3b8880010073c8401300900071",  # a passport's chip
    "3b6500002063cb6800",  # T=0 only: no checksum
    "3f6525082204689000",  # inverse convention
]


@pytest.mark.parametrize("atr", ATRS)
def test_an_answer_to_reset_is_taken_as_it_is(atr: str) -> None:
    assert checked_atr(bytes.fromhex(atr)) == bytes.fromhex(atr)


@given(st.binary(max_size=40))
def test_any_bytes_are_an_answer_to_reset_or_a_wrong_answer(atr: bytes) -> None:
    try:
        assert checked_atr(atr) == atr
    except WrongAnswerError:
        return

    assert 2 <= len(atr) <= 33


@given(st.data())
def test_one_changed_byte_of_an_answer_with_a_checksum_is_noticed(data: st.DataObject) -> None:
    atr = bytearray.fromhex(data.draw(st.sampled_from(ATRS[:4])))
    atr[data.draw(st.integers(4, len(atr) - 1))] ^= data.draw(st.integers(1, 255))

    with pytest.raises(WrongAnswerError, match="damaged"):
        checked_atr(bytes(atr))


@pytest.mark.parametrize("atr", ATRS)
def test_an_answer_to_reset_that_is_cut_or_goes_on_is_damaged(atr: str) -> None:
    whole = bytes.fromhex(atr)

    for damaged in (whole[:-1], whole + b"\x00"):
        with pytest.raises(WrongAnswerError, match="damaged"):
            checked_atr(damaged)


@pytest.mark.parametrize(
    ("response", "uid"),
    [("04a1b2c39000", "04a1b2c3"), ("9000", ""), ("6a81", ""), ("6d00", ""), ("6300", ""), ("04a16282", "")],
)
def test_a_uid_is_told_or_politely_not(response: str, uid: str) -> None:
    assert uid_in(bytes.fromhex(response)) == bytes.fromhex(uid)


@pytest.mark.parametrize("response", ["", "90", "ffff", "0000", "01" * 17 + "9000", "01" * 300 + "9000"])
def test_what_is_no_answer_is_a_wrong_one(response: str) -> None:
    with pytest.raises(WrongAnswerError, match="damaged"):
        uid_in(bytes.fromhex(response))


@given(st.binary(max_size=300))
def test_any_bytes_are_a_uid_of_bounded_length_or_a_wrong_answer(response: bytes) -> None:
    try:
        uid = uid_in(response)
    except WrongAnswerError:
        return

    assert len(uid) <= LONGEST_UID
