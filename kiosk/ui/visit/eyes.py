"""Both eyes side by side, as in a photo: picture, worth and mark of each."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.domain.captures import EYES, Eye
from kiosk.domain.labels import EYE
from kiosk.domain.words import Words
from kiosk.services.pictures import EyeView
from kiosk.ui import tokens
from kiosk.ui.fonts import font
from kiosk.ui.icons import pixmap
from kiosk.ui.kit.badges import STATE_ICONS, State
from kiosk.ui.tokens import MOODS
from kiosk.ui.visit.chips import HEIGHT, Chip, draw, width_of
from kiosk.ui.visit.part_mark import PartMark, marks_told
from kiosk.ui.visit.rasters import covering, image_of

_GAP = 14.0
_SHAPE = 3 / 4  # height of a picture to its width
_EMPTY = "#E9EBEC"


class Eyes(QWidget):
    """The right eye at the left; `pressed` carries the `Eye` under the pointer."""

    pressed = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._images: dict[Eye, QImage] = {}
        self._views: tuple[EyeView, ...] = ()
        self._marks: dict[str, PartMark] = {}
        self._chosen = ""
        self._told = ""
        self.setAccessibleName(words.say("Both eyes"))
        self.setMinimumHeight(200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def has_pictures(self) -> bool:
        """True while an eye is shown."""
        return bool(self._images)

    def show_eyes(self, views: Iterable[EyeView]) -> None:
        """Show the pictures of the eyes."""
        self._views = tuple(views)
        self._images = {view.eye: image_of(view.raster) for view in self._views}
        self.update()

    def show_marks(self, marks: Mapping[str, PartMark], chosen: str, told: str) -> None:
        """Show how both stand, which one is spoken of, and a sentence where there is no picture."""
        self._marks, self._chosen, self._told = dict(marks), chosen, told
        self.setAccessibleDescription(marks_told(self.words, marks))
        self.update()

    def _area(self, place: int) -> QRectF:
        wide = (self.width() - _GAP) / 2
        high = min(self.height() - 44.0, wide * _SHAPE)
        top = max(0.0, (self.height() - 44 - high) / 2)
        return QRectF(place * (wide + _GAP), top, wide, high).adjusted(1.5, 1.5, -1.5, -1.5)

    def _paint_eye(self, painter: QPainter, area: QRectF, eye: Eye) -> None:
        mark, image = self._marks.get(eye, PartMark()), self._images.get(eye)
        shape = QPainterPath()
        shape.addRoundedRect(area, tokens.RADIUS, tokens.RADIUS)
        painter.fillPath(shape, QColor(_EMPTY))
        if image is not None and not image.isNull():
            painter.save()
            painter.setClipPath(shape)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(area, image, covering(image.width(), image.height(), area))
            painter.restore()
        else:
            self._paint_empty(painter, area, shape, mark)
        colour = MOODS[mark.state.value].colour if mark.state in (State.GOOD, State.BROKEN) else tokens.LINE
        dash = Qt.PenStyle.DashLine if mark.state is State.BROKEN else Qt.PenStyle.SolidLine
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colour), 2.5 if mark.state is State.BROKEN else 2, dash))
        painter.drawPath(shape)

    def _paint_empty(self, painter: QPainter, area: QRectF, shape: QPainterPath, mark: PartMark) -> None:
        if mark.state is State.ABSENT:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(Qt.BrushStyle.BDiagPattern)
            painter.fillPath(shape, QColor(tokens.SUNKEN))
        picture = pixmap("eye-slash" if mark.state is State.ABSENT else "eye", tokens.MUTED, 40)
        middle = area.center()
        painter.drawPixmap(QPointF(middle.x() - 20, middle.y() - 34), picture)
        painter.setFont(font(15))
        painter.setPen(QColor(tokens.MUTED))
        told = mark.word or self._told
        below = QRectF(area.left() + 8, middle.y() + 14, area.width() - 16, 44)
        centred = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(below, int(centred), told)

    def _paint_chip(self, painter: QPainter, area: QRectF, eye: Eye) -> None:
        mark = self._marks.get(eye, PartMark())
        told = mark.word or ("" if mark.quality is None else str(mark.quality))
        colour = MOODS[mark.state.value].colour if mark.state.value in MOODS else tokens.MUTED
        fill = tokens.PRIMARY_TINT if eye == self._chosen else tokens.SURFACE
        text = f"{self.words.say(EYE[eye])} {told}".strip()
        chip = Chip(text, STATE_ICONS[mark.state], colour, fill, colour)
        corner = QPointF(area.center().x() - width_of(chip) / 2, area.bottom() + (44 - HEIGHT) / 2)
        draw(painter, corner, chip, self.devicePixelRatioF())

    def sizeHint(self) -> QSize:
        """Return the room of two pictures."""
        return QSize(600, 300)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell which eye was pressed."""
        self.pressed.emit(EYES[0 if event.position().x() < self.width() / 2 else 1])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both eyes with their chips."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, eye in enumerate(EYES):
            area = self._area(place)
            self._paint_eye(painter, area, eye)
            self._paint_chip(painter, area, eye)
