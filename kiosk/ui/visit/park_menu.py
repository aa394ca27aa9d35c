"""Why a visit is laid aside: a short list under the button that does it, and where else the resident can go."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from kiosk.domain.words import Words, msg
from kiosk.services.neighbours import NearbyOffice
from kiosk.ui.icons import icon
from kiosk.ui.visit.nearby_words import nearby_words

DEVICE_BROKEN = "device_broken"
REASONS: dict[str, str] = {
    "resident_away": msg("Resident steps out"),
    "papers_missing": msg("Papers are missing"),
    DEVICE_BROKEN: msg("Device is broken"),
    "supervisor_needed": msg("Waits for the supervisor"),
}
_ICONS = {
    "resident_away": "person-simple-walk",
    "papers_missing": "file-text",
    DEVICE_BROKEN: "plugs",
    "supervisor_needed": "user-circle",
}
_MOST = 6  # offices in the list; the newest news come first


def reason_words(words: Words, reason: str) -> str:
    """Return why a visit was put off: the sentence of a key of `REASONS`, or what was typed."""
    return words.say(REASONS[reason]) if reason in REASONS else reason


class ParkMenu(QObject):
    """`chosen` carries the key of the reason, and the code of the office one is sent to, empty for none.

    Nothing comes when it is closed again.
    """

    chosen = Signal(str, str)

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.menu = QMenu(parent)
        self._nearby: list[QAction] = []
        self._add_heading(words.say("Why is it put off?"))
        for key, text in REASONS.items():
            action = self.menu.addAction(icon(_ICONS[key]), words.say(text))
            action.setData((key, ""))
        self.menu.triggered.connect(lambda action: self.chosen.emit(*action.data()))

    def ask(self, button: QWidget) -> None:
        """Open above the button."""
        above = button.mapToGlobal(QPoint(0, -self.menu.sizeHint().height() - 4))
        self.menu.setActiveAction(self.menu.actions()[1])
        self.menu.popup(above)

    def show_reasons(self) -> None:
        """List the reasons alone."""
        for action in self._nearby:
            self.menu.removeAction(action)
            action.deleteLater()
        self._nearby.clear()

    def show_offices(self, offices: Sequence[NearbyOffice], now: datetime) -> None:
        """List besides the offices that can do what this one cannot; now: in the office's zone."""
        self.show_reasons()
        self._nearby.append(self.menu.addSeparator())
        if not offices:
            told = self._words.say("Of no other office it is known that it can be done there.")
            self._nearby.append(self._add_heading(told))
            return
        self._nearby.append(
            self._add_heading(self._words.say("Device is broken: send the resident to (last news)"))
        )
        for near in offices[:_MOST]:
            action = self.menu.addAction(icon("map-pin"), nearby_words(self._words, near, now))
            action.setData((DEVICE_BROKEN, near.office))
            self._nearby.append(action)

    def _add_heading(self, text: str) -> QAction:
        heading = self.menu.addAction(text)
        heading.setEnabled(False)
        return heading
