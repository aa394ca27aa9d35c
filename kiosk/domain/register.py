"""The register of papers: which number went to whom, what came out of the printer, and how it ended.

A number is taken for good in the moment a paper is issued, before the printer is asked; what came out is a fact of
its own that a person confirms, since a printer that took a job has not printed a paper.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kiosk.domain.papers import PaperKind


class Printing(StrEnum):
    """What came of the last print of a paper."""

    UNKNOWN = "unknown"  # asked of the printer; nobody has looked yet
    PRINTED = "printed"
    FAILED = "failed"  # nothing usable came out: the number is taken, the paper is not issued


class PaperState(StrEnum):
    """How far a paper is."""

    ISSUED = "issued"
    HANDED_OVER = "handed_over"
    VOID = "void"  # spoiled before anybody got it
    WITHDRAWN = "withdrawn"  # taken back after somebody may have got it


RENEWED = "renewed:"
"""How the reason of a certificate begins that another took the place of; the other's number follows."""

OPEN_STATES = frozenset({PaperState.ISSUED, PaperState.HANDED_OVER})
"""The states in which a paper still counts."""


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One line of the register.

    day: the office's, on which it was issued.  visit_id: of the record it rests on; empty for somebody recorded
    elsewhere.  issued_by: user id of the supervisor.  valid_until: last day, None without an end.  prints: sheets
    asked of the printer so far.  reason: why it was void or withdrawn, or printed again last.  handed_to: who took it,
    in words.  renews: number of the paper before, empty for a first.  code: the local code beside the seal, by which
    the office answers for the paper.  content: what is printed, as text, so that another print says the same.
    """

    number: str
    kind: PaperKind
    serial: int
    day: date
    visit_id: str
    nik: str
    full_name: str
    issued_at: datetime
    issued_by: str
    valid_until: date | None
    state: PaperState = PaperState.ISSUED
    printing: Printing = Printing.UNKNOWN
    prints: int = 0
    reason: str = ""
    changed_at: datetime | None = None
    changed_by: str = ""
    handed_to: str = ""
    renews: str = ""
    code: str = ""
    content: str = ""

    @property
    def year(self) -> int:
        """The year whose serials it is counted among."""
        return self.day.year

    @property
    def is_open(self) -> bool:
        """Whether nobody ended the paper; its last day may have passed."""
        return self.state in OPEN_STATES

    def is_valid(self, today: date) -> bool:
        """Tell whether the paper counts on a day."""
        return self.is_open and (self.valid_until is None or today <= self.valid_until)


def missing_serials(entries: tuple[RegisterEntry, ...], first: int, last: int) -> tuple[int, ...]:
    """Return the serials between two used ones that no line of the register has: gaps that want an explanation."""
    used = {entry.serial for entry in entries}
    return tuple(serial for serial in range(first, last + 1) if serial not in used)
