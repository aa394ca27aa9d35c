"""Notices that nobody touched the window for a while."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class IdleWatch(QObject):
    """Emits `idle` once nobody used keyboard, mouse, pen or finger for so long; starts with `begin`.

    It looks at what reaches the window from outside and at what has the keyboard.  A filter on the whole application
    would be asked at every event of every widget: building a page would take twice as long.
    """

    idle = Signal()

    def __init__(self, minutes: float, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._watched: list[QObject] = []
        self._follows = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        self.set_minutes(minutes)

    def set_minutes(self, minutes: float) -> None:
        """Wait so long from now on."""
        self._timer.setInterval(round(minutes * 60_000))

    def begin(self) -> None:
        """Count from now; the window is shown."""
        self.end()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)
            self._follows = True
        self._watch(QApplication.focusWidget())
        self._timer.start()

    def end(self) -> None:
        """Count no more."""
        application = QApplication.instance()
        if self._follows and isinstance(application, QApplication):
            application.focusChanged.disconnect(self._follow)
            self._follows = False
        self._unwatch()
        self._timer.stop()

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        self._watch(new)

    def _watch(self, focused: QWidget | None) -> None:
        self._unwatch()
        handle = self._window.windowHandle()
        self._watched = [part for part in (handle, focused) if part is not None]
        for part in self._watched:
            part.installEventFilter(self)

    def _unwatch(self) -> None:
        for part in self._watched:
            if isValid(part):
                part.removeEventFilter(self)
        self._watched = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin anew at every touch."""
        if event.type() in _TOUCHES:
            self._timer.start()
        return False
