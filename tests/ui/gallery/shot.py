"""One picture of the gallery: how to build what it shows."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from kiosk.domain.words import Words


@dataclass(frozen=True, slots=True)
class Shot:
    """A page in one state.

    name: of the picture's file.  build: makes the whole window's content, 1366x768 or larger.
    focus: object name of the widget that has the keyboard; empty for the page's own choice.
    """

    name: str
    build: Callable[[Words], QWidget]
    focus: str = ""
