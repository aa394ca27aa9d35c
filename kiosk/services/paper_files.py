"""Papers and the register as files, where there is no printer or a book is wanted: outside the data folder, audited."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kiosk.documents.register_pages import BookFacts, register_pdf
from kiosk.domain.register import Printing
from kiosk.domain.words import Words
from kiosk.services.counter import Counter, Officer
from kiosk.services.issuing import Issuer
from kiosk.services.office_key import signed_by_office
from kiosk.services.office_papers import office_papers
from kiosk.services.outside_file import NoFolderThereError, NotWrittenError, require_outside, write_outside
from kiosk.services.paper_views import FileWritten, Outcome
from kiosk.services.register_acts import Register
from kiosk.services.saving import Refused
from kiosk.storage.errors import StorageError


@dataclass(frozen=True, slots=True)
class PaperFiles:
    """Writes papers and the register into folders people choose; words: of the language papers are written in."""

    counter: Counter
    issuer: Issuer
    register: Register
    words: Words

    def save(self, supervisor: Officer, number: str, folder: str, reason: str) -> FileWritten | Outcome:
        """Write a paper to be printed elsewhere; the register asks then whether it came out, as of a printer.

        Raises a `NotWrittenError`, after which the register says that nothing came out, or `NoVisitError`.
        """
        path = self._outside(folder, f"{number.replace('/', '-')}.pdf")
        asked = self.register.asked_to_print(supervisor, number, reason=reason, act="save_paper")
        if isinstance(asked, Refused):
            return Outcome(findings=asked.findings)
        try:
            pdf, key = signed_by_office(self.counter, self.issuer.pdf(number))
            write_outside(path, pdf, self.counter.store.folder)
        except (NotWrittenError, StorageError):
            self.register.came_out(supervisor, number, Printing.FAILED)
            raise
        return FileWritten(str(path), key.holder if key else "")

    def save_register(self, supervisor: Officer, first: date, last: date, folder: str) -> FileWritten:
        """Write the register of the office's days from first to last; raises a `NotWrittenError`."""
        path = self._outside(folder, f"register-{first:%Y%m%d}-{last:%Y%m%d}.pdf")
        book = self.register.book(supervisor, first, last)
        pdf, key = signed_by_office(self.counter, register_pdf(book, self._facts(), self.words))
        write_outside(path, pdf, self.counter.store.folder)
        with self.counter.store.writing() as ledger:
            days = f"{first.isoformat()} {last.isoformat()}"
            ledger.audit.append(
                self.counter.clock().wall, supervisor.user_id, "save_register", "papers", days
            )
        return FileWritten(str(path), key.holder if key else "")

    def _facts(self) -> BookFacts:
        with self.counter.store.reading() as ledger:
            office, membership = office_papers(ledger), ledger.facts.membership()
        return BookFacts(
            head=office.head if office else (),
            counter=office.issuer if office else "",
            at=self.counter.here(self.counter.clock().wall),
            practice=membership is not None and membership.practice,
        )

    def _outside(self, folder: str, name: str) -> Path:
        if not Path(folder).is_absolute():
            raise NoFolderThereError(f"{folder!r} is no whole path; nothing was written. Begin at the root.")
        path = Path(folder) / name
        require_outside(path, self.counter.store.folder)
        return path
