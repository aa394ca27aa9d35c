"""The sender: a thread of its own that keeps delivering, told to hurry when something was saved."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.domain.clock import Clock
from kiosk.domain.errors import KioskError
from kiosk.services.counter import Counter
from kiosk.sync.beating import Tell
from kiosk.sync.pump import Pump, RoundResult, make_pump

__all__ = ["Changed", "Listeners", "RoundResult", "Sender", "Told"]

logger = logging.getLogger(__name__)

Told = Callable[[RoundResult], None]
"""Told what each round reached."""
Changed = Callable[[str], None]
"""Told the id of each packet whose durable state changed."""


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who wants to know; all are called on the sender's thread and must not take long (a Qt signal's emit is right)."""

    told: list[Told] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)

    def tell(self, result: RoundResult) -> None:
        """Tell what a round reached."""
        for told in tuple(self.told):
            told(result)

    def change(self, packet_id: str) -> None:
        """Tell which packet is not as it was."""
        for changed in tuple(self.changed):
            changed(packet_id)


class Sender:
    """Runs rounds of the pump until stopped; `hurry` starts the next round at once."""

    def __init__(
        self,
        pump: Pump,
        *,
        pause: Callable[[RoundResult | None], float],
        told: Told,
        listeners: Listeners | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._pump = pump
        self._pause = pause
        self._clock = clock
        self._listeners = listeners or Listeners()
        self._listeners.told.append(told)
        self._is_sending = False
        self._resumes_at: datetime | None = None
        self._woken = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sender", daemon=True)

    @classmethod
    def of(
        cls, counter: Counter, *, pause: Callable[[RoundResult | None], float], tell: Tell | None = None
    ) -> "Sender":
        """Return the sender of a counter, that tells whoever listens of rounds and of every packet that changed.

        tell: what heartbeats say; None where none is sent.
        """
        listeners = Listeners()
        pump = make_pump(counter.store, counter.clock, on_change=listeners.change, tell=tell)
        return cls(pump, pause=pause, told=_nobody, listeners=listeners, clock=counter.clock)

    @property
    def is_sending(self) -> bool:
        """True while a round runs."""
        return self._is_sending

    @property
    def resumes_at(self) -> datetime | None:
        """When the next round begins by itself, in UTC; None while one runs and where no clock was given."""
        return self._resumes_at

    def listen(self, *, told: Told | None = None, changed: Changed | None = None) -> None:
        """Call these from now on, on the sender's thread: `told` after each round, `changed` for each packet."""
        if told is not None:
            self._listeners.told.append(told)
        if changed is not None:
            self._listeners.changed.append(changed)

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
            self._resumes_at, self._is_sending = None, True
            result = self._round()
            pause = self._pause(result)
            self._is_sending, self._resumes_at = False, self._moment_after(pause)
            if result is not None:
                self._listeners.tell(result)
            self._woken.wait(pause)

    def _moment_after(self, seconds: float) -> datetime | None:
        return self._clock().wall + timedelta(seconds=seconds) if self._clock else None

    def _round(self) -> RoundResult | None:
        try:
            return self._pump.round()
        except KioskError as error:
            logger.warning("a round of sending failed: %s", error)
            return None


def _nobody(result: RoundResult) -> None:
    """Nobody was named at the start; `listen` adds them."""
