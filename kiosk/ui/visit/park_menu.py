"""Why a visit is laid aside: a short list under the button that does it."""

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from kiosk.domain.words import Words, msg
from kiosk.ui.icons import icon

REASONS: dict[str, str] = {
    "resident_away": msg("Resident steps out"),
    "papers_missing": msg("Papers are missing"),
    "device_broken": msg("Device is broken"),
    "supervisor_needed": msg("Waits for the supervisor"),
}
_ICONS = {
    "resident_away": "person-simple-walk",
    "papers_missing": "file-text",
    "device_broken": "plugs",
    "supervisor_needed": "user-circle",
}


class ParkMenu(QObject):
    """`chosen` carries the key of the reason; nothing when it is closed again."""

    chosen = Signal(str)

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self.menu = QMenu(parent)
        heading = self.menu.addAction(words.say("Why is it put off?"))
        heading.setEnabled(False)
        for key, text in REASONS.items():
            action = self.menu.addAction(icon(_ICONS[key]), words.say(text))
            action.setData(key)
        self.menu.triggered.connect(lambda action: self.chosen.emit(str(action.data())))

    def ask(self, button: QWidget) -> None:
        """Open above the button."""
        above = button.mapToGlobal(QPoint(0, -self.menu.sizeHint().height() - 4))
        self.menu.setActiveAction(self.menu.actions()[1])
        self.menu.popup(above)
