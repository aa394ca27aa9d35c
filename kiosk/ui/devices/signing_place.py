"""Where a resident signs on the screen: a sheet over the program's window for whoever asks, from any thread."""

import threading
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, Signal
from shiboken6 import isValid

from kiosk.devices.api import BusyError, Stroke, StrokePoint
from kiosk.domain.words import Words
from kiosk.ui.devices.signing_sheet import FIELD, SigningSheet, window_to_cover
from kiosk.ui.visit.drawing_pad import DrawingPad


class Asker(Protocol):
    """Who asked for a signature; all of it is called on the window's thread."""

    def begun(self) -> None:
        """Hear that somebody writes."""

    def signed(self, strokes: tuple[Stroke, ...], tool: tuple[str, str]) -> None:
        """Take the strokes and what they were written with."""

    def dropped(self, *, shown: bool) -> None:
        """Hear that nothing will come: it was called off, or there was no window to be shown in."""


class SigningPlace(QObject):
    """Shows the sheet over the program's window; `ask` and `stop` may come from any thread, one asker at a time."""

    _changed = Signal()

    def __init__(self, words: Callable[[], Words]) -> None:
        super().__init__()
        self._words = words
        self._lock = threading.Lock()
        self._asker: Asker | None = None
        self._sheet: SigningSheet | None = None
        self._changed.connect(self._attend)

    @classmethod
    def of_window(cls, words: Callable[[], Words]) -> "SigningPlace":
        """Return one that lives on the window's thread, whichever thread asks."""
        place, application = cls(words), QCoreApplication.instance()
        if application is not None:
            place.moveToThread(application.thread())
        return place

    def ask(self, asker: Asker) -> None:
        """Show the sheet for this asker; raises `BusyError` while another one's is shown."""
        with self._lock:
            if self._asker is not None:
                raise BusyError("Somebody signs on the screen already; wait, and try again.")
            self._asker = asker
        self._changed.emit()

    def stop(self, asker: Asker) -> None:
        """Take the sheet away if it is this asker's."""
        with self._lock:
            if self._asker is not asker:
                return
            self._asker = None
        self._changed.emit()

    def _attend(self) -> None:
        self._uncover()
        asker, window = self._asker, window_to_cover()
        if asker is None:
            return
        if window is None:
            self._finish(asker, lambda: asker.dropped(shown=False))
            return
        sheet = self._sheet = SigningSheet(self._words(), window)
        sheet.signed.connect(lambda: self._hand_over(asker, sheet))
        sheet.dropped.connect(lambda: self._finish(asker, lambda: asker.dropped(shown=True)))
        sheet.pad.changed.connect(lambda: asker.begun() if sheet.pad.has_ink else None)
        sheet.destroyed.connect(lambda: self._forget(sheet))
        sheet.put_up()

    def _hand_over(self, asker: Asker, sheet: SigningSheet) -> None:
        strokes, tool = _strokes(sheet.pad), sheet.pad.tool
        self._finish(asker, lambda: asker.signed(strokes, tool))

    def _finish(self, asker: Asker, tell: Callable[[], None]) -> None:
        if self._asker is asker:
            self._uncover()  # before the page hears the answer: only then is the keyboard where the page left it
            self.stop(asker)
            tell()

    def _uncover(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is not None and isValid(sheet):
            sheet.take_down()

    def _forget(self, sheet: SigningSheet) -> None:
        """Tell that the window went, and the sheet with it."""
        asker = self._asker
        if self._sheet is sheet and asker is not None:
            self._sheet = None  # it is gone already
            self._finish(asker, lambda: asker.dropped(shown=False))


def _strokes(pad: DrawingPad) -> tuple[Stroke, ...]:
    """Return what was drawn, within the field to the last hundredth."""
    wide, high = FIELD
    return tuple(
        tuple(StrokePoint(min(x, wide), min(y, high), pressure, at) for x, y, pressure, at in stroke)
        for stroke in pad.strokes
    )
