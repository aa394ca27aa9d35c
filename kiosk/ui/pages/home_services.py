"""What can be served today, as the officer's first page lists it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kiosk.domain.words import Words, msg
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.badges import STATE_ICONS, State, state_colour
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.layout import STRETCH, put, row, rule
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.tokens import DANGER

RECORDING = msg("KTP-el recording")
CERTIFICATE = msg("Temporary paper")
BIODATA = msg("Biodata sheet")
CARD_PRINTING = msg("KTP-el printing")
WAITS_FOR_CENTRE = msg("Waits for the centre")


class ServiceState(StrEnum):
    """Whether somebody who comes for a service is served."""

    OPEN = "open"
    RECEIVED = "received"
    NOT_POSSIBLE = "not_possible"


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service and how it stands; label, told: source texts, `told` in place of the state's own words."""

    label: str
    state: ServiceState
    told: str = ""


_SHOWN: dict[ServiceState, tuple[str, State]] = {
    ServiceState.OPEN: (msg("Served"), State.GOOD),
    ServiceState.RECEIVED: (msg("Papers received"), State.CARE),
    ServiceState.NOT_POSSIBLE: (msg("Not possible yet"), State.BROKEN),
}


class ServicesCard(Box):
    """The services with their states, and at the foot what is broken and what stands in for it."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self.words = words
        self._lines: tuple[ServiceLine, ...] = ()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self._rule = rule()
        self._foot_icon = IconLabel("files", DANGER.colour, 20)
        self._foot_text = Text("", "small", wrap=True)
        self._foot = row(self._foot_icon, (self._foot_text, 1), gap=10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(8)
        put(layout, Text(words.say("What can be served"), "h2"))
        layout.addLayout(self._rows)
        put(layout, STRETCH, self._rule, self._foot)

    def show_services(self, lines: Sequence[ServiceLine]) -> None:
        """Show the services."""
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for line in self._lines:
            self._rows.addWidget(self._row(line))

    def show_foot(self, text: str, icon: str) -> None:
        """Say what is broken and what stands in for it; empty when nothing is."""
        self._foot_text.setText(text)
        self._foot_icon.show_icon(icon, DANGER.colour)
        self._foot.setVisible(bool(text))
        self._rule.setVisible(bool(text))

    def _row(self, line: ServiceLine) -> QFrame:
        own, state = _SHOWN[line.state]
        name, told = self.words.say(line.label), self.words.say(line.told or own)
        shown = row(
            IconLabel(STATE_ICONS[state], state_colour(state), 20),
            (ElidedText(name), 1),
            Text(told, "small", mood=state.value),
            gap=10,
        )
        shown.setFixedHeight(26)
        shown.setAccessibleName(f"{name}: {told}")
        return shown
