"""The resident's signature under "my data are right": smaller than the signature of the card, judged the same."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kiosk.domain.words import Words
from kiosk.services.looking import CaptureView
from kiosk.services.pictures import Raster
from kiosk.ui.kit.buttons import Button
from kiosk.ui.kit.layout import STRETCH, row
from kiosk.ui.kit.messages import MessageBox
from kiosk.ui.visit.signing_field import PAD, SigningField

_HEIGHT = 170


class StatementPad(QFrame):
    """`wanted` asks the pad, `drawn` carries strokes and the field's size in millimetres."""

    wanted = Signal()
    drawn = Signal(object, object)

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._has_capture = False
        self._faults = MessageBox("danger")
        self.field = SigningField(words, words.say("Sign here"))
        self.field.setFixedHeight(_HEIGHT)
        self.go = Button("", icon="pen-nib")
        self.again = Button(words.say("Again"), key="F5", icon="arrow-counter-clockwise")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._faults)
        layout.addWidget(self.field)
        layout.addWidget(row(STRETCH, self.again, self.go))
        self.field.changed.connect(self._show_buttons)
        self.go.clicked.connect(self._go)
        self.again.clicked.connect(self._sign_again)
        self._show_buttons()
        self._faults.show_message("")

    def show_capture(self, capture: CaptureView | None, *, is_new: bool) -> None:
        """Show what was found of the signature; a new one takes away what was drawn."""
        self._has_capture = capture is not None
        if is_new:
            self.field.clear()
        findings = capture.findings if capture else ()
        self._faults.show_message(self.words.finding(findings[0]) if findings else "")
        self._show_buttons()

    def show_picture(self, raster: Raster | None) -> None:
        """Show what was signed."""
        self.field.show_picture(raster)
        self._show_buttons()

    def show_working(self, *, working: bool) -> None:
        """Say that the pad waits for the resident."""
        self.field.show_working(working=working)
        self._show_buttons()

    def _show_buttons(self) -> None:
        is_pad = self.field.way == PAD
        self.go.show_text(
            self.words.say("Ask for the signature") if is_pad else self.words.say("Keep the signature")
        )
        self.go.show_icon("pen-nib" if is_pad else "check")
        self.go.setEnabled(not self.field.is_working and (is_pad or self.field.has_ink))
        self.go.setVisible(not is_pad or not self._has_capture)
        self.again.setVisible(self._has_capture or self.field.has_ink)
        self.again.setEnabled(not self.field.is_working)

    def _go(self) -> None:
        if self.field.way == PAD:
            self.wanted.emit()
        else:
            self.drawn.emit(self.field.drawing.strokes, self.field.drawing.size_mm)

    def _sign_again(self) -> None:
        self.field.clear()
        self._show_buttons()
        if self.field.way == PAD:
            self.wanted.emit()
