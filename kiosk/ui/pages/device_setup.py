"""The page of set-up: which driver serves each kind of device, with which settings; nobody edits a file by hand."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kiosk.devices.api import Kind
from kiosk.domain.words import Words
from kiosk.services.kit import DeviceChoice
from kiosk.services.setting_up import DriverView, settings_given
from kiosk.ui import tokens
from kiosk.ui.icons import IconLabel
from kiosk.ui.kit.badges import Badge
from kiosk.ui.kit.boxes import Box
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.fields import ChoiceField, FormField
from kiosk.ui.kit.layout import STRETCH, column, row, scrolled
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.kit.texts import ElidedText, Text
from kiosk.ui.lamps import ICONS, KIND_WORDS
from kiosk.ui.page import Page
from kiosk.ui.pages.device_setup_fields import SettingFields
from kiosk.ui.pages.device_setup_found import FoundLine, FoundList
from kiosk.ui.pages.device_setup_state import Draft, SetUpState, draft_of
from kiosk.ui.pages.page_head import HEAD, fill_page
from kiosk.ui.pages.rows import Row, RowList, listed

_KINDS, _ROW = 316, 52
_NOTHING = ""


@dataclass(frozen=True, slots=True)
class KindLine:
    """One kind, in the language of the screen."""

    kind: Kind
    name: str
    driver: str
    is_draft: bool


class DeviceSetUpPage(Page):
    """Shows the nine kinds, and one of them in full.

    `kind_chosen` carries the kind somebody went to, `look_wanted` asks what is found for it, `saved` carries the kind
    and its new choice (None for no device), `back_wanted` leaves.  What is typed and not saved stays, kind by kind.
    """

    kind_chosen = Signal(object)
    look_wanted = Signal()
    saved = Signal(object, object)
    back_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._state: SetUpState | None = None
        self._drafts: dict[Kind, Draft] = {}
        self.kinds: RowList[KindLine] = RowList(self._row, lambda line: line.kind.value, choosing=True)
        self._icon, self._name = IconLabel("cpu", tokens.INK, 26), ElidedText("", "h2")
        self.unsaved = Badge(words.say("Not saved yet"), "warning", "warning")
        self.driver = ChoiceField()
        self._driver_field = FormField(words.say("Driver"), self.driver)
        self.fields = SettingFields(words)
        self.found = FoundList(words)
        self.box = MessageBox("danger")
        self.save = Button(words.say("Save and test"), "primary", key=ENTER, icon="check-bold")
        self.back = Button(words.say("Back"), key="Esc", icon="arrow-left")
        self.primary = self.save
        self._arrange()
        self._connect()

    def show_state(self, state: SetUpState) -> None:
        """Show how the kinds are set up; what is typed and not saved stays."""
        self._state = state
        self.kinds.show_lines([self._line(kind, driver) for kind, driver in state.drivers.items()])
        self._icon.show_icon(ICONS[state.kind], tokens.INK)
        self._name.show_text(self.words.say(KIND_WORDS[state.kind]))
        self._show_choice(state)
        self.found.show_state(state)
        self._show_told(state)

    def choose(self, kind: Kind) -> None:
        """Go to a kind."""
        self.kinds.focus_key(kind.value)

    def take_saved(self, kind: Kind) -> None:
        """Forget what was typed for a kind: it is saved now."""
        self._drafts.pop(kind, None)

    def focus_first(self) -> None:
        """Go to the kind that is shown."""
        if self._state is not None:
            self.choose(self._state.kind)

    @property
    def draft(self) -> Draft:
        """What stands in the fields of the kind that is shown."""
        return Draft(self.driver.key, self.fields.values)

    def _show_choice(self, state: SetUpState) -> None:
        view = state.view
        self.driver.setEnabled(view is not None)
        self.save.setEnabled(view is not None)
        if view is None:
            self.fields.show_settings((), {})
            return
        offered = [(driver.name, self._title(driver)) for driver in view.drivers]
        self.driver.fill([(_NOTHING, self.words.say("No such device at this counter")), *offered])
        draft = self._drafts.get(state.kind) or draft_of(view.choice)
        self.driver.show_key(draft.driver)
        driver = view.driver(draft.driver)
        self.fields.show_settings(driver.settings if driver is not None else (), draft.settings)

    def _show_told(self, state: SetUpState) -> None:
        self.unsaved.setVisible(state.kind in self._drafts)
        wrong = [found for found in state.findings if found.field == "driver"]
        view = state.view.driver(self.driver.key) if state.view is not None else None
        broken = view.error if view is not None else ""
        told = self.words.finding(wrong[0]) if wrong else broken
        self._driver_field.show_hint(told, "danger" if told else "")
        self.fields.show_findings(state.findings)
        self.box.show_message(*state.trouble)

    def _title(self, driver: DriverView) -> str:
        title = self.words.say(driver.title)
        return self.words.say("{driver} (practice)", driver=title) if driver.simulated else title

    def _line(self, kind: Kind, driver: str) -> KindLine:
        name = self.words.say(KIND_WORDS[kind])
        return KindLine(kind, name, driver or self.words.say("none"), kind in self._drafts)

    def _row(self, line: KindLine) -> Row:
        mark = IconLabel("warning", tokens.WARNING.colour, 16) if line.is_draft else None
        text = column(ElidedText(line.name), ElidedText(line.driver, "tiny"), gap=0)
        icon = IconLabel(ICONS[line.kind], tokens.INK, 20)
        return Row(f"{line.name}, {line.driver}", row(icon, (text, 1), mark, gap=12), height=_ROW)

    def _typed(self) -> None:
        """Keep what is typed, unless it is what is saved already."""
        state = self._state
        if state is None or state.view is None:
            return
        if self._choice() == state.view.choice:
            self._drafts.pop(state.kind, None)
        else:
            self._drafts[state.kind] = self.draft
        self.unsaved.setVisible(state.kind in self._drafts)
        self.kinds.show_lines([self._line(kind, driver) for kind, driver in state.drivers.items()])

    def _choice(self) -> DeviceChoice | None:
        state, name = self._state, self.driver.key
        driver = state.view.driver(name) if state is not None and state.view is not None else None
        if driver is None:
            return DeviceChoice(name) if name else None
        return DeviceChoice(name, settings_given(driver, self.fields.values))

    def _change_driver(self, name: str) -> None:
        state = self._state
        if state is None or state.view is None:
            return
        driver = state.view.driver(name)
        if driver is None and name:  # what was typed for another driver stays
            self._driver_field.show_hint(self.words.say("No such driver. Choose one of the list."), "danger")
            return
        kept = state.view.choice
        given = dict(kept.settings) if kept is not None and kept.driver == name else {}
        shown = {setting.key for setting in driver.settings} if driver is not None else set()
        if shown != set(self.fields.lines):
            self.fields.show_settings(driver.settings if driver is not None else (), given)
        self._typed()
        self._show_told(state)

    def _use(self, line: FoundLine) -> None:
        state = self._state
        if state is None or state.view is None:
            return
        driver = state.view.driver(line.driver)
        self.driver.show_key(line.driver)
        self.fields.show_settings(driver.settings if driver is not None else (), dict(line.found.settings))
        self._typed()
        self._show_told(state)
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        if self._state is not None and self._state.view is not None:
            self.saved.emit(self._state.kind, self._choice())

    def _arrange(self) -> None:
        say = self.words.say
        head = row(Text(say("Set up devices"), "title"), STRETCH)
        head.setFixedHeight(HEAD)
        kinds = listed(self.kinds, (say("Part"), 0))
        kinds.setFixedWidth(_KINDS)
        fill_page(
            self, head, (row(kinds, (column((self._form(), 2), (self.found, 1), gap=12), 1), gap=16), 1)
        )

    def _form(self) -> QFrame:
        box = Box("card")
        head = row(self._icon, (self._name, 1), self.unsaved, gap=14)
        fields = scrolled(column(self._driver_field, self.fields, STRETCH, gap=8, margins=(0, 0, 8, 0)))
        layout = QVBoxLayout(box)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.setSpacing(10)
        layout.addWidget(head)
        layout.addWidget(fields, 1)
        layout.addWidget(self.box)
        layout.addWidget(row(self.back, STRETCH, self.save, gap=8))
        return box

    def _connect(self) -> None:
        self.kinds.chosen.connect(lambda line: self.kind_chosen.emit(line.kind))
        self.kinds.opened.connect(lambda _: self.driver.setFocus(Qt.FocusReason.OtherFocusReason))
        self.driver.chosen.connect(self._change_driver)
        self.fields.typed.connect(self._typed)
        self.found.used.connect(self._use)
        self.found.again.clicked.connect(self.look_wanted)
        self.save.clicked.connect(self._save)
        self.back.clicked.connect(self.back_wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
            return
        super().keyPressEvent(event)
