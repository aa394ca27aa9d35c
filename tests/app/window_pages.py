"""Opens the window of a folder offscreen, presses what it is told, and tells after each key which page says what.

`python -m tests.app.window_pages FOLDER [full] [again]`: a line on its input is a key such as `Return`, or `close` for
what Alt+F4 does; the end of its input closes the window.  Each answer is a line of JSON.
"""

import faulthandler
import json
import queue
import sys
import threading
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel

from kiosk.app.window import window_start
from kiosk.ui.player import Player, Script, always, press
from kiosk.ui.program import Program
from kiosk.ui.theme import dress

END = ""


def told(program: Program) -> str:
    """Return the page that is shown and all it says, as one line."""
    page = program.entry.pages.currentWidget()
    says = [label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text()]
    return json.dumps(
        {
            "page": type(page).__name__,
            "says": " ".join(says),
            "visible": program.window.isVisible(),
            "ready": program.entry.login._ready,
        }
    )


def answer(program: Program, asked: "queue.Queue[str]") -> Script:
    """Press key after key, and tell what is shown once everything asked for was answered."""
    while True:
        yield always
        yield lambda: program.tasks.idle
        sys.stdout.write(told(program) + "\n")
        sys.stdout.flush()
        yield lambda: not asked.empty()
        key = asked.get()
        if key == END:
            program.window.end()
            return
        if key == "close":
            program.window.close()
        else:
            press(key)


def read(asked: "queue.Queue[str]") -> None:
    """Hand over the lines of the input, and its end."""
    for line in sys.stdin:
        asked.put(line.strip())
    asked.put(END)


def give_up(application: QApplication, waits: str) -> None:
    """End, and tell what each thread was at."""
    sys.stderr.write(f"nothing came of {waits}\n")
    faulthandler.dump_traceback()
    application.exit(3)


def main(folder: str, *options: str) -> int:
    """Show the window until the input ends."""
    application = QApplication(["kiosk"])
    dress(application)
    start = replace(
        window_start(Path(folder)), full_screen="full" in options, started_again="again" in options
    )
    program = Program(application, start)
    asked: queue.Queue[str] = queue.Queue()
    threading.Thread(target=read, args=(asked,), daemon=True).start()
    player = Player(answer(program, asked), limit=60.0)
    player.stuck.connect(lambda waits: give_up(application, waits))
    program.begin()
    player.begin()
    code = application.exec()
    player.close()
    program.close()
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
