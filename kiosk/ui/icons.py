"""The icons: Phosphor drawings shipped as SVG, coloured and scaled when first asked for."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QWidget

from kiosk.ui.tokens import INK

FOLDER = Path(__file__).parent.parent.parent / "resources" / "icons"
_SCALES = (1.0, 1.25, 1.5, 2.0)


@lru_cache(maxsize=256)
def _drawing(name: str, colour: str) -> QSvgRenderer:
    source = (FOLDER / f"{name}.svg").read_bytes().replace(b"currentColor", colour.encode("ascii"))
    return QSvgRenderer(QByteArray(source))


@lru_cache(maxsize=1024)
def pixmap(name: str, colour: str = INK, size: int = 20, scale: float = 1.0) -> QPixmap:
    """Return an icon of `size` logical pixels for a screen of that scale; raises OSError for an unknown name."""
    picture = QPixmap(round(size * scale), round(size * scale))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _drawing(name, colour).render(painter, QRectF(0, 0, picture.width(), picture.height()))
    painter.end()
    picture.setDevicePixelRatio(scale)
    return picture


def icon(name: str, colour: str = INK, size: int = 20) -> QIcon:
    """Return the same as a QIcon, sharp at every usual scale."""
    made = QIcon()
    for scale in _SCALES:
        made.addPixmap(pixmap(name, colour, size, scale))
    return made


class IconLabel(QLabel):
    """One icon in a layout; `show_icon` changes it."""

    def __init__(self, name: str, colour: str = INK, size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self.setFixedSize(QSize(size, size))
        self.show_icon(name, colour)

    def show_icon(self, name: str, colour: str = INK) -> None:
        """Show another icon in the same place."""
        self.setPixmap(pixmap(name, colour, self._size, self.devicePixelRatioF()))
