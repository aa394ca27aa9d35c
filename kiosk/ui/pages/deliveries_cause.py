"""Why nothing goes out, or that it does: the cause in words, the stages of the way, when it is tried again."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from kiosk.domain.words import Words
from kiosk.services.deliveries import Deliveries
from kiosk.services.standing import LinkStage, LinkState, StageMark, Standing, cause_text, link_stages
from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.badges import STATE_ICONS, State, state_colour
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.layout import STRETCH, column, put, row
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.tokens import MOODS

_HEIGHT = 88
_MARKS = {
    StageMark.PASSED: State.GOOD,
    StageMark.FAILED: State.BROKEN,
    StageMark.NOT_REACHED: State.ABSENT,
}
# Who waits for the line may go on; these want a person first, or forbid to go on as before.
_NEEDS_PERSON = frozenset(
    {
        "tls_clock",
        "clock_off",
        "captive_portal",
        "tls_expired",
        "code_refused",
        "not_joined",
        "packet_refused",
    }
)
_ALARMS = frozenset({"kiosk_revoked", "kiosk_unknown", "tls_unknown_ca", "untrusted", "packet_damaged"})
_ICONS = {
    "success": "check-circle-fill",
    "offline": "cloud-slash-fill",
    "warning": "warning-fill",
    "danger": "x-circle-fill",
}


class StageSign(QFrame):
    """One stage of the way: its shape, and its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel(STATE_ICONS[State.ABSENT], tokens.MUTED, 16)
        self._name = Text("", "note")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        put(layout, self._icon, self._name)

    def show_stage(self, name: str, mark: StageMark, told: str) -> None:
        """Show how far the way came here; `told` says the mark in words."""
        state = _MARKS[mark]
        self._icon.show_icon(STATE_ICONS[state], state_colour(state))
        self._name.setText(name)
        self._name.show_style({State.BROKEN: "note_strong", State.GOOD: "label"}.get(state, "small"))
        self._name.show_mood(state.value if state is State.BROKEN else "")
        self.setAccessibleName(f"{name}: {told}")


class CauseBox(Box):
    """The box on top of the page; `try_now` asks for a try."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("neutral", parent)
        self.words = words
        self.try_now = Button(words.say("Try now"), "primary", key="F5", icon="arrow-clockwise")
        self._icon = IconLabel("cloud-slash-fill", tokens.MUTED, 28)
        self._head = Text("", "h2")
        self._rest = ElidedText("", "note")
        self._stages = [StageSign() for _ in range(5)]
        self._way = self._way_of_stages()
        self.setFixedHeight(_HEIGHT)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 4, 14, 4)
        layout.setSpacing(16)
        told = column(STRETCH, self._head, self._rest, self._way, STRETCH, gap=3)
        put(layout, self._icon, (told, 1), self.try_now)

    @property
    def text(self) -> str:
        """All the box says."""
        return f"{self._head.text()}. {self._rest.whole}"

    @property
    def stages(self) -> tuple[StageSign, ...]:
        """The signs of the stages in order."""
        return tuple(self._stages)

    def show_state(self, state: Deliveries, *, rest: str = "") -> None:
        """Show the cause, or that all is well; `rest` is what to say while the centre is there."""
        standing = state.standing
        mood = mood_of(standing)
        head, told = self._sentences(standing, rest)
        self._icon.show_icon(_ICONS[mood], MOODS[mood].colour)
        self._head.setText(head)
        self._head.show_mood(mood)
        self._rest.show_text(" ".join(part for part in (told, self._tried(state)) if part))
        self._show_stages(_way(standing))
        self.show_box(mood)
        self.setAccessibleName(self.text)
        self._show_button(standing)

    def _show_button(self, standing: Standing) -> None:
        is_quiet = standing.link is LinkState.ONLINE and not standing.waiting
        self.try_now.show_kind("secondary" if is_quiet else "primary")
        self.try_now.setVisible(standing.link not in (LinkState.SENDING, LinkState.NOT_JOINED))

    def _sentences(self, standing: Standing, rest: str) -> tuple[str, str]:
        if standing.link is LinkState.SENDING:
            return self.words.say("Sending to the centre"), rest
        if standing.link is LinkState.ONLINE:
            return self.words.say("Centre connected"), rest
        told = self.words.say(cause_text(standing.cause or ""))
        if not told:
            told = self.words.say("The centre was not reached yet. Records are safe here.")
        head, _, remainder = told.partition(". ")
        return head.removesuffix("."), remainder

    def _tried(self, state: Deliveries) -> str:
        if state.standing.link is not LinkState.OFFLINE:
            return ""
        told = ""
        if state.attempts and state.last_attempt is not None:
            told = self.words.say(
                "Try {number} failed at {time}.",
                number=self.words.number(state.attempts),
                time=self.words.time(state.last_attempt),
            )
        if state.next_attempt is not None:
            again = self.words.say("Next try at {time}.", time=self.words.time(state.next_attempt))
            told = f"{told} {again}".strip()
        return told

    def _show_stages(self, stages: tuple[LinkStage, ...]) -> None:
        self._way.setVisible(any(stage.mark is not StageMark.NOT_REACHED for stage in stages))
        told = {
            StageMark.PASSED: self.words.say("reached"),
            StageMark.FAILED: self.words.say("failed here"),
            StageMark.NOT_REACHED: self.words.say("not reached"),
        }
        for sign, stage in zip(self._stages, stages, strict=False):
            sign.show_stage(self.words.say(stage.name), stage.mark, told[stage.mark])

    def _way_of_stages(self) -> QFrame:
        parts: list[QWidget] = []
        for sign in self._stages:
            if parts:
                arrow = IconLabel("caret-right", tokens.EDGE, 14)
                arrow.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                parts.append(arrow)
            parts.append(sign)
        return row(*parts, STRETCH, gap=8)


def _way(standing: Standing) -> tuple[LinkStage, ...]:
    """Return how far the last try came; nothing before the first."""
    if standing.link is LinkState.NOT_JOINED:
        return ()
    if standing.link is LinkState.OFFLINE and standing.cause is None:
        return ()
    return link_stages(standing.cause)


def mood_of(standing: Standing) -> str:
    """Return how the box looks: a broken line is nobody's alarm, a wrong clock or a stranger's answer is."""
    if standing.link in (LinkState.ONLINE, LinkState.SENDING):
        return "success"
    if standing.cause in _ALARMS:
        return "danger"
    return "warning" if standing.cause in _NEEDS_PERSON else "offline"
