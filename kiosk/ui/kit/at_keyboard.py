"""Looking at the events of whichever of some widgets has the keyboard, and of no other."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class AtKeyboard(QObject):
    """An event filter that goes with the keyboard.

    On all widgets of a form at once it would be asked hundreds of times whenever the form is shown.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._attended: set[QWidget] = set()
        self._here: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def attend(self, *widgets: QWidget) -> None:
        """Look at these too, once they have the keyboard."""
        self._attended.update(widgets)

    def arrived(self, widget: QWidget) -> None:
        """Do something when the keyboard came to one of them."""

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if self._here is not None and isValid(self._here):
            self._here.removeEventFilter(self)
        self._here = new if new in self._attended else None
        if self._here is not None:
            self._here.installEventFilter(self)
            self.arrived(self._here)
