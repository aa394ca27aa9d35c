"""Dressing the application: Fusion, our palette, our typeface, our sheet; the same on every machine."""

from pathlib import Path

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.ui import tokens
from kiosk.ui.fonts import font, load_fonts
from kiosk.ui.icons import FOLDER
from kiosk.ui.kept_true import keep_true
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.texts import Keycap, Text
from kiosk.ui.sheet import sheet

RESOURCES = Path(__file__).parent.parent.parent / "resources"
TEXT_SCALES = (1.0, 1.1, 1.2)

_ROLES = {
    QPalette.ColorRole.Window: tokens.BACKGROUND,
    QPalette.ColorRole.Base: tokens.SURFACE,
    QPalette.ColorRole.Text: tokens.INK,
    QPalette.ColorRole.WindowText: tokens.INK,
    QPalette.ColorRole.ButtonText: tokens.INK,
    QPalette.ColorRole.Highlight: tokens.PRIMARY,
    QPalette.ColorRole.HighlightedText: tokens.ON_PRIMARY,
    QPalette.ColorRole.PlaceholderText: tokens.MUTED,
}


def dress(application: QApplication, *, text_scale: float = 1.0) -> None:
    """Give the application its style, colours and typeface; raises `FontsMissingError`.

    The sheet goes on the window (`dress_window`): pages built before they are put into it are then looked at once,
    not anew with every widget they are built of, which makes building them several times as fast.
    """
    keep_true()
    load_fonts(RESOURCES)
    application.setStyle("Fusion")
    palette = QPalette()
    for role, colour in _ROLES.items():
        palette.setColor(role, QColor(colour))
    application.setPalette(palette)
    application.setFont(font(round(15 * text_scale)))


def dress_window(window: QWidget, *, text_scale: float = 1.0) -> None:
    """Give a window, and all that is ever put into it, the sheet; again for another size of text."""
    window.setStyleSheet(sheet(FOLDER.as_posix(), text_scale))
    for text in window.findChildren(Text):
        text.fit_scale(text_scale)
    for keycap in window.findChildren(Keycap):
        keycap.fit_scale(text_scale)
    for button in window.findChildren(Button):
        button.fit_scale(text_scale)
