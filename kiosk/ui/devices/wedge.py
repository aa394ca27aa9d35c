"""Barcode and QR scanners that type (keyboard wedges): the burst of keys between prefix and end mark is the code.

Only what is scanned while somebody waits is read.  The scanner types into the focused window, so that it works in the
program's window alone, and only while that has the keyboard.
"""

import threading

from PySide6.QtGui import QGuiApplication

from kiosk.devices.api import (
    Driver,
    Identity,
    Kind,
    NotConnectedError,
    NotSupportedError,
    Person,
    Setting,
    Settings,
)
from kiosk.ui.devices.bursts import USUAL_GAP, BurstRule, Suffix
from kiosk.ui.devices.keyboard_ear import KeyboardEar

LEAST_GAP, MOST_GAP = 5, 60  # milliseconds; beyond, an officer types as quickly
LONGEST_PREFIX = 8


class KeyboardWedge:
    """One scanner; `read` is called beside the window's thread, which hears the keys meanwhile."""

    def __init__(self, ear: KeyboardEar, rule: BurstRule) -> None:
        self.rule = rule
        self.waits = False
        self._ear = ear
        self._changed = threading.Condition()
        self._code: str | None = None
        self._closed = False

    def identity(self) -> Identity:
        """Return what is known of it: that it types."""
        return Identity("", "code scanner that types")

    def read(self, *, timeout: float) -> str | None:
        """Return the next code, or None when none was scanned within `timeout`; what came before does not count."""
        if QGuiApplication.instance() is None:
            raise NotSupportedError("A scanner that types is read in the program's window; open the window.")
        with self._changed:
            self._code, self.waits = None, not self._closed
            self._changed.wait_for(lambda: self._closed or self._code is not None, max(0.0, timeout))
            self.waits = False
            if self._closed:
                raise NotConnectedError("The scanner was closed; open it again.")
            return self._code

    def heard(self, code: str) -> None:
        """Take a code; called on the window's thread."""
        with self._changed:
            if self.waits:
                self._code, self.waits = code, False
                self._changed.notify_all()

    def close(self) -> None:
        """Hear no more; a second call does nothing, and one from another thread ends a read that waits."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._ear.stop(self)


def wedge_driver(ear: KeyboardEar) -> Driver:
    """Return the driver of a scanner that types into the window of this ear."""

    def open_wedge(settings: Settings, person: Person) -> KeyboardWedge:
        wedge = KeyboardWedge(ear, _rule(settings))
        ear.listen(wedge)
        return wedge

    return Driver(
        name="code_scanner.wedge",
        kind=Kind.CODE_SCANNER,
        title="Barcode and QR scanner that types like a keyboard",
        open=open_wedge,
        ends_on_close=True,
        settings=(
            Setting("prefix", "", "what the scanner types before every code; empty: nothing"),
            Setting("suffix", Suffix.ANY, "what ends a code: enter, tab or any of both"),
            Setting(
                "speed", f"{USUAL_GAP:.0f}", "milliseconds between two keys of the scanner are less than this"
            ),
        ),
    )


def _rule(settings: Settings) -> BurstRule:
    prefix, speed = settings.get("prefix", ""), settings.get("speed", f"{USUAL_GAP:.0f}")
    suffix = settings.get("suffix", Suffix.ANY)
    if not (speed.isascii() and speed.isdigit() and LEAST_GAP <= int(speed) <= MOST_GAP):
        raise NotSupportedError(f"The setting speed is a number of milliseconds, {LEAST_GAP} to {MOST_GAP}.")
    if suffix not in set(Suffix):
        raise NotSupportedError(f"The setting suffix is one of {', '.join(Suffix)}.")
    if len(prefix) > LONGEST_PREFIX or not prefix.isprintable():
        raise NotSupportedError(f"The setting prefix is up to {LONGEST_PREFIX} signs that can be typed.")
    return BurstRule(float(speed), prefix, Suffix(suffix))
