"""What becomes of an issued paper: printed, failed, printed again, spoiled, handed over, taken back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from kiosk.domain.findings import Finding, stops
from kiosk.domain.register import OPEN_STATES, PaperState, Printing, RegisterEntry
from kiosk.domain.register_book import RegisterBook, accounts_of
from kiosk.domain.remarks import read_reason
from kiosk.domain.roles import Permission
from kiosk.services.counter import Counter, Officer, require
from kiosk.services.errors import NoVisitError
from kiosk.services.office_papers import blocks_of, office_papers
from kiosk.services.paper_packets import promise_paper
from kiosk.services.saving import Refused
from kiosk.services.sealing import fulfil

Change = Callable[[RegisterEntry], RegisterEntry | Refused]


@dataclass(frozen=True, slots=True)
class Register:
    """The register of papers at a counter; each act is audited, and told to the centre where it matters there."""

    counter: Counter

    def asked_to_print(
        self, supervisor: Officer, number: str, *, reason: str = "", act: str = "print_paper"
    ) -> RegisterEntry | Refused:
        """Note that the printer is asked for a sheet now; the first needs no reason, each further one does.

        act: as the audit calls it, `save_paper` where a file is written to be printed elsewhere.
        """
        require(supervisor, Permission.ISSUE_CERTIFICATE)

        def change(entry: RegisterEntry) -> RegisterEntry | Refused:
            if entry.state not in OPEN_STATES:
                return _counts_no_more()
            again = entry.printing is Printing.PRINTED
            if again and (lack := _lack(reason)):
                return Refused(lack)
            return replace(
                entry,
                printing=Printing.UNKNOWN,
                prints=entry.prints + 1,
                reason=_read(reason) or entry.reason,
            )

        return self._change(supervisor, number, act, change)

    def came_out(self, supervisor: Officer, number: str, printing: Printing) -> RegisterEntry | Refused:
        """Note what a person saw come out of the printer."""
        require(supervisor, Permission.ISSUE_CERTIFICATE)
        return self._change(
            supervisor, number, f"paper_{printing.value}", lambda entry: replace(entry, printing=printing)
        )

    def hand_over(self, officer: Officer, number: str, to: str) -> RegisterEntry | Refused:
        """Note who took the paper; it has to have come out of the printer, as somebody saw."""
        require(officer, Permission.HAND_OVER)

        def change(entry: RegisterEntry) -> RegisterEntry | Refused:
            if entry.state is not PaperState.ISSUED:
                return _handed_over_or_ended(entry)
            if entry.printing is not Printing.PRINTED:
                return _refused(Finding.error("paper.not_seen_printed"))
            reading = read_reason(to)
            if stops(reading.findings) or not reading.text:
                return Refused(reading.findings or (Finding.error("paper.to_whom", "handed_to"),))
            return replace(entry, state=PaperState.HANDED_OVER, handed_to=reading.text)

        return self._change(officer, number, "hand_over_paper", change, told=True)

    def void(self, supervisor: Officer, number: str, reason: str) -> RegisterEntry | Refused:
        """Mark a spoiled sheet that nobody got; its number is never used again."""
        require(supervisor, Permission.VOID_CERTIFICATE)

        def change(entry: RegisterEntry) -> RegisterEntry | Refused:
            if entry.state is not PaperState.ISSUED:
                return _refused(Finding.error("paper.void_too_late"))
            return _ended(entry, PaperState.VOID, reason)

        return self._change(supervisor, number, "void_paper", change, told=True)

    def withdraw(self, supervisor: Officer, number: str, reason: str) -> RegisterEntry | Refused:
        """Take back a paper somebody may have; the centre tells all offices."""
        require(supervisor, Permission.VOID_CERTIFICATE)

        def change(entry: RegisterEntry) -> RegisterEntry | Refused:
            if entry.state not in OPEN_STATES:
                return _counts_no_more()
            return _ended(entry, PaperState.WITHDRAWN, reason)

        return self._change(supervisor, number, "withdraw_paper", change, told=True)

    def book(self, officer: Officer, first: date, last: date) -> RegisterBook:
        """Return the register of the office's days from first to last, and write down who looked."""
        require(officer, Permission.ISSUE_CERTIFICATE)
        with self.counter.store.writing() as ledger:
            office = office_papers(ledger)
            entries = ledger.papers.between(first, last)
            so_far = ledger.papers.between(date(first.year, 1, 1), last)
            days = f"{first.isoformat()} {last.isoformat()}"
            ledger.audit.append(self.counter.clock().wall, officer.user_id, "read_register", "papers", days)
        return RegisterBook(first, last, entries, accounts_of(blocks_of(office) if office else (), so_far))

    def unconfirmed(self, officer: Officer) -> tuple[RegisterEntry, ...]:
        """Return the papers of which nobody saw a usable sheet come out, the oldest first."""
        require(officer, Permission.ISSUE_CERTIFICATE)
        with self.counter.store.reading() as ledger:
            return ledger.papers.unconfirmed()

    def of_visit(self, officer: Officer, visit_id: str) -> tuple[RegisterEntry, ...]:
        """Return the papers that rest on one record, the newest first."""
        require(officer, Permission.HAND_OVER)
        with self.counter.store.reading() as ledger:
            return ledger.papers.of_visit(visit_id)

    def _change(
        self, officer: Officer, number: str, act: str, change: Change, *, told: bool = False
    ) -> RegisterEntry | Refused:
        """Write what became of a paper in one commit; told: promise a packet in it."""
        at, promise = self.counter.clock().wall, None
        with self.counter.store.writing() as ledger:
            entry = ledger.papers.get(number)
            if entry is None:
                raise NoVisitError("This kiosk issued no such paper.")
            changed = change(entry)
            if isinstance(changed, Refused):
                return changed
            changed = replace(changed, changed_at=at, changed_by=officer.user_id)
            ledger.papers.change(changed)
            if told:
                promise = promise_paper(self.counter, ledger, officer, changed, act)
            else:
                ledger.audit.append(at, officer.user_id, act, entry.visit_id, number)
        if promise is not None:
            fulfil(self.counter, promise)
        return changed


def _ended(entry: RegisterEntry, state: PaperState, reason: str) -> RegisterEntry | Refused:
    if lack := _lack(reason):
        return Refused(lack)
    return replace(entry, state=state, reason=_read(reason))


def _lack(reason: str) -> tuple[Finding, ...]:
    reading = read_reason(reason)
    if stops(reading.findings):
        return reading.findings
    return () if reading.text else (Finding.error("change.no_reason", "reason"),)


def _read(reason: str) -> str:
    return read_reason(reason).text or ""


def _handed_over_or_ended(entry: RegisterEntry) -> Refused:
    return _refused(Finding.error("paper.handed_over")) if entry.state in OPEN_STATES else _counts_no_more()


def _counts_no_more() -> Refused:
    return _refused(Finding.error("paper.counts_no_more"))


def _refused(finding: Finding) -> Refused:
    return Refused((finding,))
