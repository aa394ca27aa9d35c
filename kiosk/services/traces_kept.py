"""The traces of devices that failed: kept by themselves, read and taken along by a technician, replayed at home."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.domain.kept_traces import KeptTrace
from kiosk.domain.roles import Permission
from kiosk.services.counter import Counter, Officer, require
from kiosk.services.kit import FailedUse
from kiosk.storage.errors import StorageError

logger = logging.getLogger(__name__)

SAME_FOR = timedelta(
    minutes=10
)  # a device that is looked for again and again fails every second the same way


@dataclass(frozen=True, slots=True)
class TraceKeeper:
    """Keeps the trace of a failed use in the store of a counter."""

    counter: Counter

    def keep(self, failed: FailedUse) -> None:
        """Keep what went over the line; of the same failure within ten minutes only the shortest trace.

        That one tells most plainly: before the others the device did its work for a while.

        Where it cannot be kept, the log says so: the device's own error is what the officer hears of.
        """
        try:
            self._keep(failed)
        except StorageError:
            logger.exception("the trace of a %s that failed was not kept", failed.kind.value)

    def _keep(self, failed: FailedUse) -> None:
        trace = self._told(failed, self.counter.clock().wall)
        with self.counter.store.writing() as ledger:
            before, text = ledger.traces.last(trace.kind), failed.trace.as_text()
            if before is not None and _is_the_same(before, trace):
                if len(text) >= before.size:
                    return
                ledger.traces.drop(before.number)
            ledger.traces.add(trace, text)

    def _told(self, failed: FailedUse, at: datetime) -> KeptTrace:
        error = failed.error
        return KeptTrace(failed.kind.value, failed.driver, at, type(error).__name__, str(error))


def kept_traces(counter: Counter, officer: Officer) -> tuple[KeptTrace, ...]:
    """Return what is kept, the newest first; raises `NotAllowedError` for a role that may not test devices."""
    require(officer, Permission.RUN_SELFTEST)
    with counter.store.reading() as ledger:
        return ledger.traces.all()


def trace_text(counter: Counter, officer: Officer, number: int) -> str | None:
    """Return the text of a trace to be read or taken along, and note who did; None for one that is kept no more."""
    require(officer, Permission.RUN_SELFTEST)
    with counter.store.writing() as ledger:
        text = ledger.traces.text(number)
        if text is not None:
            ledger.audit.append(counter.clock().wall, officer.user_id, "read_trace", str(number), "")
    return text


def drop_trace(counter: Counter, officer: Officer, number: int) -> None:
    """Let a trace go; one that is gone already is no error."""
    require(officer, Permission.RUN_SELFTEST)
    with counter.store.writing() as ledger:
        if ledger.traces.drop(number):
            ledger.audit.append(counter.clock().wall, officer.user_id, "drop_trace", str(number), "")


def traces_as_files(counter: Counter) -> Mapping[str, bytes]:
    """Return every kept trace under the name of a file, for the bundle a technician takes along."""
    files = {}
    with counter.store.reading() as ledger:
        for trace in ledger.traces.all():
            text = ledger.traces.text(trace.number)
            if text is not None:
                files[file_name(trace)] = text.encode("utf-8")
    return files


def file_name(trace: KeptTrace) -> str:
    """Return a name that sorts by time and says what failed: `2026-01-29T024200-camera-busy.trace`."""
    problem = trace.error.removesuffix("Error").lower()
    return f"{trace.at:%Y-%m-%dT%H%M%S}-{trace.number:04}-{trace.kind}-{problem}.trace"


def _is_the_same(before: KeptTrace, now: KeptTrace) -> bool:
    same = (before.driver, before.error, before.said) == (now.driver, now.error, now.said)
    return same and timedelta(0) <= now.at - before.at < SAME_FOR
