"""The upload calls over HTTP: tus 1.0 with creation, checksum, expiration and termination."""

import asyncio
import base64
import binascii
from collections.abc import AsyncIterator
from email.utils import format_datetime
from typing import Annotated

import anyio
from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from central.announcing import UPLOADS, url_of
from central.door import TUS_VERSION as VERSION
from central.door import Asked, Desk, Trusted, caller_of, plain
from central.errors import RefusedError
from central.sessions import Caller
from central.uploads import Checksum, Progress, Writing
from kiosk.wire.messages import ProblemType, UploadAnswer

BODY_TYPE = "application/offset+octet-stream"
_LONGEST_NUMBER = 15
_ALGORITHMS = ("sha1", "sha256")


def speaks_tus(request: Request) -> None:
    """Raise `RefusedError` (412) if the caller names another version; one that names none is let in."""
    if request.headers.get("tus-resumable", VERSION) != VERSION:
        raise RefusedError(ProblemType.MALFORMED, f"This centre speaks tus {VERSION}.", status=412)


router = APIRouter(dependencies=[Depends(speaks_tus)])
# A kiosk revoked while it sends may finish: the packet is kept aside for a person.
Sender = Annotated[Caller, Depends(caller_of)]


@router.options(UPLOADS)
@router.options(UPLOADS + "/{packet_id}")
def options(desk: Asked, packet_id: str = "") -> Response:
    """Tell what is spoken here."""
    headers = {
        "tus-resumable": VERSION,
        "tus-version": VERSION,
        "tus-extension": "creation,checksum,expiration,termination",
        "tus-checksum-algorithm": ",".join(_ALGORITHMS),
        "tus-max-size": str(desk.limits.largest_packet),
    }
    return Response(status_code=204, headers=headers)


@router.post(UPLOADS)
@router.post(UPLOADS + "/{packet_id}")
def create(request: Request, desk: Asked, caller: Trusted, packet_id: str = "") -> Response:
    """Return the place of an announced packet; asking twice does no harm."""
    packet_id = packet_id or _metadata(request, "packet_id")
    progress = desk.uploads.progress(packet_id, caller, desk.clock())
    if _number(request, "upload-length") != progress.size:
        raise RefusedError(ProblemType.CONFLICT, f"A packet of {progress.size} bytes was announced.")
    return Response(status_code=201, headers=_headers(progress) | {"location": url_of(packet_id)})


@router.head(UPLOADS + "/{packet_id}")
def progress(desk: Asked, caller: Sender, packet_id: str) -> Response:
    """Tell the durable offset."""
    told = desk.uploads.progress(packet_id, caller, desk.clock())
    return Response(headers=_headers(told) | {"upload-length": str(told.size), "cache-control": "no-store"})


@router.delete(UPLOADS + "/{packet_id}")
def terminate(desk: Asked, caller: Sender, packet_id: str) -> Response:
    """Forget an upload."""
    desk.uploads.terminate(packet_id, caller, desk.clock())
    return Response(status_code=204, headers={"tus-resumable": VERSION})


@router.patch(UPLOADS + "/{packet_id}")
async def send(request: Request, desk: Asked, caller: Sender, packet_id: str) -> Response:
    """Take the next bytes; the PATCH that completes the packet answers with its acknowledgement."""
    if request.headers.get("content-type") != BODY_TYPE:
        raise RefusedError(ProblemType.MALFORMED, f"The body must be {BODY_TYPE}.", status=415)
    offset, checksum = _number(request, "upload-offset"), _checksum(request)
    known = await run_in_threadpool(desk.uploads.progress, packet_id, caller, desk.clock())
    if known.acknowledgement and offset == known.size:
        return _answer(known)
    if offset + int(request.headers.get("content-length", "0")) > known.size:
        raise RefusedError(ProblemType.TOO_LARGE, "The body is longer than the packet that was announced.")

    def begin() -> Writing:
        return desk.uploads.begin(packet_id, offset, caller, desk.clock(), checksum=checksum)

    writing = await run_in_threadpool(begin)
    try:
        return _answer(await _write(request, desk, packet_id, writing))
    finally:
        desk.uploads.end(packet_id)


async def _write(request: Request, desk: Desk, packet_id: str, writing: Writing) -> Progress:
    """Write what comes until it ends or the line does, then sync it, whatever happened."""
    try:
        async for block in _blocks(request, desk.limits.idle):
            await run_in_threadpool(writing.write, block)
    finally:
        with anyio.CancelScope(shield=True):
            settled = await run_in_threadpool(desk.uploads.settle, packet_id, writing, desk.clock())
    return settled


async def _blocks(request: Request, idle: float) -> AsyncIterator[bytes]:
    """Yield the body; a line that is cut, or silent for `idle` seconds, simply ends it."""
    stream = request.stream()
    try:
        while True:
            async with asyncio.timeout(idle):
                block = await anext(stream)
            if block:
                yield block
    except (StopAsyncIteration, ClientDisconnect, TimeoutError):
        return


def _answer(progress: Progress) -> Response:
    if progress.acknowledgement:
        return plain(UploadAnswer(acknowledgement=progress.acknowledgement), headers=_headers(progress))
    return Response(status_code=204, headers=_headers(progress))


def _headers(progress: Progress) -> dict[str, str]:
    headers = {"tus-resumable": VERSION, "upload-offset": str(progress.offset)}
    if progress.expires_at is not None:
        headers["upload-expires"] = format_datetime(progress.expires_at, usegmt=True)
    return headers


def _number(request: Request, name: str) -> int:
    text = request.headers.get(name, "")
    if not (text.isascii() and text.isdigit()) or len(text) > _LONGEST_NUMBER:
        raise RefusedError(ProblemType.MALFORMED, f"The header {name} must be a number.")
    return int(text)


def _metadata(request: Request, name: str) -> str:
    for pair in request.headers.get("upload-metadata", "").split(","):
        key, _, value = pair.strip().partition(" ")
        if key == name:
            return _decoded(value).decode("ascii", "replace")
    raise RefusedError(ProblemType.MALFORMED, f"Upload-Metadata must name the {name}.")


def _checksum(request: Request) -> Checksum | None:
    given = request.headers.get("upload-checksum")
    if given is None:
        return None
    algorithm, _, digest = given.partition(" ")
    if algorithm not in _ALGORITHMS:
        raise RefusedError(ProblemType.MALFORMED, "The checksum must be sha1 or sha256.")
    return Checksum(algorithm, _decoded(digest))


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise RefusedError(ProblemType.MALFORMED, "A header is not base64.") from error
