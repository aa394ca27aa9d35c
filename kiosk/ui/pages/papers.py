"""The supervisor's page of papers: who may get one and why, the paper as it will print, issuing and what follows."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from kiosk.domain.findings import Finding, Severity
from kiosk.domain.papers import PaperKind
from kiosk.domain.register import PaperState, Printing
from kiosk.domain.words import Words
from kiosk.services.paper_views import IssuedView, KindView, PaperLine, PaperView
from kiosk.ui.kit.badges import Badge
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.layout import STRETCH, card, row
from kiosk.ui.kit.messages import EmptyPage, MessageBox
from kiosk.ui.kit.texts import Text
from kiosk.ui.page import Page
from kiosk.ui.pages.page_head import fill_page, page_head
from kiosk.ui.pages.paper_save_panel import PaperSavePanel
from kiosk.ui.pages.papers_batch import BatchBox
from kiosk.ui.pages.papers_decision import Decision
from kiosk.ui.pages.papers_list import PaperList
from kiosk.ui.pages.papers_preview import PaperPreview
from kiosk.ui.visit.reason_box import ReasonBox

_PREVIEW = 394
_NOBODY, _SOMEBODY = 0, 1


@dataclass(frozen=True, slots=True)
class PapersState:
    """Who is in the list for a text, and whom the page is about; None while nobody is chosen."""

    text: str
    lines: tuple[PaperLine, ...]
    view: PaperView | None = None
    kind: PaperKind = PaperKind.TEMPORARY_CERTIFICATE

    @property
    def paper(self) -> IssuedView | None:
        """The paper of the resident and kind that still counts."""
        return self.view.paper_of(self.kind) if self.view else None


class PapersPage(Page):
    """The page of papers.

    `text_typed` carries what is looked for, `resident_chosen` a visit, `kind_chosen` a kind (its value);
    `issue_wanted` reason and PIN, `print_wanted` number and reason, `came_out` number and `Printing`,
    `hand_over_wanted` number and who took it, `end_wanted` number and reason; `batch_wanted` the visits that are marked
    and the PIN, `save_wanted` that a file is wanted, `book_wanted` that the register is, `check_wanted` that a paper
    is to be checked.
    """

    text_typed = Signal(str)
    resident_chosen = Signal(str)
    kind_chosen = Signal(str)
    issue_wanted = Signal(str, str)
    print_wanted = Signal(str, str)
    came_out = Signal(str, object)
    hand_over_wanted = Signal(str, str)
    end_wanted = Signal(str, str)
    batch_wanted = Signal(object, str)
    save_wanted = Signal()
    book_wanted = Signal()
    check_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._state = PapersState("", ())
        self._asked = ""  # what the question is about: "end", "again" or "hand"
        say = words.say
        self.list = PaperList(words)
        self.line, self.lines = self.list.line, self.list.rows
        self.decision = Decision(words)
        self.preview = PaperPreview(say("The paper as it will print"))
        self._make_asking()
        self._make_buttons()
        self._count = Badge("", "neutral")
        self._contents = QStackedWidget()
        self._arrange()
        self._connect()

    def _make_asking(self) -> None:
        say = self.words.say
        self.told = MessageBox("danger")
        self.question = ReasonBox(self.words, say("Go on"), say("Reason"))
        self.batch_box = BatchBox(self.words)
        self.panel = PaperSavePanel(
            self.words,
            _PREVIEW,
            say("Save the paper as PDF"),
            say("Print it elsewhere, then say whether it came out."),
        )

    def _make_buttons(self) -> None:
        say = self.words.say
        self.book = Button(say("Register"), "quiet", key="Ctrl+R", icon="list-checks")
        self.check = Button(say("Check a paper"), "quiet", key="F6", icon="seal-check")
        self.save = Button(say("Save as PDF"), key="F7", icon="file-pdf")
        self.batch = Button("", key="F10", icon="cards")
        self.issue = Button(say("Issue and print"), "primary", key="F8", icon="printer")
        self.yes = Button(say("Yes, it came out"), "primary", key="F8", icon="check")
        self.no = Button(say("No"), icon="x")
        self.hand = Button(say("Hand over"), "primary", key="F8", icon="handshake")
        self.again = Button(say("Print again"), key="F5", icon="printer")
        self.end = Button(say("Void or take back"), "danger", key="Del", icon="prohibit")

    def show_state(self, state: PapersState) -> None:
        """Show list and resident; what is being typed about the same resident and kind stays."""
        before = self._state
        self._state = state
        self.list.show_lines(state.text, state.lines)
        self._count.show_state(
            self.words.count("{count} resident", "{count} residents", len(state.lines)), "neutral"
        )
        if _whom(before) != _whom(state):
            self.told.show_message("")
            self.preview.show_picture(b"")
        if (_whom(before), before.paper) != (_whom(state), state.paper):
            self.decision.forget_typed()
            self.question.hide()
        if _whom(before) != _whom(state):
            self.panel.close_panel()
        self._contents.setCurrentIndex(_SOMEBODY if state.view else _NOBODY)
        if state.view is not None:
            self.decision.show_person(state.view)
            self._show_kind(state.view)
        self._show_acts()

    def show_preview(self, visit_id: str, kind: PaperKind, picture: bytes) -> None:
        """Show the paper; one that was asked for before another resident was chosen comes too late."""
        if self._state.view is not None and (visit_id, kind) == (self._state.view.visit_id, self._state.kind):
            self.preview.show_picture(picture)

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Show why nothing was done."""
        told = " ".join(self.words.finding(finding) for finding in findings if _stands(finding))
        self.show_trouble(self.words.say("Nothing was done."), told)

    def show_trouble(self, head: str, rest: str = "") -> None:
        """Say what went wrong; an empty head takes it away."""
        self.told.show_message(head, rest, "danger")

    def show_wrong_pin(self, text: str) -> None:
        """Say that the PIN was wrong."""
        self.decision.pin.show_wrong(text)

    def show_working(self, *, working: bool) -> None:
        """Let nobody press twice while an act is being done."""
        acts = (self.issue, self.yes, self.no, self.hand, self.again, self.end, self.save, self.batch)
        for button in acts:
            button.setEnabled(not working)
        if not working:
            self._weigh()

    def focus_first(self) -> None:
        """Go to what has to be typed, or to the list."""
        if not self.panel.isHidden():
            self.panel.focus_asked()
        elif self.question.isVisibleTo(self):
            self.question.line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.list.focus_first()

    def close_page(self) -> None:
        """Stop waiting for the next key."""
        self.list.close_list()

    @property
    def kind(self) -> KindView | None:
        """The kind that is shown, of the resident that is chosen."""
        view = self._state.view
        return next((kind for kind in view.kinds if kind.kind is self._state.kind), None) if view else None

    @property
    def paper(self) -> IssuedView | None:
        """The paper that was issued and still counts."""
        return self._state.paper

    def _show_kind(self, view: PaperView) -> None:
        kind, paper = self.kind, self.paper
        if kind is None:
            return
        self.decision.show_kind(kind, paper)
        weights = {finding.severity for finding in kind.findings}
        may = paper is None and Severity.ERROR not in weights
        self.preview.show_missing(
            "" if may or paper else self.words.say("No paper yet. What stands against it is said beside.")
        )
        self.decision.show_asked(reason=may and Severity.WARNING in weights, pin=may)

    def _show_acts(self) -> None:
        """Show the one thing to do next as primary, and what else may be done."""
        paper = self.paper
        stage = _stage(paper) if self._state.view else ""
        self.issue.setVisible(stage == "issue")
        self.yes.setVisible(stage == "look")
        self.no.setVisible(stage == "look")
        self.hand.setVisible(stage == "hand")
        self.again.setVisible(stage in {"hand", "failed"})
        self.end.setVisible(stage in {"look", "hand", "failed", "done"})
        self.save.setVisible(stage in {"look", "hand", "failed", "done"} and self.panel.isHidden())
        self.again.show_kind("primary" if stage == "failed" else "secondary")
        buttons = (self.issue, self.yes, self.hand, *([self.again] if stage == "failed" else []))
        self.primary = next((button for button in buttons if button.isVisibleTo(self)), None)
        self._weigh()

    def _weigh(self) -> None:
        kind = self.kind
        may = kind is not None and all(finding.severity is not Severity.ERROR for finding in kind.findings)
        self.issue.setEnabled(may and self.decision.pin.is_complete)

    def _show_marks(self) -> None:
        count = len(self.list.marked)
        self.batch.setVisible(bool(count))
        self.batch.show_text(self.words.say("Print many ({count})", count=count))

    def _arrange(self) -> None:
        say = self.words.say
        nobody = EmptyPage(
            say("Nobody is chosen"),
            say("Choose a resident at the left, or type a name. Ctrl+F goes to the field."),
        )
        beside = card(Text(say("Preview"), "h3"), (self.preview, 1), gap=8)
        beside.setFixedWidth(_PREVIEW)
        self._contents.addWidget(card(nobody))
        self._beside = beside
        self._contents.addWidget(row((self.decision, 1), beside, self.panel, gap=12))
        foot = row(
            self.end, STRETCH, self.save, self.no, self.again, self.batch, self.issue, self.yes, self.hand
        )
        body: QFrame = row(self.list, (self._contents, 1), gap=12)
        fill_page(
            self,
            page_head(say("Certificates"), self._count, self.check, self.book),
            self.told,
            self.batch_box,
            self.question,
            (body, 1),
            foot,
        )
        self.told.hide()

    def _connect(self) -> None:
        self.list.text_typed.connect(self.text_typed)
        self.list.resident_chosen.connect(self.resident_chosen)
        self.list.marks_changed.connect(self._show_marks)
        self.decision.kind_chosen.connect(self.kind_chosen)
        self.decision.pin.changed.connect(self._weigh)
        self.decision.given.connect(self._issue)
        self.issue.clicked.connect(self._issue)
        self.yes.clicked.connect(lambda: self._came_out(Printing.PRINTED))
        self.no.clicked.connect(lambda: self._came_out(Printing.FAILED))
        self.hand.clicked.connect(lambda: self._ask("hand"))
        self.again.clicked.connect(self._again)
        self.end.clicked.connect(lambda: self._ask("end"))
        self.book.clicked.connect(self.book_wanted)
        self.check.clicked.connect(self.check_wanted)
        self.save.clicked.connect(self._ask_save)
        self.panel.left.connect(self._after_saving)
        self.batch.clicked.connect(lambda: self.batch_box.ask(len(self.list.marked)))
        self.batch_box.given.connect(lambda pin: self.batch_wanted.emit(self.list.marked, pin))
        self.batch_box.dropped.connect(self.lines.focus_first)
        self.question.given.connect(self._answer)
        self.question.dropped.connect(self.lines.focus_first)

    def _issue(self) -> None:
        reason = self.decision.reason.read()
        if reason is None or not self.decision.pin.is_complete or not self.issue.isVisibleTo(self):
            return
        self.issue_wanted.emit(reason, self.decision.pin.pin)

    def _ask_save(self) -> None:
        if self.paper is not None and self.panel.isHidden():
            self._beside.hide()
            self.save.hide()
            self.panel.ask_again(reason=self.paper.printing is Printing.PRINTED)
            self.save_wanted.emit()

    def _after_saving(self) -> None:
        self._beside.show()
        self._show_acts()
        self.focus_first()

    def _came_out(self, printing: Printing) -> None:
        if (paper := self.paper) is not None:
            self.came_out.emit(paper.number, printing)

    def _again(self) -> None:
        """Print again: what failed at once, what was printed with a reason."""
        paper = self.paper
        if paper is None:
            return
        if paper.printing is Printing.FAILED:
            self.print_wanted.emit(paper.number, "")
        else:
            self._ask("again")

    def _ask(self, about: str) -> None:
        say, paper = self.words.say, self.paper
        if paper is None:
            return
        self._asked = about
        heads = {
            "hand": (
                say("Who takes the paper?"),
                say("The resident, or a name and how they belong together."),
            ),
            "again": (say("Print it again?"), say("The number stays. The register keeps the reason.")),
            "end": (say("End this paper?"), say("Its number is never used again. The centre is told.")),
        }
        self.question.ask(*heads[about])

    def _answer(self, text: str) -> None:
        paper = self.paper
        if paper is None:
            return
        wanted = {"hand": self.hand_over_wanted, "again": self.print_wanted, "end": self.end_wanted}
        wanted[self._asked].emit(paper.number, text)


def _whom(state: PapersState) -> tuple[str, PaperKind]:
    return state.view.visit_id if state.view else "", state.kind


def _stage(paper: IssuedView | None) -> str:
    if paper is None:
        return "issue"
    if paper.state is PaperState.HANDED_OVER:
        return "done"
    stages = {Printing.UNKNOWN: "look", Printing.FAILED: "failed", Printing.PRINTED: "hand"}
    return stages[paper.printing]


def _stands(finding: Finding) -> bool:
    return finding.severity is not Severity.NOTE
