"""The program's mark: a card on the primary colour."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.ui import tokens
from kiosk.ui.icons import pixmap

_DRAWN = 40  # the size it is drawn for


class Mark(QWidget):
    """The mark in one size."""

    def __init__(self, size: int = _DRAWN, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        size, scale = self.width(), self.width() / _DRAWN
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.PRIMARY))
        painter.drawRoundedRect(QRectF(0, 0, size, size), 9 * scale, 9 * scale)
        icon = round(24 * scale)
        drawing = pixmap("identification-card-fill", tokens.ON_PRIMARY, icon, self.devicePixelRatioF())
        painter.drawPixmap(QPointF((size - icon) / 2, (size - icon) / 2), drawing)
