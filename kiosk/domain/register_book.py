"""The register of some days as a book: its lines, and an account of every number, so that no gap stays unsaid."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kiosk.domain.paper_numbers import NumberBlock
from kiosk.domain.papers import PaperKind
from kiosk.domain.register import Printing, RegisterEntry, missing_serials


@dataclass(frozen=True, slots=True)
class NumberAccount:
    """What became of the serials of one block: used from `first` to `last`, of them `missing` have no line."""

    kind: PaperKind
    year: int
    first: int
    last: int
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RegisterBook:
    """The lines of the office's days from `first` to `last` in order of kind and serial, and the account of numbers.

    accounts: of each block of the years concerned, up to the last day; kinds without a paper have none.
    """

    first: date
    last: date
    entries: tuple[RegisterEntry, ...]
    accounts: tuple[NumberAccount, ...]

    @property
    def unseen(self) -> int:
        """How many papers that count nobody has seen come out of the printer."""
        return sum(entry.printing is Printing.UNKNOWN and entry.is_open for entry in self.entries)


def accounts_of(
    blocks: Iterable[NumberBlock], entries: tuple[RegisterEntry, ...]
) -> tuple[NumberAccount, ...]:
    """Return the account of each block that was begun.

    blocks: lent to this kiosk.  entries: all lines of the years concerned, up to a day.  Serials between two blocks
    were lent to other counters and are no gap.
    """
    ordered = sorted(blocks, key=lambda block: (block.kind.value, block.year, block.first))
    return tuple(account for block in ordered if (account := _account(block, entries)) is not None)


def _account(block: NumberBlock, entries: tuple[RegisterEntry, ...]) -> NumberAccount | None:
    used = tuple(_used(block, entries))
    if not used:
        return None
    last = max(entry.serial for entry in used)
    missing = missing_serials(used, block.first, last)
    return NumberAccount(block.kind, block.year, block.first, last, missing)


def _used(block: NumberBlock, entries: tuple[RegisterEntry, ...]) -> Iterator[RegisterEntry]:
    for entry in entries:
        of_block = (entry.kind, entry.year) == (block.kind, block.year)
        if of_block and block.first <= entry.serial <= block.last:
            yield entry
