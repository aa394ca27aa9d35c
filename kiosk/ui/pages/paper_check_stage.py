"""The camera's picture with a frame to hold the code of a paper into, or a sentence where there is no picture."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.services.pictures import Raster
from kiosk.ui import tokens
from kiosk.ui.fonts import font
from kiosk.ui.icons import pixmap
from kiosk.ui.pages.paper_check_state import NOTHING, Told
from kiosk.ui.visit.rasters import image_of

_DARK = "#1C2530"  # behind a picture of another shape than its place
_FRAME = 0.62  # side of the frame, of the lower side of the picture
_CORNER = 0.18  # how far its corners reach along a side
_ICON = 56
_TEXT_WIDTH = 520
_CENTRED = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class PaperStage(QWidget):
    """Shows picture after picture, the whole of each."""

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self._told: Told = NOTHING
        self._raster: Raster | None = None
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 240)
        self.setAccessibleName(hint)

    @property
    def has_picture(self) -> bool:
        """True while there is something to look at."""
        return self._raster is not None

    @property
    def told(self) -> Told:
        """What stands in the place of a picture."""
        return self._told

    def show_picture(self, raster: Raster | None) -> None:
        """Show the next picture; None takes it away."""
        self._image = QImage() if raster is None else image_of(raster)
        self._raster = raster  # the image looks at its bytes
        self.update()

    def show_told(self, told: Told) -> None:
        """Say a sentence and what to do where there is no picture."""
        if told != self._told:
            self._told = told
            self.setAccessibleDescription(" ".join(told).strip())
            self.update()

    def sizeHint(self) -> QSize:
        """Return the room of a picture."""
        return QSize(800, 600)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture and its frame, or the sentence."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), tokens.CARD_RADIUS, tokens.CARD_RADIUS)
        painter.setClipPath(shape)
        if self._image.isNull():
            painter.fillRect(self.rect(), QColor(tokens.SUNKEN))
            self._paint_told(painter)
            return
        painter.fillRect(self.rect(), QColor(_DARK))
        place = self._place()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image)
        self._paint_frame(painter, place)

    def _place(self) -> QRectF:
        wide, high = self._image.width(), self._image.height()
        scale = min(self.width() / wide, self.height() / high)
        place = QRectF(0, 0, wide * scale, high * scale)
        place.moveCenter(QRectF(self.rect()).center())
        return place

    def _paint_frame(self, painter: QPainter, place: QRectF) -> None:
        """Draw four corners, light on dark so that they show on any picture, and below them what to do."""
        side = min(place.width(), place.height()) * _FRAME
        frame = QRectF(0, 0, side, side)
        frame.moveCenter(place.center())
        corners = _corners(frame, side * _CORNER)
        for width, colour in ((7.0, QColor(0, 0, 0, 150)), (3.0, QColor(tokens.SURFACE))):
            painter.setPen(QPen(colour, width, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
            painter.drawPath(corners)
        band = QRectF(0, self.height() - 44, self.width(), 44)
        painter.fillRect(band, QColor(0, 0, 0, 150))
        painter.setFont(font(15, 600))
        painter.setPen(QColor(tokens.SURFACE))
        painter.drawText(band, Qt.AlignmentFlag.AlignCenter, self._hint)

    def _paint_told(self, painter: QPainter) -> None:
        middle = QRectF(self.rect()).center()
        picture = pixmap("video-camera", tokens.MUTED, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(middle.x() - _ICON / 2, middle.y() - _ICON - 24), picture)
        head, rest = self._told
        width = min(_TEXT_WIDTH, self.width() - 48)
        below = QRectF(middle.x() - width / 2, middle.y(), width, self.height() / 2)
        for text, weight, colour in ((head, 600, tokens.INK), (rest, 400, tokens.MUTED)):
            painter.setFont(font(15, weight))
            painter.setPen(QColor(colour))
            drawn = painter.boundingRect(below, int(_CENTRED), text)
            painter.drawText(below, int(_CENTRED), text)
            below.setTop(drawn.bottom() + 6)


def _corners(frame: QRectF, reach: float) -> QPainterPath:
    path = QPainterPath()
    for corner, across, down in (
        (frame.topLeft(), 1, 1),
        (frame.topRight(), -1, 1),
        (frame.bottomRight(), -1, -1),
        (frame.bottomLeft(), 1, -1),
    ):
        path.moveTo(corner + QPointF(across * reach, 0))
        path.lineTo(corner)
        path.lineTo(corner + QPointF(0, down * reach))
    return path
