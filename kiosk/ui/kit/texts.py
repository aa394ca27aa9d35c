"""Texts on a screen: one label class of a few styles and moods.

Typeface and colour are given to the label itself: matching hundreds of labels against the rules of a sheet, again at
every change, would hold up the window.
"""

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QWidget

from kiosk.ui import tokens
from kiosk.ui.fonts import BODY, font

# style of a text: pixels, weight, letter spacing, colour
TEXT_STYLES: dict[str, tuple[int, int, float, str]] = {
    "title": (22, 600, -0.3, tokens.INK),
    "h2": (17, 600, 0.0, tokens.INK),
    "h3": (15, 600, 0.0, tokens.INK),
    "reading": (17, 400, 0.0, tokens.INK),  # what is read aloud
    "body": (15, 400, 0.0, tokens.INK),
    "strong": (15, 600, 0.0, tokens.INK),
    "button": (15, 500, 0.0, tokens.INK),
    "label": (13, 500, 0.0, tokens.INK),
    "note": (13, 400, 0.0, tokens.INK),
    "note_strong": (13, 600, 0.0, tokens.INK),
    "small": (13, 400, 0.0, tokens.MUTED),
    "section": (13, 600, 0.0, tokens.MUTED),
    "tiny": (12, 400, 0.0, tokens.MUTED),
    "count": (28, 600, -0.8, tokens.INK),
    "ticket": (40, 600, -1.4, tokens.INK),
    "keycap": (12, 600, 0.0, tokens.MUTED),
}
KEYCAP_HEIGHT = 20
_KEYCAP_SIDES = (6, 0, 6, 0)
_KEYCAP_RADIUS = 3.5

_COLOURS = {
    **{name: mood.colour for name, mood in tokens.MOODS.items()},
    "on_primary": tokens.ON_PRIMARY,
    "primary": tokens.PRIMARY,
    "muted": tokens.MUTED,
    "ink": tokens.INK,
}


def text_scale() -> float:
    """Return how much larger than designed all text is, as the application was dressed."""
    return QApplication.font().pixelSize() / BODY


@lru_cache(maxsize=64)
def typeface(style: str, scale: float = 1.0) -> QFont:
    """Return the typeface of a style, so much larger than designed."""
    size, weight, spacing, _ = TEXT_STYLES[style]
    return font(round(size * scale), weight, spacing=spacing)


@lru_cache(maxsize=32)
def _palette(colour: str) -> QPalette:
    """Return a palette with that colour of text, also for a text that lies on a button."""
    palette = QPalette()
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(role, QColor(colour))
    return palette


def restyle(widget: QWidget, **properties: str) -> None:
    """Set properties the sheet looks at, and let the sheet look again; nothing is done when nothing changes."""
    changed = {name: value for name, value in properties.items() if widget.property(name) != value}
    if not changed:
        return
    for name, value in changed.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Text(QLabel):
    """A text of one of `TEXT_STYLES`, in the style's colour or a mood's."""

    def __init__(
        self,
        text: str = "",
        style: str = "body",
        parent: QWidget | None = None,
        *,
        mood: str = "",
        wrap: bool = False,
    ) -> None:
        super().__init__(parent)
        self._style = style
        self._mood = mood
        self.setTextFormat(Qt.TextFormat.PlainText)  # a name is never markup
        if wrap:
            self.setWordWrap(True)
        else:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.fit_scale(text_scale())
        self._paint()
        self.setText(text)

    @property
    def text_style(self) -> str:
        """The style of the text."""
        return self._style

    @property
    def mood(self) -> str:
        """The mood whose colour the text has; empty for the style's own."""
        return self._mood

    def show_style(self, style: str) -> None:
        """Change size, weight and colour to another style's."""
        if style != self._style:
            self._style = style
            self.fit_scale(text_scale())
            self._paint()

    def show_mood(self, mood: str) -> None:
        """Change the colour to another state's; empty for the style's own."""
        if mood != self._mood:
            self._mood = mood
            self._paint()

    def fit_scale(self, scale: float) -> None:
        """Be so much larger than designed."""
        self.setFont(typeface(self._style, scale))

    def _paint(self) -> None:
        self.setPalette(_palette(_COLOURS.get(self._mood, TEXT_STYLES[self._style][3])))


class ElidedText(Text):
    """A text that may be longer than its place: shortened with an ellipsis, whole in the tooltip and for readers."""

    def __init__(
        self, text: str = "", style: str = "body", parent: QWidget | None = None, *, mood: str = ""
    ) -> None:
        super().__init__("", style, parent, mood=mood)
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(24)
        self.show_text(text)

    @property
    def whole(self) -> str:
        """The text before it was shortened."""
        return self._whole

    def show_text(self, text: str) -> None:
        """Show another text."""
        if text != self._whole:
            self._whole = text
            self.setAccessibleName(text)
            self._fit()

    def _fit(self) -> None:
        shown = QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten to the new width."""
        super().resizeEvent(event)
        self._fit()


class Keycap(QLabel):
    """The key that does the same, drawn as a key."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(shown_key(key), parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedHeight(KEYCAP_HEIGHT)
        self.setContentsMargins(*_KEYCAP_SIDES)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setPalette(_palette(tokens.MUTED))
        self.fit_scale(text_scale())

    def fit_scale(self, scale: float) -> None:
        """Be so much larger than designed."""
        self.setFont(typeface("keycap", scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the key around the text."""
        painter = QPainter(self)
        draw_key(painter, QRectF(self.rect()), tokens.LINE, tokens.SURFACE)
        painter.end()
        super().paintEvent(event)


def shown_key(key: str) -> str:
    """Return what stands on a key."""
    return key.replace("Left", "←").replace("Right", "→")


def keycap_width(key: str, typeface: QFont) -> int:
    """Return how wide a key with that text is, in pixels."""
    left, _, right, _ = _KEYCAP_SIDES
    return left + QFontMetrics(typeface).horizontalAdvance(shown_key(key)) + right


def draw_key(painter: QPainter, area: QRectF, edge: str, fill: str) -> None:
    """Draw an empty key."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(edge), 1))
    painter.setBrush(QColor(fill))
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), _KEYCAP_RADIUS, _KEYCAP_RADIUS)
