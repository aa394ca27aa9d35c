"""Boxes: frames with the fill and the border of a card, a bar, a tint; each paints itself."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from kiosk.ui import tokens

Sides = tuple[int, int, int, int]
_ALL: Sides = (1, 1, 1, 1)


@dataclass(frozen=True, slots=True)
class _Look:
    """Fill and border of a box, its radius, and the sides (left, top, right, bottom) that have a border."""

    fill: str
    border: str
    radius: int = 0
    sides: Sides = _ALL


_LOOKS = {
    "card": _Look(tokens.SURFACE, tokens.LINE, tokens.CARD_RADIUS),
    "sunken": _Look(tokens.BACKGROUND, tokens.LINE, tokens.RADIUS),
    "rule": _Look(tokens.LINE, tokens.LINE, sides=(0, 0, 0, 0)),
    "rail": _Look(tokens.SURFACE, tokens.LINE, sides=(0, 0, 1, 0)),
    "top": _Look(tokens.SURFACE, tokens.LINE, sides=(0, 0, 0, 1)),
    "bottom": _Look(tokens.SURFACE, tokens.LINE, sides=(0, 1, 0, 0)),
    **{name: _Look(mood.tint, mood.border, tokens.RADIUS) for name, mood in tokens.MOODS.items()},
}
_BADGE_RADIUS = 12


class Box(QFrame):
    """A frame that looks like one of the boxes: card, sunken, rule, rail, top, bottom, or the tint of a mood."""

    def __init__(self, box: str, parent: QWidget | None = None, *, is_badge: bool = False) -> None:
        super().__init__(parent)
        self._box = box
        self._is_badge = is_badge
        self.setContentsMargins(*_LOOKS[box].sides)

    @property
    def box(self) -> str:
        """What the frame looks like."""
        return self._box

    def show_box(self, box: str) -> None:
        """Look like another box with a border at the same sides."""
        if box != self._box:
            self._box = box
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw fill and border."""
        look = _LOOKS[self._box]
        painter = QPainter(self)
        if look.sides == _ALL:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(look.border), 1))
            painter.setBrush(QColor(look.fill))
            radius = (_BADGE_RADIUS if self._is_badge else look.radius) - 0.5
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        else:
            painter.fillRect(self.rect(), QColor(look.border))
            left, top, right, bottom = look.sides
            painter.fillRect(self.rect().adjusted(left, top, -right, -bottom), QColor(look.fill))
