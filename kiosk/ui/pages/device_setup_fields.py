"""The settings of a driver: a field each, and beside it what it means."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from kiosk.devices.api import Setting
from kiosk.domain.findings import Finding
from kiosk.domain.words import Words
from kiosk.services.setting_up import LONGEST
from kiosk.ui.kit.fields import EnterMoves, FormField, LineField
from kiosk.ui.kit.texts import Text

_FIELD, _LABEL = 300, 20  # pixels; of the label above each field


class SettingFields(QFrame):
    """The fields; `typed` tells that one of them changed."""

    typed = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._settings: tuple[Setting, ...] = ()
        self.fields: dict[str, FormField] = {}
        self.lines: dict[str, LineField] = {}
        self._meanings: dict[str, Text] = {}
        self._moves: QObject | None = None
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(16)
        self._layout.setVerticalSpacing(8)

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields, by key."""
        return {key: line.text() for key, line in self.lines.items()}

    def show_settings(self, settings: Sequence[Setting], given: dict[str, str]) -> None:
        """Show the settings of a driver: what is given, else the default."""
        if tuple(settings) != self._settings:
            self._settings = tuple(settings)
            self._rebuild()
        for setting in self._settings:
            self.lines[setting.key].show_typed(given.get(setting.key, str(setting.default)))
        self.show_findings(())

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Say at its field why a setting cannot stand; elsewhere what it means."""
        told = {finding.field: self._words.finding(finding) for finding in findings}
        for setting in self._settings:
            wrong = told.get(setting.key, "")
            meaning, line = self._meanings[setting.key], self.lines[setting.key]
            meaning.setText(wrong or self._words.say(setting.meaning))
            meaning.show_mood("danger" if wrong else "")
            line.show_state("danger" if wrong else "")
            line.setAccessibleDescription(meaning.text())

    def _rebuild(self) -> None:
        for widget in (*self.fields.values(), *self._meanings.values()):
            self._layout.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.lines = {setting.key: self._line(setting) for setting in self._settings}
        self.fields = {key: FormField(key, line, hint=False) for key, line in self.lines.items()}
        self._meanings = {key: Text("", "small", wrap=True) for key in self.lines}
        for place, key in enumerate(self.lines):
            field, meaning = self.fields[key], self._meanings[key]
            field.setFixedWidth(_FIELD)
            self._layout.addWidget(field, place, 0)
            meaning.setContentsMargins(0, _LABEL, 0, 0)
            self._layout.addWidget(meaning, place, 1, Qt.AlignmentFlag.AlignVCenter)
            for widget in (field, meaning):
                widget.show()  # at once: what is not shown yet takes no keyboard
        self._layout.setColumnStretch(1, 1)
        if self._moves is not None:
            self._moves.deleteLater()
        self._moves = EnterMoves(list(self.lines.values()), self)

    def _line(self, setting: Setting) -> LineField:
        line = LineField(longest=LONGEST)
        line.setObjectName(f"setting.{setting.key}")
        line.textEdited.connect(self.typed)
        return line
