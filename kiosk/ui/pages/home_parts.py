"""Parts of the officer's first page: who is next, the day in numbers, the banner of what is wrong."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.domain.labels import PRIORITY, SERVICE
from kiosk.domain.requests import Priority
from kiosk.domain.words import Words
from kiosk.services.queue import DayCounts, QueueLine
from kiosk.services.standing import LinkState, Standing
from kiosk.ui.kit.badges import Badge
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.layout import STRETCH, column, put, row, upright_rule
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.pages.queue_rows import PRIORITY_ICONS


class _CallButton(Button):
    """The big button; the arrow down leaves it for the queue, where Qt would go on to the next button."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrow down to the page."""
        if event.key() == Qt.Key.Key_Down:
            event.ignore()
            return
        super().keyPressEvent(event)


class NextCard(Box):
    """The next resident, and the button that calls; `call_wanted` carries the visit."""

    call_wanted = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self.setFixedHeight(128)
        self.words = words
        self._visit_id = ""
        self._ticket = Text("", "ticket")
        self._service = ElidedText("", "h2")
        self._waits = Text("", "body", mood="neutral")
        self._priority = Badge("", "chosen", "star")
        self._draft = Badge(words.say("Has a draft"), "neutral", "note-pencil")
        self.call = _CallButton(words.say("Call next"), "big", key=ENTER, icon="speaker-high")
        self.call.setMinimumWidth(296)
        self.call.clicked.connect(lambda: self.call_wanted.emit(self._visit_id))
        self._arrange()

    @property
    def ticket(self) -> str:
        """The ticket that is next."""
        return self._ticket.text()

    def show_line(self, line: QueueLine) -> None:
        """Show who is next."""
        self._visit_id = line.visit_id
        self._ticket.setText(line.ticket)
        self._service.show_text(self.words.say(SERVICE[line.service]))
        self._waits.setText(self.words.say("Waits {time}", time=self.words.age_of(line.waits)))
        self._priority.setVisible(line.priority is not Priority.NONE)
        self._draft.setVisible(line.has_draft)
        label = self.words.say(PRIORITY[line.priority])
        first = self.words.say("Served first: {why}", why=label[:1].lower() + label[1:])
        self._priority.show_state(first, "chosen", PRIORITY_ICONS[line.priority])

    def _arrange(self) -> None:
        left = column(STRETCH, Text(self.words.say("Next"), "section"), self._ticket, STRETCH, gap=0)
        badges = row(self._priority, self._draft, STRETCH, gap=6)
        told = column(STRETCH, self._service, self._waits, badges, STRETCH, gap=4)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 14, 16, 14)
        layout.setSpacing(16)
        put(layout, left, 8, upright_rule(98), 8, (told, 1), self.call)


class CountsCard(Box):
    """The office's day in four numbers."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self.words = words
        self._since = Text("", "small")
        names = (words.say("Served"), words.say("Recorded"), words.say("Papers"), words.say("Laid aside"))
        self._counts = [Text("0", "count") for _ in names]
        stats = [
            (column(count, Text(name, "small"), gap=0), 1)
            for count, name in zip(self._counts, names, strict=True)
        ]
        head = row(Text(words.say("Today"), "h2"), STRETCH, self._since)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        put(layout, (column(head, row(*stats), gap=6), 1))

    def show_counts(self, counts: DayCounts, since: str) -> None:
        """Show the numbers; `since`: when the office opened, empty where nobody said."""
        shown = (counts.served, counts.recorded, counts.papers, counts.parked)
        for label, number in zip(self._counts, shown, strict=True):
            label.setText(self.words.number(number))
        self._counts[-1].show_mood("warning" if counts.parked else "")
        self._since.setText(self.words.say("since {when}", when=since) if since else "")


@dataclass(frozen=True, slots=True)
class Banner:
    """What stands above everything else on the page."""

    mood: str
    head: str
    rest: str
    icon: str


def banner_of(words: Words, standing: Standing) -> Banner | None:
    """Return the one banner to show, the worst first; None when there is nothing to say."""
    if standing.disk_gate:
        return Banner(
            "danger",
            words.say("The disk is nearly full; recording has stopped."),
            words.say("What was saved is safe. Papers go on. Copy packets to USB to make room."),
            "x-circle-fill",
        )
    if standing.link is LinkState.NOT_JOINED:
        return _not_joined(words, standing)
    return _cut_off(words, standing) if standing.link is LinkState.OFFLINE else None


def _not_joined(words: Words, standing: Standing) -> Banner:
    if standing.practice:
        head = words.say("Practice office without a centre.")
        return Banner("offline", head, words.say("Nothing here is valid, and nothing is sent."), "info")
    return Banner(
        "offline",
        words.say("This kiosk has joined no centre yet."),
        words.say("Records are kept safe on this machine until it has."),
        "cloud-slash-fill",
    )


def _cut_off(words: Words, standing: Standing) -> Banner:
    head = words.say("Centre server cut off")
    if standing.link_since is not None:
        day, time = words.day_name(standing.link_since.date()), words.time(standing.link_since)
        head = words.say("Centre server cut off since {day} at {time}", day=day, time=time)
    rest = words.say(
        "Recording and temporary papers go on. "
        "Data is kept safe on this machine and sent by itself when the centre is back."
    )
    return Banner("offline", head, rest, "cloud-slash-fill")
