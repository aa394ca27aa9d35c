"""What the supervisor's page of papers shows and asks for; it names nothing that takes memory before it is needed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from kiosk.domain.errors import KioskError
from kiosk.domain.findings import Finding
from kiosk.domain.papers import PaperKind
from kiosk.domain.register import PaperState, Printing, RegisterEntry
from kiosk.domain.register_book import RegisterBook
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


@dataclass(frozen=True, slots=True)
class FileWritten:
    """Where a file lies; signed_by: the holder of the office's certificate, empty where there is none."""

    path: str
    signed_by: str


@dataclass(frozen=True, slots=True)
class BatchTold:
    """What came of a batch: the numbers that were printed or asked of the printer, in order, and what was not done.

    refused: names of those who got no paper, each with why.  waiting: numbers issued and not printed, because the
    printer failed or somebody stopped; they are in the register.
    """

    done: tuple[str, ...]
    refused: tuple[tuple[str, tuple[Finding, ...]], ...]
    waiting: tuple[str, ...]
    trouble: KioskError | None = None


Progress = Callable[[int, int], bool]
"""Told how many sheets of how many are done; answers whether to go on."""


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

    def issue_many(self, supervisor: Officer, visits: tuple[str, ...], progress: Progress) -> BatchTold:
        """Issue temporary certificates for many, and print them in the order of their numbers."""

    def print_many(self, supervisor: Officer, numbers: tuple[str, ...], progress: Progress) -> BatchTold:
        """Print papers that are issued, in the order given; stops at the first that fails."""

    def came_out_many(self, supervisor: Officer, numbers: tuple[str, ...], printing: Printing) -> None:
        """Note of many what a person saw come out of the printer."""

    def book(self, supervisor: Officer, first: date, last: date) -> RegisterBook:
        """Return the register of the office's days from first to last."""

    def to_look_at(self, supervisor: Officer) -> tuple[RegisterEntry, ...]:
        """Return the papers of which nobody saw a usable sheet come out, the oldest first."""

    def save(self, supervisor: Officer, number: str, folder: str, reason: str) -> FileWritten | Outcome:
        """Write a paper into a folder outside the data, to be printed elsewhere; raises a `NotWrittenError`."""

    def save_register(self, supervisor: Officer, first: date, last: date, folder: str) -> FileWritten:
        """Write the register into a folder outside the data; raises a `NotWrittenError`."""
