"""Buttons: an icon, a text and the key that does the same, with one primary button a page."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.texts import Keycap, Text, restyle
from kiosk.ui.tokens import DANGER

ENTER = "Enter"
_BEHIND_TEXT = frozenset({"arrow-right"})
_COLOURS = {
    "primary": tokens.ON_PRIMARY,
    "big": tokens.ON_PRIMARY,
    "quiet": tokens.PRIMARY,
    "danger": DANGER.colour,
}


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
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self._kind = kind
        self._icon_name = icon
        self._label = Text(text, self._style())
        self._icon = IconLabel(icon, self._colour(), 24 if kind == "big" else 20) if icon else None
        self._keycap = Keycap(key, on_primary=kind in ("primary", "big")) if key else None
        self._shortcut = self._bound(key)
        self._arrange()
        self.show_text(text)

    @property
    def shown_key(self) -> str:
        """The key on the keycap, empty where there is none."""
        return self._keycap.text() if self._keycap else ""

    def show_text(self, text: str) -> None:
        """Show another text; it is also what a screen reader says."""
        self._label.setText(text)
        self.setAccessibleName(text)
        self.setMinimumWidth(self.sizeHint().width())

    @property
    def shown_text(self) -> str:
        """The text on the button."""
        return self._label.text()

    def show_icon(self, name: str) -> None:
        """Show another icon; one that belongs behind the text goes there."""
        self._icon_name = name
        layout = self.layout()
        if isinstance(layout, QHBoxLayout) and self._icon is not None:
            layout.removeWidget(self._icon)
            layout.insertWidget(layout.indexOf(self._label) + (name in _BEHIND_TEXT), self._icon)
        self._colour_content()

    def show_kind(self, kind: str) -> None:
        """Turn the button into another kind of the same height."""
        self._kind = kind
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        restyle(self._label, text_style=self._style())
        self._colour_content()

    def _style(self) -> str:
        return {"big": "h2", "primary": "strong"}.get(self._kind, "button")

    def _colour(self) -> str:
        return _COLOURS.get(self._kind, tokens.INK) if self.isEnabled() else tokens.MUTED

    def _bound(self, key: str) -> QShortcut | None:
        if not key or key == ENTER:
            return None
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.activated.connect(self.click)
        return shortcut

    def _arrange(self) -> None:
        side = 10 if self._kind == "quiet" else 16
        layout = QHBoxLayout(self)
        layout.setContentsMargins(side, 0, side - 2, 0)
        layout.setSpacing(8)
        behind = self._icon_name in _BEHIND_TEXT
        parts = [self._label, self._icon] if behind else [self._icon, self._label]
        layout.addStretch(1)
        for part in (*parts, self._keycap):
            if part is not None:
                part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                layout.addWidget(part)
        layout.addStretch(1)
        self.setFixedHeight(tokens.BIG_CONTROL if self._kind == "big" else tokens.CONTROL)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._colour_content()

    def _colour_content(self) -> None:
        colour = self._colour()
        self._label.setStyleSheet(f"color: {colour};")
        if self._keycap is not None:
            on_primary = self._kind in ("primary", "big") and self.isEnabled()
            restyle(self._keycap, keycap="primary" if on_primary else "plain")
        if self._icon is not None:
            self._icon.show_icon(self._icon_name, colour)

    def spread(self) -> "Button":
        """Let icon and text stand at the left and the keycap at the right, as in a column of actions."""
        layout = self.layout()
        if isinstance(layout, QHBoxLayout):
            layout.takeAt(0)
            if self._keycap is not None:
                layout.takeAt(layout.count() - 1)
                layout.insertStretch(layout.count() - 1, 1)
        return self

    def sizeHint(self) -> QSize:
        """Return the room the content needs."""
        layout = self.layout()
        wanted = super().sizeHint() if layout is None else layout.sizeHint()
        return QSize(wanted.width(), self.height())

    def changeEvent(self, event: QEvent) -> None:
        """Grey the content with the button."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._colour_content()
