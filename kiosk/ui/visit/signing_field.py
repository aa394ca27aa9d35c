"""Where a resident signs: on the pad beside the screen, or on the screen itself."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from kiosk.domain.words import Words
from kiosk.services.pictures import Raster
from kiosk.ui import tokens
from kiosk.ui.fonts import font
from kiosk.ui.icons import pixmap
from kiosk.ui.kit.choice import Segments
from kiosk.ui.visit.drawing_pad import DrawingPad
from kiosk.ui.visit.rasters import image_of

PAD, SCREEN = "pad", "screen"
_ICON = 28


class InkPicture(QWidget):
    """What was signed; while there is nothing, an icon and a sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._raster: Raster | None = None
        self._image = QImage()
        self._told = ""
        self.setMinimumSize(200, 100)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def told(self) -> str:
        """The sentence that stands there while there is no picture."""
        return self._told

    def show_picture(self, raster: Raster | None) -> None:
        """Show a picture, whole and never stretched."""
        self._raster = raster  # the image looks at the raster's own bytes
        self._image = image_of(raster) if raster else QImage()
        self.update()

    def show_told(self, told: str) -> None:
        """Say what stands here while there is no picture."""
        self._told = told
        self.setAccessibleName(told)
        self.update()

    def _paint_told(self, painter: QPainter) -> None:
        middle = self.rect().center()
        mark = pixmap("pen-nib", tokens.PRIMARY, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(middle.x() - _ICON / 2, middle.y() - _ICON - 6), mark)
        painter.setFont(font(15))
        painter.setPen(QColor(tokens.INK))
        below = QRectF(16, middle.y() + 2, self.width() - 32, 44)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self._told)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame and what is in it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QPen(QColor(tokens.LINE), 1))
        painter.setBrush(QColor(tokens.SUNKEN if self._image.isNull() else tokens.SURFACE))
        painter.drawRoundedRect(
            QRectF(0.5, 0.5, self.width() - 1, self.height() - 1), tokens.RADIUS, tokens.RADIUS
        )
        if self._image.isNull():
            self._paint_told(painter)
            return
        room = QRectF(self.rect()).adjusted(12, 12, -12, -12)
        size = self._image.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(QPointF(0, 0), size.toSizeF())
        place.moveCenter(room.center())
        painter.drawImage(place, self._image)


class SigningField(QFrame):
    """Both ways to sign.  `changed` tells of another way or of ink; the buttons are the page's."""

    changed = Signal()

    def __init__(self, words: Words, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._is_working = False
        self._has_picture = False
        self.ways = Segments([(PAD, words.say("Pad")), (SCREEN, words.say("Screen"))])
        self.ways.setAccessibleName(words.say("Where the resident signs"))
        self.ways.show_key(PAD)
        self.drawing = DrawingPad(hint)
        self.picture = InkPicture()
        self._places = QStackedWidget()
        self._arrange()
        self.ways.chosen.connect(self._change_way)
        self.drawing.changed.connect(self.changed)
        self._show_place()

    @property
    def way(self) -> str:
        """`pad` or `screen`."""
        return self.ways.key

    @property
    def has_ink(self) -> bool:
        """True when something was written on the screen."""
        return self.way == SCREEN and self.drawing.has_ink

    @property
    def is_working(self) -> bool:
        """True while the pad is asked."""
        return self._is_working

    def show_picture(self, raster: Raster | None) -> None:
        """Show what was signed; None brings the empty field back."""
        self._has_picture = raster is not None
        self.picture.show_picture(raster)
        self._show_place()

    def show_working(self, *, working: bool) -> None:
        """Say that the pad waits for the resident now."""
        self._is_working = working
        self.ways.setEnabled(not working)
        self.drawing.setEnabled(not working)
        self._show_place()

    def clear(self) -> None:
        """Begin anew: no picture, no ink."""
        self.show_picture(None)
        self.drawing.clear()

    def _arrange(self) -> None:
        self._places.addWidget(self.picture)
        self._places.addWidget(self.drawing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.ways)
        layout.addWidget(self._places, 1)

    def _change_way(self) -> None:
        self.clear()
        self._show_place()
        self.changed.emit()

    def _show_place(self) -> None:
        draws = self.way == SCREEN and not self._has_picture
        self._places.setCurrentWidget(self.drawing if draws else self.picture)
        self.picture.show_told(
            self.words.say("The resident signs on the pad now ...")
            if self._is_working
            else self.words.say("Put the pad before the resident.")
        )
