"""The resident's approval of the portrait: a check box of its own, as wide as the column, with its key."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from kiosk.domain.words import Words
from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.layout import column
from kiosk.ui.kit.texts import ElidedText, Keycap, Text
from kiosk.ui.tokens import SUCCESS

_KEY = "F6"


class ApprovalBox(QAbstractButton):
    """Ticked by the visit, never by itself: a press only asks for it."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.setCheckable(True)
        self.setFixedHeight(62)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words.say("The resident approves this photo"))
        self._tick = IconLabel("box-empty", tokens.EDGE, 24)
        self._head = Text(words.say("The resident approves this photo"), "h3")
        self._told = ElidedText("", "note")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 4, 14, 4)
        layout.setSpacing(12)
        parts = (self._tick, column(self._head, self._told, gap=1), Keycap(_KEY))
        for part in parts:
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(part, 1 if part is parts[1] else 0)
        QShortcut(QKeySequence(_KEY), self).activated.connect(self.click)

    @property
    def told(self) -> str:
        """The second line."""
        return self._told.whole

    def show_approval(self, *, possible: bool, given: bool, told: str) -> None:
        """Show whether it can be given, whether it was, and a sentence about it."""
        self.setEnabled(possible)
        self.setChecked(given)
        self._tick.show_icon("box-checked" if given else "box-empty", tokens.EDGE)
        self._head.setEnabled(possible)
        self._head.show_mood("" if possible else "muted")
        self._told.show_text(told)
        self.setAccessibleDescription(told)
        self.update()

    def nextCheckState(self) -> None:
        """Leave the tick as it is: the visit tells when the approval was kept."""

    def sizeHint(self) -> QSize:
        """Return the room of two lines."""
        return QSize(360, 62)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame: green and filled once the approval was given."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        given = self.isChecked()
        edge = SUCCESS.colour if given else tokens.EDGE if self.isEnabled() else tokens.LINE
        fill = SUCCESS.tint if given else tokens.SURFACE if self.isEnabled() else tokens.SUNKEN
        painter.setPen(QPen(QColor(edge), 2 if given else 1))
        painter.setBrush(QColor(fill))
        inset = 1.0 if given else 0.5
        area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(area, tokens.CARD_RADIUS, tokens.CARD_RADIUS)
