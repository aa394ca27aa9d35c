"""The windows of the gallery, to be typed into."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.domain.words import Words
from tests.ui.gallery.collection import shots
from tests.ui.gallery.taking import shown

Opener = Callable[[str], QWidget]


@pytest.fixture
def open_shot(qtbot: QtBot, words: Words) -> Opener:
    """Open the window of a picture; asked again, the same one."""
    known = {shot.name: shot for shot in shots()}
    opened: dict[str, QWidget] = {}

    def open_one(name: str) -> QWidget:
        if name not in opened:
            opened[name] = shown(known[name], words, (1366, 768))
            qtbot.addWidget(opened[name])
            qtbot.waitUntil(opened[name].isActiveWindow)
        return opened[name]

    return open_one
