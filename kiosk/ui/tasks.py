"""Work beside the window: one thread a lane, answers on the GUI thread, and never to a page that is gone."""

import logging
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar, cast

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from kiosk.domain.errors import KioskError

logger = logging.getLogger(__name__)

# Lanes; a device's lane bears the name of its kind.
DB, LINE = "db", "line"
SELFTEST = "selftest"  # of the counter's own parts: reading the whole database takes its time

Result = TypeVar("Result")
Failed = Callable[[KioskError], None]


class UnforeseenError(KioskError):
    """Something nobody foresaw failed beside the window; the log has it, and what was saved is safe."""


class Tasks(QObject):
    """Runs work in lanes; a lane does one thing at a time, in the order asked."""

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[str, ThreadPoolExecutor] = {}
        self._busy: Counter[str] = Counter()
        self._answered.connect(self._call, Qt.ConnectionType.QueuedConnection)

    @property
    def idle(self) -> bool:
        """True when nothing runs or waits, answers included."""
        return self._busy.total() == 0

    def is_idle_but(self, *lanes: str) -> bool:
        """Tell the same of all lanes but these."""
        return all(lane in lanes or not count for lane, count in self._busy.items())

    def is_free(self, lane: str) -> bool:
        """Tell whether nothing runs or waits in the lane, answers included."""
        return self._busy[lane] == 0

    def run(
        self,
        owner: QObject,
        lane: str,
        work: Callable[[], Result],
        *,
        done: Callable[[Result], None] | None = None,
        failed: Failed,
    ) -> None:
        """Do `work` in the lane, then `done` with its result or `failed` with its error, both on the GUI thread.

        Neither is called when `owner` was deleted meanwhile.  `work` touches no widget.
        """
        self._busy[lane] += 1
        answer = cast("Callable[[object], None] | None", done)
        self._lane(lane).submit(self._work, work, _Answer(owner, lane, answer, failed))

    def close(self) -> None:
        """Wait for what runs and for what was handed to the disk, drop what waits else; a second call does nothing."""
        for name, lane in self._lanes.items():
            lane.shutdown(wait=True, cancel_futures=name != DB)  # the last keys typed wait there
        self._lanes.clear()

    def _lane(self, name: str) -> ThreadPoolExecutor:
        if name not in self._lanes:
            self._lanes[name] = ThreadPoolExecutor(1, thread_name_prefix=f"lane {name}")
        return self._lanes[name]

    def _work(self, work: Callable[[], object], answer: "_Answer") -> None:
        try:
            told = partial(answer.done, work())
        except KioskError as error:
            told = partial(answer.failed, error)
        except Exception:  # a slot that never answers would leave the page waiting for ever
            logger.exception("work beside the window failed")
            told = partial(answer.failed, UnforeseenError("Something unforeseen failed; see the log."))
        if isValid(self):
            self._answered.emit((answer.lane, told))

    @Slot(object)
    def _call(self, told: tuple[str, Callable[[], None]]) -> None:
        lane, tell = told
        self._busy[lane] -= 1
        tell()


class _Answer:
    """Whom to tell, and how."""

    def __init__(
        self, owner: QObject, lane: str, done: Callable[[object], None] | None, failed: Failed
    ) -> None:
        self.lane = lane
        self._owner = owner
        self._done = done
        self._failed = failed

    def done(self, result: object) -> None:
        """Hand over the result, if anybody is there."""
        if self._done is not None and isValid(self._owner):
            self._done(result)

    def failed(self, error: KioskError) -> None:
        """Hand over the error, if anybody is there."""
        if isValid(self._owner):
            self._failed(error)
