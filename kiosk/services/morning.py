"""The morning's self-test: every part once, with nobody asked; which parts were taken up outlives a restart."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from kiosk.devices.api import Kind
from kiosk.domain.morning import Found, Morning, found_in, morning_now
from kiosk.domain.selftest import DEVICES, Part, SelfTest
from kiosk.services.counter import Counter
from kiosk.services.kit import RecordingKit
from kiosk.services.selftest import SelfTester
from kiosk.services.selftest_devices import FRAME_SECONDS, LIMIT
from kiosk.services.selftest_stages import PutOffError
from kiosk.storage.store import Ledger

LONGEST_STAGE = 2 * LIMIT + FRAME_SECONDS
"""Seconds the calls of one stage of a device may wait in all, and so a visit that begins during it; opening a driver
and asking its name take what the driver itself allows."""


@dataclass(frozen=True, slots=True)
class MorningTests:
    """The morning's tests of one counter; begins: the earliest time of the office's day."""

    counter: Counter
    kit: RecordingKit
    begins: time

    def left(self) -> tuple[Part, ...]:
        """Return the parts whose turn it is now; none before the hour, nor once every part was taken up today.

        A clock that was put right moves the day that is kept along with it.
        """
        with self.counter.store.reading() as ledger:
            kept, morning = ledger.facts.morning(), self._now(ledger)
        if (
            kept is not None
            and morning is not None
            and kept.day != morning.day
            and kept.begun == morning.begun
        ):
            with self.counter.store.writing() as ledger:
                ledger.facts.set_morning(morning)
        return () if morning is None else morning.left

    def test(self, part: Part, put_off: Callable[[], bool]) -> SelfTest | None:
        """Test a part whose turn it is; None where `put_off` says yes before a stage, and then its turn comes again.

        The device is closed after its test, so that nothing is held open before the counter is.
        """
        if not self._take_up(part):
            return None
        try:
            test = SelfTester(self.counter, self.kit).test(part, put_off=put_off)
        except PutOffError:
            self._put_off(part)
            return None
        if part in DEVICES:
            self.kit.release(Kind(part.value))
        return test

    def _take_up(self, part: Part) -> bool:
        with self.counter.store.writing() as ledger:
            morning = self._now(ledger)
            if morning is None or part not in morning.left:
                return False
            ledger.facts.set_morning(morning.taking_up(part))
        return True

    def _put_off(self, part: Part) -> None:
        with self.counter.store.writing() as ledger:
            morning = self._now(ledger)
            if morning is not None:
                ledger.facts.set_morning(morning.putting_off(part))

    def _now(self, ledger: Ledger) -> Morning | None:
        counter = self.counter
        return morning_now(ledger.facts.morning(), counter.clock(), counter.zone, begins=self.begins)


def morning_found(counter: Counter) -> Found | None:
    """Return what today's morning found, as its parts stand since; None where there was none today."""
    with counter.store.reading() as ledger:
        morning = morning_now(ledger.facts.morning(), counter.clock(), counter.zone, begins=time())
        if morning is None or not morning.parts:  # none yet, or of another day
            return None
        tests = [(part, ledger.selftests.last(part)) for part in morning.parts]
    return found_in(morning, ((part, test.verdict) for part, test in tests if test is not None))
