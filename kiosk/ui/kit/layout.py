"""Rows, columns, cards and rules: the few ways widgets are put together."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kiosk.ui.kit.boxes import Box

STRETCH = "stretch"
Item = QWidget | int | str | tuple[QWidget, int] | None
Margins = tuple[int, int, int, int]
_NONE: Margins = (0, 0, 0, 0)


def column(*items: Item, gap: int = 8, margins: Margins = _NONE, box: str = "plain") -> QFrame:
    """Return the items one under the other; an int is a space, STRETCH takes what is left, None is nothing."""
    frame = boxed(box)
    return _filled(frame, QVBoxLayout(frame), items, gap, margins)


def row(*items: Item, gap: int = 8, margins: Margins = _NONE, box: str = "plain") -> QFrame:
    """Return the items side by side."""
    frame = boxed(box)
    return _filled(frame, QHBoxLayout(frame), items, gap, margins)


def card(*items: Item, gap: int = 12, margins: Margins = (16, 16, 16, 16)) -> QFrame:
    """Return the items in a column on a card."""
    return column(*items, gap=gap, margins=margins, box="card")


def boxed(box: str) -> QFrame:
    """Return an empty frame: plain, or one of the boxes."""
    return QFrame() if box == "plain" else Box(box)


def put(layout: QBoxLayout, *items: Item) -> None:
    """Add items to a layout as `row` and `column` do."""
    for item in items:
        if item is None:
            continue
        if item == STRETCH:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, tuple):
            layout.addWidget(item[0], item[1])
        elif isinstance(item, QWidget):
            layout.addWidget(item)


def rule() -> QFrame:
    """Return a line across."""
    frame = boxed("rule")
    frame.setFixedHeight(1)
    return frame


def upright_rule(height: int = 20) -> QFrame:
    """Return a line between two things side by side."""
    frame = boxed("rule")
    frame.setFixedSize(1, height)
    return frame


def grid(
    rows: Sequence[Sequence[tuple[QWidget, int]]], *, columns: int = 12, gap: int = 12, row_gap: int = 12
) -> QFrame:
    """Return rows of (widget, columns it spans) on equal columns.

    Every second column is a gap of its own: QGridLayout drops the spacing of columns in which nothing starts, and rows
    would not line up.
    """
    frame = boxed("plain")
    layout = QGridLayout(frame)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setHorizontalSpacing(0)
    layout.setVerticalSpacing(row_gap)
    for place in range(columns):
        layout.setColumnStretch(2 * place, 1)
        if place < columns - 1:
            layout.setColumnMinimumWidth(2 * place + 1, gap)
    for number, line in enumerate(rows):
        place = 0
        for widget, span in line:
            widget.setMinimumWidth(1)
            widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            layout.addWidget(widget, number, 2 * place, 1, 2 * span - 1, Qt.AlignmentFlag.AlignTop)
            place += span
    return frame


def scrolled(content: QWidget) -> QScrollArea:
    """Return the content in an area that scrolls up and down where the screen is too low, and takes no focus."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    content.setAutoFillBackground(False)  # what lies behind the area is seen through it
    area.viewport().setAutoFillBackground(False)
    return area


def _filled(frame: QFrame, layout: QBoxLayout, items: Sequence[Item], gap: int, margins: Margins) -> QFrame:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    put(layout, *items)
    return frame
