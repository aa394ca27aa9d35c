"""The whole program on the offscreen screen: a counter of its own for every test, and nothing left of it afterwards."""

import logging
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.app.window import window_start
from kiosk.app.wiring import make_practice
from kiosk.ui.program import Program
from kiosk.ui.theme import dress
from kiosk.ui.window import Window
from tests.ui.window.shown_window import ShownWindow

OFFSCREEN = "This plugin does not support|propagateSizeHints"
_PASSING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)  # menus, lists that open, tooltips


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count whole windows as slow; leave out what Qt says of a screen that can raise none and grab no keyboard."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN, extend=True))


class Flashes(QObject):
    """Notes every widget that is shown as a window of its own and is not the program's window, a list or a menu."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and _is_flash(watched):
            self.seen.append(repr(watched))
        return False


def _is_flash(widget: QWidget) -> bool:
    return widget.isWindow() and not isinstance(widget, Window) and widget.windowType() not in _PASSING


@pytest.fixture(autouse=True)
def flashes(qapp: QApplication) -> Iterator[Flashes]:
    """Fail a test in which a widget without a parent was shown: people see it as a window that flashes."""
    guard = Flashes()
    qapp.installEventFilter(guard)
    yield guard
    qapp.removeEventFilter(guard)
    assert guard.seen == []


@pytest.fixture(scope="session")
def practice_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice office nobody worked in yet, made once and copied for every test."""
    folder = tmp_path_factory.mktemp("practice") / "kiosk"
    make_practice(folder)
    return folder


@pytest.fixture
def folder(practice_made: Path, tmp_path: Path) -> Path:
    """The data folder of a practice office of the test's own."""
    return Path(shutil.copytree(practice_made, tmp_path / "kiosk"))


@pytest.fixture
def as_before(qapp: QApplication) -> Iterator[None]:
    """Put back what a program changes in its process: hooks, log, how everything is dressed.

    The sheet is on the program's window alone, as when it runs.
    """
    hooks, root = (sys.excepthook, threading.excepthook), logging.getLogger()
    handlers, level, font, sheet = list(root.handlers), root.level, qapp.font(), qapp.styleSheet()
    qapp.setStyleSheet("")
    yield
    sys.excepthook, threading.excepthook = hooks
    for handler in root.handlers[:]:
        if handler not in handlers:
            root.removeHandler(handler)
            handler.close()
    root.setLevel(level)
    if qapp.font() != font:
        dress(qapp)
    qapp.setStyleSheet(sheet)


Opener = Callable[[Path], ShownWindow]


@pytest.fixture
def open_window(qapp: QApplication, qtbot: QtBot, as_before: None) -> Iterator[Opener]:
    """Open the window of a data folder; closed at the end of the test."""
    opened: list[Program] = []

    def open_one(folder: Path) -> ShownWindow:
        program = Program(qapp, window_start(folder))
        opened.append(program)
        program.begin()
        return ShownWindow(program, folder, qtbot)

    yield open_one
    for program in opened:
        program.window.close()
        program.close()
        program.window.deleteLater()
        program.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(open_window: Opener, folder: Path) -> ShownWindow:
    """The window of a practice office, at the log-in."""
    return open_window(folder)
