"""What a technician takes along from the window: the report alone, or everything for whoever helps from afar."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from kiosk.domain.words import Words
from kiosk.services.bundling import Bundler
from kiosk.services.counter import Officer
from kiosk.services.outside_file import NoFolderThereError, require_outside, write_outside
from kiosk.services.reporting import Reporter

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9-]+")


class Taken(StrEnum):
    """What is written; the value is how its file ends."""

    REPORT = "pdf"
    BUNDLE = "zip"


@dataclass(frozen=True, slots=True)
class TakingAlong:
    """Writes reports and bundles of the open counter into folders people choose."""

    reporter: Reporter
    bundler: Bundler

    def write(self, taken: Taken, folder: str, words: Words, officer: Officer, *, screen: str = "") -> Path:
        """Write it under a name that tells kiosk and time, and return where it is.

        screen: what the window knows of it.  Raises `NotAllowedError`, a `NotWrittenError` or `StorageError`; then
        nothing was written.
        """
        counter = self.reporter.counter
        reporter, data = replace(self.reporter, officer=officer), counter.store.folder
        reporter.require_allowed()
        if not Path(folder).is_absolute():
            raise NoFolderThereError(f"{folder!r} is no whole path; nothing was written. Begin at the root.")
        at = counter.here(counter.clock().wall)
        path = Path(folder) / self._name(taken, at)
        require_outside(path, data)
        if taken is Taken.REPORT:
            content = reporter.report(words)
        else:
            content = self.bundler.bundle(reporter, words, at, screen=screen)
        write_outside(path, content, data)
        return path

    def _name(self, taken: Taken, at: datetime) -> str:
        with self.reporter.counter.store.reading() as ledger:
            membership = ledger.facts.membership()
        kiosk = _NOT_IN_NAMES.sub("-", membership.kiosk_id) if membership is not None else "kiosk"
        return f"{kiosk}-{at:%Y%m%d-%H%M%S}.{taken.value}"
