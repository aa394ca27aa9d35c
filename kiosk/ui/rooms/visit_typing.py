"""What is typed in a visit: judged at every key, committed within a third of a second, never lost by an error."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.domain.biodata import Field
from kiosk.services.drafting import write_form
from kiosk.services.looking import VisitView, look_at
from kiosk.ui.site import Room
from kiosk.ui.troubles import Trouble

PAUSE = 300  # milliseconds between the first unsaved key and its commit
AGAIN = 1000  # milliseconds until a refused commit is tried again


class Typing(QObject):
    """Gathers what is typed and commits it; `committed` carries the view after it, `refused` why it did not go."""

    committed = Signal(object)
    refused = Signal(object)

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._room = room
        self._visit_id = ""
        self._unsaved: dict[Field, str] = {}
        self._refused = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.commit)

    @property
    def unsaved(self) -> dict[Field, str]:
        """What is not on the disk yet."""
        return dict(self._unsaved)

    @property
    def held_up(self) -> bool:
        """True while a commit was refused and is tried again."""
        return self._refused

    def begin(self, visit_id: str) -> None:
        """Gather for another visit; what is left of the last one is committed first."""
        if visit_id != self._visit_id:
            self.commit()
            self._unsaved = {}
            self._visit_id = visit_id

    def add(self, field: Field, text: str) -> None:
        """Keep one field's text, and commit soon."""
        self._unsaved[field] = text
        if not self._timer.isActive():
            self._timer.start(PAUSE)

    def commit(self) -> None:
        """Commit what is gathered now; work asked for in the same lane afterwards finds it on the disk."""
        self._timer.stop()
        if not self._unsaved:
            return
        changes, self._unsaved = self._unsaved, {}
        visit_id = self._visit_id
        self._room.ask(
            self._write(visit_id, changes),
            self._written,
            failed=lambda trouble: self._keep(visit_id, changes, trouble),
        )

    def close(self) -> None:
        """Commit and gather no more."""
        self.commit()
        self._timer.stop()

    def _write(self, visit_id: str, changes: dict[Field, str]) -> Callable[[], VisitView]:
        counter, officer = self._room.site.counter, self._room.site.officer

        def write() -> VisitView:
            write_form(counter, officer, visit_id, changes)
            return look_at(counter, visit_id)

        return write

    def _written(self, view: VisitView) -> None:
        self._refused = False
        self.committed.emit(view)

    def _keep(self, visit_id: str, changes: dict[Field, str], trouble: Trouble) -> None:
        """Hold on to what could not be written, under what was typed since."""
        if visit_id == self._visit_id:
            self._refused = True
            self._unsaved = {**changes, **self._unsaved}
            self._timer.start(AGAIN)
        self.refused.emit(trouble)
