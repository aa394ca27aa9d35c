"""The morning's self-test beside the window: part by part, each in its device's lane, and never while one is served."""

import logging
from functools import partial
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.domain.errors import KioskError
from kiosk.domain.selftest import DEVICES, Part, SelfTest
from kiosk.services.delivering import Sender
from kiosk.services.morning import MorningTests
from kiosk.ui.places import DEVICE_LIVE, DEVICE_SETUP, PAPER_CHECK, VISIT
from kiosk.ui.tasks import DB, SELFTEST, Tasks

logger = logging.getLogger(__name__)

_TAKEN = frozenset({VISIT, DEVICE_LIVE, DEVICE_SETUP, PAPER_CHECK})  # where a device may be wanted any moment
_LOOK = 20_000  # milliseconds between two looks whether something is due
_SETTLE = 3_000  # milliseconds after the counter was opened: who signs in then comes first


def lane_of(part: Part) -> str:
    """Return the lane a part is tested in: that of its device, or the one of the counter's own parts."""
    return part.value if part in DEVICES else SELFTEST


class MorningWatch(QObject):
    """Looks now and then whether a part is due, and tests one after the other.

    It waits while somebody is at a place that uses devices and while the part's lane is busy; a test that runs is then
    left before its next stage.  `tested` comes after each part.
    """

    tested = Signal()

    def __init__(
        self, tests: MorningTests, sender: Sender | None, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tests = tests
        self._sender = sender
        self._tasks = tasks
        self._taken = Event()  # read by the test's thread before each stage
        self._is_looking = False
        self._has_news = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Look from now on."""
        self._timer.start()
        QTimer.singleShot(_SETTLE, self, self.look)

    def hear_place(self, place: str) -> None:
        """Hear where somebody is; empty for nowhere."""
        if place in _TAKEN:
            self._taken.set()
        else:
            self._taken.clear()

    def look(self) -> None:
        """Test the next part that is due, and go on until none is."""
        if self._is_looking or self._taken.is_set():
            return
        self._is_looking = True
        self._tasks.run(self, DB, self._tests.left, done=self._go_on, failed=self._leave)

    def close(self) -> None:
        """Leave the test that runs before its next stage, and begin no other."""
        self._timer.stop()
        self._is_looking = True
        self._taken.set()

    def _go_on(self, left: tuple[Part, ...]) -> None:
        part = next((part for part in left if self._tasks.is_free(lane_of(part))), None)
        if part is None or self._taken.is_set():
            self._rest()
            return
        test = partial(self._tests.test, part, self._taken.is_set)
        self._tasks.run(self, lane_of(part), test, done=self._tested, failed=self._leave)

    def _tested(self, test: SelfTest | None) -> None:
        self._is_looking = False
        if test is not None:
            self._has_news = True
            self.tested.emit()
        self.look()

    def _rest(self) -> None:
        """Let the centre hear what was found, and look again later."""
        self._is_looking = False
        if self._has_news and self._sender is not None:
            self._sender.hurry()
        self._has_news = False

    def _leave(self, error: KioskError) -> None:
        logger.warning("the morning's self-test is left for now: %s", error)
        self._is_looking = False
