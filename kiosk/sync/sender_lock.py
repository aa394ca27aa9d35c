"""One sender a data folder at a time, so that no packet is on two lines at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.domain.errors import KioskError
from kiosk.storage.file_lock import TakenError, file_lock


class SenderBusyError(KioskError):
    """Another program is sending from this data folder."""


@contextmanager
def sender_lock(path: Path) -> Iterator[None]:
    """Hold the sender's lock; raises `SenderBusyError` at once when another has it."""
    try:
        with file_lock(path):
            yield
    except TakenError as error:
        raise SenderBusyError("Another program is sending already; nothing is lost. Let it go on.") from error
