"""One HTTP line to one address: bounded in time and size, no proxy, no redirect; every fault named by its cause."""

import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import TracebackType
from typing import TypeVar

import httpx2

from kiosk.sync.causes import Cause, DeliveryError, cause_of_fault, error_of_problem
from kiosk.wire.errors import MessageError
from kiosk.wire.messages import Message, Problem

LARGEST_ANSWER = (
    2 << 20
)  # bytes; a full announcement's answer with a hundred acknowledgements has about 100 kB
_LONGEST_NUMBER = 16  # digits of the largest number the contract knows
_JSON = "application/json"
_PROBLEM = "application/problem+json"
_HTML = "text/html"

Told = TypeVar("Told", bound=Message)


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Seconds to wait for a connection, for the next bytes of an answer, and for the next bytes to leave."""

    connect: float = 15.0
    read: float = 60.0
    write: float = 60.0


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it came: nothing in it is believed yet."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The content type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def retry_after(self) -> float | None:
        """The seconds the centre asked to wait; a date is left aside, since the clock may be wrong."""
        text = self.headers.get("retry-after", "").strip()
        return float(text) if text.isascii() and text.isdecimal() else None

    def read(self, message: type[Told]) -> Told:
        """Return the message of a 2xx answer; raises `DeliveryError`, for a network's log-in page above all."""
        self.expect_success()
        if self.media_type != _JSON:
            raise DeliveryError(Cause.CAPTIVE_PORTAL if self._is_page else Cause.CONTRACT, self._told)
        try:
            return message.read(self.body)
        except MessageError as error:
            raise DeliveryError(Cause.CONTRACT, str(error)) from error

    def expect_success(self) -> None:
        """Raise the `DeliveryError` that a status other than 2xx means."""
        if self.status < httpx2.codes.OK or httpx2.codes.is_redirect(self.status):
            raise DeliveryError(Cause.CAPTIVE_PORTAL, self._told)
        if self.status >= httpx2.codes.BAD_REQUEST:
            raise self._refusal()

    def number(self, name: str) -> int | None:
        """Return a header that holds a whole number; None where it does not."""
        text = self.headers.get(name, "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER else None

    def _refusal(self) -> DeliveryError:
        if self.media_type == _PROBLEM:
            try:
                return error_of_problem(Problem.read(self.body), retry_after=self.retry_after)
            except MessageError as error:
                return DeliveryError(Cause.CONTRACT, str(error), retry_after=self.retry_after)
        return DeliveryError(self._cause_without_problem(), self._told, retry_after=self.retry_after)

    def _cause_without_problem(self) -> Cause:
        if self.status == httpx2.codes.NETWORK_AUTHENTICATION_REQUIRED:
            return Cause.CAPTIVE_PORTAL
        if self.status >= httpx2.codes.INTERNAL_SERVER_ERROR:
            return Cause.CENTRE_ERROR
        return Cause.CAPTIVE_PORTAL if self._is_page else Cause.CONTRACT

    @property
    def _is_page(self) -> bool:
        return self.media_type == _HTML or self.body.lstrip()[:1] == b"<"

    @property
    def _told(self) -> str:
        return f"HTTP {self.status}, {self.media_type or 'no content type'}"


@lru_cache(maxsize=1)
def _usual_trust() -> ssl.SSLContext:
    """Return the certificates everybody trusts: read once, since every round makes a line of its own."""
    return httpx2.create_ssl_context(trust_env=False)


class Line:
    """Asks and hands back answers; a context that closes the connection."""

    def __init__(self, http: httpx2.Client, *, clock_is_suspect: bool = False) -> None:
        self._http = http
        self._clock_is_suspect = clock_is_suspect

    @classmethod
    def to(
        cls,
        centre_url: str,
        *,
        limits: TimeLimits | None = None,
        trust: ssl.SSLContext | None = None,
        clock_is_suspect: bool = False,
    ) -> "Line":
        """Return a line to an address; nothing is connected yet.  Raises `DeliveryError` for no web address."""
        try:
            url = httpx2.URL(centre_url)
            url.host.encode("idna")  # what the resolver will ask for; it fails without a cause of its own
        except (httpx2.InvalidURL, UnicodeError) as error:
            raise DeliveryError(Cause.NAME_NOT_FOUND, "this is not a web address") from error
        if url.scheme not in ("http", "https") or not url.host:
            raise DeliveryError(Cause.NAME_NOT_FOUND, "an address begins with https://")
        within = limits or TimeLimits()
        http = httpx2.Client(
            base_url=url,
            verify=trust or _usual_trust(),
            trust_env=False,
            follow_redirects=False,
            headers={"accept": f"{_JSON}, {_PROBLEM}", "accept-encoding": "identity"},
            timeout=httpx2.Timeout(within.read, connect=within.connect, write=within.write),
        )
        return cls(http, clock_is_suspect=clock_is_suspect)

    def ask(
        self,
        method: str,
        path: str,
        *,
        content: Iterator[bytes] | bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Return the answer, whatever it is; raises `DeliveryError` when there is none or it is too large."""
        try:
            with self._http.stream(method, path, content=content, headers=dict(headers or {})) as response:
                body = _bounded(response.iter_raw())
                return Answer(response.status_code, response.headers, body)
        except httpx2.TransportError as error:
            cause = cause_of_fault(error, clock_is_suspect=self._clock_is_suspect)
            raise DeliveryError(cause, type(error).__name__) from error

    def post(self, path: str, message: Message, *, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask with a message as the body."""
        content = message.model_dump_json().encode("utf-8")
        return self.ask("POST", path, content=content, headers={"content-type": _JSON, **(headers or {})})

    def close(self) -> None:
        """Give the connection back; may be called twice."""
        self._http.close()

    def __enter__(self) -> "Line":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _bounded(blocks: Iterator[bytes]) -> bytes:
    body = bytearray()
    for block in blocks:
        body += block
        if len(body) > LARGEST_ANSWER:
            raise DeliveryError(Cause.CONTRACT, "the answer is larger than any the contract knows")
    return bytes(body)
