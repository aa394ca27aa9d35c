"""The left of the page of papers: residents who may want one, found by name or NIK, marked for a batch."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.domain.words import Words
from kiosk.services.paper_views import PaperLine, PaperStand
from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.fields import FormField, LineField
from kiosk.ui.kit.layout import column, put, row, scrolled
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.pages.marked_rows import MarkRow
from kiosk.ui.pages.papers_words import STANDS
from kiosk.ui.pages.rows import Row, RowList
from kiosk.ui.visit.person_words import grouped

PAUSE = 200  # milliseconds without a key before anything is looked up
_WIDTH, _SIDES = 304, 16
_LINE_HEIGHT = 64
_COLOURS = {"neutral": tokens.MUTED, **{name: mood.colour for name, mood in tokens.MOODS.items()}}


@dataclass(frozen=True, slots=True)
class _Line:
    """One row; is_marked: None for somebody who is not for a batch."""

    shown: PaperLine
    is_marked: bool | None


class PaperList(Box):
    """`text_typed` carries what is looked for, `resident_chosen` a visit; `marks_changed` tells of another mark."""

    text_typed = Signal(str)
    resident_chosen = Signal(str)
    marks_changed = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self.setFixedWidth(_WIDTH)
        self.words = words
        self._text = ""
        self._shown: tuple[PaperLine, ...] = ()
        self._marked: frozenset[str] = frozenset()
        self.line = LineField()
        self.line.setPlaceholderText(words.say("SITI AM, 332507 ... or A-014"))
        self.rows: RowList[_Line] = RowList(self._row, lambda line: line.shown.visit_id, choosing=True)
        self.rows.area = scrolled(self.rows)
        self._hint = Text("", "small")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        find = FormField(words.say("Name, NIK, ticket or number of a paper"), self.line)
        head = column(find, margins=(_SIDES, 16, _SIDES, 0))
        put(layout, head, (self.rows.area, 1), column(self._hint, margins=(_SIDES, 8, _SIDES, 12)))
        self.line.textEdited.connect(lambda _: self._pause.start())
        self.line.returnPressed.connect(self._tell)
        self._pause.timeout.connect(self._tell)
        self.rows.chosen.connect(lambda line: self.resident_chosen.emit(line.shown.visit_id))
        self.rows.left_upwards.connect(self.line.setFocus)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self.line.setFocus)

    @property
    def marked(self) -> tuple[str, ...]:
        """The visits that are marked, in the order of the list."""
        return tuple(line.visit_id for line in self._shown if line.visit_id in self._marked)

    def show_lines(self, text: str, lines: Sequence[PaperLine]) -> None:
        """Show who was found for a text; marks stay with those who still may get a certificate."""
        self._text, self._shown = text, tuple(lines)
        self._marked &= {line.visit_id for line in lines if line.stand is PaperStand.MAY}
        self._show_marks()

    def forget_marks(self) -> None:
        """Let nobody be marked any more."""
        self._marked = frozenset()
        self._show_marks()

    def focus_first(self) -> None:
        """Go to the resident that is chosen, or to the field."""
        if not self.rows.focus_first():
            self.line.setFocus()

    def close_list(self) -> None:
        """Stop waiting for the next key."""
        self._pause.stop()

    def _show_marks(self) -> None:
        may = PaperStand.MAY
        marks = ((line.visit_id in self._marked) if line.stand is may else None for line in self._shown)
        self.rows.show_lines(tuple(map(_Line, self._shown, marks)))
        count = len(self._marked)
        told = self.words.count("{count} chosen to be printed", "{count} chosen to be printed", count)
        self._hint.setText(told if count else self.words.say("Space chooses for many"))
        self.marks_changed.emit()

    def _mark(self, visit_id: str) -> None:
        self._marked = self._marked ^ {visit_id}
        self._show_marks()

    def _row(self, marked: _Line) -> Row:
        line = marked.shown
        word, mood, icon = STANDS[line.stand]
        told = self.words.say(word)
        who = column(ElidedText(line.full_name, "strong"), Text(grouped(line.nik), "small"), gap=2)
        name = ", ".join((line.full_name, grouped(line.nik), told))
        sign = row(IconLabel(icon, _COLOURS[mood], 16), Text(told, "note", mood=mood), gap=4)
        made = MarkRow(self.words, name, (who, 1), sign, is_marked=marked.is_marked, height=_LINE_HEIGHT)
        made.marked.connect(lambda: self._mark(line.visit_id))
        return made

    def _tell(self) -> None:
        self._pause.stop()
        if self.line.text().strip() != self._text:
            self.text_typed.emit(self.line.text().strip())
