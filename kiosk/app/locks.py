"""One counter program a data folder at a time, so that two never take up the same draft."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.storage.errors import StoreBusyError
from kiosk.storage.file_lock import TakenError, file_lock


class CounterInUseError(StoreBusyError):
    """Another program is enrolling in this data folder."""


@contextmanager
def counter_lock(folder: Path) -> Iterator[None]:
    """Hold the counter's lock; raises `CounterInUseError` at once when another program has it."""
    try:
        with file_lock(folder / "counter.lock"):
            yield
    except TakenError as error:
        raise CounterInUseError(
            f"Another program is enrolling in {folder}; nothing was changed. Close it and try again."
        ) from error
