"""Typing form F-1.01: two pages of fields, every rule answered at its field, all of it by keyboard."""

from collections.abc import Generator, Mapping
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from kiosk.domain.biodata import Field
from kiosk.domain.findings import Finding, Severity
from kiosk.domain.reference import Reference
from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.services.stages import Stage
from kiosk.ui.frame.action_bar import onward
from kiosk.ui.kit.badges import State
from kiosk.ui.kit.fields import EnterMoves
from kiosk.ui.kit.turns import at_once
from kiosk.ui.page import KeyHelp
from kiosk.ui.visit.biodata_family import FamilyForm
from kiosk.ui.visit.biodata_fields import Cell
from kiosk.ui.visit.biodata_findings import NOTHING, Told, Walk, blocking, field_of, told_by_field
from kiosk.ui.visit.biodata_form import BiodataForm
from kiosk.ui.visit.biodata_readings import checks_of, quiet_hints
from kiosk.ui.visit.biodata_self import SelfForm
from kiosk.ui.visit.capture_bar import onward_text
from kiosk.ui.visit.field_finder import FieldFinder
from kiosk.ui.visit.field_watch import FieldWatch
from kiosk.ui.visit.resident_card import Check
from kiosk.ui.visit.step_page import StepPage
from kiosk.ui.visit.visit_messages import VisitMessages
from kiosk.ui.visit.warning_box import WarningBox

_SELF, _FAMILY = 0, 1


class BiodataPage(StepPage):
    """The form as kept, with what was found in it.

    `typed` carries a Field and what the form keeps of it, at every change by the person; `reason_given` a finding's
    code and the reason; `code_wanted` asks for the code reader, `record_wanted` for an earlier record by its visit.
    """

    typed = Signal(object, str)
    reason_given = Signal(str, str)
    code_wanted = Signal()
    record_wanted = Signal(str)

    def __init__(
        self,
        words: Words,
        reference: Reference,
        home_region: str = "",
        parent: QWidget | None = None,
        *,
        later: bool = False,
    ) -> None:
        super().__init__(words, Stage.BIODATA, onward(words.say("Onward: family")), parent=parent)
        self._reference = reference
        self._home_region = home_region
        self._view: VisitView | None = None
        self._shown: dict[Field, str] = {}
        self._walk = Walk()
        self.said = VisitMessages(words)
        self.forms: tuple[BiodataForm, ...] = ()
        self.cells: dict[Field, Cell] = {}
        self._stack = QStackedWidget()
        self._moves = (EnterMoves([], self), EnterMoves([], self))
        self._watch = FieldWatch(
            self
        )  # after the moves: who looks last is asked first, and a warning takes the keyboard
        self._finder = FieldFinder(words, self)
        self._arrange()
        self._connect()
        self._connect_keys()
        if not later:
            at_once(self.furnish())

    def furnish(self) -> Generator[None, None, None]:
        """Put in the fields piece by piece: all 44 at a stroke would hold up the window."""
        for form in (
            SelfForm(self.words, self._reference, self._home_region),
            FamilyForm(self.words, self._reference),
        ):
            self._stack.addWidget(form)
            yield from form.furnish()
            self._take_in(form)
            yield
        self._finder.offer(tuple(cell.label for cell in self.cells.values()))
        controls = [control for cell in self.cells.values() for control in cell.controls]
        for before, after in pairwise(controls):
            QWidget.setTabOrder(before, after)

    @property
    def inner(self) -> int:
        """Which of the two pages is shown, 0 or 1."""
        return self._stack.currentIndex()

    def show_visit(self, view: VisitView) -> None:
        """Show the form and what was found; what is being typed stays."""
        if self._view is None or view.visit_id != self._view.visit_id:
            self._begin(view)
        self._view = view
        for field, cell in self.cells.items():
            text = view.form.get(field, "")
            if self._shown.get(field) != text and field is not self._walk.typing:
                self._shown[field] = text
                cell.show_text(text)
        self._show_found()

    def show_trouble(self, head: str, rest: str = "") -> None:
        """Say what went wrong above the form."""
        self.said.show_trouble(head, rest)

    @property
    def field_at_keyboard(self) -> Field | None:
        """The field that has the keyboard; None where none has."""
        here = QApplication.focusWidget()
        return next((field for field, cell in self.cells.items() if here in cell.controls), None)

    def fill(self, texts: Mapping[Field, str]) -> None:
        """Put texts into fields as if the person had typed them and gone on."""
        for field, text in texts.items():
            self.cells[field].show_text(text)
            self._walk.typing = None
            self._walk.left.add(field)
            self._take(field, text)

    def checks(self, view: VisitView) -> tuple[str, tuple[Check, ...], str]:
        """Return what was checked, and that the form is read out."""
        advice = self.words.say("Read these fields out to the resident before you go on.")
        return self.words.say("Checks"), checks_of(self.words, view), advice

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return the keys of the form too."""
        say = self.words.say
        own = (
            ("Ctrl+B", say("Read the KK code")),
            ("Ctrl+F", say("Find a field")),
            ("Tab", say("Next field")),
        )
        return (*super().keys(), *(KeyHelp(key, told) for key, told in own))

    def ask_field(self) -> None:
        """Ask for the name of the field to go to."""
        self._finder.open()

    def back_within(self) -> bool:
        """Go back to the first page of the form."""
        if self.inner == _SELF:
            return False
        self.turn_to(_SELF)
        self.focus_first()
        return True

    def focus_first(self) -> None:
        """Put the keyboard into the first field that lacks something."""
        lacking = {field_of(finding) for finding in blocking(self._view)} if self._view else set()
        here = self.forms[self.inner].cells
        cell = next((cell for cell in here if cell.field in lacking), here[0])
        cell.way_in.setFocus(Qt.FocusReason.TabFocusReason)

    def _begin(self, view: VisitView) -> None:
        """Start anew: another visit."""
        self._shown, self._view = {}, None
        self.said.clear()
        self._finder.hide()
        self.turn_to(_SELF)
        self._walk = Walk()

    def turn_to(self, inner: int) -> None:
        """Show the first page of the form (0) or the second (1)."""
        left = set(self._walk.left)
        self._stack.setCurrentIndex(inner)
        self._walk.left = left  # the keyboard is handed about between the pages; nobody left a field
        if self._view is not None:
            self._show_found()

    # --- what was found ---------------------------------------------------------------------------------

    def _show_found(self) -> None:
        view = self._view
        assert view is not None  # called with a visit only
        told = told_by_field(view.findings, self._walk, lambda field: self.cells[field].is_empty)
        quiet = quiet_hints(self.words, self._reference.regions, view)
        for form in self.forms:
            form.show_told(told, quiet, view.reasons)
        self.said.show_recorded(view)
        self.said.show_told(told.get(None, NOTHING), view.reasons)
        self._show_going(view, told)

    def _show_going(self, view: VisitView, told: dict[Field | None, Told]) -> None:
        """Say beside the primary button how far it is, and take it away while something told is wrong."""
        words = self.words
        wrong = [place for place, found in told.items() if found.errors]
        here = {cell.field for cell in self.forms[self.inner].cells}
        assert self.primary is not None
        onward_there = (
            words.say("Onward: family") if self.inner == _SELF else onward_text(words, view, self.stage)
        )
        self.primary.show_text(onward_there)
        self.primary.setEnabled(not (wrong if self.inner == _FAMILY else here.intersection(wrong)))
        stopping = blocking(view)
        if wrong:
            self.bar.show_hint(self._count_wrong(told), State.BROKEN)
        elif asked := [found for found in stopping if self._box_of(found.code)]:
            said = words.count("{count} reason is missing", "{count} reasons are missing", len(asked))
            self.bar.show_hint(said, State.CARE)
        elif left := {field_of(found) for found in stopping}:
            self.bar.show_hint(words.count("{count} field to go", "{count} fields to go", len(left)))
        else:
            self.bar.show_hint(words.say("All fields are complete"), State.GOOD)

    def _count_wrong(self, told: dict[Field | None, Told]) -> str:
        """Say how many fields are wrong, or that they are only empty."""
        wrong = [found.errors[0].code for found in told.values() if found.errors]
        if all(code.endswith(".missing") for code in wrong):
            return self.words.count("{count} field is empty", "{count} fields are empty", len(wrong))
        return self.words.count("{count} field is wrong", "{count} fields are wrong", len(wrong))

    def _box_of(self, code: str) -> WarningBox | None:
        boxes = [form.box_of(code) for form in self.forms]
        return next((box for box in (*boxes, self.said.box_of(code)) if box is not None), None)

    # --- going on ---------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        """Turn the page, or leave it; what still lacks something on it is told instead, and gets the keyboard."""
        assert self._view is not None
        here = {cell.field for cell in self.forms[self.inner].cells}
        stopping = blocking(self._view)
        if self.inner == _SELF:
            stopping = tuple(found for found in stopping if field_of(found) in here)
        if stopping:
            self._walk.left.update(field for found in stopping if (field := field_of(found)))
            self._show_found()
            self._go_to_first()
        elif self.inner == _SELF:
            self.turn_to(_FAMILY)
            self.focus_first()
        else:
            self.onward.emit()

    def _go_to_first(self) -> None:
        """Put the keyboard where the first thing is wrong, else where the first reason is missing."""
        assert self._view is not None
        order: list[Field | None] = [None, *self.cells]
        stopping = sorted(
            blocking(self._view),
            key=lambda found: (found.severity is not Severity.ERROR, order.index(field_of(found))),
        )
        target = next((self._target(found) for found in stopping if self._is_told(found)), None)
        if target is not None:
            self._go_to(*target)

    def _is_told(self, finding: Finding) -> bool:
        field = field_of(finding)
        return field is None or field in self._walk.left or not self.cells[field].is_empty

    def _target(self, finding: Finding) -> tuple[Field | None, QWidget]:
        field, box = field_of(finding), self._box_of(finding.code)
        if box is not None:
            return field, box.reason
        if field is None:
            return field, self.forms[self.inner].cells[0].controls[0]
        return field, self.cells[field].way_in

    def _go_to(self, field: Field | None, widget: QWidget) -> None:
        for inner, form in enumerate(self.forms):
            if inner != self.inner and any(cell.field is field for cell in form.cells):
                self.turn_to(inner)
        widget.setFocus(Qt.FocusReason.TabFocusReason)

    def _jump(self, place: int) -> None:
        cell = tuple(self.cells.values())[place]
        self._go_to(cell.field, cell.way_in)

    # --- typing -----------------------------------------------------------------------------------------

    def _take(self, field: Field, text: str) -> None:
        self._shown[field] = text
        self.typed.emit(field, text)

    def _enter(self, field: Field | None, widget: QWidget) -> None:
        if field is not self._walk.typing:
            self._walk.typing = None
        self.forms[self.inner].reveal(widget)

    def _leave(self, field: Field | None) -> None:
        if field is self._walk.typing:
            self._walk.typing = None
        if field is not None and field not in self._walk.left:
            self._walk.left.add(field)
            if self._view is not None:
                self._show_found()

    def _begin_typing(self, field: Field) -> None:
        self._walk.typing = field
        self.said.show_code("")

    # --- putting together -------------------------------------------------------------------------------

    def _take_in(self, form: BiodataForm) -> None:
        self.forms = (*self.forms, form)
        moves = self._moves[len(self.forms) - 1]
        moves.put_last(control for cell in form.cells for control in cell.controls)
        form.reason_given.connect(self.reason_given)
        form.box_made.connect(lambda cell, box: self._add_box(cell, box, moves))
        for cell in form.cells:
            field = cell.field
            self.cells[field] = cell
            cell.begun.connect(lambda field=field: self._begin_typing(field))
            cell.typed.connect(lambda text, field=field: self._take(field, text))
            self._watch.watch(field, cell.controls)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.said)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.said.reason_given.connect(self.reason_given)
        self.said.record_wanted.connect(self.record_wanted)
        self._watch.entered.connect(self._enter)
        self._watch.left.connect(self._leave)

    def _connect_keys(self) -> None:
        assert self.primary is not None
        self.primary.clicked.connect(self._go_on)
        self.bar.hint_clicked.connect(self._go_to_first)
        QShortcut(QKeySequence("Ctrl+B"), self).activated.connect(self.code_wanted)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.ask_field)
        self._finder.found.connect(self._jump)
        self._finder.dropped.connect(self.focus_first)

    def _add_box(self, cell: Cell, box: WarningBox, moves: EnterMoves) -> None:
        """Let Tab and Enter go from a field to the reason of its warning."""
        last = cell.controls[-1]
        moves.put_behind(last, box.reason)
        self._watch.watch(None, [box.reason])
        QWidget.setTabOrder(last, box.reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on; while something is wrong, to the first of it."""
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()
        if entered and self.primary is not None and not self.primary.isEnabled():
            self._go_to_first()
            return
        super().keyPressEvent(event)
