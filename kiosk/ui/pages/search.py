"""The page of search: one field for a NIK or a name, and whom this counter recorded."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from kiosk.domain.words import Words
from kiosk.services.searching import Found
from kiosk.ui.kit.badges import Badge
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.fields import FormField, LineField
from kiosk.ui.kit.layout import STRETCH, card, row
from kiosk.ui.kit.messages import EmptyPage, Skeleton
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.page import Page
from kiosk.ui.pages.page_head import fill_page, page_head
from kiosk.ui.pages.rows import Row, RowList, cell, listed
from kiosk.ui.visit.person_words import grouped
from kiosk.ui.visit.writing import in_sixes, read_iso

PAUSE = 150  # milliseconds without a key before anything is looked up
MOST = 20  # more are never found at once
_LONGEST = 80
_NIK, _BIRTH, _VILLAGE, _SAVED = 200, 108, 250, 108
_EMPTY, _SEARCHING, _NONE, _FOUND = range(4)


@dataclass(frozen=True, slots=True)
class SearchState:
    """What was found for a text, the best fits first; `searching` while the answer is not there yet."""

    text: str
    found: tuple[Found, ...]
    searching: bool


class SearchPage(Page):
    """Looks up who was recorded here.

    `text_typed` carries a NIK without its blanks or words of a name, a moment after the last key;
    `record_wanted` the visit of a resident.
    """

    text_typed = Signal(str)
    record_wanted = Signal(str)
    back_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.line = LineField(longest=_LONGEST)
        self.line.setPlaceholderText(words.say("332507 ... or SITI AM"))
        self.back = Button(words.say("Back"), key="Esc", icon="arrow-left")
        self.found: RowList[Found] = RowList(self._row, lambda found: found.visit_id)
        self._field = FormField(words.say("NIK, its beginning, or words of a name"), self.line)
        self._none = EmptyPage(
            words.say("Not at this counter."),
            words.say("They may be recorded at another office. Check the spelling, or search by NIK."),
        )
        self._contents = QStackedWidget()
        self._text = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._connect()
        self._arrange()

    @property
    def typed(self) -> str:
        """What stands in the field, a NIK without its blanks."""
        text = self.line.text().strip()
        bare = text.replace(" ", "")
        return bare if bare.isdigit() else text

    def show_state(self, state: SearchState) -> None:
        """Show what was found; an answer to something else than what stands in the field comes too late."""
        if not self.line.isModified():
            self.line.show_typed(in_sixes(state.text, 0)[0])
        elif state.text.strip() != self.typed:
            return
        self._text = state.text
        self._contents.setCurrentIndex(self._place(state))
        if not (state.searching and state.text):
            self.found.show_lines(state.found)
        self._field.show_hint(self._hint(state))

    def focus_first(self) -> None:
        """Go to the field, what stands there marked, so that typing begins anew."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def close_page(self) -> None:
        """Stop waiting for the next key."""
        self._pause.stop()

    def _place(self, state: SearchState) -> int:
        if not state.text:
            return _EMPTY
        if state.searching:  # what was found before stays until there is something better
            return _FOUND if self.found.rows else _SEARCHING
        return _FOUND if state.found else _NONE

    def _hint(self, state: SearchState) -> str:
        if state.searching:
            return self.words.say("Searching")
        if len(state.found) >= MOST:
            return self.words.say("The {count} best fits. Type more to find fewer.", count=MOST)
        if not state.found:
            return ""
        return self.words.count("{count} resident found", "{count} residents found", len(state.found))

    def _connect(self) -> None:
        self.line.textEdited.connect(self._edited)
        self.line.returnPressed.connect(self._enter)
        self.back.clicked.connect(self.back_wanted)
        self._pause.timeout.connect(self._tell)
        self.found.opened.connect(lambda found: self.record_wanted.emit(found.visit_id))
        self.found.left_upwards.connect(self.line.setFocus)

    def _arrange(self) -> None:
        heads = (
            (self.words.say("Name"), 0),
            (self.words.say("NIK"), _NIK),
            (self.words.say("Birth date"), _BIRTH),
            (self.words.say("Village"), _VILLAGE),
            (self.words.say("Recorded"), _SAVED),
        )
        begin = EmptyPage(
            self.words.say("Find who was recorded here"),
            self.words.say("Type a NIK, its beginning, or two letters of a name. Who looks is written down."),
        )
        for page in (card(begin), card(Skeleton(6), STRETCH), card(self._none), listed(self.found, *heads)):
            self._contents.addWidget(page)
        fill_page(self, page_head(self.words.say("Search"), self.back), self._field, (self._contents, 1))

    def _row(self, found: Found) -> Row:
        saved = self.words.date(found.saved_at.date())
        withdrawn = self.words.say("Withdrawn") if found.withdrawn else ""
        told = (
            found.full_name,
            grouped(found.nik),
            read_iso(found.birth_date),
            found.village,
            saved,
            withdrawn,
        )
        name = row(
            (ElidedText(found.full_name), 1), Badge(withdrawn, "neutral", "prohibit") if withdrawn else None
        )
        return Row(
            ", ".join(part for part in told if part),
            (name, 1),
            cell(Text(grouped(found.nik)), _NIK),
            cell(Text(read_iso(found.birth_date), "small"), _BIRTH),
            cell(ElidedText(found.village, "small"), _VILLAGE),
            cell(Text(saved, "small"), _SAVED),
        )

    def _edited(self, text: str) -> None:
        arranged, cursor = in_sixes(text, self.line.cursorPosition())
        if arranged != text:
            self.line.setText(arranged)
            self.line.setCursorPosition(cursor)
        self.line.setModified(True)
        self._pause.start()

    def _tell(self) -> None:
        if self.typed != self._text:
            self.text_typed.emit(self.typed)

    def _enter(self) -> None:
        """Look at once what stands there; once it was, go to what was found."""
        if self._pause.isActive():
            self._pause.stop()
            self._tell()
        elif self._contents.currentIndex() == _FOUND:
            self.found.focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go down into what was found."""
        if event.key() == Qt.Key.Key_Down and self._contents.currentIndex() == _FOUND:
            self.found.focus_first()
            return
        super().keyPressEvent(event)
