"""The picture of the resident, live or taken, under the guides: oval, eye line, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.services.pictures import Raster
from kiosk.services.preview import FacePlace
from kiosk.ui import tokens
from kiosk.ui.kit.person import draw_stand_in
from kiosk.ui.visit.chips import HEIGHT, Chip, draw, width_of
from kiosk.ui.visit.rasters import covering, image_of

EYE_LINE = 0.45  # of the height: where the standard wants the eyes
EYES = (0.375, 0.625)  # of the width
# The oval, in shares of the picture: of a head before the camera, and of one in the crop of the standard.
_OVALS = {True: QRectF(0.255, 0.16, 0.49, 0.535), False: QRectF(0.17, 0.06, 0.66, 0.72)}
_ROOM = 12  # between a chip and the rim
_NEAR = 0.045  # of the height: how far off the line eyes may lie and still fit
_BEHIND = "#E3E8EF"


@dataclass(frozen=True, slots=True)
class PreviewChips:
    """The chips in the upper left and right and the lower left corner; None for no chip."""

    number: Chip | None = None
    right: Chip | None = None
    told: Chip | None = None


class PortraitPreview(QWidget):
    """3 wide and 4 high; a new picture repaints this widget alone, and its guides are drawn once a size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._raster: Raster | None = None
        self._image = QImage()
        self._eyes: tuple[QPointF, ...] = ()
        self._chips = PreviewChips()
        self._guides: dict[tuple[float, bool, bool], QPixmap] = {}  # by scale, live or taken, with or without
        self._with_guides = self._is_live = True
        self._is_empty = False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(360)

    @property
    def has_picture(self) -> bool:
        """True when there is something to look at."""
        return self._raster is not None

    def show_live(self, raster: Raster) -> None:
        """Show the next picture of the camera."""
        self._guide_for(live=True)
        self._raster, self._image = raster, image_of(raster)
        self.update()

    def show_face(self, face: FacePlace | None) -> None:
        """Show where the eyes are, in the live picture's own pixels."""
        eyes = (face.left_eye, face.right_eye) if face else ()
        self._eyes = tuple(QPointF(*eye) for eye in eyes)
        self.update()

    def show_taken(self, raster: Raster | None) -> None:
        """Show a kept portrait, whose eyes lie where the standard wants them; None for nobody."""
        self._guide_for(live=False)
        self._raster = raster
        self._image = QImage() if raster is None else image_of(raster)
        places = () if raster is None else [(raster.width * x, raster.height * EYE_LINE) for x in EYES]
        self._eyes = tuple(QPointF(*place) for place in places)
        self.update()

    def show_chips(self, chips: PreviewChips) -> None:
        """Show other chips."""
        if chips != self._chips:
            self._chips = chips
            self.update()

    def show_guides(self, *, shown: bool) -> None:
        """Show or hide oval and eye line."""
        if shown != self._with_guides:
            self._with_guides = shown
            self.update()

    def show_empty(self, *, empty: bool) -> None:
        """Show nobody, not even the stand-in, while something else stands in the place of the picture."""
        if empty != self._is_empty:
            self._is_empty = empty
            self.update()

    def _guide_for(self, *, live: bool) -> None:
        if live != self._is_live:
            self._is_live = live

    def eyes_off(self) -> float | None:
        """Return how far below the line the eyes are, as a share of the height; None where none are seen."""
        if not self._eyes:
            return None
        place = sum(self._placed(eye).y() for eye in self._eyes) / len(self._eyes)
        return place / max(1, self.height()) - EYE_LINE

    def eyes_fit(self) -> bool:
        """Tell whether the eyes lie on the line."""
        off = self.eyes_off()
        return off is not None and abs(off) <= _NEAR

    def _source(self) -> QRectF:
        return covering(self._image.width(), self._image.height(), QRectF(self.rect()))

    def _placed(self, point: QPointF) -> QPointF:
        """Return where a pixel of the picture lies in the widget."""
        source = self._source()
        scale = self.height() / source.height()
        return QPointF((point.x() - source.left()) * scale, (point.y() - source.top()) * scale)

    def _paint_picture(self, painter: QPainter) -> None:
        area = QRectF(self.rect())
        if self._image.isNull() or self._is_empty:
            painter.fillRect(area, QColor(_BEHIND))
            if not self._is_empty:
                draw_stand_in(painter, area)
            return
        source = self._source()
        if source.size().toSize() != self.size():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(area, self._image, source)

    def _paint_eyes(self, painter: QPainter) -> None:
        for colour, width in ((QColor(255, 255, 255, 110), 4.0), (QColor(tokens.PRIMARY), 2.0)):
            painter.setPen(QPen(colour, width))
            for eye in map(self._placed, self._eyes):
                painter.drawLine(eye - QPointF(9, 0), eye + QPointF(9, 0))
                painter.drawLine(eye - QPointF(0, 9), eye + QPointF(0, 9))

    def _paint_chips(self, painter: QPainter) -> None:
        scale, low = self.devicePixelRatioF(), self.height() - _ROOM - HEIGHT
        number, right, told = self._chips.number, self._chips.right, self._chips.told
        if number is not None:
            draw(painter, QPointF(_ROOM, _ROOM), number, scale)
        if right is not None:
            draw(painter, QPointF(self.width() - _ROOM - width_of(right), _ROOM), right, scale)
        if told is not None:
            draw(painter, QPointF(_ROOM, low), told, scale)

    def _drawn_guides(self) -> QPixmap:
        scale, oval = self.devicePixelRatioF(), _OVALS[self._is_live] if self._with_guides else None
        key = (scale, self._is_live, self._with_guides)
        if key not in self._guides:
            self._guides[key] = _guides(QRectF(self.rect()), oval, scale)
        return self._guides[key]

    def sizeHint(self) -> QSize:
        """Return the size in the target pictures."""
        return QSize(round(self.height() * 0.75), 550)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay 3 wide and 4 high, and draw the guides anew."""
        super().resizeEvent(event)
        self._guides.clear()
        self.setFixedWidth(round(self.height() * 0.75))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw picture, guides, eyes and chips."""
        painter = QPainter(self)
        self._paint_picture(painter)
        painter.drawPixmap(0, 0, self._drawn_guides())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._with_guides:
            self._paint_eyes(painter)
        self._paint_chips(painter)


def _guides(area: QRectF, oval: QRectF | None, scale: float) -> QPixmap:
    """Return the corners, and with an oval that and the eye line: what lies over the picture."""
    drawn = QPixmap((area.size() * scale).toSize())
    drawn.setDevicePixelRatio(scale)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if oval is not None:
        _draw_guides(painter, area, oval)
    _round_corners(painter, area)
    painter.end()
    return drawn


def _draw_guides(painter: QPainter, area: QRectF, shares: QRectF) -> None:
    wide, high = area.width(), area.height()
    oval = QRectF(shares.left() * wide, shares.top() * high, shares.width() * wide, shares.height() * high)
    line = high * EYE_LINE
    outside, inside = QPainterPath(), QPainterPath()
    outside.addRect(area)
    inside.addEllipse(oval)
    painter.fillPath(outside.subtracted(inside), QColor(12, 22, 40, 48))
    for colour, width in ((QColor(0, 0, 0, 120), 4.0), (QColor(255, 255, 255), 2.0)):
        painter.setPen(QPen(colour, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(oval)
    middle = area.width() / 2
    dashes: Sequence[QLineF] = (
        QLineF(oval.left() - 22, line, oval.left() + 26, line),
        QLineF(oval.right() - 26, line, oval.right() + 22, line),
        QLineF(middle, oval.top() - 12, middle, oval.top() + 18),
    )
    for colour, width in ((QColor(0, 0, 0, 110), 3.0), (QColor(255, 255, 255, 235), 1.5)):
        painter.setPen(QPen(colour, width, Qt.PenStyle.DashLine))
        painter.drawLines(list(dashes))


def _round_corners(painter: QPainter, area: QRectF) -> None:
    """Cover the corners with the card's colour: cheaper than a clip at every picture."""
    whole, kept = QPainterPath(), QPainterPath()
    whole.addRect(area)
    kept.addRoundedRect(area, tokens.RADIUS, tokens.RADIUS)
    painter.fillPath(whole.subtracted(kept), QColor(tokens.SURFACE))
