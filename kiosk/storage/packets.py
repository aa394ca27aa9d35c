"""The packet files of a data folder: `packets/aa/<id>.pkt`, each written durably before any row speaks of it."""

import re
from collections.abc import Iterator
from pathlib import Path

from kiosk.storage.durable import sync_folder, write_durably
from kiosk.storage.engine import told_apart
from kiosk.wire.packet import SUFFIX

_TEMPORARY = ".tmp"
_FOLDERS = 256
_NAME = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")


class PacketFiles:
    """The files below one data folder; a packet's folder is named by the last two digits of its id, which vary."""

    def __init__(self, folder: Path) -> None:
        self._packets = folder / "packets"
        self._repair = folder / "repair"

    def make_folders(self) -> None:
        """Make every folder a packet can lie in, so that no save has to."""
        for number in range(_FOLDERS):
            (self._packets / f"{number:02x}").mkdir(parents=True, exist_ok=True)
        sync_folder(self._packets)
        sync_folder(self._packets.parent)

    def path(self, packet_id: str) -> Path:
        """Return where a packet lies; it may not be there."""
        if not _NAME.match(packet_id):
            raise ValueError("a packet is named by a UUID")
        return self._packets / packet_id[-2:] / f"{packet_id}{SUFFIX}"

    def place(self, packet_id: str, data: bytes) -> None:
        """Write a packet; when this returns it survives a power cut.  Raises `StoreFullError` or `StorageError`."""
        path = self.path(packet_id)
        with told_apart():
            if not path.parent.is_dir():
                path.parent.mkdir(parents=True, exist_ok=True)
                sync_folder(self._packets)
                sync_folder(self._packets.parent)
            write_durably(path, data, temporary=path.with_suffix(_TEMPORARY))

    def remove(self, packet_id: str) -> None:
        """Take a packet off the disk; only after its acknowledgement and retention, or in a test."""
        path = self.path(packet_id)
        with told_apart():
            path.unlink(missing_ok=True)
            if path.parent.is_dir():
                sync_folder(path.parent)

    def set_aside(self, packet_id: str) -> Path:
        """Move a file that no row speaks of to `repair/`; returns where it lies now."""
        path, aside = self.path(packet_id), self._repair / f"{packet_id}{SUFFIX}"
        with told_apart():
            self._repair.mkdir(exist_ok=True)
            path.replace(aside)
            sync_folder(self._repair)
            sync_folder(path.parent)
        return aside

    def names(self) -> frozenset[str]:
        """Return the ids of all packet files."""
        return frozenset(path.stem for path in self._files(SUFFIX) if _NAME.match(path.stem))

    def clean(self) -> None:
        """Remove what a broken write left behind; such a file was never a packet."""
        for path in self._files(_TEMPORARY):
            path.unlink(missing_ok=True)

    def set_aside_names(self) -> tuple[str, ...]:
        """Return the ids of the files in `repair/`."""
        return tuple(sorted(path.stem for path in self._repair.glob(f"*{SUFFIX}")))

    def _files(self, suffix: str) -> Iterator[Path]:
        return self._packets.glob(f"??/*{suffix}")
