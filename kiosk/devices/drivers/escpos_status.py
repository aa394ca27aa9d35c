"""What a ticket printer answers, told apart by the fixed bits of its bytes, and what that means.

xxx1xx10 (bit 7 and 0 clear)   answer to DLE EOT      xxx0xxxx (bit 7 clear)   answer to GS r
xxx1xx00 and three more        unasked status (ASB)    7 or _ or =, up to NUL   process ID, name
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from kiosk.devices.api import Trouble, WrongAnswerError

QUESTIONS = (1, 2, 3, 4)  # DLE EOT: printer, cause of being off line, cause of an error, paper
LONGEST_BLOCK = 96  # bytes; a name has 80 at most
_FLOW = b"\x11\x13"  # XON, XOFF
_HEADS = b"\x37\x5f\x3d"
_UNASKED_LENGTH = 4
_FIXED, _OF_STATUS, _OF_UNASKED = 0x93, 0x12, 0x10
_FIXED_OF_SENSOR = 0x90
_OFF_LINE = 0x08
_COVER, _BY_BUTTON, _PAPER_ENDED, _IN_ERROR = 0x04, 0x08, 0x20, 0x40
_RECOVERABLE, _CUTTER, _BROKEN, _TOO_HOT = 0x04, 0x08, 0x20, 0x40
_NEAR_END, _AT_END = 0x0C, 0x60
NOISE = "The ticket printer answers with noise; check its speed (baud)"


class Said(Enum):
    """What an answer is."""

    STATUS = 1
    UNASKED = 2
    SENSOR = 3
    FLOW = 4
    BLOCK = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, all its bytes."""

    said: Said
    content: bytes


def split_answers(heard: bytes) -> tuple[tuple[Answer, ...], bytes]:
    """Return the whole answers in what was heard, and the beginning of one whose rest is still to come.

    Raises `WrongAnswerError` for what no ticket printer answers.
    """
    answers = []
    while heard and (answer := _first(heard)) is not None:
        answers.append(answer)
        heard = heard[len(answer.content) :]
    return tuple(answers), heard


def troubles_of(told: Mapping[int, int]) -> frozenset[Trouble]:
    """Return what the answers to the four questions mean, by question; being off line only where no cause is told."""
    found = set(_causes(told[2], told[3]))
    if told[4] & _AT_END or told[2] & _PAPER_ENDED:
        found.add(Trouble.PAPER_OUT)
    elif told[4] & _NEAR_END:
        found.add(Trouble.PAPER_LOW)
    if told[1] & _OFF_LINE and not found - {Trouble.PAPER_LOW}:
        found.add(Trouble.OFFLINE)
    return frozenset(found)


def _causes(off_line: int, error: int) -> set[Trouble]:
    found = set()
    if off_line & _COVER:
        found.add(Trouble.COVER_OPEN)
    if error & _CUTTER:
        found.add(Trouble.PAPER_JAM)
    if error & _TOO_HOT or off_line & _BY_BUTTON:
        found.add(Trouble.PAUSED)
    unnamed = off_line & _IN_ERROR and not error & (_CUTTER | _TOO_HOT)
    if error & (_RECOVERABLE | _BROKEN) or unnamed:
        found.add(Trouble.OTHER)
    return found


def _first(heard: bytes) -> Answer | None:
    """Return the answer that stands first, None while its end is missing."""
    head = heard[0]
    if head & _FIXED == _OF_STATUS:
        return Answer(Said.STATUS, heard[:1])
    if head & _FIXED_OF_SENSOR == 0:
        return Answer(Said.SENSOR, heard[:1])
    if head & _FIXED == _OF_UNASKED:
        return _unasked(heard[:_UNASKED_LENGTH])
    if head in _FLOW:
        return Answer(Said.FLOW, heard[:1])
    if head in _HEADS:
        return _block(heard[:LONGEST_BLOCK])
    raise WrongAnswerError(f"{NOISE} and try again.")


def _unasked(content: bytes) -> Answer | None:
    if any(byte & _FIXED_OF_SENSOR for byte in content[1:]):
        raise WrongAnswerError(f"{NOISE} and try again.")
    return Answer(Said.UNASKED, content) if len(content) == _UNASKED_LENGTH else None


def _block(content: bytes) -> Answer | None:
    end = content.find(0)
    if end < 0 and len(content) == LONGEST_BLOCK:
        raise WrongAnswerError(f"{NOISE} and try again.")
    return None if end < 0 else Answer(Said.BLOCK, content[: end + 1])
