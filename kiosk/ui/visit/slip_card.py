"""The card of the slip: how it looks, whether it was printed, and the question when only the officer can know."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.domain.words import Words
from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.badges import Badge
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.layout import STRETCH, column, row, scrolled
from kiosk.ui.kit.messages import EmptyPage
from kiosk.ui.kit.texts import Text
from kiosk.ui.tokens import WARNING
from kiosk.ui.visit.saved_state import SavedState, Slip
from kiosk.ui.visit.saved_words import main_packet
from kiosk.ui.visit.slip import SlipPicture, slip_text


class SlipCard(Box):
    """`told` carries whether the slip came out; `again` prints it."""

    told = Signal(bool)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self.words = words
        self.badge = Badge("")
        self.picture = SlipPicture()
        self.again = Button(words.say("Print the slip again"), key="F8", icon="printer")
        self.yes = Button(words.say("Yes"), icon="check")
        self.no = Button(words.say("No"), icon="x")
        self.note = Text("", "small", wrap=True)
        self._note_icon = IconLabel("info", tokens.MUTED, 18)
        self._empty = EmptyPage(
            words.say("No slip yet"), words.say("It is printed once the visit is complete and saved.")
        )
        question = Text(words.say("Did the slip come out?"), "strong")
        self._question = column(question, row((self.yes, 1), (self.no, 1)))
        self._arrange()
        self.yes.clicked.connect(lambda: self.told.emit(True))
        self.no.clicked.connect(lambda: self.told.emit(False))

    @property
    def asks(self) -> bool:
        """True while the officer is asked whether the slip came out."""
        return not self._question.isHidden()

    def show_state(self, state: SavedState) -> None:
        """Show the slip of this record, or that there is none."""
        record = state.record
        packet = main_packet(record) if record else None
        if record is not None and packet is not None:
            office = state.standing.office_name
            text = slip_text(self.words, record, office=office, code=packet.short_name)
            self.picture.show_text(text)
        is_there = packet is not None
        self._paper.setVisible(is_there)
        self._empty.setVisible(not is_there)
        self._question.setVisible(is_there and state.slip is Slip.ASKED)
        self.again.setVisible(is_there and state.slip in (Slip.PRINTED, Slip.FAILED))
        self._show_badge(state.slip if is_there else None)
        self._show_note(state, is_there=is_there)

    def _arrange(self) -> None:
        self._paper = scrolled(column(row(STRETCH, self.picture, STRETCH), STRETCH, gap=0))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 13, 16, 14)
        layout.setSpacing(10)
        layout.addWidget(row(Text(self.words.say("Resident's slip"), "h2"), STRETCH, self.badge))
        layout.addWidget(self._paper, 1)
        layout.addWidget(self._empty, 1)
        self._note = row(self._note_icon, (self.note, 1), gap=8)
        layout.addWidget(self._note)
        layout.addWidget(self._question)
        layout.addWidget(self.again)
        layout.setAlignment(self._note, Qt.AlignmentFlag.AlignBottom)

    def _show_badge(self, slip: Slip | None) -> None:
        say = self.words.say
        self.badge.setVisible(slip is not None)
        if slip is None:
            return
        self.badge.show_state(
            *{
                Slip.PRINTED: (say("Printed"), "success", "check"),
                Slip.ASKED: (say("Sent to print"), "chosen", "printer"),
                Slip.FAILED: (say("Not printed"), "warning", "warning"),
                Slip.NO_PRINTER: (say("No printer"), "neutral", "printer"),
            }[slip]
        )

    def _show_note(self, state: SavedState, *, is_there: bool) -> None:
        told, colour, icon = "", tokens.MUTED, "info"
        if is_there and state.slip is Slip.NO_PRINTER:
            told = self.words.say(
                "Slips are printed once a printer is installed. Let the resident note the code."
            )
        elif is_there and state.slip is Slip.FAILED:
            told = self.words.say("The slip did not come out. The record is safe.")
            colour, icon = WARNING.colour, "warning-fill"
        elif is_there and state.paper_low:
            told, colour, icon = self.words.say("Paper is nearly out"), WARNING.colour, "warning-fill"
        self._note.setVisible(bool(told))
        self.note.setText(told)
        self.note.show_mood("warning" if colour == WARNING.colour else "")
        self._note_icon.show_icon(icon, colour)
