"""A window that tells how long after the start of its process it had taken and painted one key.

The end is the same for both: the line with the keyboard was painted, then one key was sent to it, and the line was
painted with it.  Nothing is imported here that the two would not import themselves.

`python -m benchmarks.window_first_key SECONDS [FOLDER]`: what the monotonic clock said when the process was begun, and
the data folder of a kiosk; without a folder it is a bare Qt window with one line.  Prints milliseconds.
"""

import importlib
import sys
import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget


class FirstKey(QObject):
    """Sends one key once the line was painted; prints the time when it was painted with it, and closes the window."""

    def __init__(self, window: QWidget, line: QLineEdit) -> None:
        super().__init__(window)
        self._window = window
        self._line = line
        self._sent = False
        line.installEventFilter(self)

    def _send(self) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, Qt.Key.Key_P, Qt.KeyboardModifier.NoModifier, "p")
            QCoreApplication.postEvent(self._line, key)

    def _tell(self) -> None:
        sys.stdout.write(f"{(time.monotonic() - float(sys.argv[1])) * 1000}\n")
        self._window.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._sent:
            self._sent = True
            QTimer.singleShot(0, self, self._send)
        elif event.type() == QEvent.Type.Paint and self._line.text().endswith("p"):
            self._line.removeEventFilter(self)
            QTimer.singleShot(0, self, self._tell)  # when the painting that begins now is over
        return False


def bare() -> None:
    """Show a window with one line until its key was painted."""
    application = QApplication(sys.argv[:1])
    window, line = QWidget(), QLineEdit()
    QVBoxLayout(window).addWidget(line)
    window.resize(1366, 768)
    FirstKey(window, line)
    window.show()
    line.setFocus()
    application.exec()


def kiosk(folder: str) -> None:
    """Do what `kiosk run` does until the key was painted on its page of log-in."""
    around = importlib.import_module("kiosk.ui.application")

    class Watched(around.Program):  # type: ignore[misc,name-defined]
        def begin(self) -> None:
            FirstKey(self.window, self.entry.login.name.line)
            super().begin()

    around.Program = Watched
    importlib.import_module("kiosk.app.main").main(["run", "--data", folder])


if __name__ == "__main__":
    if len(sys.argv) > 2:
        kiosk(sys.argv[2])
    else:
        bare()
