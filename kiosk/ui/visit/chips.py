"""The small plates that say something on a picture: an icon and a word or two."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from kiosk.ui import tokens
from kiosk.ui.fonts import font
from kiosk.ui.icons import pixmap

HEIGHT = 28
_ICON = 16


@dataclass(frozen=True, slots=True)
class Chip:
    """One plate: its words, icon and colours; `edge` is the colour of its border, empty for none."""

    text: str
    icon: str
    colour: str = tokens.INK
    fill: str = tokens.SURFACE
    edge: str = ""


def width_of(chip: Chip) -> float:
    """Return how wide a chip is."""
    return QFontMetricsF(font(13, 600)).horizontalAdvance(chip.text) + _ICON + 22


def draw(painter: QPainter, corner: QPointF, chip: Chip, scale: float) -> None:
    """Draw a chip with its upper left corner there; `scale` of the screen keeps its icon sharp."""
    area = QRectF(corner.x(), corner.y(), width_of(chip), HEIGHT)
    painter.setPen(QPen(QColor(chip.edge), 1) if chip.edge else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(chip.fill))
    painter.drawRoundedRect(area, HEIGHT / 2, HEIGHT / 2)
    picture = pixmap(chip.icon, chip.colour, _ICON, scale)
    painter.drawPixmap(QPointF(area.left() + 8, area.top() + (HEIGHT - _ICON) / 2), picture)
    painter.setFont(font(13, 600))
    painter.setPen(QColor(chip.colour))
    painter.drawText(area.adjusted(_ICON + 12, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, chip.text)
