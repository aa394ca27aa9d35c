"""The frames of Topaz signature pads on a serial line, as pure functions over bytes.

    frame = status | x low | x high | y low | y high

Bit 7 is set in the status alone.  Of the status, bit 6 says that the pen is near and bit 0 that it is down; what else
is set in it differs from model to model.  A coordinate is low | high << 7, twelve bits: the high byte is 31 at most.
"""

from collections.abc import Iterator
from dataclasses import dataclass

SYNC, NEAR, DOWN = 0x80, 0x40, 0x01
LENGTH = 5
MOST_HIGH = 0x1F


@dataclass(frozen=True, slots=True)
class PenFrame:
    """Where the pen is, in the pad's own units."""

    near: bool
    down: bool
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Read:
    """What was found in a run of bytes: frames, how many bytes were part of none, and a begun frame at the end."""

    frames: tuple[PenFrame, ...]
    lost: int
    rest: bytes


def read_frames(content: bytes) -> Read:
    """Return the frames; where bytes were lost or added it goes on at the next status.

    A frame that is followed by more bytes without a status was put together from two, and is none.
    """
    frames, lost, rest = [], 0, b""
    for run in _runs(content):
        rest = b""
        if _is_frame(run):
            frames.append(_frame(run))
        elif run[0] & SYNC and len(run) < LENGTH:
            rest = run
            lost += len(run)
        else:
            lost += len(run)
    return Read(tuple(frames), lost - len(rest), rest)


def blanked_frames(content: bytes) -> bytes:
    """Return as many bytes with every status as it was and no places: how a pen moved is a signature.

    What was no frame is none afterwards.
    """
    return b"".join(run[:1] + bytes([_blank(run)]) * (len(run) - 1) if run[0] & SYNC else bytes(len(run))
                    for run in _runs(content))  # fmt: skip


def _runs(content: bytes) -> Iterator[bytes]:
    """Cut the bytes before each status, and where more follow one than make a frame."""
    place = 0
    while place < len(content):
        end = min(place + LENGTH + 1, len(content))
        end = next((at for at in range(place + 1, end) if content[at] & SYNC), end)
        yield content[place:end]
        place = end


def _blank(run: bytes) -> int:
    return MOST_HIGH + 1 if len(run) == LENGTH and not _is_frame(run) else 0


def _is_frame(run: bytes) -> bool:
    return len(run) == LENGTH and bool(run[0] & SYNC) and max(run[2], run[4]) <= MOST_HIGH


def _frame(whole: bytes) -> PenFrame:
    status, x_low, x_high, y_low, y_high = whole
    return PenFrame(bool(status & NEAR), bool(status & DOWN), x_low | x_high << 7, y_low | y_high << 7)
