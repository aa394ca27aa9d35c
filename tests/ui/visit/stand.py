"""A page of a visit in its frame, in a window that has the keyboard."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.ui.theme import dress_window
from kiosk.ui.visit.shell import VisitShell
from kiosk.ui.visit.step_page import StepPage


def in_shell(qtbot: QtBot, words: Words, page: StepPage, view: VisitView) -> VisitShell:
    """Return the shell that shows the page, active and laid out."""
    shell = VisitShell(words, [page])
    shell.resize(1278, 700)
    active(qtbot, shell)
    shell.show_stage(page.stage, view)
    return shell


def active(qtbot: QtBot, window: QWidget) -> None:
    """Dress a window, show it and give it the keyboard."""
    qtbot.addWidget(window)
    dress_window(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
