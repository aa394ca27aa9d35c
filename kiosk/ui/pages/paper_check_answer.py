"""The answer of a check in one large box, and below it what the seal says, to be held against sheet and person."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kiosk.domain.paper_check import Answer, Cause
from kiosk.domain.paper_check_words import ANSWERS, CAUSES, KINDS, age_words
from kiosk.domain.words import Words
from kiosk.services.paper_answers import PaperAnswer, PaperOfSeal
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.layout import STRETCH, column, row
from kiosk.ui.kit.person import PersonPicture
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.tokens import MOODS
from kiosk.ui.visit.person_words import grouped

LOOKS: dict[Answer, tuple[str, str]] = {
    Answer.VALID: ("success", "check-circle-fill"),
    Answer.EXPIRED: ("warning", "warning-fill"),
    Answer.WITHDRAWN: ("danger", "prohibit"),
    Answer.NOT_GENUINE: ("danger", "x-circle-fill"),
    Answer.CANNOT_TELL: ("neutral", "question-fill"),
}
"""Colour and shape of each answer."""

_WITHOUT_LIST = frozenset({Cause.NO_SEAL, Cause.NOT_IN_REGISTER})  # the list has no part in these
_ICON = 96
_PORTRAIT = (150, 200)


class AnswerCard(QFrame):
    """One answer, whole; `clear` forgets it."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._answer: PaperAnswer | None = None
        self.hero = Box("neutral")
        self._icon = IconLabel("question-fill", MOODS["neutral"].colour, _ICON)
        self._head = Text("", "ticket", wrap=True)
        self._cause = Text("", "reading", wrap=True)
        self._age = Text("", "body", wrap=True)
        self._facts = _Facts(words)
        told = column(self._head, self._cause, self._age, gap=6)
        across = row(self._icon, (told, 1), gap=28)
        layout = QVBoxLayout(self.hero)
        layout.setContentsMargins(32, 28, 32, 28)
        layout.addWidget(across)
        own = QVBoxLayout(self)
        own.setContentsMargins(0, 0, 0, 0)
        own.setSpacing(12)
        own.addWidget(self.hero)
        own.addWidget(self._facts)
        own.addStretch(1)

    @property
    def answer(self) -> PaperAnswer | None:
        """What is shown."""
        return self._answer

    def show_answer(self, answer: PaperAnswer) -> None:
        """Show what came of a check."""
        self._answer = answer
        say = self.words.say
        mood, icon = LOOKS[answer.answer]
        self.hero.show_box(mood)
        self._icon.show_icon(icon, MOODS[mood].colour)
        self._head.show_mood(mood)
        cause = CAUSES[answer.cause]
        age = "" if answer.cause in _WITHOUT_LIST else age_words(self.words, answer.list_age)
        self._tell(say(ANSWERS[answer.answer]), say(cause) if cause else "", age)
        self._facts.setVisible(answer.paper is not None)
        if answer.paper is None:
            self._facts.clear()
        else:
            self._facts.show_paper(answer.paper)

    def clear(self) -> None:
        """Forget the answer: who it was about is nobody's business any more."""
        self._answer = None
        self._tell("", "", "")
        self._facts.clear()

    def _tell(self, head: str, cause: str, age: str) -> None:
        for label, text in ((self._head, head), (self._cause, cause), (self._age, age)):
            label.setText(text)
            label.setVisible(bool(text))
        self.hero.setAccessibleName(" ".join(part for part in (head, cause, age) if part))


class _Facts(Box):
    """What the seal says, with the small portrait in it."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self.words = words
        say = words.say
        self._portrait = PersonPicture(*_PORTRAIT)
        self._texts: dict[str, Text] = {
            say("Name"): Text("", "h2", wrap=True),  # never cut: it is compared letter by letter
            say("NIK"): ElidedText("", "h2"),
            say("Birth date"): ElidedText("", "h2"),
            say("Number"): ElidedText("", "strong"),
            say("Kind of paper"): ElidedText("", "body"),
            say("Issued"): ElidedText("", "body"),
            say("Valid until"): ElidedText("", "body"),
        }
        name, nik, born, number, kind, issued, until = (
            column(Text(label, "small"), text, gap=0) for label, text in self._texts.items()
        )
        facts = column(
            name,
            row((nik, 3), (born, 2), gap=16),
            row((number, 3), (kind, 2), gap=16),
            row((issued, 3), (until, 2), gap=16),
            STRETCH,
            gap=14,
        )
        head = Text(say("Hold these against the sheet and the person"), "h3")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 18)
        layout.setSpacing(12)
        layout.addWidget(head)
        layout.addWidget(row(column(self._portrait, STRETCH), (facts, 1), gap=24))

    def show_paper(self, paper: PaperOfSeal) -> None:
        """Show another paper's facts."""
        words = self.words
        until = words.date(paper.valid_until) if paper.valid_until else words.say("without an end")
        issued = words.say(
            "{day} at counter {counter}", day=words.date(paper.issued_on), counter=paper.issuer
        )
        self._portrait.show_picture(paper.portrait)
        self._show(
            paper.name,
            grouped(paper.nik),
            words.date(paper.birth_date),
            paper.number,
            words.say(KINDS[paper.kind]),
            issued,
            until,
        )

    def clear(self) -> None:
        """Forget them."""
        self._portrait.show_picture(b"")
        self._show(*[""] * len(self._texts))

    def _show(self, *facts: str) -> None:
        for text, fact in zip(self._texts.values(), facts, strict=True):
            text.show_text(fact) if isinstance(text, ElidedText) else text.setText(fact)
