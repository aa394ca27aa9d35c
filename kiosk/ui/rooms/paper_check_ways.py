"""The ways a paper's code comes in by itself: the camera's live picture and the code scanner, each in its lane."""

import threading
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from kiosk.devices.api import Kind
from kiosk.services.paper_answers import PaperCheckDesk
from kiosk.services.paper_scanner import PaperScanner
from kiosk.services.pictures import Raster
from kiosk.ui.pages.paper_check_state import Way
from kiosk.ui.site import Room
from kiosk.ui.troubles import Trouble

AGAIN = 1500  # milliseconds until a device that failed is looked for again
STOPPING = "stopping"  # the lane in which calls that wait are ended: that may take a second


class _ComesBack(QObject):
    """A device that is looked for again after a failure.

    `stood` carries the `Way` it stands and the trouble, None without one; `read` the text of a code.
    """

    stood = Signal(object, object)
    read = Signal(str)

    def __init__(self, room: Room, kind: Kind) -> None:
        super().__init__(room)
        self._room = room
        self._kind = kind
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._begin)

    @property
    def is_set_up(self) -> bool:
        """Whether the kit has such a device."""
        return self._kind in self._room.site.desk.tools.kit.choices()

    def _begin(self) -> None:
        raise NotImplementedError

    def _fail(self, trouble: Trouble) -> None:
        self.stood.emit(Way.AWAY if self.is_set_up else Way.NONE, trouble)
        if self.is_set_up:
            self._again.start(AGAIN)


class CameraWay(_ComesBack):
    """`framed` carries the newest picture; pictures nobody had time for are left out."""

    framed = Signal(object)
    _came = Signal()

    def __init__(self, room: Room, desk: Callable[[], PaperCheckDesk]) -> None:
        super().__init__(room, Kind.CAMERA)
        self._desk = desk
        self._stop: threading.Event | None = None
        self._newest: Raster | None = None
        self._is_told = False
        self._came.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Look for a code from now on, unless it is looked for already."""
        if not self.is_set_up:
            self.stood.emit(Way.NONE, None)
        elif self._stop is None:
            self.stood.emit(Way.OPENS, None)
            self._begin()

    def end(self) -> None:
        """Look no more, and let go of the last picture."""
        self._again.stop()
        self._newest = None
        if self._stop is not None:
            self._stop.set()
            self._stop = None

    def _begin(self) -> None:
        stop = self._stop = threading.Event()
        officer, desk = self._room.site.officer, self._desk
        self._room.ask(
            lambda: desk().watch(officer, partial(self._take_in, stop), stop),
            partial(self._found, stop),
            lane=self._kind.value,
            failed=partial(self._failed, stop),
        )

    def _take_in(self, stop: threading.Event, raster: Raster) -> None:
        """Keep the newest picture; called in the camera's lane."""
        if stop.is_set():
            return
        self._newest = raster
        if not self._is_told:
            self._is_told = True
            self._came.emit()

    def _hand_over(self) -> None:
        self._is_told = False  # before the picture is taken: one that comes now is told of anew
        raster, self._newest = self._newest, None
        if raster is not None and self._stop is not None:
            self.stood.emit(Way.READS, None)
            self.framed.emit(raster)

    def _found(self, stop: threading.Event, letters: str | None) -> None:
        if self._stop is stop and letters is not None:
            self.end()
            self.read.emit(letters)

    def _failed(self, stop: threading.Event, trouble: Trouble) -> None:
        if self._stop is stop:
            self._newest = None
            self._fail(trouble)


class ScannerWay(_ComesBack):
    """Hands on each code that is scanned."""

    _heard = Signal(object, str)

    def __init__(self, room: Room) -> None:
        super().__init__(room, Kind.CODE_SCANNER)
        self._scanner: PaperScanner | None = None
        self._heard.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Listen from now on."""
        if not self.is_set_up:
            self.stood.emit(Way.NONE, None)
        elif self._scanner is None:
            self._begin()

    def end(self) -> None:
        """Hear no more; a look that waits is ended beside the window."""
        self._again.stop()
        scanner, self._scanner = self._scanner, None
        if scanner is not None:
            scanner.stop()
            self._room.ask(scanner.interrupt, lane=STOPPING)

    def close(self) -> None:
        """Hear no more, at once: the window goes."""
        self._again.stop()
        if self._scanner is not None:
            self._scanner.interrupt()
            self._scanner = None

    def _begin(self) -> None:
        site = self._room.site
        scanner = self._scanner = PaperScanner(site.desk.tools.kit, site.officer)
        self.stood.emit(Way.READS, None)
        self._room.ask(
            lambda: scanner.listen(partial(self._heard.emit, scanner)),
            lane=self._kind.value,
            failed=partial(self._failed, scanner),
        )

    def _hand_over(self, scanner: PaperScanner, letters: str) -> None:
        if scanner is self._scanner:
            self.read.emit(letters)

    def _failed(self, scanner: PaperScanner, trouble: Trouble) -> None:
        if scanner is self._scanner:
            self._fail(trouble)
