"""What is said above the pages of a step: trouble, an earlier record, findings that speak of the whole visit."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kiosk.domain.requests import makes_enrollment
from kiosk.domain.words import Words
from kiosk.services.looking import VisitView
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.visit.biodata_findings import NOTHING, Told
from kiosk.ui.visit.warning_box import WarningBox


class VisitMessages(QFrame):
    """Hidden while there is nothing to say.

    `record_wanted` carries the visit of an earlier record, `reason_given` a finding's code and the reason,
    `box_made` a new box.
    """

    record_wanted = Signal(str)
    reason_given = Signal(str, str)
    box_made = Signal(object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._recorded_in = ""
        self._trouble = MessageBox("danger")
        self._code = MessageBox("chosen", icon="barcode")
        self._recorded = MessageBox("danger")
        self._wrong = MessageBox("danger")
        self.open_record = Button(words.say("Open the record"), icon="identification-card")
        self.open_record.clicked.connect(lambda: self.record_wanted.emit(self._recorded_in))
        self._recorded.beside.addWidget(self.open_record)
        self._boxes: dict[str, WarningBox] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 12)
        self._layout.setSpacing(8)
        for box in (self._trouble, self._code, self._recorded, self._wrong):
            self._layout.addWidget(box)
            box.hide()
        self.hide()

    def show_trouble(self, head: str, rest: str) -> None:
        """Say what went wrong; an empty `head` takes it away."""
        self._trouble.show_message(head, rest)
        self._settle()

    def show_code(self, head: str, rest: str = "", mood: str = "chosen") -> None:
        """Say how the reading of a code goes; an empty `head` takes it away."""
        self._code.show_message(head, rest, mood)
        self._settle()

    def show_recorded(self, view: VisitView) -> None:
        """Say that the NIK was recorded here before: a stop for a recording, of use for everything else."""
        newest = max(view.recorded_before, key=lambda record: record.saved_at, default=None)
        if newest is None:
            self._recorded.hide()
        elif newest.visit_id != self._recorded_in or self._recorded.isHidden():
            self._recorded_in = newest.visit_id
            day = self._words.long_date(newest.saved_at.date())
            head = self._words.say("Already recorded here, {day}", day=day)
            mood = "danger" if makes_enrollment(view.service) else "neutral"
            self._recorded.show_message(head, newest.full_name, mood)
        self._settle()

    def show_told(self, told: Told, reasons: Mapping[str, str]) -> None:
        """Show what was found about the whole visit."""
        wrong = self._words.finding(told.errors[0]) if told.errors else ""
        if wrong != self._wrong.text:
            self._wrong.show_message(wrong)
        warnings = {finding.code: finding for finding in told.warnings}
        for code, box in self._boxes.items():
            box.setVisible(code in warnings)
        for code, finding in warnings.items():
            self._box(code).show_warning(finding, reasons.get(code, ""))
        self._settle()

    def box_of(self, code: str) -> WarningBox | None:
        """Return the box of a warning while it is shown here."""
        box = self._boxes.get(code)
        return box if box is not None and not box.isHidden() else None

    def clear(self) -> None:
        """Say nothing."""
        self._trouble.show_message("")
        self._code.show_message("")
        self._recorded.hide()
        self.show_told(NOTHING, {})

    def _box(self, code: str) -> WarningBox:
        if code not in self._boxes:
            box = WarningBox(self._words, code, self)
            box.reason_given.connect(self.reason_given)
            self._layout.addWidget(box)
            self._boxes[code] = box
            self.box_made.emit(box)
        return self._boxes[code]

    def _settle(self) -> None:
        boxes = (self._trouble, self._code, self._recorded, self._wrong, *self._boxes.values())
        self.setVisible(any(not box.isHidden() for box in boxes))
