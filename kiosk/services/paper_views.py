"""What the supervisor's page of papers shows and asks for; it names nothing that takes memory before it is needed."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from kiosk.domain.findings import Finding
from kiosk.domain.papers import PaperKind
from kiosk.domain.register import PaperState, Printing
from kiosk.services.counter import Officer


class PaperStand(StrEnum):
    """How a resident of the list stands as to a temporary certificate."""

    MAY = "may"
    WANTS_REASON = "wants_reason"
    MAY_NOT = "may_not"
    ISSUED = "issued"


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One resident who may want a paper; saved_at in the office's zone."""

    visit_id: str
    full_name: str
    nik: str = field(repr=False)
    saved_at: datetime
    stand: PaperStand


@dataclass(frozen=True, slots=True)
class KindView:
    """One kind for one resident: what the rules say, which number is next, until when it would count."""

    kind: PaperKind
    findings: tuple[Finding, ...]
    number: str
    valid_until: date | None
    left: int


@dataclass(frozen=True, slots=True)
class IssuedView:
    """One paper of this record."""

    number: str
    kind: PaperKind
    issued_at: datetime
    state: PaperState
    printing: Printing
    valid_until: date | None
    handed_to: str
    reason: str


@dataclass(frozen=True, slots=True)
class PaperView:
    """One resident with all kinds and all papers, the newest paper first.

    recorded_at: of the record, in the office's zone.  signer: who signs by hand, with the mandate.
    """

    visit_id: str
    full_name: str
    nik: str = field(repr=False)
    birth_date: date | None
    saved_at: datetime
    portrait: bytes = field(repr=False)
    kinds: tuple[KindView, ...]
    papers: tuple[IssuedView, ...]
    signer: str
    mandate: str

    def paper_of(self, kind: PaperKind) -> IssuedView | None:
        """Return the newest paper of a kind that still counts; None without one."""
        open_states = (PaperState.ISSUED, PaperState.HANDED_OVER)
        return next(
            (paper for paper in self.papers if paper.kind is kind and paper.state in open_states), None
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an act: the paper as it is now, or why nothing was done."""

    number: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether the act was done."""
        return not self.findings


class PaperDesk(Protocol):
    """The acts of the page; each checks the role, and those that end in a paper want a confirmed PIN before."""

    def lines(self, supervisor: Officer, text: str) -> tuple[PaperLine, ...]:
        """Return who was found for a text, or the newest records where it is empty."""

    def view(self, supervisor: Officer, visit_id: str) -> PaperView:
        """Return one resident."""

    def preview(self, supervisor: Officer, visit_id: str, kind: PaperKind) -> bytes | Outcome:
        """Return a PNG of the paper: as it was issued, or as it would be."""

    def issue(self, supervisor: Officer, visit_id: str, kind: PaperKind, reason: str) -> Outcome:
        """Issue a paper; it is not printed yet."""

    def print(self, supervisor: Officer, number: str, reason: str) -> Outcome:
        """Hand a paper to the printer; raises a `DeviceError`, or `KitError` without one; the register says so."""

    def came_out(self, supervisor: Officer, number: str, printing: Printing) -> Outcome:
        """Note what a person saw come out of the printer."""

    def hand_over(self, officer: Officer, number: str, to: str) -> Outcome:
        """Note who took the paper."""

    def end(self, supervisor: Officer, number: str, reason: str) -> Outcome:
        """Void a paper that nobody got, or take back one that somebody may have."""
