"""Locks between programs on one data folder; the system lets go of one when its program ends, however it ends."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform == "win32":  # this branch was never run so far
    import msvcrt
else:
    import fcntl


class TakenError(Exception):
    """Another program has the lock; whoever asked for it says what that means."""


@contextmanager
def file_lock(path: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold a lock; raises `TakenError` at once when another has it, unless told to wait for it."""
    with path.open("a+b") as file:
        _lock(file, wait=wait)
        yield


def _lock(file: IO[bytes], *, wait: bool) -> None:
    try:
        if sys.platform == "win32":
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError as error:
        raise TakenError from error
