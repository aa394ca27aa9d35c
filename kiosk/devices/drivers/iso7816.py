"""What a card says of itself, in the bytes of ISO 7816-3 and of the PC/SC specification, part 3."""

from functools import reduce
from operator import xor

from kiosk.devices.api import WrongAnswerError

GET_UID = bytes.fromhex("ffca000000")  # GET DATA, answered by the reader itself
SUCCESS = b"\x90\x00"
SHORTEST_ATR, LONGEST_ATR = 2, 33
STARTS = (0x3B, 0x3F)
LONGEST_UID = 16
ANSWERS = (0x6, 0x9)  # the first half byte of every status


def checked_atr(atr: bytes) -> bytes:
    """Return the answer to reset as it is; raises `WrongAnswerError` when its length or its checksum is wrong."""
    whole = SHORTEST_ATR <= len(atr) <= LONGEST_ATR and atr[0] in STARTS
    if not whole:
        raise WrongAnswerError("What was held on the reader does not answer as a card; try another card.")
    length, summed = _announced(atr)
    if length != len(atr) or (summed and reduce(xor, atr[1:])):
        raise WrongAnswerError("The card's answer to reset is damaged; hold the card still and try again.")
    return atr


def uid_in(response: bytes) -> bytes:
    """Return the UID in an answer to `GET_UID`, empty where this reader does not tell it.

    Raises `WrongAnswerError` for what is no answer.
    """
    content, status = response[:-2], response[-2:]
    if len(status) < len(SUCCESS) or status[0] >> 4 not in ANSWERS or len(content) > LONGEST_UID:
        raise WrongAnswerError("The card's number came damaged; hold the card still and try again.")
    return content if status == SUCCESS else b""


def _announced(atr: bytes) -> tuple[int, bool]:
    """Return how long an answer to reset says it is, and whether it ends with a checksum.

    Each group of interface bytes is announced by the upper half of the byte before; its last byte announces the next.
    """
    place, groups, summed = 1, atr[1] >> 4, False
    while groups:
        place += groups.bit_count()
        if not groups & 8 or place >= len(atr):
            break
        summed = summed or bool(atr[place] & 15)  # a protocol other than T=0
        groups = atr[place] >> 4
    return place + 1 + (atr[1] & 15) + summed, summed
