"""Reads every page of the gallery as a screen reader would, and prints as JSON what has no name or no role.

A program of its own that ends without tidying up: PySide6 6.12 deletes what `queryAccessibleInterface` returned
once more when the window goes.
"""

import json
import os
import sys
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.domain.words import Words
from kiosk.ui.theme import RESOURCES, dress
from tests.ui.gallery.collection import shots
from tests.ui.gallery.taking import shown

_NAMELESS = (QAccessible.Role.NoRole, QAccessible.Role.Client)
_KEPT: list[object] = []
STEP = 4  # windows that are kept slow one another down


def controls(window: QWidget) -> Iterator[QWidget]:
    """Yield what the keyboard comes to."""
    for widget in window.findChildren(QWidget):
        reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if widget.isVisible() and widget.isEnabled() and reached:
            yield widget


def missing(control: QWidget) -> str:
    """Return what a reader could not say; empty when name and role are there."""
    read = QAccessible.queryAccessibleInterface(control)
    if read is None:
        return "not in the tree"
    _KEPT.append(read)
    if not read.text(QAccessible.Text.Name):
        return "no name"
    return "no role" if read.role() in _NAMELESS else ""


def main() -> None:
    """Read in the language of the first argument every `STEP`th shot, from that of the second on."""
    application = QApplication([])
    dress(application)
    words = Words.load(RESOURCES / "locale", sys.argv[1])
    told: dict[str, list[str]] = {}
    for shot in shots()[int(sys.argv[2]) :: STEP]:
        window = shown(shot, words, (1366, 768))
        _KEPT.append(window)
        found = [
            f"{type(control).__name__}: {lack}" for control in controls(window) if (lack := missing(control))
        ]
        told[shot.name] = sorted(set(found))
        window.hide()
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
