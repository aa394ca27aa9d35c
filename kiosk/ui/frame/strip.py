"""The strip at the foot: is it safe, is it sent, what works; each part is a button to its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QPushButton, QSizePolicy, QWidget

from kiosk.domain.clock import ClockState
from kiosk.domain.words import Words, msg
from kiosk.services.standing import LinkState, Standing
from kiosk.ui import tokens
from kiosk.ui.frame.rail import DELIVERIES, DEVICES, SETTINGS
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.badges import Lamp, State
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.layout import upright_rule
from kiosk.ui.kit.texts import Text
from kiosk.ui.kit.turns import paint_next_turns
from kiosk.ui.tokens import DANGER, OFFLINE, SUCCESS, WARNING, Mood

_NARROWEST = 960
_A_YEAR, _FEW_DAYS, _VERY_FEW_DAYS = 365, 14, 5  # a forecast beyond a year tells nobody anything


@dataclass(frozen=True, slots=True)
class LampState:
    """One device's lamp: which icon, how it stands, the sentence behind it."""

    icon: str
    state: State
    told: str


@dataclass(frozen=True, slots=True)
class StripState:
    """All the strip shows; `now` in the office's zone, `user` empty while nobody is signed in."""

    standing: Standing
    now: datetime
    user: str = ""
    role: str = ""
    lamps: tuple[LampState, ...] = ()


_LINKS: dict[LinkState, tuple[str, str, Mood]] = {
    LinkState.ONLINE: (msg("Centre connected"), "check-circle-fill", SUCCESS),
    LinkState.SENDING: (msg("Sending"), "paper-plane-tilt", SUCCESS),
    LinkState.OFFLINE: (msg("Centre cut off"), "cloud-slash-fill", OFFLINE),
    LinkState.NOT_JOINED: (msg("No centre"), "cloud-slash-fill", OFFLINE),
}


class Segment(QPushButton):
    """One part of the strip: an icon, words that weigh, words that explain."""

    def __init__(
        self, icon: str, parent: QWidget | None = None, *, margin: int = 13, explained_first: bool = False
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "flat")
        self.setFixedHeight(tokens.STRIP - 1)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._icon = IconLabel(icon, tokens.MUTED, 20)
        self._bold = Text("", "note_strong")
        self._plain = Text("", "small")
        self._moods: tuple[Mood | None, str] = (None, "")
        self._shown: tuple[str, ...] = ()
        self._can_shorten = False
        self._needed = 0
        self.content = QHBoxLayout(self)
        self.content.setContentsMargins(margin, 0, margin, 0)
        self.content.setSpacing(7)
        words = (self._plain, self._bold) if explained_first else (self._bold, self._plain)
        for part in (self._icon, *words):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self.content.addWidget(part)

    def show_words(self, bold: str, plain: str = "", *, icon: str, colour: str = tokens.MUTED) -> None:
        """Show the part; the tooltip says the same as one sentence."""
        if self._shown == (bold, plain, icon, colour):
            return
        self._shown = (bold, plain, icon, colour)
        self._icon.show_icon(icon, colour)
        for label, text in ((self._bold, bold), (self._plain, plain)):
            label.setText(text)
            label.setVisible(bool(text))
        self._can_shorten = bool(plain)
        self.setAccessibleName(f"{bold} {plain}".strip())
        self.setToolTip(self.accessibleName())
        self.updateGeometry()

    def keep_whole(self) -> None:
        """Never leave out the words that explain: they are a warning."""
        self._can_shorten = False

    def show_whole(self, whole: bool) -> None:
        """Leave out the words that explain, or show them again; the tooltip has them either way."""
        if self._can_shorten and self._plain.isHidden() == whole:
            self._plain.setVisible(whole)
            self.updateGeometry()

    def show_mood(self, mood: Mood | None, label_mood: str = "") -> None:
        """Tint the part, or not."""
        if (mood, label_mood) == self._moods:
            return
        self._moods = (mood, label_mood)
        self._bold.show_mood(label_mood)
        self._plain.show_mood(label_mood)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Ask for other room when the words need it, as after a change of the text's size."""
        if event.type() == QEvent.Type.LayoutRequest and self.sizeHint().width() != self._needed:
            self._needed = self.sizeHint().width()
            self.updateGeometry()
        return super().event(event)

    def sizeHint(self) -> QSize:
        """Return the room the words need."""
        return QSize(self.content.sizeHint().width(), tokens.STRIP - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tint with its line on top."""
        super().paintEvent(event)
        mood = self._moods[0]
        if mood is not None:
            painter = QPainter(self)
            painter.fillRect(self.rect(), QColor(mood.tint))
            painter.fillRect(0, 0, self.width(), 1, QColor(mood.colour))


class Strip(Box):
    """The whole strip; `wanted` carries the place a part belongs to."""

    wanted = Signal(str)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("bottom", parent)
        self.words = words
        self.setFixedHeight(tokens.STRIP)
        self.link = self._segment("cloud", DELIVERIES, margin=16)
        self.waiting = self._segment("tray", DELIVERIES)
        self.disk = self._segment("hard-drives", DELIVERIES)
        self.devices = self._segment("cpu", DEVICES, margin=11)
        self.practice = self._segment("graduation-cap", SETTINGS)
        self.clock = self._segment("clock", SETTINGS, explained_first=True)
        self.user = self._segment("user-circle", "lock")
        self._lamps: list[Lamp] = []
        self._fitted = 0
        self._arrange()

    def show_state(self, state: StripState) -> None:
        """Show how everything stands; what stands as before is left as it is."""
        before = self._told()
        self._show_link(state)
        self._show_waiting(state)
        self._show_disk(state.standing)
        self._show_lamps(state.lamps)
        self._show_clock(state)
        self._show_practice(state.standing)
        self.user.show_words(state.user, state.role, icon="user-circle")
        self.user.setVisible(bool(state.user))
        if self._told() != before:
            self._fit()
            paint_next_turns(self)  # what changes beside it is painted first

    def _segment(self, icon: str, place: str, *, margin: int = 13, explained_first: bool = False) -> Segment:
        segment = Segment(icon, self, margin=margin, explained_first=explained_first)
        segment.clicked.connect(lambda: self.wanted.emit(place))
        return segment

    def _arrange(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 1, 4, 0)
        layout.setSpacing(0)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for segment in (self.link, self.waiting, self.disk, self.devices):
            layout.addWidget(segment)
            if segment is not self.link:
                layout.addWidget(upright_rule())
        layout.addStretch(1)
        layout.addWidget(self.practice)
        layout.addWidget(self.clock)
        layout.addWidget(upright_rule())
        layout.addWidget(self.user)

    def _told(self) -> tuple[tuple[str, bool], ...]:
        """Return what the parts say and whether they are there at all: what their room depends on."""
        parts = (self.link, self.waiting, self.disk, self.devices, self.practice, self.clock, self.user)
        return tuple((part.accessibleName(), part.isHidden()) for part in parts)

    def _fit(self) -> None:
        """Leave out words that explain, those one misses least first, until the parts fit the screen."""
        shortened = (self.waiting, self.user, self.link, self.clock, self.disk)
        for segment in shortened:
            segment.show_whole(True)
        layout = self.layout()
        for segment in shortened:
            if layout is None or layout.sizeHint().width() <= self.width():
                break
            segment.show_whole(False)
            layout.invalidate()
        self._fitted = layout.sizeHint().width() if layout is not None else 0

    def _show_link(self, state: StripState) -> None:
        standing = state.standing
        text, icon, mood = _LINKS[standing.link]
        since = ""
        cut_off = standing.link in (LinkState.OFFLINE, LinkState.NOT_JOINED)
        if cut_off and standing.link_since is not None:
            same_day = standing.link_since.date() == state.now.date()
            when = (
                self.words.time(standing.link_since)
                if same_day
                else self.words.short_day(standing.link_since.date())
            )
            since = self.words.say("since {when}", when=when)
        self.link.show_words(self.words.say(text), since, icon=icon, colour=mood.colour)
        self.link.show_mood(OFFLINE if cut_off else None, "offline" if cut_off else "")

    def _show_waiting(self, state: StripState) -> None:
        standing, oldest = state.standing, ""
        if not standing.waiting:
            self.waiting.show_words(self.words.say("Nothing waits"), icon="tray")
            return
        if standing.oldest_waiting is not None:
            age = (state.now - standing.oldest_waiting).total_seconds()
            oldest = self.words.say("oldest {age}", age=self.words.age_of(age))
        told = self.words.count("{count} waits to be sent", "{count} wait to be sent", standing.waiting)
        self.waiting.show_words(told, oldest, icon="tray", colour=tokens.INK)

    def _show_disk(self, standing: Standing) -> None:
        days = standing.disk_days
        if standing.disk_gate or (days is not None and days < _VERY_FEW_DAYS):
            icon, colour = "x-circle-fill", DANGER.colour
        elif days is not None and days < _FEW_DAYS:
            icon, colour = "warning-fill", WARNING.colour
        else:
            icon, colour = "hard-drives", tokens.MUTED
        enough = self.words.say("Disk has room")
        plain = (
            enough
            if days is None
            else self.words.count("Disk for {count} day", "Disk for {count} days", days)
        )
        if standing.disk_gate:
            plain = self.words.say("Disk is full")
        self.disk.show_words("", plain, icon=icon, colour=colour)

    def _show_practice(self, standing: Standing) -> None:
        told = self.words.say("PRACTICE")
        self.practice.show_words(told, icon="graduation-cap", colour=WARNING.colour)
        self.practice.show_mood(WARNING, "warning")
        self.practice.setToolTip(self.words.say("Nothing here is real: a practice office."))
        self.practice.setVisible(standing.practice)

    def _show_lamps(self, lamps: Sequence[LampState]) -> None:
        if len(lamps) != len(self._lamps):
            self._rebuild_lamps(lamps)
        for lamp, shown in zip(self._lamps, lamps, strict=True):
            lamp.show_state(shown.state, shown.told)
        self.devices.show_words("", "", icon="cpu")
        self.devices.findChildren(IconLabel)[0].hide()
        self.devices.setVisible(bool(lamps))
        self.devices.setAccessibleName("; ".join(lamp.told for lamp in lamps))
        self.devices.setToolTip("\n".join(lamp.told for lamp in lamps))

    def _rebuild_lamps(self, lamps: Sequence[LampState]) -> None:
        for lamp in self._lamps:
            lamp.deleteLater()
        self._lamps = [Lamp(shown.icon, shown.state, self.devices) for shown in lamps]
        self.devices.content.setSpacing(1)
        for lamp in self._lamps:
            lamp.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self.devices.content.addWidget(lamp)

    def _show_clock(self, state: StripState) -> None:
        time = self.words.time(state.now)
        if state.standing.clock is ClockState.SUSPECT:
            told = self.words.say("check the clock")
            self.clock.show_words(time, told, icon="warning-fill", colour=WARNING.colour)
            self.clock.keep_whole()
            self.clock.show_mood(None, "warning")
            return
        self.clock.show_words(time, self.words.short_day(state.now.date()), icon="clock")
        self.clock.show_mood(None)

    def event(self, event: QEvent) -> bool:
        """Fit anew when the parts ask for other room, as with larger text."""
        layout = self.layout()
        asked = event.type() == QEvent.Type.LayoutRequest and layout is not None
        if asked and layout is not None and layout.sizeHint().width() != self._fitted:
            self._fit()
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        """Return the room the strip asks of the window: it leaves words out before it makes anything wider."""
        return QSize(_NARROWEST, tokens.STRIP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many words as the width has room for."""
        super().resizeEvent(event)
        self._fit()
