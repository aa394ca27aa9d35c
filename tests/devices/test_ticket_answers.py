"""What a ticket printer says and what is said to it, in whole pieces: any bytes end in answers or in an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.api import Trouble, WrongAnswerError
from kiosk.devices.drivers.escpos_status import LONGEST_BLOCK, Answer, Said, split_answers, troubles_of
from kiosk.devices.sim.escpos_reader import Roll, cut_orders

FINE = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}
ANSWERS = (
    Answer(Said.STATUS, b"\x16"),
    Answer(Said.SENSOR, b"\x03"),
    Answer(Said.UNASKED, b"\x14\x00\x0f\x00"),
    Answer(Said.FLOW, b"\x13"),
    Answer(Said.BLOCK, b"_EPSON\x00"),
    Answer(Said.BLOCK, b'7"0017\x00'),
)


def split(heard: bytes, *, pieces: int) -> tuple[tuple[Answer, ...], bytes]:
    """Split what comes piece by piece."""
    found: tuple[Answer, ...] = ()
    rest = b""
    for start in range(0, len(heard), pieces):
        whole, rest = split_answers(rest + heard[start : start + pieces])
        found += whole
    return found, rest


@given(st.lists(st.sampled_from(ANSWERS), max_size=12), st.integers(1, 9))
def test_answers_are_told_apart_however_they_come(answers: list[Answer], pieces: int) -> None:
    heard = b"".join(answer.content for answer in answers)

    assert split(heard, pieces=pieces) == (tuple(answers), b"")


@given(st.binary(max_size=300), st.integers(1, 40))
def test_any_bytes_end_in_answers_or_in_an_error(heard: bytes, pieces: int) -> None:
    try:
        answers, rest = split(heard, pieces=pieces)
    except WrongAnswerError:
        return

    assert b"".join(answer.content for answer in answers) + rest == heard
    assert len(rest) < LONGEST_BLOCK


@pytest.mark.parametrize("noise", [b"\x80", b"\xff", b"\x93", b"\x10\x90", b"_" + b"E" * LONGEST_BLOCK])
def test_what_no_ticket_printer_says_is_noise(noise: bytes) -> None:
    with pytest.raises(WrongAnswerError, match="noise"):
        split_answers(noise)


@pytest.mark.parametrize(
    ("told", "troubles"),
    [
        ({}, set()),
        ({1: 0x16}, set()),  # the drawer's switch
        ({4: 0x1E}, {Trouble.PAPER_LOW}),
        ({1: 0x1A, 2: 0x32, 4: 0x7E}, {Trouble.PAPER_OUT}),
        ({1: 0x1A, 2: 0x32}, {Trouble.PAPER_OUT}),
        ({1: 0x1A, 2: 0x16}, {Trouble.COVER_OPEN}),
        ({1: 0x1A, 2: 0x36, 4: 0x72}, {Trouble.COVER_OPEN, Trouble.PAPER_OUT}),
        ({1: 0x1A}, {Trouble.OFFLINE}),
        ({1: 0x1A, 4: 0x1E}, {Trouble.OFFLINE, Trouble.PAPER_LOW}),
        ({1: 0x1A, 2: 0x52, 3: 0x1A}, {Trouble.PAPER_JAM}),
        ({1: 0x1A, 2: 0x52, 3: 0x52}, {Trouble.PAUSED}),
        ({1: 0x1A, 2: 0x52, 3: 0x32}, {Trouble.OTHER}),
        ({1: 0x1A, 2: 0x52}, {Trouble.OTHER}),
        ({1: 0x1A, 2: 0x1A}, {Trouble.PAUSED}),
    ],
)
def test_the_four_answers_mean_what_they_say(told: dict[int, int], troubles: set[Trouble]) -> None:
    assert troubles_of({**FINE, **told}) == troubles


@given(st.binary(max_size=400), st.integers(1, 50))
def test_the_simulated_printer_reads_any_bytes(heard: bytes, pieces: int) -> None:
    roll, rest = Roll(), b""

    for start in range(0, len(heard), pieces):
        orders, rest = cut_orders(rest + heard[start : start + pieces])
        for order in orders:
            roll.follow(order)

    assert len(rest) <= len(heard)
