"""What other steps of the visit still lack, each with a button that goes there."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.domain.words import Words
from kiosk.services.stages import Stage, StageState
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.badges import STATE_ICONS, State, state_colour
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.layout import column, row
from kiosk.ui.kit.texts import Text
from kiosk.ui.visit.shell import STAGE_WORDS


class LackingList(Box):
    """Hidden when nothing is lacking; `stage_wanted` carries a `Stage`."""

    stage_wanted = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("warning", parent)
        self.words = words
        self.buttons: dict[Stage, Button] = {}
        self._shown: tuple[StageState, ...] = ()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(14, 12, 12, 10)
        self._rows.setSpacing(6)
        self.hide()

    def show_stages(self, stages: tuple[StageState, ...]) -> None:
        """Show the steps before the review that are still open."""
        lacking = tuple(state for state in stages if not state.done and state.stage is not Stage.REVIEW)
        if lacking == self._shown:
            return
        self._shown = lacking
        self.setVisible(bool(lacking))
        self.buttons = {}
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if lacking:
            told = self.words.count(
                "{count} step is still open", "{count} steps are still open", len(lacking)
            )
            self._rows.addWidget(Text(told, "strong", mood="warning"))
        for state in lacking:
            self._rows.addWidget(self._line(state))

    def _line(self, state: StageState) -> QWidget:
        stage = self.words.say(STAGE_WORDS[state.stage])
        button = Button(self.words.say("Open"), icon="arrow-right")
        button.setAccessibleName(self.words.say("Open {step}", step=stage))
        button.clicked.connect(lambda: self.stage_wanted.emit(state.stage))
        self.buttons[state.stage] = button
        more = len(state.lacks) - 1
        told = self.words.finding(state.lacks[0])
        if more:
            told = f"{told} {self.words.count('{count} more', '{count} more', more)}"
        icon = IconLabel(STATE_ICONS[State.CARE], state_colour(State.CARE), 18)
        return row(
            icon, (column(Text(stage, "note_strong"), Text(told, "note", wrap=True), gap=0), 1), button
        )
