"""Keys as the system sends them to a window, each with its time: of an officer, or of a scanner that types."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

ENTER, TAB = "\r", "\t"
SCANNER = 4  # milliseconds between two of its keys
_MARKS = {ENTER: Qt.Key.Key_Return, TAB: Qt.Key.Key_Tab}
_BARE = Qt.KeyboardModifier.NoModifier


class Keyboard:
    """What is plugged into the window; `now` is the time of the next key in milliseconds."""

    def __init__(self, widget: QWidget) -> None:
        window = widget.window().windowHandle()
        assert window is not None
        self._window: QWindow = window
        self.now = 1000

    def press(self, sign: str, *, after: int = 0, repeats: bool = False) -> None:
        """Press and release a key so many milliseconds after the one before; a capital with Shift."""
        self.now += after
        key = _MARKS.get(sign) or Qt.Key(ord(sign.upper()))
        shift = sign.isupper()
        if shift:
            self._send(QEvent.Type.KeyPress, Qt.Key.Key_Shift, "")
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            self._send(kind, key, sign, shift=shift, repeats=repeats)
        if shift:
            self._send(QEvent.Type.KeyRelease, Qt.Key.Key_Shift, "")

    def type(self, keys: str, *, every: int = SCANNER) -> None:
        """Press keys one after the other."""
        for sign in keys:
            self.press(sign, after=every)

    def scan(self, code: str, mark: str = ENTER) -> None:
        """Type as a scanner does, some time after whatever was typed before."""
        self.now += 500
        self.type(code + mark)

    def rest(self, milliseconds: int = 80) -> None:
        """Let time pass."""
        self.now += milliseconds
        QTest.qWait(milliseconds)

    def _send(
        self, kind: QEvent.Type, key: Qt.Key, text: str, *, shift: bool = False, repeats: bool = False
    ) -> None:
        modifiers = Qt.KeyboardModifier.ShiftModifier if shift else _BARE
        event = QKeyEvent(kind, key, modifiers, text, repeats)
        event.setTimestamp(self.now)
        QCoreApplication.sendEvent(self._window, event)
