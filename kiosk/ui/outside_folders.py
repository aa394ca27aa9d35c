"""Folders outside the program into which a person may want a file: sticks first, then his own."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QStorageInfo

_MOUNTED = ("/media/", "/run/media/", "/mnt/")  # where Linux puts what is plugged in
_OWN = (
    QStandardPaths.StandardLocation.DocumentsLocation,
    QStandardPaths.StandardLocation.DownloadLocation,
    QStandardPaths.StandardLocation.HomeLocation,
)
MOST = 4


@dataclass(frozen=True, slots=True)
class OutsideFolder:
    """One folder; is_stick: it lies on something that is pulled out again."""

    path: str
    name: str
    is_stick: bool = False


def outside_folders() -> tuple[OutsideFolder, ...]:
    """Return the sticks that are in, and the first of the person's own folders that is there; may take a second."""
    sticks = [
        OutsideFolder(volume.rootPath(), volume.displayName(), is_stick=True)
        for volume in QStorageInfo.mountedVolumes()
        if volume.isValid() and volume.isReady() and not volume.isReadOnly() and _is_stick(volume.rootPath())
    ]
    own = next((path for place in _OWN if (path := _writable(place))), "")
    return (*sticks[: MOST - 1], *([OutsideFolder(own, Path(own).name)] if own else []))


def _is_stick(root: str) -> bool:
    """Tell whether a volume is neither the system's nor a part of it (Windows: never run on hardware so far)."""
    if sys.platform == "win32":
        return not root.casefold().startswith(os.environ.get("SYSTEMDRIVE", "C:").casefold())
    return root.startswith(_MOUNTED)


def _writable(place: QStandardPaths.StandardLocation) -> str:
    path = QStandardPaths.writableLocation(place)
    return path if path and os.access(path, os.W_OK) and Path(path).is_dir() else ""
