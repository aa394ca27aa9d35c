"""Work of the window cut into turns of its loop: a key pressed meanwhile waits for one of them, not for all."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, QTimer
from PySide6.QtWidgets import QWidget

_STRIPS = 4


def paint_next_turn(widget: QWidget) -> None:
    """Let what was just filled be laid out in this turn and painted in the next."""
    if widget.updatesEnabled():
        widget.setUpdatesEnabled(False)
        QTimer.singleShot(0, widget, lambda: widget.setUpdatesEnabled(True))


def drawn_unseen(widget: QWidget) -> Iterator[None]:
    """Draw a widget nobody sees, in strips: first pictures cost icons, the forms of letters and the layout."""
    widget.grab(QRect(0, 0, 1, 1))  # lays it out
    yield
    height = -(-widget.height() // _STRIPS)
    for top in range(0, widget.height(), max(1, height)):
        widget.grab(QRect(0, top, widget.width(), height))
        yield
