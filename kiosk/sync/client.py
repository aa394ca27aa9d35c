"""The calls of the contract, as a kiosk makes them (docs/sync.md); answers are checked before they are handed on."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, TypeVar

import httpx2

from kiosk.storage.records import Membership
from kiosk.sync.causes import Cause, DeliveryError, SessionOverError, UploadGoneError, UploadLockedError
from kiosk.sync.line import Answer, Line
from kiosk.sync.receipts import check_time
from kiosk.wire.messages import (
    Announcement,
    AnnouncementAnswer,
    DirectivesAnswer,
    Heartbeat,
    HeartbeatAnswer,
    SessionAnswer,
    SessionClaim,
    SessionNonce,
    SessionRequest,
    SignedPage,
    UploadAnswer,
)
from kiosk.wire.signing import Purpose, SigningKey, sign

BLOCK = 16 << 10  # bytes: a second of a 128 kbit/s line, after which an interruption is noticed
_TUS = "1.0.0"

Given = TypeVar("Given")

Watch = Callable[[int], None]
"""Told after each block how many bytes have left; raises to break the stream off."""


@dataclass(frozen=True, slots=True)
class NewDirectives:
    """The signed directives and the tag to ask with next time."""

    signed: str
    etag: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """What the centre said after a PATCH: the bytes it holds durably, or the acknowledgement of the whole."""

    offset: int
    acknowledgement: str = ""


class Centre:
    """One centre, for one kiosk; opens a session when it needs one.  A context that closes the line."""

    def __init__(self, line: Line, membership: Membership, key: SigningKey) -> None:
        self._line = line
        self._membership = membership
        self._key = key
        self._token = ""

    def open_session(self) -> datetime:
        """Open a session and return the centre's signed wall time; raises `DeliveryError`."""
        kiosk_id = self._membership.kiosk_id
        asked = self._line.post("/v1/sessions", SessionRequest(kiosk_id=kiosk_id)).read(SessionNonce)
        claim = SessionClaim(kiosk_id=kiosk_id, nonce=asked.nonce)
        signed = sign(claim.plain(), self._key, Purpose.SESSION)
        request = SessionRequest(kiosk_id=kiosk_id, signed=signed)
        answer = self._line.post("/v1/sessions", request).read(SessionAnswer)
        now = check_time(answer.time, self._membership, nonce=asked.nonce)
        self._token = answer.token
        return now

    def announce(self, announcement: Announcement) -> AnnouncementAnswer:
        """Tell what waits, and return what the centre wants of it."""
        return self._in_session(
            lambda: self._line.post("/v1/announcements", announcement, headers=self._bearer).read(
                AnnouncementAnswer
            )
        )

    def beat(self, heartbeat: Heartbeat) -> None:
        """Tell how the counter stands; raises `DeliveryError`."""
        answer = self._in_session(
            lambda: self._line.post("/v1/heartbeats", heartbeat, headers=self._bearer).read(HeartbeatAnswer)
        )
        if answer.serial != heartbeat.serial:
            raise DeliveryError(Cause.CONTRACT, "the answer is to another heartbeat")

    def acknowledgements(self, after: int) -> SignedPage:
        """Return the next page of signed acknowledgements of this kiosk."""
        return self._in_session(lambda: self._page("/v1/acknowledgements", after))

    def verdicts(self, after: int) -> SignedPage:
        """Return the next page of signed verdicts."""
        return self._in_session(lambda: self._page("/v1/verdicts", after))

    def directives(self, etag: str) -> NewDirectives | None:
        """Return the directives; None when they are those of `etag`."""
        return self._in_session(lambda: self._directives(etag))

    def head(self, url: str) -> int:
        """Return the bytes the centre holds durably; raises `UploadGoneError` or another `DeliveryError`."""
        return self._in_session(lambda: self._head(url))

    def patch(self, url: str, path: Path, offset: int, watch: Watch) -> Arrived:
        """Send the rest of a file, from the offset on, as one stream without a checksum.

        Raises `UploadMovedError`, `UploadGoneError`, `UploadLockedError` or another `DeliveryError`.
        """
        return self._in_session(lambda: self._patch(url, path, offset, watch))

    def close(self) -> None:
        """Give the line back; may be called twice."""
        self._line.close()

    def __enter__(self) -> "Centre":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _bearer(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self._token}"}

    @property
    def _upload_headers(self) -> dict[str, str]:
        return {**self._bearer, "tus-resumable": _TUS}

    def _in_session(self, call: Callable[[], Given]) -> Given:
        if not self._token:
            self.open_session()
        try:
            return call()
        except SessionOverError:
            self.open_session()
            return call()

    def _page(self, path: str, after: int) -> SignedPage:
        return self._line.ask("GET", f"{path}?after={after}", headers=self._bearer).read(SignedPage)

    def _directives(self, etag: str) -> NewDirectives | None:
        headers: Mapping[str, str] = {**self._bearer, "if-none-match": etag} if etag else self._bearer
        answer = self._line.ask("GET", "/v1/directives", headers=headers)
        if etag and answer.status == httpx2.codes.NOT_MODIFIED:
            return None
        return NewDirectives(answer.read(DirectivesAnswer).directives, answer.headers.get("etag", ""))

    def _head(self, url: str) -> int:
        answer = self._line.ask("HEAD", _own_path(url), headers=self._upload_headers)
        _check_upload_status(answer)
        answer.expect_success()
        return _offset(answer)

    def _patch(self, url: str, path: Path, offset: int, watch: Watch) -> Arrived:
        size = _size(path)
        headers = {
            **self._upload_headers,
            "content-type": "application/offset+octet-stream",
            "content-length": str(size - offset),
            "upload-offset": str(offset),
        }
        content = _rest_of(path, offset, watch)
        answer = self._line.ask("PATCH", _own_path(url), content=content, headers=headers)
        if answer.status == httpx2.codes.NO_CONTENT:
            return Arrived(_offset(answer))
        if answer.status < httpx2.codes.BAD_REQUEST:
            return Arrived(size, answer.read(UploadAnswer).acknowledgement)
        answer.expect_success()
        raise DeliveryError(Cause.CONTRACT)


def _own_path(url: str) -> str:
    """Return the path as the centre gave it; an address elsewhere is not followed."""
    if not url.startswith("/v1/uploads/") or ".." in url:
        raise DeliveryError(Cause.CONTRACT, "the upload's address lies outside the centre")
    return url


def _check_upload_status(answer: Answer) -> None:
    # An answer to HEAD has no body to say more in, so that the status must do.
    if answer.status == httpx2.codes.UNAUTHORIZED:
        raise SessionOverError
    if answer.status in (httpx2.codes.NOT_FOUND, httpx2.codes.GONE):
        raise UploadGoneError
    if answer.status == httpx2.codes.LOCKED:
        raise UploadLockedError(retry_after=answer.retry_after)
    if answer.status == httpx2.codes.FORBIDDEN:
        raise DeliveryError(Cause.KIOSK_REVOKED)


def _offset(answer: Answer) -> int:
    offset = answer.number("upload-offset")
    if answer.headers.get("tus-resumable") != _TUS or offset is None:
        raise DeliveryError(Cause.CAPTIVE_PORTAL, "the answer is no upload's")
    return offset


def _size(path: Path) -> int:
    with _whole():
        return path.stat().st_size


def _rest_of(path: Path, offset: int, watch: Watch) -> Iterator[bytes]:
    with _whole():
        file = path.open("rb")
    with file:
        file.seek(offset)
        while block := _block(file):
            yield block
            watch(len(block))


def _block(file: BinaryIO) -> bytes:
    with _whole():
        return file.read(BLOCK)


@contextmanager
def _whole() -> Iterator[None]:
    """Name a file that cannot be read any more: the packet's own fault, never the line's."""
    try:
        yield
    except OSError as error:
        raise DeliveryError(Cause.PACKET_DAMAGED, type(error).__name__) from error
