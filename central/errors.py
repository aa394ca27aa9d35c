"""What can go wrong at the centre: in its folder, or with what somebody asked of it.

KioskError
  CentreError
    CentreFolderError   no centre in this folder, or one that cannot be used
    EnlistingError      a kiosk, person or office that cannot be enlisted as asked
    FileUnwrittenError  a file somebody asked for that the disk does not take
    UnreadableError     a packet file the disk does not give now; says nothing about the packet
    RefusedError        a call that is answered with a problem (RFC 9457)
"""

import errno

from kiosk.domain.errors import KioskError
from kiosk.wire.messages import Problem, ProblemType

_FULL = {errno.ENOSPC, errno.EDQUOT}
_STATUS: dict[ProblemType, int] = {
    ProblemType.UNAUTHORIZED: 401,
    ProblemType.KIOSK_REVOKED: 403,
    ProblemType.CODE_REFUSED: 403,
    ProblemType.STORAGE_LOW: 503,
    ProblemType.CONFLICT: 409,
    ProblemType.OFFSET: 409,
    ProblemType.LOCKED: 423,
    ProblemType.GONE: 410,
    ProblemType.UNKNOWN_PACKET: 404,
    ProblemType.DAMAGED: 422,
    ProblemType.FOREIGN: 403,
    ProblemType.PRACTICE: 403,
    ProblemType.MALFORMED: 400,
    ProblemType.TOO_LARGE: 413,
    ProblemType.FAILED: 500,
}
_TITLE: dict[ProblemType, str] = {
    ProblemType.UNAUTHORIZED: "Log in first",
    ProblemType.KIOSK_REVOKED: "This kiosk was revoked",
    ProblemType.CODE_REFUSED: "The one-time code is refused",
    ProblemType.STORAGE_LOW: "The centre's disk is full",
    ProblemType.CONFLICT: "Another packet has this place",
    ProblemType.OFFSET: "The upload stands elsewhere",
    ProblemType.LOCKED: "Somebody is sending this packet now",
    ProblemType.GONE: "The upload is gone",
    ProblemType.UNKNOWN_PACKET: "This packet was not announced",
    ProblemType.DAMAGED: "The packet arrived damaged",
    ProblemType.FOREIGN: "The packet is not this kiosk's",
    ProblemType.PRACTICE: "Practice and real records may not mix",
    ProblemType.MALFORMED: "The request cannot be read",
    ProblemType.TOO_LARGE: "The request is too large",
    ProblemType.FAILED: "The centre failed",
}


class CentreError(KioskError):
    """The centre cannot do what was asked."""


class CentreFolderError(CentreError):
    """The folder holds no centre, or cannot become one."""


class EnlistingError(CentreError):
    """The kiosk, person or office cannot be enlisted like this."""


class FileUnwrittenError(CentreError):
    """A file that somebody asked for cannot be written; nothing else was changed."""


class UnreadableError(CentreError):
    """The disk does not give a packet's file now."""


class RefusedError(CentreError):
    """A call that is answered with a problem; `retry_after` in seconds, where asking again helps.

    status: overrides the status its type usually has.
    """

    def __init__(
        self, kind: ProblemType, detail: str, *, retry_after: int | None = None, status: int | None = None
    ) -> None:
        super().__init__(detail)
        self.problem = problem(kind, detail, status=status)
        self.retry_after = retry_after


def disk_refusal(error: OSError) -> RefusedError:
    """Return what to answer when the disk would not take something."""
    if error.errno in _FULL:
        return RefusedError(ProblemType.STORAGE_LOW, "The centre's disk is full.", retry_after=300)
    return RefusedError(ProblemType.FAILED, "The centre could not write to its disk.", retry_after=300)


def problem(kind: ProblemType, detail: str, *, status: int | None = None) -> Problem:
    """Return the problem of this type, with its usual title and status."""
    return Problem(type=kind.value, title=_TITLE[kind], status=status or _STATUS[kind], detail=detail)
