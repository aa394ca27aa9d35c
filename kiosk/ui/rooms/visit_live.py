"""The live picture of the camera in a visit: begun and ended by the page, found again by itself after a failure."""

import threading
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.devices.api import Kind
from kiosk.services.looking import VisitView
from kiosk.services.preview import Preview, PreviewFrame
from kiosk.services.staging import stage_resident
from kiosk.ui.site import Room
from kiosk.ui.troubles import Trouble

LANE = Kind.CAMERA.value
AGAIN = 1500  # milliseconds until a camera that failed is looked for again


class Live(QObject):
    """`framed` carries the newest picture; pictures nobody had time for are left out.  `failed` carries the trouble."""

    framed = Signal(object)
    failed = Signal(object)
    _came = Signal()

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._room = room
        self._stop: threading.Event | None = None
        self._newest: PreviewFrame | None = None
        self._told = False
        self._birth_year = 0
        self._view: VisitView | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._begin)
        self._came.connect(self._hand_over)

    @property
    def running(self) -> bool:
        """True between `begin` and `end`."""
        return self._stop is not None

    def begin(self, view: VisitView, birth_year: int) -> None:
        """Show what the camera sees from now on; simulators play the resident of the visit."""
        self._view, self._birth_year = view, birth_year
        if self._stop is None:
            self._begin()

    def end(self) -> None:
        """Show it no more; what is asked of the camera afterwards begins when the last picture has gone by."""
        self._again.stop()
        self._newest = None
        if self._stop is not None:
            self._stop.set()
            self._stop = None

    def _begin(self) -> None:
        stop = self._stop = threading.Event()
        self._room.ask(self._showing(stop), lane=LANE, failed=partial(self._look_again, stop))

    def _showing(self, stop: threading.Event) -> Callable[[], None]:
        tools, view = self._room.site.desk.tools, self._view
        preview = Preview(tools, self._birth_year)

        def show() -> None:
            if view is not None and not stop.is_set():
                stage_resident(tools.kit, view)
            preview.run(self._take_in, stop)

        return show

    def _take_in(self, frame: PreviewFrame) -> None:
        """Keep the newest picture; called in the camera's lane."""
        self._newest = frame
        if not self._told:
            self._told = True
            self._came.emit()

    def _hand_over(self) -> None:
        self._told = False  # before the picture is taken: one that comes now is told of anew
        frame = self._newest
        if frame is not None and self._stop is not None:
            self.framed.emit(frame)

    def _look_again(self, stop: threading.Event, trouble: Trouble) -> None:
        if self._stop is not stop:
            return
        self.failed.emit(trouble)
        self._again.start(AGAIN)
