"""The plate as it was taken: every finger in a frame of its own lean, its name and worth on a chip below."""

import math
from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.domain.captures import Finger
from kiosk.domain.words import Words
from kiosk.services.pictures import FingerView, SlapView
from kiosk.ui import tokens
from kiosk.ui.fonts import font
from kiosk.ui.kit.badges import STATE_ICONS, State
from kiosk.ui.tokens import MOODS
from kiosk.ui.visit.chips import HEIGHT, Chip, draw, width_of
from kiosk.ui.visit.part_mark import PartMark, marks_told
from kiosk.ui.visit.part_words import SHORT
from kiosk.ui.visit.rasters import image_of

_PLATE = "#E9EBEC"
_GAP = 8.0
_FRAME = 1.1  # how much larger than the finger its frame is


class SlapPicture(QWidget):
    """The fingers of one plate as large as they fit; before it was taken, or while it is, a sentence."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._slap: SlapView | None = None
        self._image = QImage()
        self._fingers: tuple[Finger, ...] = ()
        self._marks: Mapping[str, PartMark] = {}
        self._chosen = ""
        self._told = ""
        self._chip: Chip | None = None
        self._is_away = False
        self.setAccessibleName(words.say("Picture of the plate"))
        self.setMinimumHeight(220)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def has_picture(self) -> bool:
        """True while a plate is shown."""
        return self._slap is not None

    def show_slap(self, slap: SlapView | None) -> None:
        """Show a plate; None for an empty one."""
        self._slap = slap
        self._image = QImage() if slap is None else image_of(slap.raster)
        self.update()

    def show_fingers(
        self, fingers: tuple[Finger, ...], marks: Mapping[str, PartMark], chosen: str = ""
    ) -> None:
        """Say which fingers belong on the plate, from left to right, how they stand, and which one is spoken of."""
        self._fingers, self._marks, self._chosen = fingers, dict(marks), chosen
        self.setAccessibleDescription(marks_told(self.words, marks))
        self.update()

    def show_told(self, told: str, chip: Chip | None) -> None:
        """Say a sentence where there is no picture, and a word in the upper left corner."""
        if (told, chip) != (self._told, self._chip):
            self._told, self._chip = told, chip
            self.update()

    def show_away(self, *, away: bool) -> None:
        """Grey what was taken while the scanner is gone."""
        if away != self._is_away:
            self._is_away = away
            self.update()

    def _seen(self) -> QRectF:
        """Return the part of the plate that is shown: the fingers with some room around them."""
        whole = QRectF(self._image.rect())
        if self._slap is None or not self._slap.fingers:
            return whole
        boxes = [_box(finger) for finger in self._slap.fingers]
        seen = boxes[0]
        for box in boxes[1:]:
            seen = seen.united(box)
        room = max(seen.width() * 0.05, 8.0)
        return seen.adjusted(-room, -room, room, room).intersected(whole)

    def _place(self) -> QRectF:
        """Return where that part lies in the widget, above the chips."""
        room = QRectF(self.rect()).adjusted(6, 14, -6, -HEIGHT - 18)
        seen = self._seen()
        scale = min(room.width() / seen.width(), room.height() / seen.height())
        size = QRectF(0, 0, seen.width() * scale, seen.height() * scale)
        size.moveCenter(room.center())
        return size

    def _paint_plate(self, painter: QPainter) -> None:
        if self._image.isNull():
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Darken)
        painter.drawImage(self._place(), self._image, self._seen())
        painter.restore()

    def _paint_frame(self, painter: QPainter, finger: FingerView) -> QPointF:
        """Draw the frame around one finger; returns the middle of its foot."""
        place, seen = self._place(), self._seen()
        scale = place.width() / seen.width()
        box = _box(finger)
        middle = QPointF(
            place.left() + (box.center().x() - seen.left()) * scale,
            place.top() + (box.center().y() - seen.top()) * scale,
        )
        mark = self._marks.get(finger.finger, PartMark())
        wide, high = _upright(box, finger.angle)
        frame = QRectF(0, 0, wide * scale * _FRAME, high * scale * _FRAME)
        frame.moveCenter(QPointF(0, 0))
        poor = mark.state is State.BROKEN
        painter.save()
        painter.translate(middle)
        painter.rotate(finger.angle)
        dash = Qt.PenStyle.DashLine if poor else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(_colour(mark.state)), 2.5 if poor else 2, dash))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, 8, 8)
        painter.restore()
        return middle

    def _chips(self) -> list[tuple[Finger, Chip]]:
        """Return the chips; without the words of what is left out where the row would be too long."""
        chips = [(finger, self._chip_of(finger, with_word=True)) for finger in self._fingers]
        if sum(width_of(chip) + _GAP for _, chip in chips) + _GAP <= self.width():
            return chips
        return [(finger, self._chip_of(finger, with_word=False)) for finger in self._fingers]

    def _chip_of(self, finger: Finger, *, with_word: bool) -> Chip:
        mark = self._marks.get(finger, PartMark())
        name = self.words.say(SHORT[finger])
        told = (mark.word if with_word else "") if mark.quality is None else str(mark.quality)
        colour = _colour(mark.state)
        fill = tokens.PRIMARY_TINT if finger == self._chosen else tokens.SURFACE
        return Chip(f"{name} {told}".strip(), STATE_ICONS[mark.state], colour, fill, colour)

    def _paint_chips(self, painter: QPainter, middles: Mapping[Finger, float]) -> None:
        """Draw the chips under their fingers; those without one share the row evenly."""
        chips = self._chips()
        widths = [width_of(chip) for _, chip in chips]
        left, step = _GAP, self.width() / max(1, len(chips))
        for place, ((finger, chip), wide) in enumerate(zip(chips, widths, strict=True)):
            after = sum(widths[place:]) + _GAP * (len(widths) - place)
            wanted = middles.get(finger, step * (place + 0.5)) - wide / 2
            left = max(left, min(wanted, self.width() - after))
            draw(painter, QPointF(left, self.height() - HEIGHT - 12), chip, self.devicePixelRatioF())
            left += wide + _GAP

    def _paint_told(self, painter: QPainter) -> None:
        painter.setFont(font(15))
        painter.setPen(QColor(tokens.MUTED))
        area = QRectF(self.rect()).adjusted(40, 40, -40, -HEIGHT - 24)
        centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(area, int(centred), self._told)

    def sizeHint(self) -> QSize:
        """Return the size in the target pictures."""
        return QSize(544, 340)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw plate, frames and chips."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, shape = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), QPainterPath()
        shape.addRoundedRect(area, tokens.RADIUS, tokens.RADIUS)
        painter.fillPath(shape, QColor(_PLATE))
        if self._is_away:
            painter.setOpacity(0.35)
        self._paint_plate(painter)
        fingers = self._slap.fingers if self._slap else ()
        middles = {finger.finger: self._paint_frame(painter, finger).x() for finger in fingers}
        if self._image.isNull():
            self._paint_told(painter)
        if not self._is_away:
            self._paint_chips(painter, middles)
        if self._chip is not None:
            draw(painter, QPointF(10, 10), self._chip, self.devicePixelRatioF())
        painter.setOpacity(1)
        painter.setPen(QPen(QColor(tokens.LINE), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape)


def _box(finger: FingerView) -> QRectF:
    return QRectF(finger.left, finger.top, finger.width, finger.height)


def _upright(box: QRectF, lean: float) -> tuple[float, float]:
    """Return width and height of the oval that, leaning so, fills the box."""
    across, down = math.cos(math.radians(lean)) ** 2, math.sin(math.radians(lean)) ** 2
    apart = across * across - down * down
    if apart < 0.2:
        return box.width(), box.height()
    wide = (box.width() ** 2 * across - box.height() ** 2 * down) / apart
    high = (box.height() ** 2 * across - box.width() ** 2 * down) / apart
    return math.sqrt(max(wide, box.width() ** 2 / 4)), math.sqrt(max(high, box.height() ** 2 / 4))


def _colour(state: State) -> str:
    return MOODS[state.value].colour if state.value in MOODS else tokens.MUTED
