"""Watching where the keyboard is in a form: which field was entered, which was gone through."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from kiosk.domain.biodata import Field
from kiosk.ui.kit.at_keyboard import AtKeyboard

_AWAY = frozenset(  # the keyboard comes back to the same field
    {
        Qt.FocusReason.ActiveWindowFocusReason,
        Qt.FocusReason.PopupFocusReason,
        Qt.FocusReason.MenuBarFocusReason,
    }
)
_TOLD = frozenset({QEvent.Type.FocusOut, QEvent.Type.KeyPress})
_ONWARD_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab})


class FieldWatch(AtKeyboard):
    """`entered` and `left` carry the Field, None for the reason of a warning; `entered` the widget too.

    `left` comes before the keyboard moves on, so that what it shows can still take the keyboard.
    """

    entered = Signal(object, object)
    left = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._fields: dict[QObject, Field | None] = {}

    def watch(self, field: Field | None, controls: Sequence[QWidget]) -> None:
        """Watch the controls of a field."""
        self._fields.update(dict.fromkeys(controls, field))
        self.attend(*controls)

    def arrived(self, widget: QWidget) -> None:
        """Tell which field was entered."""
        self.entered.emit(self._fields[widget], widget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell which field is gone through; nothing is taken away."""
        if event.type() in _TOLD and watched in self._fields and _goes_on(event):
            self.left.emit(self._fields[watched])
        return False


def _goes_on(event: QEvent) -> bool:
    if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
        return event.reason() not in _AWAY
    if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
        return event.key() in _ONWARD_KEYS
    return False
