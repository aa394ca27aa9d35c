"""The sender: a thread of its own that keeps delivering, told to hurry when something was saved."""

import logging
import threading
from collections.abc import Callable

from kiosk.domain.errors import KioskError
from kiosk.sync.pump import Pump, RoundResult

logger = logging.getLogger(__name__)

Told = Callable[[RoundResult], None]


class Sender:
    """Runs rounds of the pump until stopped; `hurry` starts the next round at once."""

    def __init__(self, pump: Pump, *, pause: Callable[[RoundResult | None], float], told: Told) -> None:
        self._pump = pump
        self._pause = pause
        self._told = told
        self._woken = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sender", daemon=True)

    def start(self) -> None:
        """Begin with a round at once."""
        self._thread.start()

    def hurry(self) -> None:
        """Something was saved, or the link came back."""
        self._woken.set()

    def stop(self, *, timeout: float) -> None:
        """End after the packet that is on the line now; what arrived of it is kept at the centre."""
        self._stopped.set()
        self._woken.set()
        self._pump.stop()
        self._thread.join(timeout)

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._woken.clear()
            result = self._round()
            if result is not None:
                self._told(result)
            self._woken.wait(self._pause(result))

    def _round(self) -> RoundResult | None:
        try:
            return self._pump.round()
        except KioskError as error:
            logger.warning("a round of sending failed: %s", error)
            return None
