"""A trace that is kept: which device failed when, and with what."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class KeptTrace:
    """What went over a device's line until it failed, without the bytes.

    kind, driver: of the device.  error: the name of the error's class.  said: its sentence, in English.  number: rises
    with each that is kept, 0 before.  size: bytes of the text.
    """

    kind: str
    driver: str
    at: datetime
    error: str
    said: str
    number: int = 0
    size: int = 0
