"""Texts on a screen: one label class, its style and mood from the sheet."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


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
    """A text of one of the styles of the sheet (`title`, `body`, `small`, ...)."""

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
        self.setTextFormat(Qt.TextFormat.PlainText)  # a name is never markup
        self.setProperty("text_style", style)
        if mood:
            self.setProperty("mood", mood)
        self.setWordWrap(wrap)
        if not wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def show_mood(self, mood: str) -> None:
        """Change the colour to another state's; empty for the style's own."""
        restyle(self, mood=mood)


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

    def __init__(self, key: str, parent: QWidget | None = None, *, on_primary: bool = False) -> None:
        super().__init__(key.replace("Left", "←").replace("Right", "→"), parent)
        self.setProperty("keycap", "primary" if on_primary else "plain")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedHeight(20)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
