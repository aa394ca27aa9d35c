"""The checks of a portrait, one under the other; only what changed is drawn anew."""

from collections.abc import Generator, Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.domain.requests import Background
from kiosk.domain.words import Words
from kiosk.services.preview import Check, CheckCode, CheckState
from kiosk.ui.kit.badges import CheckLine, State
from kiosk.ui.kit.layout import rule
from kiosk.ui.kit.turns import at_once
from kiosk.ui.visit.portrait_words import STATES, outcome_of, title_of

LINE = 40
_A_TURN = 3


class CheckList(QWidget):
    """One line for every check there is; `later`: they come with `furnish`."""

    def __init__(self, words: Words, parent: QWidget | None = None, *, later: bool = False) -> None:
        super().__init__(parent)
        self.words = words
        self._background: Background | None = None
        self._shown: dict[CheckCode, Check] = {}
        self.lines: dict[CheckCode, CheckLine] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        if not later:
            at_once(self.furnish())

    def furnish(self) -> Generator[None, None, None]:
        """Make the lines, three a turn."""
        for number, code in enumerate(CheckCode, start=1):
            line = CheckLine(title_of(self.words, code, None), State.PENDING, large=True)
            line.setMinimumHeight(24)
            line.setMaximumHeight(LINE)
            self.lines[code] = line
            self._layout.addWidget(line, 1)
            self._layout.addWidget(rule())
            if number % _A_TURN == 0:
                yield

    @property
    def checks(self) -> tuple[Check, ...]:
        """What is shown."""
        return tuple(self._shown.values())

    def show_background(self, background: Background | None) -> None:
        """Name the background that is wanted."""
        if background is not self._background:
            self._background = background
            self._shown.pop(CheckCode.BACKGROUND, None)
            self.show_checks([*self._shown.values(), Check(CheckCode.BACKGROUND, CheckState.OPEN)])

    def show_checks(self, checks: Iterable[Check]) -> None:
        """Show what came out of the checks."""
        for check in checks:
            if self._shown.get(check.code) != check:
                self._shown[check.code] = check
                title = title_of(self.words, check.code, self._background)
                self.lines[check.code].show_state(title, STATES[check.state], outcome_of(self.words, check))

    def clear(self) -> None:
        """Show that nothing was checked yet."""
        self.show_checks(Check(code, CheckState.OPEN) for code in CheckCode)
