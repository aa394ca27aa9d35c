"""A person's picture, or the drawn stand-in while there is none."""

from PySide6.QtCore import QBuffer, QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImageReader, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from kiosk.ui import tokens

_WIDTH, _HEIGHT = 300, 400  # the stand-in is drawn on this field


class PersonPicture(QWidget):
    """A portrait 3:4 with a thin frame; cropped to its place, never stretched."""

    def __init__(self, width: int = 84, height: int = 108, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(width, height)
        self._content = b""
        self._picture = QPixmap()

    def show_picture(self, content: bytes) -> None:
        """Show an encoded picture (JPEG or PNG); empty for the stand-in.  The same one again costs nothing."""
        if content == self._content:
            return
        self._content = content
        self._picture = self._read(content) if content else QPixmap()
        self.update()

    def _read(self, content: bytes) -> QPixmap:
        """Read a picture no larger than it is shown: a JPEG is then read several times as fast."""
        held = QBuffer()
        held.setData(QByteArray(content))
        reader = QImageReader(held)
        whole = reader.size()
        if whole.isValid():
            shown = QSize(self.width(), self.height()) * self.devicePixelRatioF()
            reader.setScaledSize(whole.scaled(shown, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
        return QPixmap.fromImage(reader.read())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(0.5, 0.5, self.width() - 1, self.height() - 1)
        shape = QPainterPath()
        shape.addRoundedRect(area, 5, 5)
        painter.setClipPath(shape)
        if self._picture.isNull():
            draw_stand_in(painter, area)
        else:
            _draw_cropped(painter, area, self._picture)
        painter.setClipping(False)
        painter.setPen(QPen(QColor(tokens.LINE), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area, 5, 5)


def _draw_cropped(painter: QPainter, area: QRectF, picture: QPixmap) -> None:
    scale = max(area.width() / picture.width(), area.height() / picture.height())
    width, height = area.width() / scale, area.height() / scale
    source = QRectF((picture.width() - width) / 2, (picture.height() - height) / 2, width, height)
    painter.drawPixmap(area, picture, source)


def draw_stand_in(painter: QPainter, area: QRectF) -> None:
    """Draw the stand-in for a person who has no picture yet."""
    painter.save()
    painter.fillRect(area, QColor(tokens.SUNKEN))
    painter.translate(area.left(), area.top())
    painter.scale(area.width() / _WIDTH, area.height() / _HEIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.SHADOWED))
    painter.drawEllipse(QPointF(150, 170), 62, 80)
    shoulders = QPainterPath(QPointF(14, 410))
    shoulders.cubicTo(18, 320, 70, 300, 118, 288)
    shoulders.cubicTo(138, 304, 162, 304, 182, 288)
    shoulders.cubicTo(230, 300, 282, 320, 286, 410)
    painter.drawPath(shoulders)
    painter.restore()
