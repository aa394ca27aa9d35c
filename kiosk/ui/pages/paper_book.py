"""The register of papers on screen: a month line by line, its numbers accounted for, and the sheets nobody has seen."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from kiosk.domain.register import PaperState, Printing, RegisterEntry
from kiosk.domain.register_book import RegisterBook
from kiosk.domain.register_words import account_words, remark_words, state_words
from kiosk.domain.words import Words
from kiosk.ui.kit.badges import Badge
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.choice import Segments
from kiosk.ui.kit.layout import STRETCH, card, column, row
from kiosk.ui.kit.messages import EmptyPage, MessageBox
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.page import Page
from kiosk.ui.pages.marked_rows import BOX, MarkRow
from kiosk.ui.pages.page_head import fill_page, page_head
from kiosk.ui.pages.paper_save_panel import SignedSavePanel
from kiosk.ui.pages.papers_words import kind_name
from kiosk.ui.pages.rows import Row, RowList, cell, listed

MONTH, LOOK = "month", "look"
_HEIGHT = 44
_NUMBER, _KIND, _DAY, _STATE = 254, 116, 88, 136
_PANEL = 394
_MOODS = {PaperState.HANDED_OVER: "success", PaperState.VOID: "neutral", PaperState.WITHDRAWN: "neutral"}
_PRINTS = {Printing.PRINTED: "success", Printing.UNKNOWN: "warning", Printing.FAILED: "danger"}


@dataclass(frozen=True, slots=True)
class BookState:
    """What the page shows: the month with its account, or the papers of which nobody saw a sheet come out."""

    book: RegisterBook
    unseen: tuple[RegisterEntry, ...]
    mode: str = MONTH
    is_last: bool = True


@dataclass(frozen=True, slots=True)
class _Line:
    entry: RegisterEntry
    is_marked: bool | None


class PaperBookPage(Page):
    """The register.

    `mode_chosen` carries `MONTH` or `LOOK`, `month_wanted` -1 or 1; `came_out` numbers and what came of them,
    `print_wanted` numbers in order; `paper_wanted` a visit; `save_wanted` that a file is wanted.
    """

    mode_chosen = Signal(str)
    month_wanted = Signal(int)
    came_out = Signal(object, object)
    print_wanted = Signal(object)
    stop_wanted = Signal()
    paper_wanted = Signal(str)
    save_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        say = words.say
        self._state: BookState | None = None
        self._unmarked: frozenset[str] = frozenset()
        self.modes = Segments([(MONTH, say("Month")), (LOOK, say("To be looked at"))])
        self.modes.setAccessibleName(say("What the register shows"))
        self.lines: RowList[_Line] = RowList(self._row, lambda line: line.entry.number, choosing=True)
        self.told = MessageBox("danger")
        self.panel = SignedSavePanel(
            words, _PANEL, say("Save the register as PDF"), say("It holds names and NIK: keep it locked up.")
        )
        self.before = Button(say("Earlier"), "quiet", key="PgUp", icon="arrow-left")
        self.after = Button(say("Later"), "quiet", key="PgDown", icon="arrow-right")
        self.back = Button(say("Back"), key="Esc", icon="arrow-left")
        self.save = Button(say("Save as PDF"), key="F7", icon="file-pdf")
        self.again = Button(say("Print"), key="F5", icon="printer")
        self.no = Button(say("Did not come out"), key="F9", icon="x")
        self.yes = Button(say("Came out"), "primary", key="F8", icon="check")
        self.stop = Button(say("Stop after this sheet"), icon="x")
        self._days, self._count = Text("", "h3"), Badge("", "neutral")
        self._accounts = Text("", "small", wrap=True)
        self._contents = QStackedWidget()
        self._arrange()
        self._connect()

    def show_state(self, state: BookState) -> None:
        """Show month or sheets; marks stay with their papers."""
        if self._state is None or self._state.mode != state.mode:
            self._unmarked = frozenset()
        self._state = state
        self.modes.show_key(state.mode)
        book = state.book
        months = self.words.month(book.first)
        self._days.setText(months if state.mode == MONTH else self.words.say("Did these sheets come out?"))
        shown = book.entries if state.mode == MONTH else state.unseen
        self._count.show_state(self.words.count("{count} paper", "{count} papers", len(shown)), "neutral")
        told = [account_words(self.words, account) for account in book.accounts]
        self._accounts.setText("\n".join(told) if state.mode == MONTH else "")
        self.after.setEnabled(not state.is_last)
        self._show_lines()

    def show_trouble(self, head: str, rest: str = "", mood: str = "danger") -> None:
        """Say what went wrong, or what was done; an empty head takes it away."""
        self.told.show_message(head, rest, mood)

    def show_working(self, *, working: bool, printing: bool = False) -> None:
        """Let nobody press twice while an act is being done; what prints can be stopped."""
        for button in (self.yes, self.no, self.again):
            button.setEnabled(not working)
        self.stop.setVisible(working and printing)
        self.stop.setEnabled(working)

    def focus_first(self) -> None:
        """Go to the lines."""
        if not self.panel.isHidden():
            self.panel.focus_asked()
        elif not self.lines.focus_first():
            self.modes.setFocus()

    @property
    def marked(self) -> tuple[str, ...]:
        """The numbers that are marked, in the order they are shown."""
        if self._state is None or self._state.mode != LOOK:
            return ()
        numbers = (entry.number for entry in self._state.unseen)
        return tuple(number for number in numbers if number not in self._unmarked)

    def _show_lines(self) -> None:
        state = self._state
        assert state is not None  # it is called with one
        looks = state.mode == LOOK
        shown = state.unseen if looks else state.book.entries
        marked = self.marked
        self.lines.show_lines(
            tuple(_Line(entry, entry.number in marked if looks else None) for entry in shown)
        )
        self._contents.setCurrentIndex(0 if shown else (2 if looks else 1))
        for button in (self.before, self.after, self.save):
            button.setVisible(not looks)
        for button in (self.yes, self.no, self.again):
            button.setVisible(looks and bool(shown))
            button.setEnabled(bool(marked))
        self.yes.show_text(self.words.say("Came out ({count})", count=len(marked)))
        self.primary = self.yes if looks and marked else None

    def _row(self, line: _Line) -> Row:
        entry, words = line.entry, self.words
        stands, remark = state_words(words, entry), remark_words(words, entry)
        mood = _MOODS.get(entry.state, _PRINTS[entry.printing])
        kind, day = kind_name(words, entry.kind), words.date(entry.day)
        name = ", ".join(part for part in (entry.number, kind, entry.full_name, day, stands, remark) if part)
        made = MarkRow(
            words,
            name,
            cell(ElidedText(entry.number, "strong"), _NUMBER),
            cell(ElidedText(kind, "small"), _KIND),
            (ElidedText(entry.full_name), 1),
            cell(Text(day, "small"), _DAY),
            cell(ElidedText(stands, "note", mood=mood), _STATE),
            (ElidedText(remark, "small"), 1),
            is_marked=line.is_marked,
            height=_HEIGHT,
        )
        made.marked.connect(lambda: self._mark(entry.number))
        return made

    def _mark(self, number: str) -> None:
        self._unmarked = self._unmarked ^ {number}
        self._show_lines()

    def _arrange(self) -> None:
        say = self.words.say
        heads = (
            ("", BOX), (say("Number"), _NUMBER), (say("Kind"), _KIND), (say("Name"), 0), (say("Issued on"), _DAY),
            (say("State"), _STATE), (say("Remark"), 0),
        )  # fmt: skip
        self._contents.addWidget(listed(self.lines, *heads))
        none = EmptyPage(
            say("No paper in this month"), say("Papers that are issued stand here, void ones too.")
        )
        seen = EmptyPage(say("Nothing to look at"), say("Of each sheet somebody said whether it came out."))
        self._contents.addWidget(card(none))
        self._contents.addWidget(card(seen))
        bar = row(self.modes, self._days, self._count, STRETCH, self.before, self.after, gap=12)
        foot = row(self.back, STRETCH, self.save, self.stop, self.no, self.again, self.yes)
        told = column((self._contents, 400), self._accounts, (QWidget(), 1), gap=8)
        body = row((told, 1), self.panel, gap=12)
        fill_page(self, page_head(say("Register of papers")), bar, self.told, (body, 1), foot)
        self.told.hide()
        self.stop.hide()

    def _connect(self) -> None:
        self.modes.chosen.connect(self.mode_chosen)
        self.before.clicked.connect(lambda: self.month_wanted.emit(-1))
        self.after.clicked.connect(lambda: self.month_wanted.emit(1))
        self.back.clicked.connect(self.back_wanted)
        self.yes.clicked.connect(lambda: self.came_out.emit(self.marked, Printing.PRINTED))
        self.no.clicked.connect(lambda: self.came_out.emit(self.marked, Printing.FAILED))
        self.again.clicked.connect(lambda: self.print_wanted.emit(self.marked))
        self.stop.clicked.connect(self.stop_wanted)
        self.save.clicked.connect(self._ask_save)
        self.panel.left.connect(self._after_saving)
        self.lines.opened.connect(lambda line: self.paper_wanted.emit(line.entry.visit_id))

    def _ask_save(self) -> None:
        if self.panel.isHidden():
            self.back.hide()
            self._contents.hide()  # the account of what will be written is enough beside the panel
            self.panel.ask()
            self.save_wanted.emit()

    def _after_saving(self) -> None:
        self.back.show()
        self._contents.show()
        self.focus_first()


def month_of(day: date, *, later: int = 0) -> tuple[date, date]:
    """Return the first and the last day of a month: of `day`, or so many months later."""
    place = day.year * 12 + day.month - 1 + later
    first = date(place // 12, place % 12 + 1, 1)
    after = date((place + 1) // 12, (place + 1) % 12 + 1, 1)
    return first, date.fromordinal(after.toordinal() - 1)
