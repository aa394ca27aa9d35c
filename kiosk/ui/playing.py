"""One scripted enrollment on the real window, with a picture of every step; what the demo shows where nobody looks."""

import sys
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QApplication

from kiosk.domain.biodata import Field
from kiosk.domain.errors import KioskError
from kiosk.ui.kit.turns import is_painted
from kiosk.ui.player import Player, Script
from kiosk.ui.program import Program, Start
from kiosk.ui.theme import dress
from kiosk.ui.typist import Hand, enroll, log_in


class StuckError(KioskError):
    """The script waited for something that did not come; the pictures show how far it came."""


def play_enrollment(
    start: Start, secrets: tuple[str, str, str], form: Mapping[Field, str], pictures: Path
) -> int:
    """Log in with (name, password, PIN), enroll one resident by keys, close; returns how many pictures were taken.

    Raises `StuckError`.
    """
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)  # nobody makes another kind here
    dress(application, text_scale=start.look.text_scale)
    program = Program(application, start)
    camera = _PictureTaker(program, pictures)
    hand = Hand(*secrets, camera.take, lambda: is_painted(program.window))
    stuck: list[str] = []
    player = Player(_script(program, hand, form))
    player.finished.connect(application.quit)
    player.stuck.connect(stuck.append)
    player.stuck.connect(application.quit)
    program.begin()
    player.begin()
    application.exec()
    player.close()
    program.window.close()
    program.close()
    if stuck:
        raise StuckError(f"The enrollment in the window came no further than {camera.last}: {stuck[0]}.")
    return camera.count


def _script(program: Program, hand: Hand, form: Mapping[Field, str]) -> Script:
    yield from log_in(program, hand)
    yield from enroll(program, hand, form)


class _PictureTaker:
    """Numbers the pictures in the order they were taken."""

    def __init__(self, program: Program, folder: Path) -> None:
        self._program = program
        self._folder = folder
        self.count = 0
        self.last = "the beginning"

    def take(self, name: str) -> None:
        """Take a picture of the whole window."""
        self.count += 1
        self.last = name
        self._folder.mkdir(parents=True, exist_ok=True)
        self._program.window.grab().save(str(self._folder / f"{self.count:02}-{name}.png"))
