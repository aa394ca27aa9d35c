"""The supervisor's desk of papers: finding who may get one, issuing, printing, handing over, ending."""

from dataclasses import dataclass
from datetime import date

from kiosk.documents.paper_picture import picture_of
from kiosk.domain.dates import read_any_date
from kiosk.domain.findings import Severity, stops
from kiosk.domain.papers import PaperKind, valid_until
from kiosk.domain.register import PaperState, Printing, RegisterEntry
from kiosk.domain.register_book import RegisterBook
from kiosk.domain.roles import Permission
from kiosk.services.counter import Counter, Officer, require
from kiosk.services.issuing import Issuer, PaperVerdict
from kiosk.services.office_papers import numbers_left, office_papers, policy_of
from kiosk.services.paper_batch import issue_batch, print_batch
from kiosk.services.paper_cases import held_certificate
from kiosk.services.paper_files import PaperFiles
from kiosk.services.paper_finding import find_for_papers
from kiosk.services.paper_press import Press, outcome_of
from kiosk.services.paper_views import (
    BatchTold,
    FileWritten,
    IssuedView,
    KindView,
    Outcome,
    PaperLine,
    PaperStand,
    PaperView,
    Progress,
)
from kiosk.services.register_acts import Register
from kiosk.services.saving import Refused
from kiosk.storage.records import Resident
from kiosk.storage.store import Ledger

NEWEST = 20  # records shown before anything is searched for
PREVIEW_HEIGHT = 1180  # pixels: sharp enough to be read when it is enlarged


@dataclass(frozen=True, slots=True)
class OpenPaperDesk:
    """The desk at an open counter."""

    counter: Counter
    issuer: Issuer
    register: Register
    press: Press
    files: PaperFiles

    def lines(self, supervisor: Officer, text: str) -> tuple[PaperLine, ...]:
        """Return who was found for a text, or the newest records where it is empty."""
        require(supervisor, Permission.ISSUE_CERTIFICATE)
        if text.strip():
            found = find_for_papers(self.counter, supervisor, text)
        else:
            with self.counter.store.reading() as ledger:
                found = ledger.residents.newest(NEWEST)
        return tuple(self._line(supervisor, resident) for resident in found if not resident.withdrawn)

    def view(self, supervisor: Officer, visit_id: str) -> PaperView:
        """Return one resident; raises `NoVisitError` where nothing was saved."""
        verdicts = self.issuer.verdicts(supervisor, visit_id)
        with self.counter.store.writing() as ledger:
            resident = ledger.residents.by_visit(visit_id)
            assert resident is not None  # the verdicts are of its record
            ledger.audit.append(self.counter.clock().wall, supervisor.user_id, "look", visit_id, "papers")
            office, papers = office_papers(ledger), ledger.papers.of_visit(visit_id)
            kinds = tuple(self._kind(ledger, verdict) for verdict in verdicts)
        return PaperView(
            visit_id=visit_id,
            full_name=resident.full_name,
            nik=resident.nik,
            birth_date=read_any_date(resident.birth_date, field="birth_date").day,
            saved_at=self.counter.here(resident.saved_at),
            portrait=resident.portrait,
            kinds=kinds,
            papers=tuple(self._issued(entry) for entry in papers),
            signer=office.signer.name if office else "",
            mandate=office.signer.mandate if office else "",
        )

    def preview(self, supervisor: Officer, visit_id: str, kind: PaperKind) -> bytes | Outcome:
        """Return a PNG of the paper: as it was issued, or as it would be."""
        entries = self.register.of_visit(supervisor, visit_id)
        issued = next((entry for entry in entries if entry.kind is kind and entry.is_open), None)
        pdf = self.issuer.pdf(issued.number) if issued else self.issuer.preview(supervisor, visit_id, kind)
        return (
            Outcome(findings=pdf.findings)
            if isinstance(pdf, Refused)
            else picture_of(pdf, height=PREVIEW_HEIGHT)
        )

    def issue(self, supervisor: Officer, visit_id: str, kind: PaperKind, reason: str) -> Outcome:
        """Issue a paper, in the place of one that runs out where there is such a one; it is not printed yet."""
        with self.counter.store.reading() as ledger:
            resident = ledger.residents.by_visit(visit_id)
            held = held_certificate(self.counter, ledger, resident.nik) if resident else None
        renews = held.number if held and kind is PaperKind.TEMPORARY_CERTIFICATE else ""
        return outcome_of(self.issuer.issue(supervisor, visit_id, kind, reason=reason, renews=renews))

    def print(self, supervisor: Officer, number: str, reason: str) -> Outcome:
        """Hand a paper to the printer; raises a `DeviceError`, or `KitError` without one, and the register says so."""
        return self.press.print(supervisor, number, reason)

    def came_out(self, supervisor: Officer, number: str, printing: Printing) -> Outcome:
        """Note what a person saw come out of the printer."""
        return outcome_of(self.register.came_out(supervisor, number, printing))

    def hand_over(self, officer: Officer, number: str, to: str) -> Outcome:
        """Note who took the paper."""
        return outcome_of(self.register.hand_over(officer, number, to))

    def end(self, supervisor: Officer, number: str, reason: str) -> Outcome:
        """Void a paper that nobody got, or take back one that somebody may have."""
        with self.counter.store.reading() as ledger:
            entry = ledger.papers.get(number)
        handed = entry is not None and entry.state is PaperState.HANDED_OVER
        act = self.register.withdraw if handed else self.register.void
        return outcome_of(act(supervisor, number, reason))

    def issue_many(self, supervisor: Officer, visits: tuple[str, ...], progress: Progress) -> BatchTold:
        """Issue temporary certificates for many, and print them in the order of their numbers."""
        return issue_batch(self, self.press, supervisor, visits, progress)

    def print_many(self, supervisor: Officer, numbers: tuple[str, ...], progress: Progress) -> BatchTold:
        """Print papers that are issued, in the order given; stops at the first that fails."""
        return print_batch(self.press, supervisor, numbers, progress)

    def came_out_many(self, supervisor: Officer, numbers: tuple[str, ...], printing: Printing) -> None:
        """Note of many what a person saw come out of the printer."""
        for number in numbers:
            self.register.came_out(supervisor, number, printing)

    def book(self, supervisor: Officer, first: date, last: date) -> RegisterBook:
        """Return the register of the office's days from first to last."""
        return self.register.book(supervisor, first, last)

    def to_look_at(self, supervisor: Officer) -> tuple[RegisterEntry, ...]:
        """Return the papers of which nobody saw a usable sheet come out, the oldest first."""
        return self.register.unconfirmed(supervisor)

    def save(self, supervisor: Officer, number: str, folder: str, reason: str) -> FileWritten | Outcome:
        """Write a paper into a folder outside the data, to be printed elsewhere; raises a `NotWrittenError`."""
        return self.files.save(supervisor, number, folder, reason)

    def save_register(self, supervisor: Officer, first: date, last: date, folder: str) -> FileWritten:
        """Write the register into a folder outside the data; raises a `NotWrittenError`."""
        return self.files.save_register(supervisor, first, last, folder)

    def _line(self, supervisor: Officer, resident: Resident) -> PaperLine:
        return PaperLine(
            visit_id=resident.visit_id,
            full_name=resident.full_name,
            nik=resident.nik,
            saved_at=self.counter.here(resident.saved_at),
            stand=self._stand(supervisor, resident),
        )

    def _stand(self, supervisor: Officer, resident: Resident) -> PaperStand:
        entries = self.register.of_visit(supervisor, resident.visit_id)
        if any(entry.kind is PaperKind.TEMPORARY_CERTIFICATE and entry.is_open for entry in entries):
            return PaperStand.ISSUED
        verdicts = self.issuer.verdicts(supervisor, resident.visit_id)
        found = next(one for one in verdicts if one.kind is PaperKind.TEMPORARY_CERTIFICATE).findings
        if stops(found):
            return PaperStand.MAY_NOT
        warns = any(finding.severity is Severity.WARNING for finding in found)
        return PaperStand.WANTS_REASON if warns else PaperStand.MAY

    def _kind(self, ledger: Ledger, verdict: PaperVerdict) -> KindView:
        office, today = office_papers(ledger), self.counter.today()
        until: date | None = valid_until(verdict.kind, policy_of(office, verdict.kind), today)
        left = numbers_left(ledger, office, verdict.kind, today.year) if office else 0
        return KindView(verdict.kind, verdict.findings, verdict.number, until, left)

    def _issued(self, entry: RegisterEntry) -> IssuedView:
        return IssuedView(
            number=entry.number,
            kind=entry.kind,
            issued_at=self.counter.here(entry.issued_at),
            state=entry.state,
            printing=entry.printing,
            valid_until=entry.valid_until,
            handed_to=entry.handed_to,
            reason=entry.reason,
        )
