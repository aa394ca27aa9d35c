"""Files that survive a power cut: written, synced, renamed into place, and their folder synced."""

import os
import sys
from pathlib import Path


def write_durably(path: Path, data: bytes, *, temporary: Path, mode: int = 0o600) -> None:
    """Write a whole file under its name; whatever stood there before is replaced in one step.

    temporary: a path on the same disk that nobody else uses.
    """
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable.

    Windows keeps them with the rename itself and offers no call for it (never run there so far).
    """
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
