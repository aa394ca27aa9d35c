"""The way of a record as stations under each other: done, waiting, moving, later, in need of care."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.ui import tokens
from kiosk.ui.icons import pixmap
from kiosk.ui.kit.badges import Badge
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.layout import column
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.tokens import CHOSEN, OFFLINE, SUCCESS, WARNING

_CIRCLE = 26
_ICON = 16
_LEAST_HEIGHT = 62


class NodeState(StrEnum):
    """How a station stands."""

    DONE = "done"
    WAITING = "waiting"
    MOVING = "moving"
    LATER = "later"
    CARE = "care"


_LOOKS = {
    NodeState.WAITING: (OFFLINE.colour, OFFLINE.tint, "hourglass-medium"),
    NodeState.MOVING: (CHOSEN.colour, CHOSEN.tint, "paper-plane-tilt"),
    NodeState.CARE: (WARNING.colour, WARNING.tint, "warning-bold"),
}


@dataclass(frozen=True, slots=True)
class Node:
    """One station; at: when it was reached, badge: text, mood and icon beside it."""

    title: str
    told: str
    state: NodeState
    at: str = ""
    badge: tuple[str, str, str] | None = None


class _NodeMark(QWidget):
    """The circle of a station and the line down to the next one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = NodeState.LATER
        self._is_last = False
        self.setFixedWidth(_CIRCLE + 2)

    def show_state(self, state: NodeState, *, is_last: bool) -> None:
        """Show another state."""
        self._state = state
        self._is_last = is_last
        self.update()

    def _paint_line(self, painter: QPainter) -> None:
        middle = self.width() / 2
        done = self._state is NodeState.DONE
        style = Qt.PenStyle.SolidLine if done else Qt.PenStyle.DashLine
        painter.setPen(QPen(QColor(SUCCESS.colour if done else tokens.EDGE), 2 if done else 1, style))
        painter.drawLine(QPointF(middle, _CIRCLE + 4), QPointF(middle, self.height()))

    def _paint_circle(self, painter: QPainter) -> None:
        circle = QRectF(1, 1, _CIRCLE, _CIRCLE)
        scale = self.devicePixelRatioF()
        if self._state is NodeState.DONE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(SUCCESS.colour))
            painter.drawEllipse(circle)
            painter.drawPixmap(self._icon_place(), pixmap("check-bold", tokens.ON_PRIMARY, _ICON, scale))
        elif self._state is NodeState.LATER:
            painter.setPen(QPen(QColor(tokens.EDGE), 1.6, Qt.PenStyle.DashLine))
            painter.setBrush(QColor(tokens.SURFACE))
            painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
        else:
            colour, tint, icon = _LOOKS[self._state]
            painter.setPen(QPen(QColor(colour), 2))
            painter.setBrush(QColor(tint))
            painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
            painter.drawPixmap(self._icon_place(), pixmap(icon, colour, _ICON, scale))

    def _icon_place(self) -> QPointF:
        return QPointF(1 + (_CIRCLE - _ICON) / 2, 1 + (_CIRCLE - _ICON) / 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw line and circle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._is_last:
            self._paint_line(painter)
        self._paint_circle(painter)


class _Station(QFrame):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self._mark = _NodeMark()
        self.title = Text("", "strong")
        self.told = Text("", "small", wrap=True)
        self._at = Text("", "small")
        self._badge = Badge("")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._mark)
        words = column(self.title, self.told, gap=0, margins=(0, 2, 0, 0))
        layout.addWidget(words, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._at, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)

    def show_node(self, node: Node, *, is_last: bool) -> None:
        self._mark.show_state(node.state, is_last=is_last)
        self.title.setText(node.title)
        self.title.show_mood("neutral" if node.state is NodeState.LATER else "")
        self.told.setText(node.told)
        self._at.setText(node.at)
        self._at.setVisible(bool(node.at))
        self._badge.setVisible(node.badge is not None)
        if node.badge is not None:
            self._badge.show_state(*node.badge)
        self.setAccessibleName(f"{node.title}. {node.told}")


class Timeline(Box):
    """The stations on a card; the same widgets stay while they move on."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self.packet = ElidedText("", "small")
        self.packet.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.stations: list[_Station] = []
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(Text(title, "h2"))
        head.addWidget(self.packet, 1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(20, 14, 20, 6)
        self._layout.setSpacing(0)
        self._layout.addLayout(head)
        self._layout.addSpacing(10)

    def make_stations(self, count: int) -> None:
        """Have so many stations at least."""
        while len(self.stations) < count:
            station = _Station()
            self.stations.append(station)
            self._layout.addWidget(station, 1)

    def show_nodes(self, nodes: Sequence[Node], packet: str) -> None:
        """Show where everything stands, and which packet it is."""
        self.packet.show_text(packet)
        self.make_stations(len(nodes))
        for number, (station, node) in enumerate(zip(self.stations, nodes, strict=True), start=1):
            station.show_node(node, is_last=number == len(nodes))
