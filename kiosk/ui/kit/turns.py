"""Work of the window cut into turns of its loop: a key pressed meanwhile waits for one of them, not for all."""

from collections.abc import Callable, Generator, Iterator
from typing import TypeVar

from PySide6.QtCore import QObject, QRect, Qt, QTimer
from PySide6.QtWidgets import QWidget

Made = TypeVar("Made")
_STRIPS = 6
NEXT = 1  # ms; with 0 the next turn would come before a key, a picture or a timer that waits already


def next_turn(owner: QObject, work: Callable[[], object]) -> None:
    """Do `work` in another turn, after all that waits by now; not at all once `owner` is deleted."""
    QTimer.singleShot(NEXT, owner, work)


def paint_next_turns(first: QWidget, *others: QWidget) -> None:
    """Let what was just filled be laid out in this turn, and painted in the next ones, one widget in each.

    What is held back already keeps its place in that row.
    """
    held = [widget for widget in (first, *others) if widget.updatesEnabled()]
    for widget in held:
        widget.setUpdatesEnabled(False)
    _paint_each(iter(held))


def _paint_each(held: Iterator[QWidget]) -> None:
    widget = next(held, None)
    if widget is not None:
        next_turn(widget, lambda: _paint_one(widget, held))


def _paint_one(widget: QWidget, held: Iterator[QWidget]) -> None:
    widget.setUpdatesEnabled(True)
    _paint_each(held)


def is_painted(window: QWidget) -> bool:
    """Tell whether nothing that is seen waits for a later turn."""
    return all(widget.updatesEnabled() for widget in window.findChildren(QWidget) if widget.isVisible())


def parts_of(widget: QWidget) -> list[QWidget]:
    """Return what a widget is made of, as far as it is seen; what is made of one part only, that part's parts."""
    found = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    parts = [part for part in found if not part.isHidden() and not part.isWindow()]
    return parts_of(parts[0]) if len(parts) == 1 else parts


def drawn_unseen(widget: QWidget) -> Iterator[None]:
    """Draw a widget nobody sees, in strips: first pictures cost icons, the forms of letters and the layout."""
    widget.grab(QRect(0, 0, 1, 1))  # lays it out
    yield
    height = -(-widget.height() // _STRIPS)
    for top in range(0, widget.height(), max(1, height)):
        widget.grab(QRect(0, top, widget.width(), height))
        yield


def in_turns(*makers: Callable[[], Made]) -> Generator[None, None, list[Made]]:
    """Make things one a turn; returns them in order."""
    made = []
    for maker in makers:
        made.append(maker())
        yield
    return made


def at_once(pieces: Generator[None, None, Made]) -> Made:
    """Do in one turn what could be done in several; returns what the last one returned."""
    while True:
        try:
            next(pieces)
        except StopIteration as ended:
            return ended.value  # type: ignore[no-any-return]  # a generator's own type says it
