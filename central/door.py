"""The front door: contract version 1 over HTTP (docs/sync.md)."""

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from central.announcing import UPLOADS, Announcer
from central.clock import Clock
from central.directives import Teller
from central.errors import RefusedError, problem
from central.heartbeats import Listener
from central.joining import Joiner
from central.keys import DoorKeys
from central.limits import Limits
from central.receiving import Receiver
from central.sessions import Caller, Doorkeeper, refuse_revoked
from central.store import Store
from central.uploads import Uploads
from kiosk.wire.errors import MessageError
from kiosk.wire.messages import (
    Announcement,
    AnnouncementAnswer,
    DirectivesAnswer,
    HeartbeatAnswer,
    JoinAnswer,
    JoinRequest,
    Message,
    Problem,
    ProblemType,
    SessionAnswer,
    SessionNonce,
    SessionRequest,
    SignedPage,
)

logger = logging.getLogger(__name__)

TUS_VERSION = "1.0.0"
_LARGEST_NUMBER = 2**53 - 1


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything the calls are answered by."""

    clock: Clock
    limits: Limits
    joiner: Joiner
    doorkeeper: Doorkeeper
    announcer: Announcer
    uploads: Uploads
    teller: Teller
    listener: Listener


def make_desk(store: Store, keys: DoorKeys, limits: Limits, clock: Clock) -> Desk:
    """Wire the desk of one centre."""

    def free_bytes() -> int:
        return shutil.disk_usage(store.folder.root).free

    return Desk(
        clock,
        limits,
        Joiner(store, keys),
        Doorkeeper(store, keys),
        Announcer(store, keys, limits, free_bytes),
        Uploads(store, Receiver(store, keys), limits),
        Teller(store, keys),
        Listener(store),
    )


def desk_of(request: Request) -> Desk:
    """Return the desk of the application that was asked."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk


def caller_of(request: Request) -> Caller:
    """Return the kiosk behind the bearer token; raises `RefusedError`."""
    desk = desk_of(request)
    return desk.doorkeeper.caller(request.headers.get("authorization", ""), desk.clock())


def trusted_caller(caller: Annotated[Caller, Depends(caller_of)]) -> Caller:
    """Return the calling kiosk unless it was revoked; raises `RefusedError`."""
    refuse_revoked(caller)
    return caller


async def message_body(request: Request) -> bytes:
    """Return the body of a message, never more than the limit, nor waiting for ever; raises `RefusedError`."""
    limits = desk_of(request).limits
    most, stream, body = limits.largest_message, request.stream(), bytearray()
    while (block := await _next_block(stream, limits.idle)) is not None:
        body += block
        if len(body) > most:
            raise RefusedError(ProblemType.TOO_LARGE, f"A message has at most {most} bytes.")
    return bytes(body)


async def _next_block(stream: AsyncIterator[bytes], idle: float) -> bytes | None:
    try:
        async with asyncio.timeout(idle):
            return await anext(stream, None)
    except TimeoutError as error:
        raise RefusedError(
            ProblemType.MALFORMED, "The message did not come to its end.", status=408
        ) from error


Asked = Annotated[Desk, Depends(desk_of)]
Trusted = Annotated[Caller, Depends(trusted_caller)]
Body = Annotated[bytes, Depends(message_body)]
After = Annotated[int, Query(ge=0, le=_LARGEST_NUMBER)]
router = APIRouter()


@router.post("/v1/kiosks", status_code=201)
def join(desk: Asked, body: Body) -> JoinAnswer:
    """Let a kiosk join."""
    return desk.joiner.join(JoinRequest.read(body), desk.clock())


@router.post("/v1/sessions")
def open_session(desk: Asked, body: Body) -> SessionNonce | SessionAnswer:
    """Give a nonce, or a token for a signed one."""
    return desk.doorkeeper.open(SessionRequest.read(body), desk.clock())


@router.post("/v1/announcements")
def announce(desk: Asked, caller: Trusted, body: Body) -> AnnouncementAnswer:
    """Say of each packet whether it is needed."""
    return desk.announcer.answer(Announcement.read(body), caller, desk.clock())


@router.post("/v1/heartbeats")
def hear(desk: Asked, caller: Trusted, body: Body) -> HeartbeatAnswer:
    """Take in how a counter stands."""
    return desk.listener.hear(body, caller, desk.clock())


@router.get("/v1/acknowledgements")
def acknowledgements(desk: Asked, caller: Trusted, after: After = 0) -> SignedPage:
    """Give acknowledgements again."""
    return desk.teller.acknowledgements(caller, after)


@router.get("/v1/verdicts")
def verdicts(desk: Asked, caller: Trusted, after: After = 0) -> SignedPage:
    """Give verdicts."""
    return desk.teller.verdicts(caller, after)


@router.get("/v1/directives", response_model=DirectivesAnswer)
def directives(request: Request, desk: Asked, caller: Trusted) -> Response:
    """Give the directives, or 304 when the kiosk has them."""
    issued = desk.teller.directives(caller, desk.clock())
    headers = {"etag": f'"{issued.serial}"', "cache-control": "no-store"}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    return plain(issued.answer, headers=headers)


@router.get("/healthz")
def health() -> dict[str, str]:
    """Tell that the process answers."""
    return {"status": "ok"}


def plain(message: Message, *, status: int = 200, headers: dict[str, str] | None = None) -> JSONResponse:
    """Return a message as JSON."""
    return JSONResponse(message.plain(), status, headers)


def problem_response(
    request: Request,
    told: Problem,
    *,
    retry_after: int | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Return a problem as RFC 9457 spells it; an upload's says besides which tus is spoken here."""
    said = dict(headers or {})
    if retry_after is not None:
        said["retry-after"] = str(retry_after)
    if request.url.path.startswith(UPLOADS):
        said |= {"tus-resumable": TUS_VERSION, "tus-version": TUS_VERSION}
    return JSONResponse(told.plain(), told.status, said, media_type="application/problem+json")


def make_door(desk: Desk, *routers: APIRouter) -> FastAPI:
    """Return the application of the front door, with further routers beside the calls of kiosks."""

    @asynccontextmanager
    async def lifespan(door: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(desk.uploads.sweep, desk.clock())
        yield

    door = FastAPI(
        title="Reference centre", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan
    )
    door.state.desk = desk
    for part in (router, *routers):
        door.include_router(part)
    for kind, handler in _HANDLERS.items():
        door.add_exception_handler(kind, handler)
    return door


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    return problem_response(request, error.problem, retry_after=error.retry_after)


async def _malformed(request: Request, error: Exception) -> Response:
    return problem_response(request, problem(ProblemType.MALFORMED, str(error)))


async def _invalid(request: Request, error: Exception) -> Response:
    """Name the fields that are wrong, and not what stood in them: it may be a password."""
    assert isinstance(error, RequestValidationError)
    places = sorted({".".join(str(part) for part in fault["loc"]) for fault in error.errors()})
    return problem_response(
        request, problem(ProblemType.MALFORMED, f"Missing or wrong: {', '.join(places)}.")
    )


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    told = problem(ProblemType.MALFORMED, str(error.detail), status=error.status_code)
    return problem_response(request, told, headers=error.headers)


async def _hung_up(request: Request, error: Exception) -> Response:
    return problem_response(request, problem(ProblemType.MALFORMED, "The line was cut.", status=408))


async def _database(request: Request, error: Exception) -> Response:
    assert isinstance(error, OperationalError)
    logger.warning("the database refused: %s", error.orig)
    told = problem(ProblemType.STORAGE_LOW, "The centre's database cannot be written.")
    return problem_response(request, told, retry_after=60)


async def _failed(request: Request, error: Exception) -> Response:
    told = problem(ProblemType.FAILED, "The centre failed; what it holds is safe.")
    return problem_response(request, told, retry_after=60)


_HANDLERS = {
    RefusedError: _refused,
    MessageError: _malformed,
    RequestValidationError: _invalid,
    HTTPException: _http,
    ClientDisconnect: _hung_up,
    OperationalError: _database,
    Exception: _failed,
}
