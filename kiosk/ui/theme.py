"""Dressing the application: Fusion, our palette, our typeface, our sheet; the same on every machine."""

from pathlib import Path

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from kiosk.ui import tokens
from kiosk.ui.fonts import font, load_fonts
from kiosk.ui.icons import FOLDER
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
    """Give the application its look; raises `FontsMissingError`.  A second call with another scale changes it."""
    load_fonts(RESOURCES)
    application.setStyle("Fusion")
    palette = QPalette()
    for role, colour in _ROLES.items():
        palette.setColor(role, QColor(colour))
    application.setPalette(palette)
    application.setFont(font(round(15 * text_scale)))
    application.setStyleSheet(sheet(FOLDER.as_posix(), text_scale))
