"""The one window: first the way in, then the office; a crash shows a calm page in the same place."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from kiosk.ui.kit.focus import FocusRing

SIZE = (1366, 768)
LEAST = (1180, 640)


class Window(QMainWindow):
    """Holds the entry and, once somebody signed in, the office; `closing` comes before it goes.

    closable: whether a person can close it, as by Alt+F4; `end` closes it in any case.
    """

    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("root")
        self.closable = True
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.resize(*SIZE)
        self.setMinimumSize(*LEAST)
        self.ring = FocusRing(self)

    def show_part(self, part: QWidget) -> None:
        """Show the entry or the office; a part shown for the first time is kept."""
        if self._stack.indexOf(part) < 0:
            self._stack.addWidget(part)
        self._stack.setCurrentWidget(part)

    def drop_part(self, part: QWidget) -> None:
        """Delete a part that is not needed any more."""
        self._stack.removeWidget(part)
        part.deleteLater()

    def end(self) -> None:
        """Close for good: the program itself, or the system, wants it."""
        self.closable = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window goes, or stay."""
        if not self.closable:
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)
