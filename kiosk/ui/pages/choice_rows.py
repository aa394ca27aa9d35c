"""One of several in large rows: arrow keys move, the number in front of a row chooses it."""

from collections.abc import Generator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.texts import ElidedText, Keycap
from kiosk.ui.kit.turns import at_once
from kiosk.ui.pages.rows import Row

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Choice(Row):
    """One row; Enter chooses it, and once it is chosen Enter is the page's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the page when there is nothing left to choose."""
        if event.key() in _ENTER and self.isChecked():
            event.ignore()
            return
        super().keyPressEvent(event)


class ChoiceRows(QFrame):
    """Rows of which one is chosen; `chosen` carries its key.

    numbered: a keycap with its number stands in front of each row; the page gives the number keys.
    later: the rows come with `furnish`.
    """

    chosen = Signal(str)

    def __init__(
        self,
        options: Sequence[tuple[str, str, str]],
        parent: QWidget | None = None,
        *,
        numbered: bool = False,
        height: int = 50,
        later: bool = False,
    ) -> None:
        super().__init__(parent)
        self._keys = [key for key, _, _ in options]
        self._rows: list[Row] = []
        self._group = QButtonGroup(self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._group.idClicked.connect(lambda place: self.chosen.emit(self._keys[place]))
        self._making = self._made_each(options, numbered=numbered, height=height)
        if not later:
            at_once(self._making)

    def furnish(self) -> Generator[None, None, None]:
        """Make the rows one by one, where they were left for later."""
        yield from self._making

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows in order."""
        return tuple(self._rows)

    @property
    def key(self) -> str:
        """What is chosen; empty before anything was."""
        place = self._group.checkedId()
        return self._keys[place] if place >= 0 else ""

    def show_key(self, key: str) -> None:
        """Show what is chosen, without telling anybody; empty for nothing."""
        if key in self._keys:
            self._rows[self._keys.index(key)].setChecked(True)
            return
        self._group.setExclusive(False)
        for row in self._rows:
            row.setChecked(False)
        self._group.setExclusive(True)

    def _made_each(
        self, options: Sequence[tuple[str, str, str]], *, numbered: bool, height: int
    ) -> Generator[None, None, None]:
        for number, (_, words, icon) in enumerate(options, start=1):
            keycap = Keycap(str(number)) if numbered else None
            picture = IconLabel(icon, tokens.MUTED, 20)
            row = _Choice(words, keycap, picture, (ElidedText(words), 1), height=height)
            row.setCheckable(True)
            self._group.addButton(row, number - 1)
            self._rows.append(row)
            self._layout.addWidget(row)
            yield

    def choose_number(self, number: int) -> bool:
        """Choose the row of a number, counted from one; False where there is none."""
        if not 1 <= number <= len(self._rows):
            return False
        self._rows[number - 1].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._rows[number - 1].click()
        return True

    def focus_chosen(self) -> None:
        """Give the keyboard to the row that is chosen, or to the first."""
        place = max(0, self._group.checkedId())
        self._rows[place].setFocus(Qt.FocusReason.OtherFocusReason)
