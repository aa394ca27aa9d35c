"""Consent: the text is read aloud in the resident's language, and the answer is noted."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.services.stages import Stage
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.badges import State
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.choice import Segments
from kiosk.ui.kit.layout import STRETCH, boxed, column, row, scrolled
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.kit.texts import Text
from kiosk.ui.tokens import PRIMARY
from kiosk.ui.visit.capture_bar import onward_text
from kiosk.ui.visit.consent_texts import ConsentText
from kiosk.ui.visit.reason_box import ReasonBox
from kiosk.ui.visit.resident_card import Check
from kiosk.ui.visit.step_page import StepPage

ADULT = 18


class ConsentPage(StepPage):
    """Reads the text and takes the answer.

    `agreed` carries the language and the version of the text, `refused` the reason the resident gave.
    """

    agreed = Signal(str, str)
    refused = Signal(str)

    def __init__(self, words: Words, texts: Sequence[ConsentText], parent: QWidget | None = None) -> None:
        self.refuse = Button(words.say("The resident refuses"), "danger", icon="hand")
        primary = Button(words.say("The resident agrees"), "primary", key=ENTER, icon="handshake")
        super().__init__(words, Stage.CONSENT, primary, self.refuse, parent=parent)
        self._texts = {text.language: text for text in texts}
        self._given_in = ""
        self._visit_id = ""
        self._next = ""
        self.languages = Segments([(text.language, text.name) for text in texts])
        self.asking = ReasonBox(words, words.say("End the visit"), words.say("What the resident said"))
        self._given = MessageBox("success")
        self._trouble = MessageBox("danger")
        self._young = MessageBox("warning", icon="users")
        self._text = QVBoxLayout()
        self._version = Text("", "small")
        self._arrange()
        self._connect()

    def show_visit(self, view: VisitView) -> None:
        """Show what was answered; the language that is being read stays."""
        if view.visit_id != self._visit_id:
            self._visit_id = view.visit_id
            self.asking.hide()
            self._read(view.consent_language)
        self._given_in = view.consent_language
        self._next = onward_text(self.words, view, self.stage)
        self._show_given(view)
        self._young.show_message(
            self.words.say("The resident is under 18.") if view.age is not None and view.age < ADULT else "",
            self.words.say("A parent or guardian listens too and agrees."),
        )
        self._show_primary()

    def show_trouble(self, head: str, rest: str = "") -> None:
        """Say what went wrong."""
        self._trouble.show_message(head, rest)

    def checks(self, view: VisitView) -> tuple[str, tuple[Check, ...], str]:
        """Return what is asked before the captures."""
        state = State.GOOD if view.consent_language else State.PENDING
        lines = (Check(self.words.say("Read aloud and agreed"), state),)
        return self.words.say("Consent"), lines, self.words.say("Read slowly. Let the resident ask.")

    @property
    def language(self) -> str:
        """The language in which the text stands now."""
        return self.languages.key

    def _connect(self) -> None:
        self.languages.chosen.connect(self._read)
        self.refuse.clicked.connect(self._ask_reason)
        self.asking.given.connect(self.refused)
        self.asking.dropped.connect(self._answer_again)
        assert self.primary is not None  # made in the constructor
        self.primary.clicked.connect(self._answer)
        self.show_trouble("")
        self._given.show_message("")
        self._young.show_message("")

    def _arrange(self) -> None:
        self.languages.setFixedWidth(340)
        self.languages.setAccessibleName(self.words.say("Language of the text"))
        head = row(
            IconLabel("speaker-high", PRIMARY, 24),
            Text(self.words.say("Read this to the resident"), "h2"),
            STRETCH,
            self.languages,
            gap=10,
        )
        paper = boxed("card")
        paper.setLayout(self._text)
        self._text.setContentsMargins(24, 18, 24, 14)
        self._text.setSpacing(12)
        whole = column(self._trouble, self._given, self.asking, self._young, paper, STRETCH, gap=12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(head)
        layout.addWidget(scrolled(whole), 1)

    def _read(self, language: str) -> None:
        text = self._texts.get(language) or next(iter(self._texts.values()))
        self.languages.show_key(text.language)
        while (item := self._text.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        version = self.words.say("Text {version}, {language}", version=text.version, language=text.name)
        for widget in (
            Text(text.heading, "h2", wrap=True),
            _parts(text),
            row(Text(text.question, "h2"), STRETCH, Text(version, "small")),
        ):
            self._text.addWidget(widget)

    def _show_given(self, view: VisitView) -> None:
        if not view.consent_language:
            self._given.show_message("")
            return
        text = self._texts.get(view.consent_language)
        name = text.name if text else view.consent_language
        when = "" if view.consent_at is None else self.words.time(view.consent_at)
        day = "" if view.consent_at is None else self.words.date(view.consent_at.date())
        self._given.show_message(
            self.words.say("The resident agreed."),
            self.words.say(
                "Read in {language}, {day} at {time}, text {version}.",
                language=name,
                day=day,
                time=when,
                version=view.consent_version,
            ),
        )

    def _show_primary(self) -> None:
        assert self.primary is not None  # made in the constructor
        if self._given_in:
            self.primary.show_text(self._next)
            self.primary.show_icon("arrow-right")
        else:
            self.primary.show_text(self.words.say("The resident agrees"))
            self.primary.show_icon("handshake")
        asking = not self.asking.isHidden()
        self.primary.setEnabled(not asking)
        self.refuse.setEnabled(not asking)
        self.bar.show_hint(self.words.say("Answer the question above first") if asking else "")

    def _answer(self) -> None:
        text = self._texts[self.language]
        if self._given_in:
            self.onward.emit()
        else:
            self.agreed.emit(text.language, text.version)

    def _ask_reason(self) -> None:
        self.asking.ask(
            self.words.say("The resident refuses. This ends the visit."),
            self.words.say("Nothing is recorded; only the reason is kept. Say that everybody may come back."),
        )
        self._show_primary()

    def _answer_again(self) -> None:
        self._show_primary()
        if self.primary is not None:
            self.primary.setFocus(Qt.FocusReason.OtherFocusReason)


def _parts(text: ConsentText) -> QFrame:
    frame = boxed("plain")
    layout = QGridLayout(frame)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setHorizontalSpacing(20)
    layout.setVerticalSpacing(9)
    layout.setColumnStretch(1, 1)
    for number, (about, sentence) in enumerate(text.parts):
        layout.addWidget(Text(about, "section"), number, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(Text(sentence, "reading", wrap=True), number, 1)
    return frame
