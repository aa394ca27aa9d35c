"""Whose record it is: portrait, name and what identifies the person."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.domain.labels import SERVICE
from kiosk.domain.words import Words
from kiosk.services.record import RecordView
from kiosk.ui.kit.badges import Badge
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.layout import STRETCH, column, put, row
from kiosk.ui.kit.person import PersonPicture
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.visit.person_words import grouped


class PersonHead(Box):
    """The card at the top of a record; widgets in `beside` stand at its right."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self.words = words
        self._picture = PersonPicture()
        self._name = ElidedText("", "h2")
        self._withdrawn = Badge(words.say("Withdrawn"), "neutral", "prohibit")
        self._facts = {
            name: ElidedText("", "body") for name in ("nik", "birth", "village", "service", "ticket", "saved")
        }
        self.beside = QVBoxLayout()
        self.beside.setSpacing(8)
        self._arrange()

    def show_person(self, view: RecordView) -> None:
        """Show the person of a record."""
        self._picture.show_picture(view.portrait)
        self._name.show_text(view.full_name)
        self._withdrawn.setVisible(view.withdrawn)
        saved = f"{self.words.date(view.saved_at.date())} {self.words.time(view.saved_at)}"
        texts = {
            "nik": grouped(view.nik),
            "birth": self.words.date(view.birth_date) if view.birth_date else "",
            "village": view.village,
            "service": self.words.say(SERVICE[view.service]),
            "ticket": view.ticket,
            "saved": saved,
        }
        for name, text in texts.items():
            self._facts[name].show_text(text)

    def _fact(self, label: str, name: str) -> QFrame:
        return column(Text(label, "small"), self._facts[name], gap=1)

    def _arrange(self) -> None:
        say = self.words.say
        first = (
            (self._fact(say("NIK"), "nik"), 2),
            (self._fact(say("Birth date"), "birth"), 2),
            (self._fact(say("Village"), "village"), 3),
        )
        second = (
            (self._fact(say("Service"), "service"), 2),
            (self._fact(say("Ticket"), "ticket"), 2),
            (self._fact(say("Saved"), "saved"), 3),
        )
        facts = column(row(*first, gap=16), row(*second, gap=16), gap=6)
        name = row((self._name, 1), self._withdrawn)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(16)
        put(layout, self._picture, (column(name, facts, STRETCH, gap=8), 1))
        layout.addLayout(self.beside)
