"""The page on which papers are checked: by the hand scanner, the camera or a file; one large answer, nothing kept."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from kiosk.domain.words import Words
from kiosk.services.pictures import Raster
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.fields import FormField, LineField
from kiosk.ui.kit.layout import STRETCH, card, column, row
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.kit.texts import Text
from kiosk.ui.page import Page
from kiosk.ui.pages.page_head import fill_page, page_head
from kiosk.ui.pages.paper_check_answer import AnswerCard
from kiosk.ui.pages.paper_check_file import PaperFilePanel
from kiosk.ui.pages.paper_check_stage import PaperStage
from kiosk.ui.pages.paper_check_state import NOTHING, PaperCheckState, Told, Way

LONGEST_CODE = 4096  # letters of a seal; what is longer is none
SECOND_MARK = 100  # milliseconds: an Enter so soon after the one before is the second half of a code's end
_RIGHT = 400
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HARMLESS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class PaperCheckPage(Page):
    """The page of checks.

    `code_given` carries the text of a code, `file_given` the place of a file, `files_wanted` that files are looked for;
    `next_wanted` that the answer may go, `back_wanted` that the page is left.
    """

    code_given = Signal(str)
    file_given = Signal(str)
    files_wanted = Signal()
    next_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        say = words.say
        self._state = PaperCheckState()
        self._ended = -SECOND_MARK  # when Enter was pressed last, by the system's clock
        self.back = Button(say("Back"), key="Esc", icon="arrow-left")
        self.told = MessageBox("danger")
        self.stage = PaperStage(say("Hold the code of the paper in the frame"))
        self.answer = AnswerCard(words)
        self.code = LineField(longest=LONGEST_CODE)
        self._scanner = Text("", "small", wrap=True)
        self.check = Button(say("Check"), "primary", key=ENTER, icon="seal-check")
        self.file = Button(say("Choose a file"), key="F7", icon="file-pdf")
        self.next = Button(say("Next paper"), "primary", key=ENTER, icon="arrow-right")
        self.panel = PaperFilePanel(words)
        self._left = QStackedWidget()
        self._arrange()
        self._connect()
        self.show_state(self._state)

    def show_state(self, state: PaperCheckState) -> None:
        """Show how the ways stand, and what came of the last paper; what is being typed stays."""
        self._state = state
        if state.answer is None:
            self.answer.clear()
        elif state.answer is not self.answer.answer:
            self.answer.show_answer(state.answer)
        self._left.setCurrentWidget(self.stage if state.answer is None else self.answer)
        if state.camera is not Way.READS:
            self.stage.show_picture(None)
        self.stage.show_told(_camera_told(self.words, state))
        self._scanner.setText(_scanner_told(self.words, state))
        self.panel.show_working(is_checking=state.is_checking)
        self._tell(state.trouble)
        self._show_acts()

    def show_picture(self, raster: Raster) -> None:
        """Show what the camera sees."""
        if self._state.camera is Way.READS:
            self.stage.show_picture(raster)

    def focus_first(self) -> None:
        """Go where a scanner types, or to the file that is chosen."""
        if self.panel.isHidden():
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.panel.focus_asked()

    def clear(self) -> None:
        """Forget everything: what was typed, which file was chosen, whose paper it was."""
        self._empty()
        self.panel.close_panel()
        self.answer.clear()
        self.stage.show_picture(None)
        self.show_state(PaperCheckState())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter check or go on, Esc go on, and everything that is typed arrive in the field of the code."""
        if event.key() in _ENTER:
            if not self._is_second_mark(event):
                super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape and self._state.answer is not None:
            self.next_wanted.emit()
        elif self.panel.isHidden() and event.text().isprintable() and event.text() and _is_bare(event):
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)
            self.code.insert(event.text())
        else:
            super().keyPressEvent(event)

    def _is_second_mark(self, event: QKeyEvent) -> bool:
        """Tell whether a scanner that ends a code with Enter twice sent this one: it shall not take the answer away."""
        before, self._ended = self._ended, int(event.timestamp())
        is_timed = self._ended > 0
        return event.isAutoRepeat() or (is_timed and 0 <= self._ended - before < SECOND_MARK)

    def _type(self, text: str) -> None:
        """Take the answer away once the next code begins."""
        if text and self._state.answer is not None:
            self.next_wanted.emit()
        self._show_acts()

    def _give(self) -> None:
        text = self.code.text()
        self._empty()
        if text:
            self.code_given.emit(text)

    def _empty(self) -> None:
        self.code.setText("")  # unlike `clear`, nothing of it comes back by undoing

    def _leave(self) -> None:
        """Throw away what was typed; where nothing was, leave the page."""
        if self.code.text():
            self._empty()
        else:
            self.back_wanted.emit()

    def _ask_file(self) -> None:
        self._ways.hide()
        self.panel.open_panel()
        self._show_acts()
        self.files_wanted.emit()

    def _after_panel(self) -> None:
        self._ways.show()
        self._show_acts()
        self.focus_first()

    def _tell(self, trouble: Told) -> None:
        """Say what went wrong where it was asked for: at the file, else above everything."""
        at_file = not self.panel.isHidden()
        self.panel.show_trouble(trouble if at_file else NOTHING)
        self.told.show_message(*(NOTHING if at_file else trouble), "danger")

    def _show_acts(self) -> None:
        answered, asks = self._state.answer is not None, not self.panel.isHidden()
        self.next.setVisible(answered)
        self.back.setVisible(not answered and not asks)
        self.check.setVisible(not answered)
        self.check.setEnabled(bool(self.code.text()) and not self._state.is_checking)
        self.primary = self.next if answered else self.check

    def _arrange(self) -> None:
        say = self.words.say
        self._left.addWidget(self.stage)
        self._left.addWidget(self.answer)
        told = Text(
            say("Scan the code at any time. It can be pasted or typed as well."),
            "small",
            wrap=True,
        )
        field = FormField(say("Text of the code"), self.code, hint=False)
        scan = card(Text(say("With the hand scanner"), "h2"), told, field, self._scanner, self.check, gap=10)
        held = Text(say("A PDF, or a photo or scan with the whole code in it."), "small", wrap=True)
        file = card(Text(say("From a file"), "h2"), held, self.file, gap=10)
        self._ways: QFrame = column(scan, file, STRETCH, gap=12)
        right = column((self._ways, 1), (self.panel, 1), self.next, gap=12)
        right.setFixedWidth(_RIGHT)
        body = row((self._left, 1), right, gap=16)
        fill_page(self, page_head(say("Check a paper"), self.back), self.told, (body, 1))
        self.told.hide()

    def _connect(self) -> None:
        self.back.clicked.connect(self._leave)
        self.code.textChanged.connect(self._type)
        self.check.clicked.connect(self._give)
        self.next.clicked.connect(self.next_wanted)
        self.file.clicked.connect(self._ask_file)
        self.panel.left.connect(self._after_panel)
        self.panel.file_given.connect(self.file_given)


def _is_bare(event: QKeyEvent) -> bool:
    return not event.modifiers() & ~_HARMLESS


def _camera_told(words: Words, state: PaperCheckState) -> Told:
    """Return what stands where the camera's picture would."""
    match state.camera:
        case Way.NONE:
            return words.say("No camera is set up."), words.say("Scan the code, or choose a file.")
        case Way.AWAY:
            return state.camera_told
        case Way.OPENS:
            return words.say("The camera is opened ..."), ""
    return NOTHING


def _scanner_told(words: Words, state: PaperCheckState) -> str:
    if state.is_checking:
        return words.say("Checking ...")
    match state.scanner:
        case Way.NONE:
            return words.say("No code scanner is set up. One that types like a keyboard works all the same.")
        case Way.AWAY:
            return state.scanner_told
    return words.say("The code scanner waits for a code.")
