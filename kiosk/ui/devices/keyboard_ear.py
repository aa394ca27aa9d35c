"""Hears the keys of the focused window for a scanner that types: keeps its bursts, gives everything else back.

While nobody waits for a code no key is kept back or late; of a burst that nobody asked for only the end mark is taken,
and only where no field takes it, so that a code held before the scanner by chance presses no button.
"""

import threading
from collections.abc import Sequence
from typing import Protocol, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from kiosk.devices.api import BusyError
from kiosk.ui.devices.bursts import BurstRule, Bursts, Stroke, Suffix

_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})
_ENDS = {Qt.Key.Key_Return: Suffix.ENTER, Qt.Key.Key_Enter: Suffix.ENTER, Qt.Key.Key_Tab: Suffix.TAB}
_BESIDE = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_AltGr})
_HARMLESS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_QUIET = BurstRule()  # while nobody listens

Key = TypeVar("Key")


class Listener(Protocol):
    """Who wants to hear codes; `waits` while somebody does now."""

    rule: BurstRule
    waits: bool

    def heard(self, code: str) -> None:
        """Take a code; called on the window's thread."""


class KeyboardEar(QObject):
    """One for the program's window; `listen` and `stop` may come from any thread, the rest happens on the window's."""

    _changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._listener: Listener | None = None
        self._window: QWindow | None = None
        self._bursts: Bursts[QKeyEvent] = Bursts(_QUIET)
        self._unasked: Bursts[None] = Bursts(_QUIET)
        self._gives_back = False
        self._attends = False
        self._ended = float("-inf")  # when the last code did
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._late = QTimer(self)  # keys that came while the window was busy are heard before it rings
        self._late.setSingleShot(True)
        self._quiet.timeout.connect(self._late.start)
        self._late.timeout.connect(self._give_back)
        self._changed.connect(self._attend)

    @classmethod
    def of_window(cls) -> "KeyboardEar":
        """Return one that lives on the window's thread, whichever thread asks; without a window it hears nothing."""
        ear, application = cls(), QCoreApplication.instance()
        if application is not None:
            ear.moveToThread(application.thread())
        return ear

    def listen(self, listener: Listener) -> None:
        """Hear for this listener from now on; raises `BusyError` while there is another one."""
        with self._lock:
            if self._listener not in (None, listener):
                raise BusyError("Another part of the program reads codes now; wait, and try again.")
            self._listener = listener
        self._changed.emit()

    def stop(self, listener: Listener) -> None:
        """Hear no more for this listener."""
        with self._lock:
            if self._listener is not listener:
                return
            self._listener = None
        self._changed.emit()

    def _attend(self) -> None:
        application = QGuiApplication.instance()
        if not isinstance(application, QGuiApplication):
            return
        if not self._attends:
            self._attends = True
            application.focusWindowChanged.connect(self._watch)
        self._give_back()
        rule = self._listener.rule if self._listener is not None else _QUIET
        self._bursts, self._unasked = Bursts(rule), Bursts(rule)
        self._quiet.setInterval(round(rule.gap))
        self._watch(application.focusWindow())

    def _watch(self, window: QWindow | None) -> None:
        """Hear the keys of this window, and of no other one."""
        self._give_back()
        if self._window is not None and isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = window if self._listener is not None else None
        if self._window is not None:
            self._window.installEventFilter(self)

    def _give_back(self) -> None:
        self._type(self._bursts.release())

    def _type(self, events: Sequence[QKeyEvent]) -> None:
        """Let the window have keys that were kept back."""
        self._gives_back = True
        for event in events:
            if self._window is not None and isValid(self._window):
                QCoreApplication.sendEvent(self._window, event)
        self._gives_back = False

    def _keeps(self, listener: Listener, event: QKeyEvent) -> bool:
        """Hear one event while somebody waits; returns whether it is kept from the window."""
        if event.key() in _BESIDE:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            return self._shields(event)
        if event.type() == QEvent.Type.KeyRelease:
            return self._bursts.beside(Stroke(event.clone(), _at(event)))
        heard = self._bursts.hear(_stroke(event, event.clone()))
        self._type(heard.typed)
        if heard.code is not None:
            self._ended = _at(event)
            listener.heard(heard.code)
        if self._bursts.keeps:
            self._late.stop()
            self._quiet.start()
        return heard.keeps

    def _shields(self, event: QKeyEvent) -> bool:
        """Keep a sign that may belong to a code from being a shortcut of the page."""
        stroke = _stroke(event, None)
        shields = bool(stroke.sign) or (stroke.ends is not None and self._bursts.keeps)
        if shields:
            event.accept()
        return shields

    def _presses_nothing(self, event: QKeyEvent) -> bool:
        """Hear one event while nobody waits; returns whether it ends a burst that no field takes."""
        if event.type() != QEvent.Type.KeyPress or event.key() in _BESIDE:
            return False
        if self._unasked.hear(_stroke(event, None)).code is None or _is_typed_into(
            QApplication.focusWidget()
        ):
            return False
        self._ended = _at(event)
        return True

    def _is_second_mark(self, listener: Listener, event: QKeyEvent) -> bool:
        """Tell whether this is the second half of a code's end, of a scanner that ends with Enter twice."""
        is_mark = event.type() == QEvent.Type.KeyPress and Qt.Key(event.key()) in _ENDS
        return is_mark and 0 <= _at(event) - self._ended < listener.rule.gap

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the keys of a burst from the window."""
        listener = self._listener
        if event.type() not in _KEYS or self._gives_back or listener is None:
            return False
        assert isinstance(event, QKeyEvent)
        if self._is_second_mark(listener, event):
            return True
        return self._keeps(listener, event) if listener.waits else self._presses_nothing(event)


def _stroke(event: QKeyEvent, key: Key) -> Stroke[Key]:
    """Return an event as a stroke; a key held down, or pressed with Ctrl or Alt, is no scanner's."""
    at = _at(event)
    if event.isAutoRepeat() or event.modifiers() & ~_HARMLESS:
        return Stroke(key, at)
    if (mark := _ENDS.get(Qt.Key(event.key()))) is not None:
        return Stroke(key, at, ends=mark)
    text = event.text()
    return Stroke(key, at, sign=text if len(text) == 1 and text.isprintable() else "")


def _at(event: QKeyEvent) -> float:
    """Return when the key was pressed by the system's clock, not when a busy window came to hear of it."""
    return float(event.timestamp())


def _is_typed_into(widget: QWidget | None) -> bool:
    return widget is not None and widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
