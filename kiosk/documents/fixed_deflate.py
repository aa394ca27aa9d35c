"""A zlib stream (RFC 1950, RFC 1951) of one block with the fixed code and literals only.

Widely used readers of identity QR codes fail on stored blocks, which zlib makes of whatever it cannot squeeze, such as
a portrait.  This costs three to thirteen percent of the length and can be read by everybody.
"""

import zlib
from collections.abc import Iterator

_HEAD = b"\x78\xda"
_LAST_FIXED, _HEAD_BITS = 0b011, 3  # the last block, of the fixed code
_BYTE = 8
_SHORT_CODES = 144  # literals of eight bits, the rest has nine (RFC 1951, 3.2.6)


def deflated(data: bytes) -> bytes:
    """Return a zlib stream that inflates to the data."""
    bits, count, out = _LAST_FIXED, _HEAD_BITS, bytearray(_HEAD)
    for code, length in _codes(data):
        bits |= code << count
        count += length
        while count >= _BYTE:
            out.append(bits & 0xFF)
            bits >>= _BYTE
            count -= _BYTE
    if count:
        out.append(bits)
    return bytes(out) + zlib.adler32(data).to_bytes(4, "big")


def _codes(data: bytes) -> Iterator[tuple[int, int]]:
    for byte in data:
        yield _LITERALS[byte]
    yield _reversed(0, 7), 7  # the end of the block, 256


def _reversed(value: int, length: int) -> int:
    """Return the code with its first bit lowest, as the format wants it."""
    return int(f"{value:0{length}b}"[::-1], 2)


def _literal(byte: int) -> tuple[int, int]:
    if byte < _SHORT_CODES:
        return _reversed(0x30 + byte, 8), 8
    return _reversed(0x190 + byte - _SHORT_CODES, 9), 9


_LITERALS = tuple(_literal(byte) for byte in range(1 << _BYTE))
