"""Which background the portrait needs, and why: the year of birth says so."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.domain.requests import Background, portrait_background
from kiosk.domain.words import Words
from kiosk.ui import tokens
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.visit.portrait_words import background_named

_COLOURS = {Background.RED: tokens.PORTRAIT_RED, Background.BLUE: tokens.PORTRAIT_BLUE}


class _Swatch(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.colour = tokens.LINE
        self.setFixedSize(20, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the colour."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self.colour))
        painter.setBrush(QColor(self.colour))
        painter.drawRoundedRect(QRectF(0.5, 0.5, 19, 19), 4, 4)


class BackdropLine(Box):
    """A line 40 high: the colour, its name, the year."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("sunken", parent)
        self.words = words
        self.setFixedHeight(40)
        self._swatch = _Swatch()
        self._name = Text("", "strong")
        self._why = ElidedText("", "small")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(8)
        for widget in (self._swatch, self._name):
            layout.addWidget(widget)
        layout.addWidget(self._why, 1)

    def show_birth_year(self, year: int | None) -> Background | None:
        """Show what the year of birth asks for; returns it, None while the year is not known."""
        wanted = None if year is None else portrait_background(year)
        self._swatch.colour = tokens.LINE if wanted is None else _COLOURS[wanted]
        self._swatch.update()
        self._name.setText(background_named(self.words, wanted))
        if wanted is None or year is None:
            self._why.show_text(self.words.say("not known before the birth date"))
        elif wanted is Background.RED:
            self._why.show_text(self.words.say("born in an odd year, {year}", year=year))
        else:
            self._why.show_text(self.words.say("born in an even year, {year}", year=year))
        return wanted
