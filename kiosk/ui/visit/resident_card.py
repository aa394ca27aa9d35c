"""The resident's card beside every step: who stands there, what for, and how far this visit is."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.badges import Badge, CheckLine, State
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.layout import STRETCH, column, put, row, rule
from kiosk.ui.kit.person import PersonPicture
from kiosk.ui.kit.texts import ElidedText, Text

_LINES = 9  # made beforehand; a list that is longer gets more


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the card's list."""

    text: str
    state: State


@dataclass(frozen=True, slots=True)
class ResidentState:
    """What the card shows; all of it in the language of the screen already."""

    name: str
    about: str  # `Perempuan, 35 tahun`
    village: str
    ticket: str
    nik: str  # grouped 6-6-4
    service: str
    portrait: bytes = b""
    heading: str = ""
    checks: tuple[Check, ...] = ()
    advice: str = ""


class ResidentCard(Box):
    """The card; the same widgets stay, so that nothing flickers from step to step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self.setFixedWidth(tokens.RESIDENT_CARD)
        self._picture = PersonPicture()
        self._name = ElidedText("", "h3")
        self._about = ElidedText("", "small")
        self._village = ElidedText("", "small")
        self._ticket = Badge("")
        self._nik = Text("", "strong")
        self._service = ElidedText("")
        self._labels = (Text("", "small"), Text("", "small"))
        self._heading = Text("", "section")
        self._checks = QVBoxLayout()
        self._lines = [CheckLine("", State.PENDING) for _ in range(_LINES)]  # those not needed now are hidden
        self._advice = Text("", "small", wrap=True)
        self._advice_row = row(IconLabel("info", tokens.MUTED, 18), (self._advice, 1), gap=8)
        self._arrange()

    def show_state(self, state: ResidentState, *, nik_label: str, service_label: str) -> None:
        """Show the resident and the list."""
        self._picture.show_picture(state.portrait)
        for widget, text in (
            (self._name, state.name),
            (self._about, state.about),
            (self._village, state.village),
            (self._service, state.service),
        ):
            widget.show_text(text)
        self._nik.setText(state.nik)
        self._ticket.show_state(state.ticket, "neutral")
        self._labels[0].setText(nik_label)
        self._labels[1].setText(service_label)
        self._heading.setText(state.heading)
        self._advice.setText(state.advice)
        self._advice_row.setVisible(bool(state.advice))
        self._show_checks(state.checks)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 12)
        layout.setSpacing(10)
        self._checks.setSpacing(7)
        who = column(self._name, self._about, 4, self._village, STRETCH, self._ticket, gap=1)
        who.setFixedHeight(self._picture.height())
        head = row(self._picture, (who, 1), gap=12)
        nik, service = (
            column(self._labels[0], self._nik, gap=0),
            column(self._labels[1], self._service, gap=0),
        )
        put(layout, head, nik, service, rule(), self._heading)
        layout.addLayout(self._checks)
        for line in self._lines:
            self._checks.addWidget(line)
            line.hide()
        put(layout, STRETCH, self._advice_row)

    def _show_checks(self, checks: Sequence[Check]) -> None:
        for check in checks[len(self._lines) :]:
            self._lines.append(CheckLine(check.text, check.state))
            self._checks.addWidget(self._lines[-1])
        for line, check in zip(self._lines, checks, strict=False):
            line.show_state(check.text, check.state)
        for place, line in enumerate(self._lines):
            line.setVisible(place < len(checks))
