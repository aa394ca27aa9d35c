"""Limits of the front door, handed down by the command line."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Limits:
    """reserve, largest_packet, largest_message: bytes.  idle: seconds without a byte before a PATCH is over."""

    reserve: int = 256 << 20
    largest_packet: int = 64 << 20
    largest_message: int = 512 << 10
    upload_life: timedelta = timedelta(days=7)
    idle: float = 30.0
    retry_after: int = 300
