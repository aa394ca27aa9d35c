"""Buttons: an icon, a text and the key that does the same, with one primary button a page.

A button paints its own content: labels within it would be three more widgets for each of a hundred buttons.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QShortcut,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from kiosk.ui import tokens
from kiosk.ui.icons import pixmap
from kiosk.ui.kit.texts import KEYCAP_HEIGHT, draw_key, keycap_width, shown_key, text_scale, typeface
from kiosk.ui.tokens import DANGER

ENTER = "Enter"
_BEHIND_TEXT = frozenset({"arrow-right"})
_GAP = 8


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a kind of button looks; `hovered` is its fill under the mouse."""

    text_style: str = "button"
    colour: str = tokens.INK
    fill: str = tokens.SURFACE
    hovered: str = tokens.SUNKEN
    edge: str = tokens.EDGE


_PRIMARY = _Kind("strong", tokens.ON_PRIMARY, tokens.PRIMARY, tokens.PRIMARY_DEEP, tokens.PRIMARY)
_KINDS = {
    "secondary": _Kind(),
    "primary": _PRIMARY,
    "big": _Kind("h2", tokens.ON_PRIMARY, tokens.PRIMARY, tokens.PRIMARY_DEEP, tokens.PRIMARY),
    "quiet": _Kind("button", tokens.PRIMARY, "#00000000", tokens.PRIMARY_TINT, "#00000000"),
    "danger": _Kind("button", DANGER.colour, tokens.SURFACE, DANGER.tint, DANGER.colour),
}
_DISABLED = _Kind("button", tokens.MUTED, tokens.SUNKEN, tokens.SUNKEN, tokens.LINE)


class Button(QPushButton):
    """A button of one kind: primary, secondary, quiet, danger, big.

    key: shown as a keycap and bound while the button can be seen and pressed; Enter is only shown, since the page
    gives it to its primary button (`Page.keyPressEvent`).
    """

    def __init__(
        self,
        text: str,
        kind: str = "secondary",
        parent: QWidget | None = None,
        *,
        key: str = "",
        icon: str = "",
    ) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._kind = kind
        self._icon_name = icon
        self._icon_size = 24 if kind == "big" else 20
        self._words = text
        self._key = key
        self._is_spread = False
        self._scale = text_scale()
        self._widths = (0, 0, 0)
        self._shortcut = self._bound(key)
        self.setFixedHeight(tokens.BIG_CONTROL if kind == "big" else tokens.CONTROL)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.show_text(text)

    @property
    def shown_key(self) -> str:
        """The key on the keycap, empty where there is none."""
        return shown_key(self._key)

    def show_text(self, text: str) -> None:
        """Show another text; it is also what a screen reader says."""
        if text != self.accessibleName():
            self._words = text
            self.setAccessibleName(text)
            self._fit()

    @property
    def shown_text(self) -> str:
        """The text on the button."""
        return self._words

    def show_icon(self, name: str) -> None:
        """Show another icon; one that belongs behind the text goes there."""
        if name != self._icon_name:
            self._icon_name = name
            self._fit()

    @property
    def shown_icon(self) -> str:
        """The icon on the button, empty where there is none."""
        return self._icon_name

    def show_kind(self, kind: str) -> None:
        """Turn the button into another kind of the same height."""
        if kind != self._kind:
            self._kind = kind
            self._fit()

    @property
    def kind(self) -> str:
        """The kind of the button."""
        return self._kind

    def spread(self) -> "Button":
        """Let icon and text stand at the left and the keycap at the right, as in a column of actions."""
        self._is_spread = True
        self.update()
        return self

    def fit_scale(self, scale: float) -> None:
        """Let all text be so much larger than designed."""
        self._scale = scale
        self._fit()

    def _fit(self) -> None:
        self._widths = self._measured()
        self.setMinimumWidth(self.sizeHint().width())
        if self._icon_name:
            self._drawn(
                _KINDS[self._kind].colour
            )  # beforehand: the first picture of a page shall not wait for it
        self.update()

    def _drawn(self, colour: str) -> QPixmap:
        return pixmap(self._icon_name, colour, self._icon_size, self.devicePixelRatioF())

    def _bound(self, key: str) -> QShortcut | None:
        if not key or key == ENTER:
            return None
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.activated.connect(self.click)
        return shortcut

    def _typeface(self) -> QFont:
        return typeface(_KINDS[self._kind].text_style, self._scale)

    def _margin(self) -> int:
        return 10 if self._kind == "quiet" else 16

    def _measured(self) -> tuple[int, int, int]:
        """Return the widths of icon, text and keycap."""
        words = QFontMetrics(self._typeface()).horizontalAdvance(self._words)
        key = keycap_width(self._key, typeface("keycap", self._scale)) if self._key else 0
        return (self._icon_size if self._icon_name else 0), words, key

    def _content(self) -> int:
        shown = [width for width in self._widths if width]
        return sum(shown) + _GAP * (len(shown) - 1)

    def sizeHint(self) -> QSize:
        """Return the room the content needs."""
        return QSize(2 * self._margin() - 2 + self._content(), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button and its content."""
        look = _KINDS[self._kind] if self.isEnabled() else _DISABLED
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(look.edge), 1))
        painter.setBrush(QColor(look.hovered if self.underMouse() else look.fill))
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(area, tokens.RADIUS, tokens.RADIUS)
        self._paint_content(painter, look)

    def _paint_content(self, painter: QPainter, look: _Kind) -> None:
        icon, words, key = self._widths
        right = self.width() - self._margin() + 2
        left = self._margin() + (
            0 if self._is_spread else max(0, (right - self._margin() - self._content()) // 2)
        )
        is_behind = self._icon_name in _BEHIND_TEXT
        if icon and not is_behind:
            self._paint_icon(painter, left, look.colour)
            left += icon + _GAP
        painter.setFont(self._typeface())
        painter.setPen(QColor(look.colour))
        painter.drawText(
            QRectF(left, 0, words + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, self._words
        )
        left += words + _GAP
        if icon and is_behind:
            self._paint_icon(painter, left, look.colour)
            left += icon + _GAP
        if key:
            self._paint_key(painter, right - key if self._is_spread else left, key)

    def _paint_icon(self, painter: QPainter, left: int, colour: str) -> None:
        painter.drawPixmap(QPointF(left, (self.height() - self._icon_size) // 2), self._drawn(colour))

    def _paint_key(self, painter: QPainter, left: int, width: int) -> None:
        on_primary = self._kind in ("primary", "big") and self.isEnabled()
        area = QRectF(left, (self.height() - KEYCAP_HEIGHT) // 2, width, KEYCAP_HEIGHT)
        if on_primary:
            draw_key(painter, area, tokens.KEYCAP_ON_PRIMARY, tokens.PRIMARY_DEEP)
        else:
            draw_key(painter, area, tokens.LINE, tokens.SURFACE)
        painter.setFont(typeface("keycap", self._scale))
        painter.setPen(QColor(tokens.ON_PRIMARY if on_primary else tokens.MUTED))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.shown_key)
