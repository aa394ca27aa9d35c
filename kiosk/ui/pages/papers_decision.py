"""The middle of the page of papers: who it is, what the rules say, which number comes next, what to do now."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.papers import PaperKind
from kiosk.domain.words import Words
from kiosk.services.paper_views import IssuedView, KindView, PaperView
from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.badges import STATE_ICONS, State, state_colour
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.choice import Segments
from kiosk.ui.kit.fields import FormField, LineField
from kiosk.ui.kit.layout import STRETCH, column, put, row
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.kit.person import PersonPicture
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.pages.papers_words import issued_head, kind_name, state_of, verdict_head
from kiosk.ui.visit.person_words import grouped
from kiosk.ui.visit.pin_box import PinBox
from kiosk.ui.visit.reason_line import ReasonLine

_SHOWN = 5  # findings: more than there ever are of one kind


class _Reason(QFrame):
    """One thing the rules found, over as many lines as it takes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._text = (
            IconLabel(STATE_ICONS[State.PENDING], tokens.MUTED, 18),
            Text("", "note", wrap=True),
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 4, 0)
        layout.setSpacing(10)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)

    def show_reason(self, told: str, state: State) -> None:
        """Show another one."""
        self._icon.show_icon(STATE_ICONS[state], state_colour(state))
        self._text.setText(told)


class Decision(Box):
    """One resident and one kind of paper; `kind_chosen` carries the kind, `given` that the PIN was given by Enter."""

    kind_chosen = Signal(str)
    given = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self.words = words
        self._picture = PersonPicture(48, 62)
        self._name, self._about = ElidedText("", "h2"), ElidedText("", "small")
        self.kinds = Segments([(kind.value, kind_name(words, kind)) for kind in PaperKind])
        self.kinds.setAccessibleName(words.say("Kind of paper"))
        self.verdict = MessageBox("success", flat=True)
        self._checks = [_Reason() for _ in range(_SHOWN)]
        self.number, self.until = LineField(), LineField()
        self._number = FormField(words.say("Number"), self.number)
        self._until = FormField(words.say("Valid until"), self.until)
        self.reason = ReasonLine(words, words.say("Reason"))
        self._reason = FormField(words.say("Why it is issued all the same"), self.reason)
        self.pin = PinBox(words, words.say("PIN of the supervisor"))
        self._signer = ElidedText("", "small")
        self._arrange()
        self.show_asked(reason=False, pin=False)
        self.kinds.chosen.connect(self.kind_chosen)
        self.pin.entered.connect(lambda _: self.given.emit())

    def show_person(self, view: PaperView) -> None:
        """Show who it is."""
        self._picture.show_picture(view.portrait)
        self._name.show_text(view.full_name)
        born = self.words.date(view.birth_date) if view.birth_date else ""
        self._about.show_text("  ·  ".join(part for part in (grouped(view.nik), born) if part))
        mandate = self.words.say("Mandate {mandate}.", mandate=view.mandate) if view.mandate else ""
        told = self.words.say("{name}. Signature and stamp by hand.", name=view.signer) if view.signer else ""
        self._signer.show_text(" ".join(part for part in (told, mandate) if part))

    def show_kind(self, kind: KindView, paper: IssuedView | None) -> None:
        """Show what the rules say of a kind, or how the paper stands that was issued."""
        self.kinds.show_key(kind.kind.value)
        head, mood = issued_head(self.words, paper) if paper else verdict_head(self.words, kind)
        self.verdict.show_message(head, self._told(paper), mood)
        findings = () if paper else kind.findings
        for line, finding in zip(self._checks, (*findings, *[None] * _SHOWN), strict=False):
            line.setVisible(finding is not None)
            if finding is not None:
                line.show_reason(self.words.finding(finding), state_of(finding))
        until = paper.valid_until if paper else kind.valid_until
        self.number.show_typed(paper.number if paper else kind.number)
        self.until.show_typed(self.words.date(until) if until else self.words.say("without an end"))
        left = self.words.say("Taken when it is issued. {left} left of the block.", left=kind.left)
        self._number.show_hint("" if paper else left)

    def show_asked(self, *, reason: bool, pin: bool) -> None:
        """Show what has to be typed now."""
        self._reason.setVisible(reason)
        self.reason.told.setVisible(reason and bool(self.reason.told.text()))
        self.pin.setVisible(pin)

    def forget_typed(self) -> None:
        """Empty reason and PIN: they were for somebody else."""
        self.reason.clear()
        self.pin.clear()

    def _told(self, paper: IssuedView | None) -> str:
        if paper is None:
            return ""
        at = f"{self.words.date(paper.issued_at.date())} {self.words.time(paper.issued_at)}"
        told = self.words.say("Issued {at}.", at=at)
        to = self.words.say("Taken by {who}.", who=paper.handed_to) if paper.handed_to else ""
        return " ".join(part for part in (told, to) if part)

    def _arrange(self) -> None:
        for field in (self.number, self.until):
            field.setReadOnly(True)
        who = column(self._name, self._about, gap=2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        put(
            layout,
            row(self._picture, (who, 1), gap=12),
            self.kinds,
            self.verdict,
            column(*self._checks, gap=4),
            row((self._number, 3), (self._until, 2), gap=12),
            row((self._reason, 3), (self.pin, 2), gap=12),
            self.reason.told,
            STRETCH,
            self._signer,
        )
