"""Names that are made once and never again: UUIDv7 for packets and visits (RFC 9562, section 5.7)."""

import uuid
from datetime import datetime

_RANDOM_BYTES = 10


def new_identifier(wall: datetime, random: bytes) -> str:
    """Return a UUIDv7 of the moment and ten random bytes; sorts by time as text."""
    if len(random) != _RANDOM_BYTES:
        raise ValueError("a UUIDv7 takes ten random bytes")
    milliseconds = int(wall.timestamp() * 1000)
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80 | int.from_bytes(random)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))
