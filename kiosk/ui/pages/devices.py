"""The technician's page: which part is broken, and the next thing to try."""

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from kiosk.domain.selftest import Part, Problem, Verdict
from kiosk.domain.words import Words
from kiosk.services.taking_along import Taken
from kiosk.ui.kit.badges import Badge
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.layout import STRETCH, row
from kiosk.ui.kit.texts import Text
from kiosk.ui.page import KeyHelp, Page
from kiosk.ui.pages.devices_panel import PANEL, PartPanel
from kiosk.ui.pages.devices_state import DevicesState
from kiosk.ui.pages.devices_table import PartsTable
from kiosk.ui.pages.morning_words import morning_words
from kiosk.ui.pages.page_head import HEAD, fill_page
from kiosk.ui.pages.report_panel import ReportPanel


class DevicesPage(Page):
    """Shows all parts, and one of them in full.

    `test_wanted` carries the part to test, `all_wanted` asks for all of them, `answered` says whether a person did what
    the running test asked for, `set_up_wanted` carries the part whose driver is to be chosen, `live_wanted` the device
    to be tried live, `report_wanted` that a report is to be taken along.
    """

    test_wanted = Signal(object)
    all_wanted = Signal()
    answered = Signal(bool)
    set_up_wanted = Signal(object)
    live_wanted = Signal(object)
    report_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._state: DevicesState | None = None
        self._part: Part | None = None
        self.table, self.panel = PartsTable(words), PartPanel(words)
        self.report_panel = ReportPanel(words, PANEL)
        self.report = Button(words.say("Report"), key="F8", icon="file-pdf")
        self.all = Button(words.say("Test all"), key="F5", icon="play")
        self.set_up = Button(words.say("Set up"), key="F6", icon="gear")
        self._badges = {verdict: Badge("", *look) for verdict, look in _LOOKS.items()}
        self._cut_off = Badge(words.say("Centre cut off"), "offline", "cloud-slash")
        self._morning = Text("", "small", wrap=True)
        self._arrange()
        self.all.clicked.connect(self.all_wanted)
        self.set_up.clicked.connect(lambda: self.set_up_wanted.emit(self._part))
        self.report.clicked.connect(lambda: self._ask_report(Taken.REPORT))
        QShortcut(QKeySequence("F7"), self).activated.connect(lambda: self._ask_report(Taken.BUNDLE))
        self.report_panel.left.connect(self._after_report)
        self.table.test_wanted.connect(self.test_wanted)
        self.table.chosen.connect(self._choose)
        self.panel.test_wanted.connect(self._test_shown)
        self.panel.live_wanted.connect(self._try_shown)
        self.panel.answered.connect(self.answered)

    def show_state(self, state: DevicesState) -> None:
        """Show how everything stands; at first the part that needs most, then the one somebody chose."""
        self._state = state
        if self._part is None:
            self._part = _neediest(state)
            self.table.show_state(state)
            self.table.choose(self._part)
        else:
            self.table.show_state(state)
        self._show_counts(state)
        if state.running is not None and state.running.question:
            self.report_panel.close_panel()  # somebody is asked to do something now
        self._show_morning(state)
        self.all.setEnabled(state.running is None)
        self._show_part()

    def choose(self, part: Part) -> None:
        """Show this part in full."""
        self._choose(part)
        self.table.choose(part)

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return the keys of the page."""
        choose = KeyHelp("↑ ↓", self.words.say("Choose a part"))
        send = KeyHelp("F7", self.words.say("Take along the traces of devices that failed, with all else"))
        return (choose, *super().keys(), send)

    def focus_first(self) -> None:
        """Go to the row of the part that is shown."""
        if self._part is not None:
            self.table.choose(self._part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the running test's question from anywhere on the page."""
        asked = self.panel.done.isVisibleTo(self)
        if asked and event.key() == Qt.Key.Key_Escape:
            self.panel.leave_out.click()
            return
        super().keyPressEvent(event)

    def _choose(self, part: Part) -> None:
        self._part = part
        self._show_part()

    def _test_shown(self) -> None:
        if self._part is not None:
            self.test_wanted.emit(self._part)

    def _try_shown(self) -> None:
        if self._part is not None:
            self.live_wanted.emit(self._part)

    def _ask_report(self, taken: Taken) -> None:
        if self.report_panel.isHidden():
            self.panel.hide()
            self.report_panel.open_with(taken)
            self.primary = self.report_panel.save
            self.report_wanted.emit()

    def _after_report(self) -> None:
        self.panel.show()
        self._show_part()
        self.focus_first()

    def _show_part(self) -> None:
        if self._state is not None and self._part is not None:
            self.panel.show_part(self._state, self._state.view(self._part))
            self.primary = self.panel.primary if self.report_panel.isHidden() else self.report_panel.save

    def _show_counts(self, state: DevicesState) -> None:
        down = [view for view in state.views if view.last and view.last.problem is Problem.LINK_DOWN]
        counts = Counter(view.last.verdict for view in state.views if view.last and view not in down)
        ready = counts[Verdict.GOOD] + counts[Verdict.DUE]
        say = self.words.count
        for verdict, told, number in (
            (Verdict.GOOD, say("one ready", "{count} ready", ready), ready),
            (
                Verdict.CARE,
                say("one needs care", "{count} need care", counts[Verdict.CARE]),
                counts[Verdict.CARE],
            ),
            (
                Verdict.BROKEN,
                say("one broken", "{count} broken", counts[Verdict.BROKEN]),
                counts[Verdict.BROKEN],
            ),
        ):
            self._badges[verdict].setVisible(bool(number))
            self._badges[verdict].show_state(told, *_LOOKS[verdict])
        self._cut_off.setVisible(bool(down))

    def _show_morning(self, state: DevicesState) -> None:
        told = morning_words(self.words, state.found, state.now.tzinfo)
        self._morning.setText(told)
        self._morning.setVisible(bool(told))

    def _arrange(self) -> None:
        head = row(
            Text(self.words.say("Devices"), "title"),
            12,
            *self._badges.values(),
            self._cut_off,
            STRETCH,
            self.set_up,
            self.report,
            self.all,
        )
        head.setFixedHeight(HEAD)
        fill_page(self, head, self._morning, (row((self.table, 1), self.panel, self.report_panel, gap=16), 1))


_LOOKS = {
    Verdict.GOOD: ("success", "check-circle"),
    Verdict.CARE: ("warning", "warning"),
    Verdict.BROKEN: ("danger", "x-circle"),
}
_NEED = (Verdict.BROKEN, Verdict.CARE, Verdict.DUE, Verdict.GOOD, Verdict.ABSENT)


def _neediest(state: DevicesState) -> Part:
    """Return the first part of those that need most: broken, then care, then never tested."""

    def need(part: Part) -> int:
        last = state.view(part).last
        return _NEED.index(last.verdict) if last is not None else _NEED.index(Verdict.DUE)

    return min((view.part for view in state.views), key=need)
