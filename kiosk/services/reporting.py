"""The report of self-tests: gathered from the counter's store, for a technician or for the command."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.documents.selftest_report import SelfTestReport, selftest_report
from kiosk.documents.typeface import load_typeface
from kiosk.domain.roles import Permission
from kiosk.domain.selftest import Part
from kiosk.domain.words import Words
from kiosk.services.counter import Counter, Officer, require
from kiosk.services.selftest import look_at_parts

ALL = frozenset(Part)


@dataclass(frozen=True, slots=True)
class Reporter:
    """Makes the reports of one counter.

    resources: the program's own files.  version: of the program.  officer: None for the command at the machine itself.
    """

    counter: Counter
    resources: Path
    version: str
    officer: Officer | None = None

    def report(self, words: Words, shown: frozenset[Part] = ALL) -> bytes:
        """Return the report as a PDF, with these parts in full, and write down that it was made.

        Raises `NotAllowedError` for a role that may not, and `StorageError`.
        """
        self.require_allowed()
        self.note("selftest_report", ", ".join(part.value for part in Part if part in shown))
        return self.drawn(words, shown)

    def drawn(self, words: Words, shown: frozenset[Part] = ALL) -> bytes:
        """Return the report within something that is written down itself; raises `StorageError`."""
        load_typeface(self.resources)
        return selftest_report(self.gather(shown), words)

    def gather(self, shown: frozenset[Part] = ALL) -> SelfTestReport:
        """Return what a report tells: of the counter and its devices, of no resident."""
        counter = self.counter
        with counter.store.reading() as ledger:
            membership = ledger.facts.membership()
        office = membership.office if membership is not None else ""
        return SelfTestReport(
            office=f"{office} {counter.reference.regions.name(office)}" if office else "",
            kiosk_id=membership.kiosk_id if membership is not None else "",
            version=self.version,
            at=counter.here(counter.clock().wall),
            by=self.officer.name if self.officer is not None else "",
            views=look_at_parts(counter),
            shown=shown,
            practice=membership is not None and membership.practice,
        )

    def require_allowed(self) -> None:
        """Raise `NotAllowedError` for a role that may not."""
        if self.officer is not None:
            require(self.officer, Permission.RUN_SELFTEST)

    def note(self, act: str, detail: str) -> None:
        """Write down what was made and by whom; raises `StorageError`."""
        user = self.officer.user_id if self.officer is not None else ""
        with self.counter.store.writing() as ledger:
            ledger.audit.append(self.counter.clock().wall, user, act, "selftest", detail)
