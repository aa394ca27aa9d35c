"""The technician's room: tests parts one after the other, each in the lane that uses it, and asks a person."""

from collections import deque
from dataclasses import replace
from functools import partial
from queue import Empty, SimpleQueue
from threading import Event

from PySide6.QtCore import QObject, Qt, Signal

from kiosk.devices.api import Kind
from kiosk.domain.morning import Found
from kiosk.domain.selftest import Part, PartView, SelfTest, Stage
from kiosk.services.counter import Counter
from kiosk.services.morning import morning_found
from kiosk.services.selftest import SelfTester, look_at_parts, nobody
from kiosk.services.taking_along import Taken
from kiosk.ui.morning import lane_of
from kiosk.ui.outside_folders import outside_folders
from kiosk.ui.page import Page
from kiosk.ui.pages.devices import DevicesPage
from kiosk.ui.pages.devices_state import DevicesState, Running
from kiosk.ui.pages.folder_panel import FolderState
from kiosk.ui.places import DEVICE_LIVE, DEVICE_SETUP
from kiosk.ui.screens_told import screens_told
from kiosk.ui.site import Room, Site
from kiosk.ui.troubles import Trouble

_REPORT = "report"  # the lane of looking for sticks and of writing to them
_PATIENCE = 120.0  # seconds a person has to answer; then it is left out


class Questions(QObject):
    """Carries a running test's question to the window and its answer back to the test's thread."""

    asked = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answers: SimpleQueue[bool] = SimpleQueue()  # of the present question alone
        self._closed = Event()

    def ask(self, question: str) -> bool:
        """Ask, on the test's thread; False where nobody answers."""
        answers: SimpleQueue[bool] = SimpleQueue()
        self._answers = answers
        if self._closed.is_set():
            return False
        self.asked.emit(question)
        try:
            return answers.get(timeout=_PATIENCE)
        except Empty:
            return False

    def answer(self, *, is_done: bool) -> None:
        """Answer, on the window's thread."""
        self._answers.put(is_done)

    def close(self) -> None:
        """Let nobody wait any more."""
        self._closed.set()
        self._answers.put(False)


class DevicesRoom(Room):
    """Shows the parts of the counter and tests them."""

    _came = Signal(object)  # the stages so far, from the test's thread

    def __init__(self, site: Site, parent: QObject | None = None) -> None:
        super().__init__(site, parent)
        self._page = DevicesPage(site.words)
        self._views: tuple[PartView, ...] = ()
        self._found: Found | None = None
        self._running: Running | None = None
        self._waiting: deque[Part] = deque()
        self._is_left = True
        self._report = FolderState()
        self._questions = Questions(self)
        self._questions.asked.connect(self._ask_person, Qt.ConnectionType.QueuedConnection)
        self._came.connect(self._show_stages, Qt.ConnectionType.QueuedConnection)
        self._page.test_wanted.connect(self._test)
        self._page.all_wanted.connect(self._test_all)
        self._page.answered.connect(self._answer)
        self._page.set_up_wanted.connect(lambda part: self.go.emit(DEVICE_SETUP, part))
        self._page.report_wanted.connect(self._look_for_folders)
        self._page.report_panel.answered.connect(self._write_report)
        self._page.live_wanted.connect(lambda part: self.go.emit(DEVICE_LIVE, Kind(part.value)))

    @property
    def page(self) -> Page:
        """The page of devices."""
        return self._page

    def enter(self, argument: object) -> None:
        """Show the parts as they were tested last; a part that comes from its set-up is tested at once."""
        self._is_left = False
        self.refresh()
        if isinstance(argument, Part):
            self._test(argument)

    def leave(self) -> bool:
        """Leave out what is asked for, now and later, and what waits; a test that runs comes to its end."""
        self._is_left = True
        self._waiting.clear()
        if self._running is not None and self._running.question:
            self._answer(is_done=False)
        return True

    def close(self) -> None:
        """Let no test wait for a person."""
        self._waiting.clear()
        self._questions.close()

    def refresh(self) -> None:
        """Read the tests anew."""
        self.ask(partial(_read, self.site.counter), self._show_read)

    def _show_read(self, read: tuple[tuple[PartView, ...], Found | None]) -> None:
        self._views, self._found = read
        self._show()
        self.settle()

    def _show(self) -> None:
        if self._views:
            counter = self.site.counter
            now = counter.here(counter.clock().wall)
            waiting = frozenset(self._waiting)
            self._page.show_state(DevicesState(self._views, now, self._running, waiting, self._found))

    def _test(self, part: Part) -> None:
        """Test one part with a person beside it."""
        self._page.choose(part)
        if self._running is None:
            self._begin(part, with_person=True)

    def _test_all(self) -> None:
        """Test all parts with nobody asked: what needs a person stays due."""
        if self._running is None:
            self._waiting = deque(Part)
            self._begin(self._waiting.popleft(), with_person=False)

    def _begin(self, part: Part, *, with_person: bool) -> None:
        self._running = Running(part)
        tester = SelfTester(self.site.counter, self.site.desk.tools.kit, self.site.officer)
        asked = self._questions.ask if with_person else nobody
        self.ask(
            partial(tester.test, part, asked=asked, told=self._came.emit),
            self._tested,
            lane=lane_of(part),
            failed=self._not_tested,
        )
        self._show()

    def _show_stages(self, stages: tuple[Stage, ...]) -> None:
        if self._running is not None:
            self._running = Running(self._running.part, stages)
            self._show()

    def _ask_person(self, question: str) -> None:
        if self._is_left:  # nobody is there: the device's lane shall not wait for him
            self._questions.answer(is_done=False)
        elif self._running is not None:
            self._running = Running(self._running.part, self._running.stages, question)
            self._show()
            self._page.panel.done.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_for_folders(self) -> None:
        self._show_report(FolderState())
        self.ask(outside_folders, lambda found: self._show_report(FolderState(found)), lane=_REPORT)

    def _write_report(self, taken: Taken, folder: str) -> None:
        taking = self.site.desk.taking
        if taking is None:
            return
        self._show_report(replace(self._report, is_writing=True, trouble=("", "")))
        self.ask(
            partial(
                taking.write, taken, folder, self.words, self.site.officer, screen=screens_told(self._page)
            ),
            lambda path: self._show_report(replace(self._report, is_writing=False, written=str(path))),
            lane=_REPORT,
            failed=self._not_written,
        )

    def _not_written(self, trouble: Trouble) -> None:
        self._show_report(replace(self._report, is_writing=False, trouble=(trouble.head, trouble.rest)))

    def _show_report(self, state: FolderState) -> None:
        self._report = state
        self._page.report_panel.show_state(state)

    def _answer(self, is_done: bool) -> None:  # a signal carries it
        if self._running is None or not self._running.question:
            return
        self._running = Running(self._running.part, self._running.stages)
        self._questions.answer(is_done=is_done)
        self._page.focus_first()
        self._show()

    def _tested(self, test: SelfTest) -> None:
        self._running = None
        self.changed.emit()
        self._go_on()

    def _not_tested(self, trouble: Trouble) -> None:
        self._running = None
        self._waiting.clear()
        self.troubled.emit(trouble)
        self._go_on()

    def _go_on(self) -> None:
        if self._waiting:
            self._begin(self._waiting.popleft(), with_person=False)
        self.refresh()


def _read(counter: Counter) -> tuple[tuple[PartView, ...], Found | None]:
    return look_at_parts(counter), morning_found(counter)
