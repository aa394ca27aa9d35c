"""What an officer asks a supervisor for about a saved record: to correct it, or to take it back."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class RequestKind(StrEnum):
    """What is asked for."""

    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"


class RequestState(StrEnum):
    """How far it is."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """One request.

    changes: of a correction, new text by the field's name.  asked_by, decided_by: user ids.  answer: why it was
    refused, in the supervisor's words.
    """

    request_id: str
    kind: RequestKind
    visit_id: str
    changes: dict[str, str] = field(repr=False)
    reason: str
    asked_by: str
    asked_at: datetime
    state: RequestState = RequestState.OPEN
    decided_by: str = ""
    decided_at: datetime | None = None
    answer: str = ""
