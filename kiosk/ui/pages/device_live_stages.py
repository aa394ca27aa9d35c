"""Where what a device sees is seen: a picture, a plate, two eyes, lines, or one thing after the other."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kiosk.devices.api import Kind
from kiosk.domain.captures import EYES, CaptureKind
from kiosk.domain.words import Words
from kiosk.services.pictures import ACCEPTED, Raster
from kiosk.services.trying_seen import (
    CameraSeen,
    EyesSeen,
    FingersAsked,
    Line,
    PageSeen,
    PlateSeen,
    Seen,
    StrokesSeen,
)
from kiosk.ui import tokens
from kiosk.ui.fonts import font
from kiosk.ui.icons import IconLabel, pixmap
from kiosk.ui.kit.badges import State
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.layout import STRETCH, row
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.lamps import ICONS
from kiosk.ui.pages.device_live_state import Event
from kiosk.ui.pages.device_live_words import event_icon, event_told
from kiosk.ui.visit.eyes import Eyes
from kiosk.ui.visit.part_mark import PartMark
from kiosk.ui.visit.part_words import ON_PLATE
from kiosk.ui.visit.rasters import image_of
from kiosk.ui.visit.slap_picture import SlapPicture

_BEHIND = "#E3E8EF"
_DARK = "#0E1726"
_ICON = 72
_PEN = 2.2
MOST_EVENTS = 9


class LiveStage(Protocol):
    """A widget that shows what is seen of one kind of device."""

    def show_seen(self, seen: Seen | None) -> None:
        """Show it; None takes everything away."""

    def show_told(self, told: str) -> None:
        """Say a sentence where there is nothing to see."""


class _Sheet(QWidget):
    """An empty place with an icon and a sentence until something is seen."""

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = ICONS[kind]
        self._told = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(260)

    def show_told(self, told: str) -> None:
        """Say a sentence where there is nothing to see."""
        if told != self._told:
            self._told = told
            self.setAccessibleName(told)
            self.update()

    def paint_content(self, painter: QPainter) -> bool:
        """Draw what is seen; returns False where there is nothing."""
        raise NotImplementedError

    def _paint_empty(self, painter: QPainter) -> None:
        middle = QRectF(self.rect()).center()
        picture = pixmap(self._icon, tokens.MUTED, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(middle.x() - _ICON / 2, middle.y() - _ICON), picture)
        painter.setFont(font(15))
        painter.setPen(QColor(tokens.MUTED))
        below = QRectF(40, middle.y() + 16, self.width() - 80, 80)
        centred = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(below, int(centred), self._told)

    def sizeHint(self) -> QSize:
        """Return the room of a picture."""
        return QSize(800, 600)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is seen, or that nothing is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), tokens.CARD_RADIUS, tokens.CARD_RADIUS)
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), QColor(_BEHIND))
        if not self.paint_content(painter):
            self._paint_empty(painter)


class PictureStage(_Sheet):
    """The picture of a camera or of a scanned page, whole and as large as it fits."""

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(kind, parent)
        self._behind = _DARK if kind is Kind.CAMERA else _BEHIND
        self._raster: Raster | None = None
        self._image = QImage()

    @property
    def has_picture(self) -> bool:
        """True while there is something to look at."""
        return self._raster is not None

    def show_seen(self, seen: Seen | None) -> None:
        """Show the next picture."""
        if seen is None or isinstance(seen, CameraSeen | PageSeen):
            self._raster = None if seen is None else seen.raster
            self._image = QImage() if self._raster is None else image_of(self._raster)
            self.update()

    def paint_content(self, painter: QPainter) -> bool:
        """Draw the picture in the middle."""
        if self._image.isNull():
            return False
        painter.fillRect(self.rect(), QColor(self._behind))
        wide, high = self._image.width(), self._image.height()
        scale = min(self.width() / wide, self.height() / high)
        place = QRectF(0, 0, wide * scale, high * scale)
        place.moveCenter(QRectF(self.rect()).center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image)
        return True


class StrokesStage(_Sheet):
    """The pad's field with the lines as they are drawn."""

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(kind, parent)
        self._lines: tuple[Line, ...] = ()
        self._size = (1.0, 1.0)

    @property
    def has_lines(self) -> bool:
        """True while there is a line."""
        return bool(self._lines)

    def show_seen(self, seen: Seen | None) -> None:
        """Show the lines so far."""
        if seen is None:
            self._lines = ()
        elif isinstance(seen, StrokesSeen):
            self._lines, self._size = seen.lines, seen.size
        self.update()

    def paint_content(self, painter: QPainter) -> bool:
        """Draw the field in its own shape, and the lines in it."""
        if not self._lines:
            return False
        wide, high = self._size
        scale = min((self.width() - 48) / wide, (self.height() - 48) / high)
        field = QRectF(0, 0, wide * scale, high * scale)
        field.moveCenter(QRectF(self.rect()).center())
        painter.setPen(QPen(QColor(tokens.EDGE), 1))
        painter.setBrush(QColor(tokens.SURFACE))
        painter.drawRoundedRect(field, tokens.RADIUS, tokens.RADIUS)
        round_pen = (Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(QPen(QColor(tokens.INK), _PEN, *round_pen))
        for line in self._lines:
            spots = [QPointF(field.left() + x * scale, field.top() + y * scale) for x, y in line]
            if len(spots) == 1:
                painter.drawPoint(spots[0])
            painter.drawPolyline(spots)
        return True


class IconStage(_Sheet):
    """A device of which there is nothing to see but what comes out of it."""

    def show_seen(self, seen: Seen | None) -> None:
        """Show nothing more: the figures beside it say it."""

    def paint_content(self, painter: QPainter) -> bool:
        """Draw nothing."""
        return False


class PlateStage(SlapPicture):
    """The plate as it was taken, each finger with its worth."""

    def show_seen(self, seen: Seen | None) -> None:
        """Show the plate, or which fingers belong on it."""
        if seen is None:
            self.show_slap(None)
        if isinstance(seen, FingersAsked):
            self.show_slap(None)
            self.show_fingers(ON_PLATE[seen.kind], {})
        if isinstance(seen, PlateSeen):
            marks = {str(finger.finger): _mark(finger.quality) for finger in seen.slap.fingers}
            self.show_slap(seen.slap)
            self.show_fingers(ON_PLATE[seen.kind], marks)

    def show_told(self, told: str, chip: object = None) -> None:
        """Say a sentence where there is nothing to see."""
        super().show_told(told, None)


class EyesStage(Eyes):
    """Both eyes as they were taken."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._shown: dict[str, PartMark] = {}

    def show_seen(self, seen: Seen | None) -> None:
        """Show the eyes."""
        if seen is None or isinstance(seen, EyesSeen):
            eyes = seen.eyes if seen is not None else ()
            self._shown = {eye.eye: _mark(eye.quality) for eye in eyes}
            self.show_eyes(eyes)
            self.show_marks(self._shown, "", "")

    def show_told(self, told: str) -> None:
        """Say a sentence where there is nothing to see."""
        self.show_marks(self._shown, "", told)


class EventsStage(Box):
    """Cards that came and went, codes that were read: the newest first."""

    def __init__(self, words: Words, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self._words = words
        self._empty = IconStage(kind)
        self._rows: list[QWidget] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(18, 14, 18, 14)
        self._layout.setSpacing(6)
        self._layout.addWidget(self._empty, 1)
        self._layout.addStretch(0)

    def show_seen(self, seen: Seen | None) -> None:
        """Take the list away where nothing is to be seen any more; `show_events` fills it."""
        if seen is None:
            self.show_events(())

    def show_told(self, told: str) -> None:
        """Say a sentence while the list is empty."""
        self._empty.show_told(told)

    def show_events(self, events: Sequence[Event]) -> None:
        """Show what happened, the newest first."""
        for line in self._rows:
            self._layout.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._rows = [
            self._line(event, is_newest=not number) for number, event in enumerate(events[:MOST_EVENTS])
        ]
        self._empty.setVisible(not self._rows)
        for place, line in enumerate(self._rows):
            self._layout.insertWidget(place, line)
            line.show()
        self._layout.setStretch(self._layout.count() - 1, 1 if self._rows else 0)

    def _line(self, event: Event, *, is_newest: bool) -> QWidget:
        head, rest = event_told(self._words, event.seen)
        told = row(
            Text(f"{event.at:%H.%M.%S}", "small"),
            IconLabel(event_icon(event.seen), tokens.SUCCESS.colour if rest else tokens.MUTED, 20),
            Text(head, "h2" if is_newest else "body"),
            (ElidedText(rest, "h2" if is_newest else "body"), 1),
            STRETCH if not rest else None,
            gap=14,
        )
        told.setFixedHeight(tokens.CONTROL)
        told.setAccessibleName(f"{event.at:%H.%M.%S} {head} {rest}".strip())
        return told


def _mark(quality: int) -> PartMark:
    return PartMark(State.GOOD if quality >= ACCEPTED else State.BROKEN, quality)


def _plate_stage(words: Words, kind: Kind) -> PlateStage:
    stage = PlateStage(words)
    stage.show_fingers(ON_PLATE[CaptureKind.RIGHT_FOUR], {})
    return stage


def _eyes_stage(words: Words, kind: Kind) -> EyesStage:
    stage = EyesStage(words)
    stage.show_marks({eye: PartMark() for eye in EYES}, "", "")
    return stage


_STAGES: dict[Kind, Callable[[Words, Kind], QWidget]] = {
    Kind.CAMERA: lambda _, kind: PictureStage(kind),
    Kind.DOCUMENT_SCANNER: lambda _, kind: PictureStage(kind),
    Kind.FINGERPRINT: _plate_stage,
    Kind.IRIS: _eyes_stage,
    Kind.SIGNATURE: lambda _, kind: StrokesStage(kind),
    Kind.CARD_READER: EventsStage,
    Kind.CODE_SCANNER: EventsStage,
    Kind.TICKET_PRINTER: lambda _, kind: IconStage(kind),
    Kind.PAGE_PRINTER: lambda _, kind: IconStage(kind),
}


def stage_of(words: Words, kind: Kind) -> QWidget:
    """Return the stage of a kind, empty: a widget that is a `LiveStage`."""
    return _STAGES[kind](words, kind)
