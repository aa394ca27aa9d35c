"""Real widgets on Qt's offscreen screen, dressed as the program is; what a test leaves running fails it."""

import os
import threading
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication

from kiosk.domain.words import Words
from kiosk.ui.icons import FOLDER
from kiosk.ui.sheet import sheet
from kiosk.ui.tasks import Tasks
from kiosk.ui.theme import RESOURCES, dress


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["kiosk"]


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> QApplication:
    dress(qapp)
    qapp.setStyleSheet(sheet(FOLDER.as_posix()))  # on the program's window alone, when it runs
    return qapp


@pytest.fixture(scope="module")
def sheet_on_the_window(dressed: QApplication) -> Iterator[None]:
    """Leave the sheet to the windows, as when the program runs: their pages are built in half the time."""
    worn = dressed.styleSheet()
    dressed.setStyleSheet("")
    yield
    dressed.setStyleSheet(worn)


@pytest.fixture(scope="session")
def words() -> Words:
    return Words.load(RESOURCES / "locale", "id")


@pytest.fixture(scope="session")
def english() -> Words:
    return Words.load(RESOURCES / "locale", "en")


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture(autouse=True)
def nothing_is_left(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves a thread, a running timer or a window behind."""
    before = set(threading.enumerate())
    yield
    qapp.closeAllWindows()
    for widget in qapp.topLevelWidgets():
        if (
            widget.windowType() is not Qt.WindowType.Popup
        ):  # a list goes with its completer, which deletes it too
            widget.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()
    threads = [thread.name for thread in threading.enumerate() if thread not in before and thread.is_alive()]
    timers = [timer.objectName() or repr(timer) for timer in qapp.findChildren(QTimer) if timer.isActive()]
    windows = [repr(widget) for widget in qapp.topLevelWidgets() if widget.isVisible()]
    assert (threads, timers, windows) == ([], [], [])
