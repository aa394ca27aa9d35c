"""Resumable uploads (tus 1.0): what arrives is written and synced, and the sha256 of the whole decides."""

import contextlib
import hashlib
import os
import threading
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from central.errors import RefusedError, disk_refusal
from central.limits import Limits
from central.receiving import Receiver
from central.sessions import Caller
from central.store import Store, durable_size, size_of, sync_directory
from central.tables import PacketRow, UploadRow
from kiosk.wire.messages import ProblemType

_SYNC_EVERY = 1 << 20
CHECKSUM_MISMATCH = 460  # tus 1.0, extension Checksum


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an upload is: bytes, durable.  acknowledgement: of a packet that is here already."""

    offset: int
    size: int
    expires_at: datetime | None = None
    acknowledgement: str = ""


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the body of one PATCH must hash to: `sha1` or `sha256`."""

    algorithm: str
    digest: bytes


class Writing:
    """One PATCH under way: blocks go to the file at their offset, and everything that came is synced at the end."""

    def __init__(self, path: Path, start: int, size: int, checksum: Checksum | None) -> None:
        self._path = path
        self._size = size
        self._checksum = checksum
        self._hash = hashlib.new(checksum.algorithm) if checksum else None
        self._handle = -1
        self._unsynced = 0
        self._unsure: OSError | None = None
        self.start = start
        self.offset = start

    def write(self, block: bytes) -> None:
        """Write the next block; raises `RefusedError` when it is too much, or the disk is full."""
        if self.offset + len(block) > self._size:
            raise RefusedError(
                ProblemType.TOO_LARGE, "The body is longer than the packet that was announced."
            )
        try:
            self._put(block)
        except OSError as error:
            raise disk_refusal(error) from error
        if self._hash:
            self._hash.update(block)

    def close(self) -> int:
        """Sync what came and return the durable offset; a cut or wrong checksummed body is taken back."""
        if self._handle < 0:
            self._open()
        try:
            if self._checksum and not self._fits():
                os.ftruncate(self._handle, self.start)
                self.offset = self.start
            self._sync()
        finally:
            os.close(self._handle)
        if self._unsure is not None:
            raise self._unsure
        return self.offset

    def _sync(self) -> None:
        """Sync; when that fails nobody can vouch for any byte of the file, even if a second try succeeds."""
        try:
            os.fsync(self._handle)
        except OSError as error:
            self._unsure = error
            self._path.unlink(missing_ok=True)
        self._unsynced = 0

    def _fits(self) -> bool:
        return bool(self._hash and self._checksum and self._hash.digest() == self._checksum.digest)

    @property
    def failed_checksum(self) -> bool:
        """Tell whether a checksum was given that the body does not have."""
        return self._checksum is not None and not self._fits()

    def _open(self) -> None:
        fresh = not self._path.exists()
        self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        if fresh:
            sync_directory(self._path.parent)
        os.lseek(self._handle, self.start, os.SEEK_SET)

    def _put(self, block: bytes) -> None:
        if self._handle < 0:
            self._open()
        view = memoryview(block)
        while view:
            written = os.write(self._handle, view)
            self.offset += written
            self._unsynced += written
            view = view[written:]
        if self._unsynced >= _SYNC_EVERY:
            self._sync()


@dataclass(frozen=True, slots=True)
class Uploads:
    """The open uploads; one PATCH at a time for each packet."""

    store: Store
    receiver: Receiver
    limits: Limits
    _busy: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def progress(self, packet_id: str, caller: Caller, now: datetime) -> Progress:
        """Return the durable offset; raises `RefusedError` (404 unknown, 410 gone)."""
        upload = self._look(packet_id, caller)
        if isinstance(upload, Progress):
            return upload
        start = self._busy.get(packet_id, -1)
        if start >= 0:
            return Progress(start, upload.size, upload.expires_at)
        offset = durable_size(self.store.folder.landing_of(packet_id))
        if offset >= upload.received and upload.expires_at >= now:
            return Progress(offset, upload.size, upload.expires_at)
        again = self._look(packet_id, caller)
        if isinstance(again, Progress):  # taken in since the first look
            return again
        self.receiver.discard(packet_id)
        raise RefusedError(ProblemType.GONE, "The upload expired or was lost; announce the packet again.")

    def _look(self, packet_id: str, caller: Caller) -> Progress | UploadRow:
        """Return the end of a packet that is here, or the row of its upload, as one moment shows them."""
        with self.store.read() as session:
            held = session.scalar(select(PacketRow).where(PacketRow.packet_id == packet_id))
            upload = session.get(UploadRow, packet_id)
        if held is not None and held.kiosk_id == caller.kiosk_id:
            return Progress(held.size, held.size, acknowledgement=held.acknowledgement)
        if upload is None or upload.kiosk_id != caller.kiosk_id:
            raise RefusedError(ProblemType.UNKNOWN_PACKET, "Announce the packet first.")
        return upload

    def begin(
        self, packet_id: str, offset: int, caller: Caller, now: datetime, *, checksum: Checksum | None = None
    ) -> Writing:
        """Start one PATCH; raises `RefusedError` (409 at another offset, 423 while another writes)."""
        with self._lock:
            if packet_id in self._busy:
                raise RefusedError(
                    ProblemType.LOCKED, "Another PATCH of this packet is under way.", retry_after=5
                )
            self._busy[packet_id] = -1
        with contextlib.ExitStack() as undo:
            undo.callback(self.end, packet_id)
            progress = self._expected(packet_id, offset, caller, now)
            self._busy[packet_id] = progress.offset
            undo.pop_all()
        return Writing(self.store.folder.landing_of(packet_id), offset, progress.size, checksum)

    def _expected(self, packet_id: str, offset: int, caller: Caller, now: datetime) -> Progress:
        progress = self.progress(packet_id, caller, now)
        if offset != progress.offset:
            raise RefusedError(ProblemType.OFFSET, f"The centre holds {progress.offset} bytes.")
        if progress.acknowledgement:
            raise RefusedError(ProblemType.CONFLICT, "The packet is here already.")
        return progress

    def settle(self, packet_id: str, writing: Writing, now: datetime) -> Progress:
        """End a PATCH: note the durable offset, and take the packet in when it is whole."""
        try:
            offset = writing.close()
        except OSError as error:
            raise disk_refusal(error) from error
        with self.store.write() as session:
            upload = session.get(UploadRow, packet_id)
            if upload is not None:
                upload.received, upload.expires_at = offset, now + self.limits.upload_life
        if upload is None:
            # Announced again by another line of the kiosk just now, and taken in there.
            self.store.folder.landing_of(packet_id).unlink(missing_ok=True)
            return Progress(offset, offset, acknowledgement=self.receiver.receive(packet_id, now))
        if writing.failed_checksum:
            raise RefusedError(
                ProblemType.DAMAGED, "The body does not have its checksum.", status=CHECKSUM_MISMATCH
            )
        if offset < upload.size:
            return Progress(offset, upload.size, upload.expires_at)
        return Progress(offset, upload.size, acknowledgement=self.receiver.receive(packet_id, now))

    def end(self, packet_id: str) -> None:
        """Let others write to the upload."""
        with self._lock:
            self._busy.pop(packet_id, None)

    def terminate(self, packet_id: str, caller: Caller, now: datetime) -> None:
        """Forget an upload; a packet that was acknowledged stays."""
        with self._lock:
            if packet_id in self._busy:
                raise RefusedError(
                    ProblemType.LOCKED, "Another PATCH of this packet is under way.", retry_after=5
                )
        if self.progress(packet_id, caller, now).acknowledgement:
            raise RefusedError(ProblemType.CONFLICT, "The packet is acknowledged and stays.")
        self.receiver.discard(packet_id)

    def sweep(self, now: datetime) -> None:
        """At the start: take in what is whole, forget what expired, delete files nobody announced."""
        with self.store.read() as session:
            uploads = {upload.packet_id: upload for upload in session.scalars(select(UploadRow))}
        for packet_id, upload in uploads.items():
            landing = self.store.folder.landing_of(packet_id)
            if size_of(landing) == upload.size:
                self._receive_quietly(packet_id, now)
            elif upload.expires_at < now:
                self.receiver.discard(packet_id)
        for path in self.store.folder.landing.glob("*.part"):
            if path.stem not in uploads:
                path.unlink()

    def _receive_quietly(self, packet_id: str, now: datetime) -> None:
        try:
            self.receiver.receive(packet_id, now)
        except RefusedError:
            return
