"""The packets of one record, one under the other: what each carries, how far it is, what the centre said."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kiosk.domain.labels import DECISION
from kiosk.domain.verdicts import Decision
from kiosk.domain.words import Words, msg
from kiosk.services.record import PacketLine
from kiosk.services.standing import cause_text
from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.badges import Badge
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.layout import STRETCH, boxed, column, row, rule
from kiosk.ui.kit.texts import Text
from kiosk.ui.pages.rows import GAP, SIDE, cell, column_heads
from kiosk.ui.pages.verdicts import VERDICT_LOOK, reason_told, what_to_do
from kiosk.ui.tokens import OFFLINE, SUCCESS, WARNING

_KIND, _STATE, _WHEN, _VERDICT = 176, 220, 212, 176
_KINDS: dict[str, str] = {
    "registration": msg("Biodata"),
    "enrollment": msg("Captures"),
    "amendment": msg("Correction"),
    "withdrawal": msg("Withdrawal"),
    "sign_off": msg("Supervisor's sign-off"),
    "certificate": msg("Paper"),
    "visit": msg("End of the visit"),
}
# icon, colour, words
_STATES: dict[str, tuple[str, str, str]] = {
    "waiting": ("tray", OFFLINE.colour, msg("Saved, waiting")),
    "partial": ("paper-plane-tilt", tokens.MUTED, msg("Sent in part")),
    "acknowledged": ("check-circle", SUCCESS.colour, msg("At the centre")),
    "purged": ("check-circle", SUCCESS.colour, msg("At the centre")),
    "quarantined": ("pause-circle", WARNING.colour, msg("Put aside")),
}


class PacketTable(Box):
    """The table; nothing in it is pressed."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self.words = words
        self._lines: tuple[PacketLine, ...] = ()
        self._rows: list[QFrame] = []
        heads = column_heads(
            (words.say("Packet"), _KIND),
            (words.say("How it stands"), _STATE),
            (words.say("Made and arrived"), _WHEN),
            (words.say("The centre says"), _VERDICT),
            (words.say("What to do"), 0),
        )
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(1, 1, 1, 1)
        self._layout.setSpacing(0)
        self._layout.addWidget(heads)

    @property
    def told(self) -> tuple[str, ...]:
        """What each row says."""
        return tuple(row.accessibleName() for row in self._rows)

    def show_packets(self, lines: Sequence[PacketLine]) -> None:
        """Show the packets in the order of their making."""
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        for old in self._rows:
            old.hide()
            old.deleteLater()
        self._rows = [self._row(line) for line in lines]
        for new in self._rows:
            self._layout.addWidget(new)

    def _row(self, line: PacketLine) -> QFrame:
        kind = self.words.say(_KINDS.get(line.kind, line.kind))
        icon, colour, state = _STATES.get(line.state, ("info", tokens.MUTED, line.state))
        act = self._act(line)
        frame = boxed("plain")
        frame.setAccessibleName(
            ", ".join(part for part in (kind, self.words.say(state), self._said(line), act) if part)
        )
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(rule())
        told = (
            cell(column(Text(kind, "strong"), Text(line.short_name, "small"), gap=1), _KIND),
            cell(row(IconLabel(icon, colour, 18), Text(self.words.say(state)), STRETCH), _STATE),
            cell(self._when(line), _WHEN),
            cell(self._verdict(line), _VERDICT),
            (Text(act, "note", wrap=True), 1),
        )
        layout.addWidget(row(*told, gap=GAP, margins=(SIDE, 9, SIDE, 9)))
        return frame

    def _when(self, line: PacketLine) -> QFrame:
        made = self.words.say("made {when}", when=self._moment(line.created_at))
        arrived = ""
        if line.acknowledged_at is not None:
            arrived = self.words.say("arrived {when}", when=self._moment(line.acknowledged_at))
        return column(Text(made, "small"), Text(arrived, "small") if arrived else None, gap=1)

    def _moment(self, at: datetime) -> str:
        return f"{self.words.short_day(at.date())} {self.words.time(at)}"

    def _said(self, line: PacketLine) -> str:
        decision = _decision(line)
        return line.verdict if decision is None else self.words.say(DECISION[decision])

    def _verdict(self, line: PacketLine) -> QWidget:
        decision = _decision(line)
        if decision is None:
            return Text(line.verdict, "small")
        mood, icon = VERDICT_LOOK[decision]
        return row(Badge(self._said(line), mood, icon), STRETCH)

    def _act(self, line: PacketLine) -> str:
        decision = _decision(line)
        if decision is not None:
            return f"{reason_told(line.verdict_reason)} {what_to_do(self.words, decision)}".strip()
        if line.state == "quarantined":
            return self.words.say(cause_text(line.cause)) or self.words.say(
                "It failed several times. Call the technician."
            )
        if line.state in ("acknowledged", "purged"):
            return self.words.say("The centre has not decided yet.")
        return self.words.say("Nothing to do. It goes out by itself.")


def _decision(line: PacketLine) -> Decision | None:
    return next((decision for decision in Decision if decision.value == line.verdict), None)
