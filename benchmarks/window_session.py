"""The real window of an office, worked by scripted keys in the process that is measured, and such processes started.

Keys come one a step of the player (5 ms) and no picture is taken.  Each process has its bytecode compiled beforehand,
as an installed program has it, whatever the surrounding environment says.
"""

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from benchmarks.office import residents
from kiosk.app.window import window_start
from kiosk.domain.biodata import Field
from kiosk.domain.biodata_rules import form_from_texts
from kiosk.services.practice import practice_people
from kiosk.ui.player import Player, Script
from kiosk.ui.program import Program
from kiosk.ui.theme import dress
from kiosk.ui.typist import Hand

PATIENCE = 90.0  # seconds a step of the script may take before the figure is given up


def officer() -> Hand:
    """Return the hands of the practice officer."""
    known = practice_people()[0]
    return Hand(known.entry.name, known.password, known.pin, lambda _: None)


def forms(count: int) -> list[dict[Field, str]]:
    """Return what so many invented residents tell; all of them have every finger and both eyes."""
    whole = (file for file in residents(3 * count + 9) if not file.exceptions)
    return [dict(form_from_texts(file.biodata)) for file in islice(whole, count)]


@contextmanager
def window_of(folder: Path) -> Iterator[Program]:
    """Lend the window of an office, begun and painted; it is closed at the end."""
    logging.getLogger("kiosk.ui.program").addHandler(logging.StreamHandler())  # what fails is told here too
    application = QApplication(["kiosk"])
    start = window_start(folder)
    dress(application, text_scale=start.look.text_scale)
    program = Program(application, start)
    try:
        program.begin()
        yield program
    finally:
        program.window.close()
        program.close()


def play(program: Program, script: Script) -> None:
    """Play a script on the window; ends the process when it does not come to its end."""
    ended: list[bool] = []
    player = Player(_noting(script, ended), program, limit=PATIENCE)
    player.finished.connect(lambda: program.application.exit(0))
    player.stuck.connect(lambda told: sys.stderr.write(f"nothing came of {told}\n"))
    player.stuck.connect(lambda _: program.application.exit(1))
    player.begin()
    program.application.exec()
    player.close()
    if not ended:
        raise SystemExit("the script on the window did not come to its end")


def rest(seconds: float) -> Script:
    """Let the window alone for so long."""
    until = time.monotonic() + seconds
    yield lambda: time.monotonic() > until


def _noting(script: Script, ended: list[bool]) -> Script:
    yield from script
    ended.append(True)


def told_by(module: str, *arguments: str) -> Any:
    """Run a module in a process of its own; returns what it printed, as JSON."""
    command = [sys.executable, "-m", module, *arguments]
    result = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=_environment())
    return json.loads(result.stdout)


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "qt.qpa.*=false"}
