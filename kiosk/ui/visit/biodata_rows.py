"""One row of the form: its fields, and under them what was found in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.biodata import Field
from kiosk.domain.findings import Finding
from kiosk.domain.words import Words
from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.fields import FormField
from kiosk.ui.kit.layout import boxed, grid
from kiosk.ui.kit.texts import ElidedText, text_scale, typeface
from kiosk.ui.tokens import MOODS
from kiosk.ui.visit.biodata_fields import Cell
from kiosk.ui.visit.warning_box import WarningBox

ROW_GAP = 13
_COLUMNS, _COLUMN_GAP = 12, 12
_ICON_AND_GAP = 24
_LINE_HEIGHT = 18
_LINE_ICONS = {"danger": "x-circle", "warning": "warning", "success": "check-circle", "": "info"}


@dataclass(frozen=True, slots=True)
class Hint:
    """A sentence at a field, and how the field is marked with it."""

    text: str = ""
    state: str = ""


def column_width(width: int, span: int) -> float:
    """Return how wide a field of so many columns is in a row of that width."""
    return (width + _COLUMN_GAP) * span / _COLUMNS - _COLUMN_GAP


class FormRow(QFrame):
    """Fields side by side; a sentence too long for its field stands across the row, warnings in boxes below.

    `reason_given` carries a finding's code and the reason; `box_made` the field a box stands under, and the box.
    """

    reason_given = Signal(str, str)
    box_made = Signal(object, object)

    def __init__(self, words: Words, fields: Sequence[tuple[FormField, int]]) -> None:
        super().__init__()
        self.cells = tuple(cell for cell, _ in fields if isinstance(cell, Cell))
        self._spans = {cell.field: span for cell, span in fields if isinstance(cell, Cell)}
        self._words = words
        self._hints: dict[Field, Hint] = {}
        self._lines: list[_Line] = []
        self._boxes: dict[str, WarningBox] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(grid([fields]))
        self._under = boxed("plain")
        self._boxed = QVBoxLayout(self._under)
        self._boxed.setContentsMargins(0, ROW_GAP, 0, 0)
        self._boxed.setSpacing(8)
        self._layout.addWidget(self._under)
        self._under.hide()

    @property
    def lines(self) -> tuple[str, ...]:
        """The sentences that stand across the row."""
        return tuple(line.text for line in self._lines)

    def show_hints(self, hints: Mapping[Field, Hint]) -> None:
        """Show one sentence a field."""
        if hints != self._hints:
            self._hints = dict(hints)
            self._place_hints()

    def show_warnings(self, warnings: Mapping[str, tuple[Cell, Finding]], reasons: Mapping[str, str]) -> None:
        """Show a box a warning; one that is gone is hidden."""
        for code, box in self._boxes.items():
            box.setVisible(code in warnings)
        self._under.setVisible(bool(warnings))
        for code, (cell, finding) in warnings.items():
            self._box(code, cell).show_warning(finding, reasons.get(code, ""))

    def box_of(self, code: str) -> WarningBox | None:
        """Return the box of a warning while it is shown."""
        box = self._boxes.get(code)
        return box if box is not None and not box.isHidden() and not self._under.isHidden() else None

    def _box(self, code: str, cell: Cell) -> WarningBox:
        if code not in self._boxes:
            box = WarningBox(self._words, code, self)
            box.reason_given.connect(self.reason_given)
            self._boxed.addWidget(box)
            self._boxes[code] = box
            self.box_made.emit(cell, box)
        return self._boxes[code]

    def _place_hints(self) -> None:
        across: dict[Hint, list[str]] = {}  # the same sentence once, with the names of its fields
        for cell in self.cells:
            hint = self._hints.get(cell.field, Hint())
            fits = cell.has_hint and self._fits(cell, hint.text)
            cell.show_hint(hint.text if fits else "", hint.state)
            cell.control.setAccessibleDescription(hint.text)
            if hint.text and not fits:
                across.setdefault(hint, []).append(cell.label)
        self._show_lines(
            [Hint(f"{', '.join(names)}: {hint.text}", hint.state) for hint, names in across.items()]
        )

    def _fits(self, cell: Cell, text: str) -> bool:
        needed = QFontMetrics(typeface("small", text_scale())).horizontalAdvance(text) + _ICON_AND_GAP
        return needed <= column_width(self.width(), self._spans[cell.field])

    def _show_lines(self, across: Sequence[Hint]) -> None:
        while len(self._lines) < len(across):
            line = _Line(self)
            self._layout.insertWidget(1 + len(self._lines), line)
            self._lines.append(line)
        for place, line in enumerate(self._lines):
            line.show_hint(across[place] if place < len(across) else Hint())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the sentences again: other ones fit now."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._place_hints()


class _Line(QFrame):
    """A sentence across the row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(_LINE_HEIGHT + 3)
        self._icon = IconLabel("info", tokens.MUTED, 16)
        self._text = ElidedText("", "small")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 3, 0, 0)
        layout.setSpacing(5)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence, empty while there is none."""
        return self._text.whole

    def show_hint(self, hint: Hint) -> None:
        """Show a sentence; an empty one takes the line away."""
        self._icon.show_icon(_LINE_ICONS[hint.state], MOODS[hint.state or "neutral"].colour)
        self._text.show_text(hint.text)
        self._text.show_mood(hint.state)
        self.setVisible(bool(hint.text))
