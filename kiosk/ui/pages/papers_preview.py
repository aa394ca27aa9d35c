"""The paper as it will print, whole and in its own proportions; a click or Ctrl++ lays it over the page."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from kiosk.ui import tokens
from kiosk.ui.fonts import font

_WRAPPED = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)


class PaperPreview(QWidget):
    """`enlarge_wanted` is asked by a click."""

    enlarge_wanted = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self._content = b""
        self._missing = ""
        self.setAccessibleName(name)
        self.setMinimumSize(200, 260)

    @property
    def content(self) -> bytes:
        """The PNG that is shown; empty for none."""
        return self._content

    def show_picture(self, content: bytes) -> None:
        """Show a PNG; empty for none."""
        if content != self._content:
            self._content = content
            self._picture = QPixmap()
            if content:
                self._picture.loadFromData(content)
            self.update()

    def show_missing(self, told: str) -> None:
        """Say why there is no paper; empty where there is one."""
        if told != self._missing:
            self._missing = told
            self.setAccessibleDescription(told)
            self.update()

    def sizeHint(self) -> QSize:
        """Return a sheet's proportions."""
        return QSize(362, 512)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for it to be enlarged."""
        if self._content:
            self.enlarge_wanted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sheet in the middle, with its edge."""
        painter = QPainter(self)
        if self._missing:
            painter.setFont(font(15, 400))
            painter.setPen(QColor(tokens.MUTED))
            painter.drawText(self.rect().adjusted(24, 0, -24, 0), _WRAPPED, self._missing)
        if self._picture.isNull() or self._missing:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = self.size() - QSize(2, 2)
        size = self._picture.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        area = QRectF((self.width() - size.width()) / 2, 1, size.width(), size.height())
        painter.drawPixmap(area, self._picture, QRectF(self._picture.rect()))
        painter.setPen(QPen(QColor(tokens.EDGE), 1))
        painter.drawRect(area)
