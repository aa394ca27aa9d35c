"""The screen as a signature pad: whoever asks it gets a sheet over the window, signed with pen, finger or mouse."""

import threading

from PySide6.QtWidgets import QApplication

from kiosk.devices.api import (
    Driver,
    Identity,
    Kind,
    NotConnectedError,
    NotSupportedError,
    Person,
    RefusedError,
    Settings,
    Stroke,
    TooLateError,
)
from kiosk.ui.devices.signing_place import SigningPlace
from kiosk.ui.devices.signing_sheet import FIELD

WRITES_ON = 15.0  # seconds that a signature which was begun may take beyond the time limit


class ScreenPad:
    """The screen as one signature pad; `take` is called beside the window's thread, which hears the pen meanwhile."""

    def __init__(self, place: SigningPlace) -> None:
        self._place = place
        self._changed = threading.Condition()
        self._strokes: tuple[Stroke, ...] = ()
        self._identity = Identity("", "screen")
        self._is_over = False
        self._was_shown = True
        self._writes = False
        self._closed = False

    def identity(self) -> Identity:
        """Return the pen, finger or mouse that signed last, as far as its driver tells."""
        return self._identity

    def size(self) -> tuple[float, float]:
        """Return width and height of the sheet's field in millimetres."""
        return FIELD

    def take(self, *, timeout: float) -> tuple[Stroke, ...]:
        """Return the strokes once the pen has rested, at the latest `WRITES_ON` seconds after the limit.

        Raises `TooLateError` when nobody writes within `timeout`, `RefusedError` (`cancelled`) when it was called off.
        """
        if QApplication.instance() is None:
            raise NotSupportedError("The screen is signed in the program's window only; open the window.")
        with self._changed:
            self._require_open()
            self._strokes, self._is_over, self._was_shown, self._writes = (), False, True, False
        self._place.ask(self)
        try:
            with self._changed:
                self._wait(timeout)
        finally:
            self._place.stop(self)
        return self._taken()

    def begun(self) -> None:
        """Hear that somebody writes."""
        self._writes = True

    def signed(self, strokes: tuple[Stroke, ...], tool: tuple[str, str]) -> None:
        """Take the strokes; called on the window's thread."""
        with self._changed:
            self._identity = Identity(tool[1], f"screen, {tool[0]}")
            self._strokes, self._is_over = strokes, True
            self._changed.notify_all()

    def dropped(self, *, shown: bool) -> None:
        """Hear that nothing will come; called on the window's thread."""
        with self._changed:
            self._is_over, self._was_shown = True, shown
            self._changed.notify_all()

    def close(self) -> None:
        """Ask no more; a second call does nothing, and one from another thread ends a `take` that waits."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._place.stop(self)

    def _wait(self, timeout: float) -> None:
        def over() -> bool:
            return self._is_over or self._closed

        if not self._changed.wait_for(over, max(0.0, timeout)) and self._writes:
            self._changed.wait_for(over, WRITES_ON)

    def _taken(self) -> tuple[Stroke, ...]:
        with self._changed:
            self._require_open()
            if self._strokes:
                return self._strokes
            if not self._is_over:
                raise TooLateError("Nobody signed on the screen; ask for the signature again.")
            if not self._was_shown:
                raise NotConnectedError("There is no window to sign in; open the window.")
            raise RefusedError("The signing was called off; ask for the signature again.", reason="cancelled")

    def _require_open(self) -> None:
        if self._closed:
            raise NotConnectedError("The screen was closed as a pad; open it again.")


def screen_driver(place: SigningPlace) -> Driver:
    """Return the driver of the screen as a pad, with sheets in this place."""

    def open_screen(settings: Settings, person: Person) -> ScreenPad:
        return ScreenPad(place)

    return Driver(
        name="signature.screen",
        kind=Kind.SIGNATURE,
        title="Pen, finger or mouse on the screen",
        open=open_screen,
        ends_on_close=True,
    )
