"""Takes the pictures on one screen in one language: FOLDER LANGUAGE ONLY WIDTH HEIGHT."""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.domain.words import Words
from kiosk.ui.kit.focus import FocusRing
from kiosk.ui.kit.turns import is_painted
from kiosk.ui.page import Page
from kiosk.ui.theme import RESOURCES, dress, dress_window
from tests.ui.gallery.audit import faults
from tests.ui.gallery.collection import shots
from tests.ui.gallery.shot import Shot

PAINTED = 5.0  # seconds a page has to be painted part by part


def shown(shot: Shot, words: Words, size: tuple[int, int]) -> QWidget:
    """Return the window of a shot, laid out and with its focus."""
    window = shot.build(words)
    dress_window(window)
    window.resize(*size)
    FocusRing(window)
    window.show()
    _settle()
    window.activateWindow()
    _focus(window, shot)
    _settle()
    return window


def resize(window: QWidget, size: tuple[int, int]) -> None:
    """Lay a window that is shown out anew for another screen."""
    window.resize(*size)
    _settle()


def _focus(window: QWidget, shot: Shot) -> None:
    named = window.findChild(QWidget, shot.focus) if shot.focus else None
    pages = [page for page in window.findChildren(Page) if page.isVisible()]
    if named is not None:
        named.setFocus(Qt.FocusReason.TabFocusReason)
    elif pages:
        pages[0].focus_first()


def _settle() -> None:
    """Let pending layouts and deletions happen: there is no event loop between two pictures."""
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def _paint(window: QWidget) -> None:
    """Let every part be painted that waits for a turn of its own; raises `TimeoutError` where one never comes."""
    until = time.monotonic() + PAINTED
    while not is_painted(window):
        QApplication.processEvents()
        if time.monotonic() > until:
            raise TimeoutError("A part of the page is never painted.")


def main(arguments: list[str]) -> int:
    """Take every picture; print what is cut off, and return how many pictures had faults (at most 1)."""
    folder, language, only, width, height = arguments
    application = QApplication([])
    dress(application)
    words = Words.load(RESOURCES / "locale", language)
    Path(folder).mkdir(parents=True, exist_ok=True)
    found = False
    for shot in shots():
        if not shot.name.startswith(only):
            continue
        window = shown(shot, words, (int(width), int(height)))
        for fault in faults(window, (int(width), int(height))):
            found = True
            sys.stdout.write(f"{folder}/{shot.name}: {fault}\n")
        _paint(window)
        window.grab().save(str(Path(folder) / f"{shot.name}.png"))
        window.close()
        window.deleteLater()
        _settle()
    return int(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
