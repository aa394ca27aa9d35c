"""The attempts at one capture, as cards: what came out of each, and which one is used."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from kiosk.domain.captures import CaptureKind
from kiosk.domain.words import Words
from kiosk.services.looking import CaptureView
from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.layout import column, row
from kiosk.ui.kit.person import PersonPicture
from kiosk.ui.kit.texts import ElidedText, Text


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt: its number, what came out, whether it is the one kept.

    first: the first of several of which nobody saw which one was kept.  picture: JPEG, empty where none is shown.
    """

    number: int
    told: str
    used: bool = False
    first: int = 0
    picture: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class _Seen:
    attempts: tuple[Attempt, ...]
    taken_at: datetime  # of the attempt that is kept


class AttemptMemory:
    """The attempts of one visit, as they were seen: the visit itself knows their count and the best one only."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._visit_id = ""
        self._seen: dict[CaptureKind, _Seen] = {}

    def open(self, visit_id: str) -> None:
        """Forget the attempts of another visit."""
        if visit_id != self._visit_id:
            self._visit_id = visit_id
            self._seen = {}

    def seen(
        self, kind: CaptureKind, kept: CaptureView | None, told: str, picture: bytes = b""
    ) -> tuple[Attempt, ...]:
        """Return the attempts of a capture of which `kept` is the best; `told`: what came out of that one."""
        if kept is None:
            self._seen.pop(kind, None)
            return ()
        before = self._seen.get(kind)
        number = kept.attempts
        if before is None or number < before.attempts[-1].number:
            attempts: tuple[Attempt, ...] = (Attempt(number, told, used=True, first=1, picture=picture),)
        elif number > before.attempts[-1].number and before.taken_at == kept.taken_at:
            attempts = (*before.attempts, Attempt(number, self.words.say("not better")))
        elif number > before.attempts[-1].number:
            earlier = tuple(replace(attempt, used=False) for attempt in before.attempts)
            attempts = (*earlier, Attempt(number, told, used=True, first=number, picture=picture))
        else:
            attempts = tuple(
                replace(one, told=told, picture=picture) if one.used else one for one in before.attempts
            )
        self._seen[kind] = _Seen(attempts, kept.taken_at)
        return attempts


def attempt_name(words: Words, attempt: Attempt) -> str:
    """Return what an attempt is called."""
    if 0 < attempt.first < attempt.number:
        return words.say("Attempts {first} to {number}", first=attempt.first, number=attempt.number)
    return words.say("Attempt {number}", number=attempt.number)


class AttemptCard(QFrame):
    """One card; the used one has a frame in the primary colour and says so."""

    def __init__(self, words: Words, parent: QWidget | None = None, *, with_picture: bool = False) -> None:
        super().__init__(parent)
        self.words = words
        self._used = False
        self._head = Text("", "label")
        self._told = ElidedText("", "small")
        self._picture = PersonPicture(33, 42) if with_picture else None
        self._mark = IconLabel("check-circle-fill", tokens.PRIMARY, 16)
        self._word = Text(words.say("used"), "note_strong", mood="chosen")
        head = row(self._head, (QWidget(), 1), self._mark, self._word, gap=4)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.setSpacing(8)
        if self._picture is not None:
            layout.addWidget(self._picture)
        layout.addWidget(column(head, self._told, gap=1), 1)
        self.setFixedHeight(58 if with_picture else 56)

    def show_attempt(self, attempt: Attempt) -> None:
        """Show an attempt."""
        self._used = attempt.used
        self._head.setText(attempt_name(self.words, attempt))
        self._told.show_text(attempt.told)
        self._mark.setVisible(attempt.used)
        self._word.setVisible(attempt.used)
        if self._picture is not None:
            self._picture.show_picture(attempt.picture)
        used = self.words.say("used") if attempt.used else ""
        self.setAccessibleName(", ".join(part for part in (self._head.text(), attempt.told, used) if part))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = 1.0 if self._used else 0.5
        painter.setPen(QPen(QColor(tokens.PRIMARY if self._used else tokens.LINE), 2 * inset))
        painter.setBrush(QColor(tokens.PRIMARY_TINT if self._used and self._picture else tokens.SURFACE))
        area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(area, tokens.RADIUS, tokens.RADIUS)


class AttemptRow(QWidget):
    """The newest attempts side by side, with room for the next one."""

    def __init__(self, words: Words, places: int, *, with_picture: bool = False) -> None:
        super().__init__()
        self.cards = [AttemptCard(words, with_picture=with_picture) for _ in range(places)]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for card in self.cards:
            policy = card.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            card.setSizePolicy(policy)
            layout.addWidget(card, 1)

    def show_attempts(self, attempts: Sequence[Attempt], upcoming: str) -> None:
        """Show the newest attempts, and after them the next, of which `upcoming` says how it begins."""
        number = attempts[-1].number + 1 if attempts else 1
        coming = [Attempt(number, upcoming)] if upcoming else []
        shown = [*attempts, *coming][-len(self.cards) :]
        if not any(attempt.used for attempt in shown):
            shown[:1] = [attempt for attempt in attempts if attempt.used] or shown[:1]
        for place, card in enumerate(self.cards):
            card.setVisible(place < len(shown))
            if place < len(shown):
                card.show_attempt(shown[place])
