"""What was found on this machine for one kind: a row each, and Enter takes it."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.devices.api import Found
from kiosk.domain.words import Words
from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.layout import STRETCH, row
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.pages.device_setup_state import SetUpState
from kiosk.ui.pages.rows import Row, RowList, cell, listed

_NAME, _WHERE, _USE = 0, 250, 108


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One device that was found, and the driver that found it."""

    driver: str
    title: str
    found: Found

    @property
    def key(self) -> str:
        """What the line is known by."""
        return f"{self.driver} {sorted(self.found.settings.items())}"

    @property
    def where(self) -> str:
        """Its settings in a few words."""
        return ", ".join(f"{key} {value}" for key, value in self.found.settings.items())


class FoundList(Box):
    """The rows; `used` carries the line somebody takes."""

    used = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self._words = words
        self.rows: RowList[FoundLine] = RowList(self._row, lambda line: line.key)
        self.rows.opened.connect(self.used)
        self.again = Button(words.say("Look again"), "quiet", key="F5", icon="arrow-counter-clockwise")
        self._told = Text("", "small", wrap=True)
        self._list = listed(self.rows, (words.say("Device"), _NAME), (words.say("Where"), _WHERE), ("", _USE))
        head = row(Text(words.say("Found on this machine"), "h3"), STRETCH, self.again)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 12, 18, 14)
        layout.setSpacing(8)
        layout.addWidget(head)
        layout.addWidget(self._told)
        layout.addWidget(self._list, 1)
        layout.addStretch()

    @property
    def told(self) -> str:
        """What stands above the rows."""
        return self._told.text()

    def show_state(self, state: SetUpState) -> None:
        """Show what was found so far."""
        lines = [
            FoundLine(look.driver, self._title(state, look.driver), found)
            for look in state.looks
            for found in look.found
        ]
        self.rows.show_lines(lines)
        self._list.setVisible(bool(lines))
        self._told.setText(self._sentence(state, len(lines)))
        self._told.setVisible(bool(self._told.text()))
        self.again.setEnabled(not state.is_looking)

    def _title(self, state: SetUpState, driver: str) -> str:
        view = state.view.driver(driver) if state.view is not None else None
        return self._words.say(view.title) if view is not None else driver

    def _sentence(self, state: SetUpState, count: int) -> str:
        say = self._words.say
        failed = [self._title(state, look.driver) for look in state.looks if look.error]
        if state.is_looking:
            return say("Looking ...")
        if failed:
            return say(
                "Not looked for, since the driver cannot be used here: {drivers}.", drivers=", ".join(failed)
            )
        if not count:
            return say(
                "Nothing was found. Look whether it is on and its cable is in, or type where it is above."
            )
        return ""

    def _row(self, line: FoundLine) -> Row:
        use = Button(self._words.say("Use this"), "quiet")
        use.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Enter on the row does the same
        use.clicked.connect(lambda: self.used.emit(line))
        act = cell(row(STRETCH, use), _USE)
        made = Row(
            f"{line.found.title}, {line.title}, {line.where}",
            (row(IconLabel("plugs-connected", tokens.INK, 18), (ElidedText(line.found.title), 1), gap=10), 1),
            cell(ElidedText(line.where, "small"), _WHERE),
            act,
            height=tokens.CONTROL,
        )
        for widget in (act, use):  # the one part of a row the mouse reaches by itself
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on=False)
        return made
