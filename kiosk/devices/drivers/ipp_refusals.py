"""What a printer or its server says no with, as our errors and their sentences."""

import http.client

from kiosk.devices.api import (
    BusyError,
    NotConnectedError,
    NotSupportedError,
    RefusedError,
    Trouble,
    WrongAnswerError,
)
from kiosk.devices.drivers.ipp import Answer, Part

_SENTENCES = {
    Trouble.PAPER_OUT: "The printer is out of paper; fill its tray.",
    Trouble.PAPER_JAM: "Paper is stuck in the printer; take it out.",
    Trouble.COVER_OPEN: "A cover of the printer is open; close it.",
    Trouble.SUPPLY_OUT: "The printer is out of toner or ink; put in a new cartridge.",
    Trouble.OFFLINE: "The print server does not reach the printer; switch it on and check its cable.",
    Trouble.PAUSED: "The print queue takes nothing now; let it go on.",
    Trouble.OTHER: "The printer has stopped; look at its display and mend it.",
}
FORBIDDEN, NOT_AUTHENTICATED, NOT_AUTHORIZED, NOT_FOUND = 0x0401, 0x0402, 0x0403, 0x0406
FORMAT, VALUES = 0x040A, 0x040B
UNKNOWN_OPERATION, UNAVAILABLE, VERSION, LATER, NO_JOBS, BUSY, DEACTIVATED = (
    0x0501, 0x0502, 0x0503, 0x0505, 0x0506, 0x0507, 0x050A,
)  # fmt: skip

_ANOTHER = "The printer does not know what it was asked; print through a CUPS queue of it."
_NOT_SUPPORTED = {
    FORMAT: "The printer takes no PDF; print through a CUPS queue of it.",
    VALUES: "The printer has no such paper or tray; change the settings media and tray.",
    UNKNOWN_OPERATION: _ANOTHER,
    VERSION: _ANOTHER,
}


def checked(answer: Answer) -> Answer:
    """Return an answer that says yes; raises what it says else."""
    if answer.ok:
        return answer
    if answer.status in (FORBIDDEN, NOT_AUTHENTICATED, NOT_AUTHORIZED):
        raise _not_allowed()
    if answer.status == NOT_FOUND:
        raise _no_such_queue()
    if answer.status in _NOT_SUPPORTED:
        is_format = "document-format" in answer.group(Part.UNSUPPORTED).by_name
        raise NotSupportedError(_NOT_SUPPORTED[FORMAT if is_format else answer.status])
    if answer.status in (UNAVAILABLE, LATER, BUSY):
        raise BusyError("The printer is busy; wait, and try again.")
    if answer.status in (NO_JOBS, DEACTIVATED):
        raise refusal(frozenset({Trouble.PAUSED}))
    raise RefusedError(
        f"The printer refuses (0x{answer.status:04x}); look at its display, then print again.",
        reason=Trouble.OTHER,
    )


def refusal(stops: frozenset[Trouble]) -> RefusedError:
    """Return the first of what stops the printer as an error."""
    first = next(trouble for trouble in _SENTENCES if trouble in stops)
    return RefusedError(_SENTENCES[first], reason=first)


def check_status(status: int) -> None:
    """Raise what an HTTP status says; 200 says nothing, the answer is in its body."""
    if status == http.client.OK:
        return
    if status in (http.client.UNAUTHORIZED, http.client.FORBIDDEN):
        raise _not_allowed()
    if status == http.client.NOT_FOUND:
        raise _no_such_queue()
    if status == http.client.UPGRADE_REQUIRED:
        raise NotSupportedError("The printer wants an encrypted line; print through its CUPS queue.")
    if status == http.client.SERVICE_UNAVAILABLE:
        raise BusyError("The printer is busy; wait, and try again.")
    raise WrongAnswerError(f"The printer answers {status} at this address; check the address.")


def _not_allowed() -> RefusedError:
    return RefusedError(
        "The print server does not let this counter print; allow it in the server's settings.",
        reason="not_allowed",
    )


def _no_such_queue() -> NotConnectedError:
    return NotConnectedError("There is no such printer at this address; set it up, or change the settings.")
