"""The packets of ZFM-20, R30x and AS608 fingerprint modules, as pure functions over bytes.

    packet = EF 01 | address (4 bytes) | kind (1) | length of what follows (2, big-endian) | content | checksum (2)

The checksum is the sum of kind, length and content.  An answer's content begins with a code, 0 for done.
"""

import struct
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from kiosk.devices.api import Image, WrongAnswerError

START = b"\xef\x01"
ANY_ADDRESS = b"\xff\xff\xff\xff"
HEAD = struct.Struct(">2s4sBH")
CHECKSUM = struct.Struct(">H")
LONGEST = 256 + CHECKSUM.size  # bytes after the head: the largest packet a module can be set to
PARAMETERS = struct.Struct(">HHHHIHH")
NOISE = "The fingerprint module sent noise; check its speed (baud) and its cable, and try again."


class PacketKind(IntEnum):
    """What a packet is."""

    COMMAND = 1
    DATA = 2
    ANSWER = 7
    LAST_DATA = 8


class Command(IntEnum):
    """What a module is told, as far as pictures need it."""

    TAKE_PICTURE = 0x01
    SEND_PICTURE = 0x0A
    READ_PARAMETERS = 0x0F
    VERIFY_PASSWORD = 0x13


class Code(IntEnum):
    """How a module answers."""

    DONE = 0x00
    NOT_UNDERSTOOD = 0x01
    NO_FINGER = 0x02
    NOT_MADE_OUT = 0x03
    WRONG_PASSWORD = 0x13


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet: its kind and its content without the checksum."""

    kind: PacketKind
    content: bytes


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a module says of itself: its identifier, how many prints it could keep, and the content of its packets."""

    identifier: int
    places: int
    packet_size: int


def encode(kind: PacketKind, content: bytes) -> bytes:
    """Return the packet's bytes."""
    head = HEAD.pack(START, ANY_ADDRESS, kind, len(content) + CHECKSUM.size)
    return head + content + CHECKSUM.pack(_sum(head, content))


def rest_length(head: bytes) -> int:
    """Return how many bytes follow this head; raises `WrongAnswerError` for what is no head of a packet."""
    start, _, kind, length = HEAD.unpack(head)
    if start != START or kind not in set(PacketKind) or not CHECKSUM.size <= length <= LONGEST:
        raise WrongAnswerError(NOISE)
    return int(length)


def decode(head: bytes, rest: bytes) -> Packet:
    """Return the packet; `rest` is content and checksum.  Raises `WrongAnswerError` when the checksum is wrong."""
    content = rest[: -CHECKSUM.size]
    if CHECKSUM.unpack(rest[-CHECKSUM.size :])[0] != _sum(head, content):
        raise WrongAnswerError("The fingerprint module's answer was damaged on the way; check its cable.")
    return Packet(PacketKind(head[6]), content)


def blanked_rest(head: bytes, rest: bytes) -> bytes:
    """Return the rest of a packet with nothing of its content, its checksum as right or as wrong as it was."""
    content, given = rest[: -CHECKSUM.size], CHECKSUM.unpack(rest[-CHECKSUM.size :])[0]
    nothing = bytes(len(content))
    off = given - _sum(head, content)
    return nothing + CHECKSUM.pack((_sum(head, nothing) + off) & 0xFFFF)


def read_parameters(told: bytes) -> Parameters:
    """Return what follows the code in the answer to `READ_PARAMETERS`; raises `WrongAnswerError` for too little."""
    if len(told) < PARAMETERS.size:
        raise WrongAnswerError(
            "The fingerprint module's answer is too short; unplug it and plug it in again."
        )
    _, identifier, places, _, _, size_code, _ = PARAMETERS.unpack_from(told)
    return Parameters(identifier, places, 32 << min(size_code, 3))


def picture_of(halves: bytes, width: int, height: int) -> Image:
    """Return height x width grey bytes from two pixels a byte, the left one in the high half, 0..15 spread to 0..255.

    Raises `WrongAnswerError` when the module sent another number of pixels.
    """
    if len(halves) * 2 != width * height:
        raise WrongAnswerError(
            f"The fingerprint module sent {len(halves) * 2} pixels, not {width} x {height}; check the setting size."
        )
    packed = np.frombuffer(halves, np.uint8)
    pixels = np.stack([packed >> 4, packed & 0x0F], axis=1) * np.uint8(17)
    return pixels.reshape(height, width)


def _sum(head: bytes, content: bytes) -> int:
    return (sum(head[6:]) + sum(content)) & 0xFFFF
