"""Correcting a saved record: fields chosen one by one, the new value of each, and one reason for all."""

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from kiosk.domain.biodata import Field
from kiosk.domain.findings import Finding
from kiosk.domain.labels import FIELD
from kiosk.domain.words import Words
from kiosk.ui import tokens
from kiosk.ui.icons import icon
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.fields import ChoiceField, FormField, LineField
from kiosk.ui.kit.layout import STRETCH, boxed, card, column, put, row, scrolled
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.kit.texts import Text
from kiosk.ui.visit.biodata_fields import Cell

_COLUMNS = 2
REASON = "reason"  # the field a finding about the reason names


class CellMaker(Protocol):
    """Makes the control of a field of the form."""

    def __call__(self, field: Field, /) -> Cell:
        """Return a new control."""


class _Change(QFrame):
    """One field to be corrected: its control, what was found in it, and the button that leaves it out."""

    dropped = Signal()

    def __init__(self, words: Words, cell: Cell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cell = cell
        self.text = ""
        self._told = Text("", "note", mood="danger", wrap=True)
        self._told.hide()
        self.drop = _cross(words.say("Leave {field} as it was", field=cell.label))
        self.drop.clicked.connect(self.dropped)
        cell.typed.connect(self._keep)
        across = row((cell, 1), column(STRETCH, self.drop), gap=4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        put(layout, across, self._told)

    def show_finding(self, told: str, state: str) -> None:
        """Show what was found here; empty for nothing."""
        self._told.setText(told)
        self._told.show_mood(state)
        self._told.setVisible(bool(told))
        self.cell.show_hint("", state)
        self.cell.control.setAccessibleDescription(told)

    def _keep(self, text: str) -> None:
        self.text = text
        self.show_finding("", "")


def _cross(told: str) -> QPushButton:
    button = QPushButton()
    button.setProperty("kind", "flat")
    button.setIcon(icon("x"))
    button.setFixedSize(tokens.CONTROL, tokens.CONTROL)
    button.setAutoDefault(False)
    button.setAccessibleName(told)
    button.setToolTip(told)
    return button


class AmendForm(QFrame):
    """The form; `wanted` carries the changes by field and the reason, `left` tells that nothing is changed."""

    wanted = Signal(object, str)
    left = Signal()

    def __init__(self, words: Words, make_cell: CellMaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._make_cell = make_cell
        self._changes: dict[Field, _Change] = {}
        self.choice = ChoiceField()
        self.reason = LineField()
        self.save = Button(words.say("Save the correction"), "primary", key=ENTER, icon="check")
        self.leave = Button(words.say("Change nothing"))
        self.box = MessageBox("danger")
        self._choice_field = FormField(words.say("What is to be corrected?"), self.choice)
        self._reason_field = FormField(words.say("Reason"), self.reason)
        self._arrange()
        self._connect()
        self.begin()

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields chosen so far, in order."""
        return tuple(self._changes)

    def begin(self) -> None:
        """Empty the form."""
        for field in self.fields:
            self.drop_field(field)
        self.reason.clear()
        self.show_findings(())
        self._offer()

    def add_field(self, field: Field) -> None:
        """Take a field into the correction and go to it."""
        if field not in self._changes:
            change = _Change(self.words, self._make_cell(field))
            change.dropped.connect(lambda: self.drop_field(field))
            self._changes[field] = change
            self._place_changes()
            change.show()  # at once: what is not shown yet takes no keyboard
            for control in change.cell.controls:
                control.installEventFilter(self)
            self._offer()
        self._changes[field].cell.controls[0].setFocus(Qt.FocusReason.TabFocusReason)

    def drop_field(self, field: Field) -> None:
        """Leave a field as it was."""
        change = self._changes.pop(field)
        change.hide()
        change.deleteLater()
        self._place_changes()
        self._offer()
        self.choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Show what was found, at its field where that stands here; all else above the form."""
        at = {field.value: change for field, change in self._changes.items()}
        for change in self._changes.values():
            change.show_finding("", "")
        self._reason_field.show_hint("")
        elsewhere = []
        for finding in findings:
            told = self.words.finding(finding)
            if finding.field == REASON:
                self._reason_field.show_hint(self._reason_field.hint or told, "danger")
            elif finding.field in at:
                at[finding.field].show_finding(told, _state(finding))
            else:
                elsewhere.append(told)
        self.box.show_message(self.words.say("Not saved yet.") if elsewhere else "", " ".join(elsewhere))

    def _arrange(self) -> None:
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        chosen = boxed("plain")
        chosen.setLayout(self._grid)
        for place in range(_COLUMNS):
            self._grid.setColumnStretch(place, 1)
        rest = Text(
            self.words.say("The old packet stays as it is; a new one names it and carries what changes."),
            "small",
            wrap=True,
        )
        head = Text(self.words.say("Correct the record"), "h2")
        body = card(head, rest, self.box, self._choice_field, chosen, self._reason_field, gap=10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        put(layout, (scrolled(column(body, STRETCH)), 1), row(self.leave, STRETCH, self.save))

    def _connect(self) -> None:
        self.choice.chosen.connect(self._choose)
        self.save.clicked.connect(self._save)
        self.leave.clicked.connect(self.left)
        self.reason.textEdited.connect(lambda: self._reason_field.show_hint(""))
        self.choice.installEventFilter(self)

    def _place_changes(self) -> None:
        """Put the changes side by side, two in a row."""
        for number, change in enumerate(self._changes.values()):
            self._grid.addWidget(change, number // _COLUMNS, number % _COLUMNS, Qt.AlignmentFlag.AlignTop)

    def _offer(self) -> None:
        """Offer the fields that are not chosen yet."""
        self.choice.blockSignals(True)
        left = [field for field in Field if field not in self._changes]
        self.choice.fill((field.value, self.words.say(FIELD[field])) for field in left)
        self.choice.show_key("")
        self.choice.setCurrentIndex(-1)
        self.choice.blockSignals(False)

    def _choose(self, key: str) -> None:
        is_known = key in {field.value for field in Field}
        told = "" if is_known or not key.strip() else self.words.say("Choose one of the list.")
        self._choice_field.show_hint(told, "danger" if told else "")
        if is_known:
            self.add_field(Field(key))

    def _texts(self) -> Mapping[Field, str]:
        return {field: change.text.strip() for field, change in self._changes.items()}

    def _save(self) -> None:
        texts = self._texts()
        empty = [field for field, text in texts.items() if not text]
        if not texts:
            self.box.show_message(
                self.words.say("Nothing is to be corrected yet."), self.words.say("Choose a field.")
            )
            self.choice.setFocus(Qt.FocusReason.OtherFocusReason)
        elif empty:
            self._changes[empty[0]].show_finding(self.words.say("Type the new value"), "danger")
            self._changes[empty[0]].cell.controls[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.reason.text().strip():
            self._reason_field.show_hint(self.words.say("Say why first"), "danger")
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.wanted.emit(dict(texts), self.reason.text().strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter in a new value go on to the reason; only from there it saves."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if watched is not self.choice:
            self.reason.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.choice.key:  # else it has gone on to the new field already
            self.choice.take_typed()
        return True


def _state(finding: Finding) -> str:
    return {"error": "danger", "warning": "warning"}.get(finding.severity.value, "")
