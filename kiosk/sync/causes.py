"""Why nothing could be delivered, told apart in words; line faults become one of these here and nowhere else.

DeliveryError        the centre could not be reached, or did not agree; carries the cause and when to ask again
  NotJoinedError     this kiosk belongs to no centre yet
  UploadMovedError   the centre stands at another offset: ask it and go on from there
  UploadGoneError    the centre forgot the upload: announce the packet again
  UploadLockedError  somebody is sending this packet right now: wait, never start over
"""

import errno
import socket
import ssl
from collections.abc import Iterator
from enum import StrEnum

import httpx2

from kiosk.domain.errors import KioskError
from kiosk.wire.messages import Problem, ProblemType


class Cause(StrEnum):
    """What stands between the outbox and the centre."""

    NOT_JOINED = "not_joined"
    NO_LINK = "no_link"
    NAME_NOT_FOUND = "name_not_found"
    REFUSED = "refused"
    SILENT = "silent"
    CUT = "cut"
    TLS_EXPIRED = "tls_expired"
    TLS_UNKNOWN_CA = "tls_unknown_ca"
    TLS_CLOCK = "tls_clock"
    CAPTIVE_PORTAL = "captive_portal"
    CLOCK_OFF = "clock_off"
    KIOSK_UNKNOWN = "kiosk_unknown"
    KIOSK_REVOKED = "kiosk_revoked"
    CODE_REFUSED = "code_refused"
    CENTRE_FULL = "centre_full"
    CENTRE_BUSY = "centre_busy"
    CENTRE_ERROR = "centre_error"
    CONTRACT = "contract"
    UNTRUSTED = "untrusted"
    PACKET_DAMAGED = "packet_damaged"
    PACKET_REFUSED = "packet_refused"
    STOPPED = "stopped"


SENTENCES: dict[Cause, str] = {
    Cause.NOT_JOINED: "This kiosk has joined no centre. Records are safe here. Join it with the office's code.",
    Cause.NO_LINK: "There is no network. Records are safe here and go out later. Check cable or modem.",
    Cause.NAME_NOT_FOUND: "The centre's name is not found. Records are safe here. Check the network's name server.",
    Cause.REFUSED: "The centre's machine answers, its program does not. Records are safe here; it is tried again.",
    Cause.SILENT: "Nothing answers in time. Records are safe here; it is tried again by itself.",
    Cause.CUT: "The line broke off. What arrived is kept at the centre; sending goes on from there by itself.",
    Cause.TLS_EXPIRED: "The centre's certificate has expired. Records are safe here. Tell the Dinas.",
    Cause.TLS_UNKNOWN_CA: "Somebody else answers for the centre. Nothing was sent; records are safe. Tell the Dinas.",
    Cause.TLS_CLOCK: "This machine's clock is wrong, so certificates fail. Records are safe. Set date and time.",
    Cause.CAPTIVE_PORTAL: "A log-in page of the network answers, not the centre. Records are safe. Log in to it.",
    Cause.CLOCK_OFF: "This machine's clock differs from the centre's. Records are safe. Check date and time.",
    Cause.KIOSK_UNKNOWN: "The centre does not know this kiosk. Records are safe here. Call the Dinas.",
    Cause.KIOSK_REVOKED: "The centre revoked this kiosk. Records are safe here and can be exported. Call the Dinas.",
    Cause.CODE_REFUSED: "The centre refused the one-time code. Nothing was changed. Ask for a new code.",
    Cause.CENTRE_FULL: "The centre's disk is full. Records are safe here; it is asked again by itself.",
    Cause.CENTRE_BUSY: "The centre is taking this packet on another line. Nothing is lost; wait.",
    Cause.CENTRE_ERROR: "The centre has a fault. Records are safe here; it is tried again by itself.",
    Cause.CONTRACT: "The answer could not be understood. Records are safe here. Tell the technician.",
    Cause.UNTRUSTED: "The answer is not signed by the centre. It was not believed; records are safe. Tell the Dinas.",
    Cause.PACKET_DAMAGED: "A packet is not as it was sealed. The others go on. Tell the technician.",
    Cause.PACKET_REFUSED: "The centre refuses a packet. It is kept here, the others go on. Tell the technician.",
    Cause.STOPPED: "Sending was stopped here. What arrived is kept; it goes on from there.",
}

PACKET_CAUSES = frozenset({Cause.PACKET_DAMAGED, Cause.PACKET_REFUSED})
"""Causes that lie in one packet; the line is good, the next packet may go."""

DOUBTFUL_CAUSES = frozenset({Cause.CENTRE_ERROR, Cause.CONTRACT, Cause.UNTRUSTED})
"""Causes that lie in one packet or in the centre: the next packet tells which."""

_NO_ROUTE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})
_CERTIFICATE_NOT_YET_VALID = 9  # X509_V_ERR_CERT_NOT_YET_VALID of OpenSSL's x509_vfy.h
_CERTIFICATE_EXPIRED = 10  # X509_V_ERR_CERT_HAS_EXPIRED


class DeliveryError(KioskError):
    """The centre could not be reached or did not agree; retry_after: seconds the centre asked for."""

    def __init__(self, cause: Cause, detail: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(f"{SENTENCES[cause]} ({detail})" if detail else SENTENCES[cause])
        self.cause = cause
        self.retry_after = retry_after


class NotJoinedError(DeliveryError):
    """The kiosk belongs to no centre yet."""

    def __init__(self) -> None:
        super().__init__(Cause.NOT_JOINED)


class SessionOverError(DeliveryError):
    """The centre wants a new session."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(Cause.KIOSK_UNKNOWN, detail)


class UploadMovedError(DeliveryError):
    """The centre stands at another offset."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(Cause.CONTRACT, detail)


class UploadGoneError(DeliveryError):
    """The centre forgot the upload."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(Cause.CONTRACT, detail)


class UploadLockedError(DeliveryError):
    """Somebody is sending this packet right now."""

    def __init__(self, detail: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(Cause.CENTRE_BUSY, detail, retry_after=retry_after)


_BY_PROBLEM: dict[str, Cause] = {
    ProblemType.KIOSK_REVOKED: Cause.KIOSK_REVOKED,
    ProblemType.CODE_REFUSED: Cause.CODE_REFUSED,
    ProblemType.STORAGE_LOW: Cause.CENTRE_FULL,
    ProblemType.CONFLICT: Cause.PACKET_REFUSED,
    ProblemType.DAMAGED: Cause.PACKET_DAMAGED,
    ProblemType.FOREIGN: Cause.PACKET_REFUSED,
    ProblemType.PRACTICE: Cause.PACKET_REFUSED,
    ProblemType.TOO_LARGE: Cause.PACKET_REFUSED,
    ProblemType.MALFORMED: Cause.CONTRACT,
    ProblemType.FAILED: Cause.CENTRE_ERROR,
}


def cause_of_fault(error: httpx2.TransportError, *, clock_is_suspect: bool = False) -> Cause:
    """Return what a broken exchange means; an expired certificate under a suspect clock is the clock's fault."""
    for link in _chain(error):
        if isinstance(link, ssl.SSLCertVerificationError):
            return _cause_of_certificate(link.verify_code, clock_is_suspect=clock_is_suspect)
        if isinstance(link, OSError) and (cause := _cause_of_socket(link)) is not None:
            return cause
    return Cause.SILENT if isinstance(error, httpx2.TimeoutException) else _cause_of_break(error)


def cause_of_problem(problem: Problem) -> Cause:
    """Return what a problem of the contract means; an unknown one is a fault of the centre."""
    if problem.type == ProblemType.STORAGE_LOW and problem.status == httpx2.codes.INSUFFICIENT_STORAGE:
        return Cause.PACKET_REFUSED
    return _BY_PROBLEM.get(problem.type, Cause.CENTRE_ERROR)


def error_of_problem(problem: Problem, *, retry_after: float | None = None) -> DeliveryError:
    """Return the error to raise for a problem the centre stated."""
    detail = problem.title
    match problem.type:
        case ProblemType.UNAUTHORIZED:
            return SessionOverError(detail)
        case ProblemType.OFFSET:
            return UploadMovedError(detail)
        case ProblemType.GONE | ProblemType.UNKNOWN_PACKET:
            return UploadGoneError(detail)
        case ProblemType.LOCKED:
            return UploadLockedError(detail, retry_after=retry_after)
    return DeliveryError(cause_of_problem(problem), detail, retry_after=retry_after)


def _cause_of_certificate(verify_code: int, *, clock_is_suspect: bool) -> Cause:
    if verify_code == _CERTIFICATE_NOT_YET_VALID:
        return Cause.TLS_CLOCK
    if verify_code == _CERTIFICATE_EXPIRED:
        return Cause.TLS_CLOCK if clock_is_suspect else Cause.TLS_EXPIRED
    return Cause.TLS_UNKNOWN_CA


def _cause_of_socket(error: OSError) -> Cause | None:
    match error:
        case socket.gaierror():
            return Cause.NAME_NOT_FOUND
        case ConnectionRefusedError():
            return Cause.REFUSED
        case ConnectionResetError() | BrokenPipeError() | ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            return Cause.CUT
        case ssl.SSLError():  # what answers speaks no TLS
            return Cause.CONTRACT
    return Cause.NO_LINK if error.errno in _NO_ROUTE else None


def _cause_of_break(error: httpx2.TransportError) -> Cause:
    if isinstance(error, httpx2.UnsupportedProtocol | httpx2.LocalProtocolError | httpx2.DecodingError):
        return Cause.CONTRACT
    # What speaks, but not HTTP, in place of an answer is no centre; a closed line is just that.
    if isinstance(error, httpx2.RemoteProtocolError) and "llegal" in str(error):
        return Cause.CONTRACT
    return Cause.NO_LINK if isinstance(error, httpx2.ConnectError) else Cause.CUT


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__
