"""The screens of this machine and the window on them, in a few lines for whoever helps from afar."""

from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from kiosk.ui.kit.texts import text_scale


def screens_told(widget: QWidget) -> str:
    """Return one line a screen, and one of the window the widget is in."""
    window = widget.window()
    lines = [_screen(screen) for screen in QGuiApplication.screens()]
    lines.append(f"window {window.width()} x {window.height()}, text {text_scale():.0%}")
    return "\n".join([f"platform {QGuiApplication.platformName()}", *lines])


def _screen(screen: QScreen) -> str:
    size, scale, dots = screen.size(), screen.devicePixelRatio(), screen.logicalDotsPerInch()
    return f"screen {size.width()} x {size.height()}, scale {scale:.0%}, {dots:.0f} dpi, {screen.refreshRate():.0f} Hz"
