"""The rail at the left: where a role may go, help and lock; Alt and a number go there too."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from kiosk.domain.roles import Role
from kiosk.domain.words import Words, msg
from kiosk.ui import tokens
from kiosk.ui.fonts import font
from kiosk.ui.icons import pixmap
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.mark import Mark

HOME, QUEUE, DRAFTS, PAPERS, DELIVERIES = "home", "queue", "drafts", "papers", "deliveries"
APPROVALS = "approvals"
DEVICES, SETTINGS, HELP, LOCK = "devices", "settings", "help", "lock"


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go: its name, its icon (outline; filled when one is there), its word."""

    name: str
    icon: str
    word: str


_OFFICER = (
    Place(HOME, "house", msg("Home")),
    Place(QUEUE, "users-three", msg("Queue")),
    Place(DRAFTS, "note-pencil", msg("Drafts")),
    Place(DELIVERIES, "paper-plane-tilt", msg("Deliveries")),
    Place(SETTINGS, "gear", msg("Settings")),
)
_SUPERVISOR = (
    *_OFFICER[:3],
    Place(PAPERS, "certificate", msg("Certificates")),
    Place(APPROVALS, "check-square-offset", msg("Approvals")),
    *_OFFICER[3:],
)
_TECHNICIAN = (
    Place(DEVICES, "cpu", msg("Devices")),
    Place(DELIVERIES, "paper-plane-tilt", msg("Deliveries")),
    Place(SETTINGS, "gear", msg("Settings")),
)
PLACES: dict[Role, tuple[Place, ...]] = {
    Role.OFFICER: _OFFICER,
    Role.SUPERVISOR: _SUPERVISOR,
    Role.TECHNICIAN: _TECHNICIAN,
    Role.ADMINISTRATOR: _TECHNICIAN[1:],
}
_HELP = Place(HELP, "question", msg("Help"))
_LOCK = Place(LOCK, "lock-key", msg("Lock"))


_HEIGHT, _LOW = 66, 62  # pixels; a rail of seven places is lower, so that it fits 1280x720
_MANY = 7


class RailItem(QAbstractButton):
    """One place on the rail."""

    def __init__(self, place: Place, word: str, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = place
        self.setText(word)
        self.setAccessibleName(word)
        self.setCheckable(True)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        """Return the room of an item."""
        return QSize(tokens.RAIL - 1, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw tint, bar, icon and word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self.isChecked()
        if here:
            painter.fillRect(self.rect(), QColor(tokens.PRIMARY_TINT))
            painter.fillRect(QRectF(0, 0, 3, self.height()), QColor(tokens.PRIMARY))
        elif self.underMouse():
            painter.fillRect(self.rect(), QColor(tokens.SUNKEN))
        colour = tokens.PRIMARY_DEEP if here else tokens.MUTED
        name = self.place.icon + ("-fill" if here else "")
        drawing = pixmap(name, colour, 24, self.devicePixelRatioF())
        painter.drawPixmap(QRectF((self.width() - 24) / 2, 10, 24, 24).topLeft(), drawing)
        painter.setPen(QPen(QColor(colour)))
        painter.setFont(font(12, 600 if here else 500))
        painter.drawText(QRectF(0, 38, self.width(), 18), Qt.AlignmentFlag.AlignCenter, self.text())


class Rail(Box):
    """The places of a role; `wanted` carries the name of the place somebody wants to go to."""

    wanted = Signal(str)

    def __init__(self, words: Words, role: Role, parent: QWidget | None = None) -> None:
        super().__init__("rail", parent)
        self.setFixedWidth(tokens.RAIL)
        self._items: dict[str, RailItem] = {}
        self._height = _LOW if len(PLACES[role]) >= _MANY else _HEIGHT
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 1, 8)
        layout.setSpacing(2)
        layout.addWidget(Mark(parent=self), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(14)
        for number, place in enumerate(PLACES[role], start=1):
            layout.addWidget(self._add(place, words, f"Alt+{number}"))
        layout.addStretch(1)
        layout.addWidget(self._add(_HELP, words, "F1"))
        layout.addWidget(self._add(_LOCK, words, "F12"))

    def show_place(self, name: str) -> None:
        """Mark where one is; none where the place is not on the rail."""
        for item in self._items.values():
            if item.isChecked() is not (item.place.name == name):
                item.setChecked(item.place.name == name)
                item.update()

    def items(self) -> tuple[RailItem, ...]:
        """Return the items in order."""
        return tuple(self._items.values())

    def _add(self, place: Place, words: Words, key: str) -> RailItem:
        item = RailItem(place, words.say(place.word), self._height, self)
        item.setToolTip(f"{item.text()} ({key})")
        item.clicked.connect(lambda: self._ask(place.name))
        QShortcut(QKeySequence(key), item).activated.connect(lambda: self._ask(place.name))
        self._items[place.name] = item
        return item

    def _ask(self, name: str) -> None:
        item = self._items[name]
        item.setChecked(not item.isChecked() if item.isChecked() else False)
        self.wanted.emit(name)
