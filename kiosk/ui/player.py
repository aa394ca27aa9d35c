"""Playing a script on the real window: one step at a time, never faster than the window answers."""

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

Script = Iterator[Callable[[], bool]]
"""A script yields what it waits for; it goes on once that holds."""

_MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
}
STEP = 5  # milliseconds between two looks


class Player(QObject):
    """Plays a script; `finished` when it ends, `stuck` with a description when what it waits for does not come."""

    finished = Signal()
    stuck = Signal(str)

    def __init__(self, script: Script, parent: QObject | None = None, *, limit: float = 60.0) -> None:
        super().__init__(parent)
        self._script = script
        self._limit = limit
        self._waits_for: Callable[[], bool] = always
        self._since = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(STEP)
        self._timer.timeout.connect(self._look)

    def begin(self) -> None:
        """Begin to play."""
        self._since = time.monotonic()
        self._timer.start()

    def close(self) -> None:
        """Play no more."""
        self._timer.stop()

    def _look(self) -> None:
        if not (self._waits_for() and has_keyboard()):
            if time.monotonic() - self._since > self._limit:
                self.close()
                self.stuck.emit(getattr(self._waits_for, "__qualname__", "?"))
            return
        self._since = time.monotonic()
        try:
            self._waits_for = next(self._script)
        except StopIteration:
            self.close()
            self.finished.emit()


def always() -> bool:
    """Wait for nothing."""
    return True


def has_keyboard() -> bool:
    """Tell whether the window that is shown, or a menu of it, has the keyboard; if not, ask for it.

    Where there is no window manager nobody makes a window active again after a menu or a list was closed.
    """
    if QApplication.activePopupWidget() is not None:
        return True
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    if not shown or shown[0].isActiveWindow():
        return True
    shown[0].activateWindow()
    return False


def focused() -> QWidget:
    """Return what has the keyboard: an open menu, else the focus, else the window that is shown."""
    found = QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeWindow()
    assert found is not None  # a window is shown while a script plays
    return found


def press(keys: str) -> None:
    """Press a key or a combination, such as `Return`, `F2`, `Ctrl+F`, where the keyboard is."""
    *held, last = keys.split("+")
    modifiers = Qt.KeyboardModifier.NoModifier
    for name in held:
        modifiers |= _MODIFIERS[name]
    QTest.keyClick(focused(), Qt.Key[f"Key_{last}"], modifiers)


def type_text(text: str) -> None:
    """Type a text sign by sign where the keyboard is: in a list of what fits too, once it is open."""
    for sign in text:
        QTest.keyClicks(focused(), sign)


def typing(text: str) -> Script:
    """Type a text one key a step, so that the window answers in between as it does to a person."""
    for letter in text:
        type_text(letter)
        yield always


def click(widget: QWidget) -> None:
    """Click in the middle of a widget."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
