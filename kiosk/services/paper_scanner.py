"""Listening to the code scanner for as long as papers are checked: whatever is scanned then is a paper's code."""

import threading
from collections.abc import Callable
from dataclasses import replace

from kiosk.devices.api import CodeScanner, Device, DeviceError, Kind, Simulated
from kiosk.domain.roles import Permission
from kiosk.services.code_reading import forget_older
from kiosk.services.counter import Officer, require
from kiosk.services.errors import KitError
from kiosk.services.kit import RecordingKit

# A code of a thousand letters takes seconds at 9600 baud: a short look would cut it in two.
LONG_LOOK = 60.0  # seconds, where the look can be ended from outside
LOOK = 4.0  # seconds, where it cannot, and of a simulator, which holds its code up when a look begins
_LOOK_SIMULATED = 0.5


class PaperScanner:
    """One stretch of listening; `listen` runs once, in the scanner's lane."""

    def __init__(self, kit: RecordingKit, officer: Officer) -> None:
        self._kit = kit
        self._officer = officer
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._uses = False

    def listen(self, heard: Callable[[str], None]) -> None:
        """Call `heard` with each code that is scanned until `stop`; what was scanned before does not count.

        Raises `NotAllowedError`, `KitError` or a `DeviceError`; the scanner is closed at the end.
        """
        require(self._officer, Permission.CHECK_CERTIFICATE)
        with self._lock:
            self._uses = not self._stop.is_set()
        if not self._uses:
            return
        try:
            with self._kit.lend(Kind.CODE_SCANNER) as device:
                self._listen(device, heard)
        finally:
            with self._lock:
                self._uses = False
                self._kit.release(Kind.CODE_SCANNER)

    def stop(self) -> None:
        """Hear no more; any thread may say so."""
        self._stop.set()

    def interrupt(self) -> None:
        """Stop, and end the look that waits, where the driver can be ended; it may take a second."""
        self._stop.set()
        with self._lock:
            if self._uses and self._kit.is_interruptible(Kind.CODE_SCANNER):
                self._kit.release(Kind.CODE_SCANNER)

    def _listen(self, device: Device, heard: Callable[[str], None]) -> None:
        if not isinstance(device, CodeScanner):
            raise KitError("The device set up as the code scanner is none.")
        try:
            if not self._stop.is_set():
                self._put_away(device)
            seconds = self._seconds(device)
            while not self._stop.is_set():
                letters = device.read(timeout=seconds)
                if letters is not None and not self._stop.is_set():
                    heard(letters)
        except DeviceError:
            if not self._stop.is_set():  # else it was ended from outside
                raise

    def _put_away(self, device: CodeScanner) -> None:
        """Throw away what was scanned before; a simulator's person holds a card of a visit no longer."""
        if isinstance(device, Simulated) and self._kit.scene is not None:
            device.stage(replace(self._kit.scene, code=""))
        forget_older(device)

    def _seconds(self, device: CodeScanner) -> float:
        if isinstance(device, Simulated):
            return _LOOK_SIMULATED
        return LONG_LOOK if self._kit.is_interruptible(Kind.CODE_SCANNER) else LOOK
