"""The papers of a visit: which were shown, which were photographed, and which the resident brought besides."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.findings import Finding
from kiosk.domain.labels import DOCUMENT
from kiosk.domain.requests import DocumentKind
from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.services.stages import Stage
from kiosk.ui.frame.action_bar import onward
from kiosk.ui.kit.badges import Badge, State
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.fields import ChoiceField
from kiosk.ui.kit.layout import STRETCH, boxed, card, column, row, rule, scrolled
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.kit.texts import Keycap, Text
from kiosk.ui.page import KeyHelp
from kiosk.ui.visit.capture_bar import onward_text
from kiosk.ui.visit.resident_card import Check
from kiosk.ui.visit.step_page import StepPage

_NUMBER_KEYS = 9
_PHOTO_WIDTH = 180  # the longest of its texts, so that the rows stand in line


class PaperRow(QFrame):
    """One paper: shown or not, photographed or not."""

    toggled = Signal(object)
    photo_wanted = Signal(object)

    def __init__(
        self, words: Words, paper: DocumentKind, number: int, *, required: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.words = words
        self.paper = paper
        name = words.say(DOCUMENT[paper])
        self.box = QCheckBox(name)
        self.box.setAccessibleName(words.say("{document} was shown", document=name))
        self.required = required
        self._is_photographed = False
        self._kept = Badge("")
        self.photo = Button(words.say("Photo"), icon="camera")
        self._arrange(number)
        self.box.toggled.connect(lambda: self.toggled.emit(paper))
        self.photo.clicked.connect(lambda: self.photo_wanted.emit(paper))

    def show_state(self, *, shown: bool, photographed: bool) -> None:
        """Show both, without telling anybody."""
        self._is_photographed = photographed
        self.box.blockSignals(True)
        self.box.setChecked(shown)
        self.box.blockSignals(False)
        if photographed:
            self._kept.show_state(self.words.say("Photographed"), "success", "check-circle")
        else:
            told = self.words.say("Required") if self.required else self.words.say("Brought besides")
            self._kept.show_state(told, "neutral")

    def show_working(self, paper: DocumentKind | None) -> None:
        """Say that the camera is at work for a paper, this or another."""
        self.photo.setEnabled(paper is None)
        again = self.words.say("Photo again") if self._is_photographed else self.words.say("Photo")
        self._say(self.words.say("Photographing ...") if paper is self.paper else again)

    def _say(self, text: str) -> None:
        self.photo.show_text(text)
        self.photo.setAccessibleName(f"{text}: {self.box.text()}")
        self.photo.setFixedWidth(_PHOTO_WIDTH)

    def _arrange(self, number: int) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 4)
        layout.setSpacing(12)
        keycap = Keycap(str(number) if number <= _NUMBER_KEYS else "")
        if number > _NUMBER_KEYS:
            keycap.hide()  # showing what lies in no window yet would make it one
        for widget in (keycap, self.box):
            layout.addWidget(widget, 1 if widget is self.box else 0)
        layout.addWidget(self._kept)
        layout.addWidget(self.photo)


class DocumentsPage(StepPage):
    """Notes the papers.  `shown_changed` carries all that were shown, `photo_wanted` a paper for the camera."""

    shown_changed = Signal(object)
    photo_wanted = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        self.all_shown = Button(words.say("All were shown"), key="F6", icon="checks")
        primary = onward(words.say("Onward"))
        super().__init__(words, Stage.DOCUMENTS, primary, self.all_shown, parent=parent)
        self.rows: dict[DocumentKind, PaperRow] = {}
        self._required: tuple[DocumentKind, ...] = ()
        self._shown: frozenset[DocumentKind] = frozenset()
        self._asked: frozenset[DocumentKind] | None = None
        self._visit_id = ""
        self._working: DocumentKind | None = None
        self._trouble = MessageBox("danger")
        self._count = Text("", "small")
        self._rows = QVBoxLayout()
        self.others = ChoiceField()
        self._adds = Text("", "small")
        self._arrange()
        self.all_shown.clicked.connect(self._show_all)
        self.others.chosen.connect(self._add)
        primary.clicked.connect(self.onward)
        self.bar.hint_clicked.connect(self.focus_first)
        self.show_trouble("")

    def show_visit(self, view: VisitView) -> None:
        """Show which papers were noted; what was just ticked stays until the visit says the same."""
        if view.visit_id != self._visit_id or view.documents_shown == self._asked:
            self._asked = None
        self._visit_id = view.visit_id
        self._required = view.documents_required
        assert self.primary is not None  # made in the constructor
        self.primary.show_text(onward_text(self.words, view, self.stage))
        if self._asked is None:
            self._shown = view.documents_shown
        self._build_rows()
        for paper, line in self.rows.items():
            line.show_state(shown=paper in self._shown, photographed=paper in view.documents_photographed)
            line.show_working(self._working)
        self._show_rest()

    def show_working(self, paper: DocumentKind | None) -> None:
        """Say that the camera photographs a paper now; None when it is done."""
        self._working = paper
        for line in self.rows.values():
            line.show_working(paper)

    def show_trouble(self, head: str, rest: str = "") -> None:
        """Say what went wrong; what was ticked meanwhile is what the visit says."""
        self._trouble.show_message(head, rest)
        if head:
            self._asked = None

    def focus_first(self) -> None:
        """Go to the first paper that was not shown, else to the primary button."""
        missing = [line for paper, line in self.rows.items() if paper not in self._shown and line.required]
        if missing:
            missing[0].box.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus_first()

    def checks(self, view: VisitView) -> tuple[str, tuple[Check, ...], str]:
        """Return the papers for the resident's card."""
        lines = tuple(
            Check(
                self.words.say(DOCUMENT[paper]),
                State.GOOD if paper in view.documents_shown else State.PENDING,
            )
            for paper in self._papers(view.documents_shown)
        )
        advice = self.words.say("Look at the original. Give it back at once.")
        return self.words.say("Documents"), lines, advice

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return also the number keys."""
        return (KeyHelp("1-9", self.words.say("Tick a paper as shown")), *super().keys())

    def _arrange(self) -> None:
        head = row(Text(self.words.say("Papers of the resident"), "h2"), STRETCH, self._count)
        body = boxed("card")
        self._rows.setContentsMargins(0, 6, 0, 6)
        self._rows.setSpacing(0)
        body.setLayout(self._rows)
        self._name_others()
        more = card(
            Text(self.words.say("Brought besides"), "label"),
            row((self.others, 1), self._adds, gap=12),
            gap=6,
        )
        whole = column(head, self._trouble, body, more, STRETCH, gap=12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(whole))

    def _name_others(self) -> None:
        self.others.setAccessibleName(self.words.say("Brought besides"))
        self._show_unknown(is_unknown=False)
        line = self.others.lineEdit()
        if line is not None:
            line.setPlaceholderText(self.words.say("Choose another paper"))

    def _papers(self, shown: frozenset[DocumentKind]) -> tuple[DocumentKind, ...]:
        besides = (paper for paper in DocumentKind if paper in shown and paper not in self._required)
        return (*self._required, *besides)

    def _build_rows(self) -> None:
        # A paper added and then unticked keeps its row, so that it can be ticked again.
        shown = self._shown | {paper for paper in self.rows if not self.rows[paper].required}
        papers = self._papers(shown)
        if tuple(self.rows) == papers and all(
            line.required == (paper in self._required) for paper, line in self.rows.items()
        ):
            return
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = {}
        for number, paper in enumerate(papers, start=1):
            self._add_row(paper, number)
        self._offer_others()

    def _add_row(self, paper: DocumentKind, number: int) -> None:
        line = PaperRow(self.words, paper, number, required=paper in self._required)
        line.toggled.connect(self._toggle)
        line.photo_wanted.connect(self.photo_wanted)
        if number > 1:
            self._rows.addWidget(rule())
        self._rows.addWidget(line)
        self.rows[paper] = line

    def _offer_others(self) -> None:
        others = [paper for paper in DocumentKind if paper not in self.rows]
        self.others.fill((paper.value, self.words.say(DOCUMENT[paper])) for paper in others)
        self.others.show_key("")

    def _show_rest(self) -> None:
        missing = [paper for paper in self._required if paper not in self._shown]
        shown = len(self._required) - len(missing)
        self._count.setText(
            self.words.say("{shown} of {all} shown", shown=shown, all=len(self._required))
            if self._required
            else self.words.say("No paper is required for this service")
        )
        self.all_shown.setEnabled(bool(missing))
        assert self.primary is not None  # made in the constructor
        self.primary.setEnabled(not missing)
        if missing:
            first = Finding.error("document.missing", document=missing[0].value)
            self.bar.show_hint(self.words.finding(first), State.CARE)
        else:
            self.bar.show_hint(self.words.say("All papers are there"), State.GOOD)

    def _toggle(self, paper: DocumentKind) -> None:
        shown = self.rows[paper].box.isChecked()
        self._tell(self._shown | {paper} if shown else self._shown - {paper})

    def _show_all(self) -> None:
        self._tell(self._shown | frozenset(self._required))

    def _add(self, name: str) -> None:
        papers = {paper.value: paper for paper in DocumentKind if paper not in self.rows}
        self._show_unknown(is_unknown=bool(name.strip()) and name not in papers)
        if name in papers:
            self._tell(self._shown | {papers[name]})

    def _show_unknown(self, *, is_unknown: bool) -> None:
        """Say that what was typed is no paper of the list, or else how one is added."""
        told = self.words.say("Choose one of the list.") if is_unknown else ""
        self._adds.setText(told or self.words.say("Enter adds it to the list"))
        self._adds.show_mood("danger" if told else "")
        self.others.show_state("danger" if told else "")
        self.others.setAccessibleDescription(told)

    def _tell(self, shown: frozenset[DocumentKind]) -> None:
        self._shown = self._asked = shown
        self._build_rows()
        for paper, line in self.rows.items():
            line.box.blockSignals(True)
            line.box.setChecked(paper in shown)
            line.box.blockSignals(False)
        self._show_rest()
        self.shown_changed.emit(shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick the paper of a number key."""
        number = event.key() - Qt.Key.Key_0
        lines = tuple(self.rows.values())
        if 1 <= number <= min(_NUMBER_KEYS, len(lines)) and not event.isAutoRepeat():
            lines[number - 1].box.toggle()
            return
        super().keyPressEvent(event)
