"""The sheet that a resident signs on the screen: a field of a known size over whatever the window shows."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget
from shiboken6 import isValid

from kiosk.domain.words import Words
from kiosk.ui.kit.buttons import ENTER, Button
from kiosk.ui.kit.layout import STRETCH, card, row
from kiosk.ui.kit.texts import Text
from kiosk.ui.visit.drawing_pad import DrawingPad

FIELD = (150.0, 55.0)  # width and height in millimetres
REST = 2000  # milliseconds without the pen until the signature counts as written
_VEIL = QColor(16, 24, 40, 120)


class SigningSheet(QFrame):
    """Covers its window.  `signed` once the pen has rested or Enter was pressed, `dropped` when it was called off."""

    signed = Signal()
    dropped = Signal()

    def __init__(self, words: Words, window: QWidget) -> None:
        super().__init__(window)
        self.pad = DrawingPad(words.say("Sign here"))
        self.again = Button(words.say("Again"), icon="arrow-counter-clockwise")
        self.cancel = Button(words.say("Cancel"))
        self.keep = Button(words.say("Keep the signature"), "primary", key=ENTER, icon="check")
        self._before = QApplication.focusWidget()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._arrange(words.say("Signature of the resident"))
        self.pad.changed.connect(self._ink_changed)
        self.again.clicked.connect(self.pad.clear)
        self.cancel.clicked.connect(self.dropped)
        self.keep.clicked.connect(self.signed)
        self._rest.timeout.connect(self.signed)
        self._ink_changed()

    def put_up(self) -> None:
        """Cover the window and take its keyboard."""
        window = self.parentWidget()
        assert window is not None  # given at its making
        window.installEventFilter(self)
        if self._before is not None:
            self._before.installEventFilter(self)
        per_mm = self.pad.per_mm
        self.pad.setFixedSize(round(FIELD[0] * per_mm), round(FIELD[1] * per_mm))
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def take_down(self) -> None:
        """Uncover the window for good; the keyboard goes back to where it was."""
        self._rest.stop()
        self.hide()
        if self._before is not None and isValid(self._before):
            self._before.setFocus()
        self.deleteLater()

    def _ink_changed(self) -> None:
        self.keep.setEnabled(self.pad.has_ink)
        self.again.setEnabled(self.pad.has_ink)
        if self.pad.has_ink and not self.pad.is_down:
            self._rest.start()
        else:
            self._rest.stop()

    def _arrange(self, heading: str) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "none")
        buttons = row(self.cancel, STRETCH, self.again, self.keep)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card(Text(heading, "h2"), self.pad, buttons, margins=(20, 16, 20, 16)))
        across.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addLayout(across)
        layout.addStretch(1)

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Let Tab go round the sheet's own buttons."""
        places = [button for button in (self.cancel, self.again, self.keep) if button.isEnabled()]
        here = next((place for place, button in enumerate(places) if button.hasFocus()), -1)
        step = 1 if onward else -1
        places[(here + step) % len(places)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep on Enter, call off on Escape; no key goes to what is covered."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.pad.has_ink:
            self.signed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim what lies behind."""
        QPainter(self).fillRect(self.rect(), _VEIL)

    def event(self, event: QEvent) -> bool:
        """Keep keys from being shortcuts of the page that is covered."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window when it has another size; call off when the page that asked is left, as by the lock."""
        window = self.parentWidget()
        if event.type() == QEvent.Type.Resize and window is not None and watched is window:
            self.setGeometry(window.rect())
        elif event.type() == QEvent.Type.Hide and watched is self._before and self.isVisible():
            self.dropped.emit()
        return False


def window_to_cover() -> QWidget | None:
    """Return the window people look at; None where there is none."""
    active = QApplication.activeWindow()
    if active is not None:
        return active
    shown = [window for window in QApplication.topLevelWidgets() if window.isVisible() and window.isWindow()]
    return next((window for window in shown if isinstance(window, QMainWindow)), next(iter(shown), None))
