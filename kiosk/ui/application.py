"""The Qt application around a program: dressed, run, and closed in order."""

import signal
import sys
from types import FrameType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from kiosk.ui.program import Program, Start
from kiosk.ui.theme import dress

_HEARTBEAT = 200  # milliseconds: how soon a signal of the system is noticed


def run_window(start: Start) -> int:
    """Show the window until it is closed or the process is told to end; returns the exit code."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("kiosk")
    dress(application, text_scale=start.look.text_scale)
    program = Program(application, start)
    pulse = _end_in_order(program)
    program.begin()
    code = application.exec()
    pulse.stop()
    program.close()
    return code


def _end_in_order(program: Program) -> QTimer:
    """Let SIGTERM and SIGINT close the window; Python handles them only between two steps of its own."""

    def end(number: int, frame: FrameType | None) -> None:
        # Between two events: a slot that was interrupted would go on with everything closed.
        QTimer.singleShot(0, program.window.end)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    pulse = QTimer(program)
    pulse.timeout.connect(lambda: None)
    pulse.start(_HEARTBEAT)
    return pulse
