"""The simulators' messages: a framed, length-prefixed, checksummed protocol of our own over a byte stream.

    message = "KD" | type (1 byte) | length of the payload (4 bytes, big-endian) | payload | CRC-32 (4 bytes)

The checksum covers type, length and payload.  Requests: `I` identity, `C` capture (JSON).  Replies: `i` identity
(JSON), `p` one picture, `s` strokes (JSON), `l` those so far, `k` a card (JSON), `d` done (JSON: how many pictures came
and their ppi), `e` error (JSON).
"""

import json
import struct
import zlib
from dataclasses import dataclass

import numpy as np

from kiosk.devices.api import Image, WrongAnswerError

MAGIC = b"KD"
HEADER = struct.Struct(">2scI")
CHECKSUM = struct.Struct(">I")
PICTURE = struct.Struct(">BHH")
LONGEST = 16 << 20  # bytes of a payload; more is no message of ours


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its type letter and its payload."""

    kind: bytes
    payload: bytes

    def fields(self) -> dict[str, object]:
        """Return a JSON payload's fields; raises `WrongAnswerError` when it is none."""
        try:
            fields = json.loads(self.payload)
        except (ValueError, RecursionError) as error:
            raise WrongAnswerError(
                "The device's answer cannot be read; unplug it and plug it in again."
            ) from error
        if not isinstance(fields, dict):
            raise WrongAnswerError("The device's answer is no set of fields; unplug it and plug it in again.")
        return fields


def encode(kind: bytes, payload: bytes) -> bytes:
    """Return the message's bytes."""
    framed = HEADER.pack(MAGIC, kind, len(payload)) + payload
    return framed + CHECKSUM.pack(zlib.crc32(framed[len(MAGIC) :]))


def encode_fields(kind: bytes, **fields: object) -> bytes:
    """Return a message whose payload is JSON."""
    return encode(kind, json.dumps(fields).encode())


def encode_picture(part: str, image: Image) -> bytes:
    """Return a `p` message: part, width, height and the grey pixels row by row."""
    name = part.encode()
    height, width = image.shape
    return encode(b"p", PICTURE.pack(len(name), width, height) + name + image.tobytes())


def decode_picture(message: Message) -> tuple[str, Image]:
    """Return part and pixels (height x width, uint8); raises `WrongAnswerError` when the sizes do not agree."""
    if len(message.payload) < PICTURE.size:
        raise WrongAnswerError("The device sent a picture without its size; try again.")
    name_length, width, height = PICTURE.unpack_from(message.payload)
    start = PICTURE.size + name_length
    if len(message.payload) != start + width * height:
        raise WrongAnswerError("The device sent a picture of another size than it announced; try again.")
    if not width or not height:
        raise WrongAnswerError("The device sent an empty picture; try again.")
    pixels = np.frombuffer(message.payload, np.uint8, offset=start).reshape(height, width)
    return message.payload[PICTURE.size : start].decode("utf-8", "replace"), pixels


def payload_length(header: bytes) -> int:
    """Return how many payload bytes follow this header; raises `WrongAnswerError` for anything but our header."""
    magic, _, length = HEADER.unpack(header)
    if magic != MAGIC or length > LONGEST:
        raise WrongAnswerError("The device sent bytes that are no message; unplug it and plug it in again.")
    return int(length)


def decode(header: bytes, rest: bytes) -> Message:
    """Return the message; `rest` is payload and checksum.  Raises `WrongAnswerError` when the checksum is wrong."""
    payload, given = rest[: -CHECKSUM.size], CHECKSUM.unpack(rest[-CHECKSUM.size :])[0]
    if zlib.crc32(payload, zlib.crc32(header[len(MAGIC) :])) != given:
        raise WrongAnswerError("The device's answer was damaged on the way; check the cable.")
    return Message(HEADER.unpack(header)[1], payload)
