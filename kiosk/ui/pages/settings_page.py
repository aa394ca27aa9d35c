"""The page of settings: how this counter speaks, how large, when it locks; what it is and which devices it has."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kiosk.devices.api import Kind
from kiosk.domain.words import Words, msg
from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.badges import Badge
from kiosk.ui.kit.choice import Segments
from kiosk.ui.kit.fields import FormField
from kiosk.ui.kit.layout import STRETCH, card, column, row, rule, scrolled
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.lamps import ICONS, KIND_WORDS
from kiosk.ui.page import Page
from kiosk.ui.pages.page_head import fill_page, page_head

TEXT_PERCENTS = (100, 110, 120)
IDLE_MINUTES = (2, 5, 10)
_LANGUAGES = (("id", "Bahasa Indonesia"), ("en", "English"))  # each in its own words
_KEY_SLOTS: dict[str, str] = {
    "tpm": msg("In the machine's security chip"),
    "keyring": msg("In the system's keyring"),
    "file": msg("In a file of this machine; a chip is safer"),
}


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """One device of the kit and the driver that serves it."""

    kind: Kind
    driver: str


@dataclass(frozen=True, slots=True)
class SettingsState:
    """What is set, and what this counter is.

    text_percent, idle_minutes: one of those offered.  office: code and name.  key_slot: who keeps the machine's key
    (`tpm`, `keyring`, `file`), empty while unknown.
    """

    language: str
    text_percent: int
    idle_minutes: int
    office: str
    zone: str
    kiosk_id: str
    version: str
    key_slot: str
    practice: bool
    devices: tuple[DeviceLine, ...]


class SettingsPage(Page):
    """What may be set is chosen in sight and holds at once; the rest is read only."""

    language_wanted = Signal(str)
    text_size_wanted = Signal(int)
    idle_minutes_wanted = Signal(int)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.language = Segments(_LANGUAGES)
        self.text_size = Segments([(str(percent), f"{percent} %") for percent in TEXT_PERCENTS])
        self.idle = Segments([(str(minutes), self._minutes(minutes)) for minutes in IDLE_MINUTES])
        self._practice = Badge(words.say("Practice office"), "warning", "graduation-cap")
        self._facts = {name: ElidedText("", "body") for name in ("office", "zone", "kiosk", "key", "version")}
        self._devices = QVBoxLayout()
        self._shown_devices: tuple[DeviceLine, ...] | None = None
        self.language.chosen.connect(self.language_wanted)
        self.text_size.chosen.connect(lambda key: self.text_size_wanted.emit(int(key)))
        self.idle.chosen.connect(lambda key: self.idle_minutes_wanted.emit(int(key)))
        self._arrange()

    def show_state(self, state: SettingsState) -> None:
        """Show what is set."""
        self.language.show_key(state.language)
        self.text_size.show_key(str(state.text_percent))
        self.idle.show_key(str(state.idle_minutes))
        self._practice.setVisible(state.practice)
        texts = {
            "office": state.office,
            "zone": state.zone,
            "kiosk": state.kiosk_id,
            "key": self.words.say(_KEY_SLOTS.get(state.key_slot, state.key_slot)),
            "version": state.version,
        }
        for name, text in texts.items():
            self._facts[name].show_text(text or self.words.say("not known"))
        self._show_devices(state.devices)

    def focus_first(self) -> None:
        """Go to the first choice."""
        self.language.setFocus()

    @property
    def told(self) -> tuple[str, ...]:
        """What stands in the read-only lines."""
        return tuple(fact.whole for fact in self._facts.values())

    def _minutes(self, minutes: int) -> str:
        return self.words.count("{count} minute", "{count} minutes", minutes)

    def _arrange(self) -> None:
        across = row((self._chosen(), 1), (self._about(), 1), gap=16)
        body = column(across, self._kit(), STRETCH, gap=16)
        fill_page(self, page_head(self.words.say("Settings"), self._practice), (scrolled(body), 1))

    def _chosen(self) -> QFrame:
        say = self.words.say
        language = FormField(say("Language of this screen"), self.language)
        language.show_hint(say("The public's screen keeps its own"))
        size = FormField(say("Size of the text"), self.text_size)
        size.show_hint(say("Holds at once, on every page"))
        idle = FormField(say("Locks when nobody works"), self.idle)
        idle.show_hint(say("What was typed is kept; the password opens it again"))
        return card(Text(say("How it looks"), "h2"), language, size, idle, STRETCH, gap=12)

    def _about(self) -> QFrame:
        labels = {
            "office": self.words.say("Office"),
            "zone": self.words.say("Time zone"),
            "kiosk": self.words.say("This kiosk"),
            "key": self.words.say("Key of the records"),
            "version": self.words.say("Version"),
        }
        lines = [_fact(labels[name], fact) for name, fact in self._facts.items()]
        parts = [part for line in lines for part in (rule(), line)]
        return card(Text(self.words.say("This counter"), "h2"), 4, *parts, STRETCH, gap=0)

    def _kit(self) -> QFrame:
        self._devices.setSpacing(0)
        lines = QFrame()
        lines.setLayout(self._devices)
        self._devices.setContentsMargins(0, 0, 0, 0)
        note = Text(self.words.say("A technician chooses the drivers"), "small")
        return card(row(Text(self.words.say("Devices"), "h2"), STRETCH, note), lines, gap=8)

    def _show_devices(self, devices: tuple[DeviceLine, ...]) -> None:
        if devices == self._shown_devices:
            return
        self._shown_devices = devices
        while (item := self._devices.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for device in devices:
            self._devices.addWidget(rule())
            self._devices.addWidget(_device(self.words.say(KIND_WORDS[device.kind]), device))
        if not devices:
            self._devices.addWidget(Text(self.words.say("No device is set up yet"), "small"))


def _fact(label: str, text: ElidedText) -> QFrame:
    name = Text(label, "small")
    name.setFixedWidth(160)
    line = row(name, (text, 1), gap=12)
    line.setFixedHeight(42)
    return line


def _device(name: str, device: DeviceLine) -> QFrame:
    label = Text(name)
    label.setFixedWidth(220)
    line = row(
        IconLabel(ICONS[device.kind], tokens.MUTED, 20),
        label,
        (ElidedText(device.driver, "small"), 1),
        gap=12,
    )
    line.setFixedHeight(40)
    line.setAccessibleName(f"{name}: {device.driver}")
    return line
