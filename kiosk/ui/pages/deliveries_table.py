"""Every state a packet can be in, how many are in it, and what that means: on the way, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.layout import STRETCH, Item, boxed, row, rule
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.pages.rows import Row

READ_ONLY_ROW, ACTION_ROW = 32, 44
_NAME, _COUNT = 222, 60


@dataclass(frozen=True, slots=True)
class StateLine:
    """One state, in the language of the screen; `act` is what its row opens, empty where there is nothing to do."""

    key: str
    icon: str
    colour: str
    name: str
    count: str
    meaning: str
    act: str = ""


class StatesTable(Box):
    """The table; rows with work to do are buttons, `opened` carries their key."""

    opened = Signal(str)

    def __init__(self, head: str, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self._lines: tuple[StateLine, ...] = ()
        self._since = Text("", "small")
        self._rows: dict[str, QWidget] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        title = row(Text(head, "h2"), STRETCH, self._since, margins=(18, 0, 18, 0))
        title.setFixedHeight(38)
        layout.addWidget(title)
        self._columns = (_column(), _column())
        across = QHBoxLayout()
        across.setSpacing(0)
        for number, rows in enumerate(self._columns):
            if number:
                across.addWidget(_upright())
            across.addLayout(rows, 1)
        layout.addLayout(across)
        layout.addStretch(1)

    @property
    def links(self) -> tuple[Row, ...]:
        """The rows that open something, in order."""
        return tuple(row for row in self._rows.values() if isinstance(row, Row))

    def show_states(self, way: Sequence[StateLine], ends: Sequence[StateLine], since: str) -> None:
        """Show the states on the way and at its end; the same lines again keep rows and focus."""
        self._since.setText(since)
        lines = (*way, *ends)
        if lines == self._lines:
            return
        self._lines = lines
        held = next((key for key, row in self._rows.items() if row.hasFocus()), "")
        for old in self._rows.values():
            old.hide()
            old.deleteLater()
        self._rows = {}
        for column, part in zip(self._columns, (way, ends), strict=True):
            self._fill(column, part)
        if held in self._rows:
            self._rows[held].setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, column: QVBoxLayout, lines: Sequence[StateLine]) -> None:
        for line in lines:
            self._rows[line.key] = self._row(line)
            column.insertWidget(column.count() - 1, self._rows[line.key])
            self._rows[line.key].show()  # at once: what is not shown yet takes no keyboard

    def _row(self, line: StateLine) -> QWidget:
        told = f"{line.name}: {line.count}, {line.meaning}"
        if not line.act:
            return _read_only(told, *_cells(line))
        act = Text(line.act, "note_strong", mood="chosen")
        button = Row(f"{told}. {line.act}", *_cells(line), act, height=ACTION_ROW)
        button.clicked.connect(lambda: self.opened.emit(line.key))
        return button


def _column() -> QVBoxLayout:
    rows = QVBoxLayout()
    rows.setSpacing(0)
    rows.addStretch(1)
    return rows


def _upright() -> QFrame:
    line = boxed("rule")
    line.setFixedWidth(1)
    return line


def _cells(line: StateLine) -> tuple[Item, ...]:
    name = row(IconLabel(line.icon, line.colour, 18), (ElidedText(line.name, "body"), 1))
    name.setFixedWidth(_NAME)
    count = Text(line.count, "strong")
    count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    count.setFixedWidth(_COUNT)
    return name, count, 8, (ElidedText(line.meaning, "small"), 1)


def _read_only(name: str, *items: Item) -> QFrame:
    """Return a row that is only read: 32 high, its line on top."""
    frame = QFrame()
    frame.setFixedHeight(READ_ONLY_ROW)
    frame.setAccessibleName(name)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(rule())
    layout.addWidget(row(*items, gap=12, margins=(18, 0, 18, 0)), 1)
    return frame
