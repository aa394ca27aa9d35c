"""What a driver does with the person before its device, with what it took, and when it is closed while it waits."""

import logging
import threading
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import numpy as np
import pytest

from kiosk.devices.api import Card, Device, NotConnectedError, Scene, Settings
from kiosk.devices.registry import Drivers

LONGEST_LINE = 1000  # signs of one line of a log; a picture, a page or a code list is longer
CLOSED_AFTER = 0.3  # seconds a call has waited by then
WAITS = ("nobody", "silence")  # faults of which one lets any call wait


class Noting:
    """A person who does nothing and notes what he is asked."""

    def __init__(self) -> None:
        self.questions: set[str] = set()

    def asked(self, question: str) -> bool:
        self.questions.add(question)
        return False


def private_in(result: object) -> Iterator[str]:
    """Yield what stands in a result that no log may hold: codes and the numbers of cards."""
    if isinstance(result, str):
        yield result
    if isinstance(result, Card):
        yield from (form for part in (result.atr, result.uid) if part for form in (part.hex(), repr(part)))


class Habits:
    """What holds for every driver; `DeviceContract` is one of them."""

    DRIVER: ClassVar[str]
    DRIVERS: ClassVar[Drivers]

    def use(self, device: Device, *, timeout: float = 0.0) -> object:
        raise NotImplementedError

    def test_it_asks_only_by_keys_it_names(self, settings: Settings) -> None:
        person = Noting()
        device = self.DRIVERS.open(self.DRIVER, settings, person)
        self.use(device, timeout=10.0)
        device.close()

        assert person.questions <= set(self.DRIVERS.load(self.DRIVER).asks)

    def test_it_prints_nothing_and_logs_nothing_of_what_it_took(
        self, device: Device, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ) -> None:
        with caplog.at_level(logging.DEBUG):
            result = self.use(device, timeout=10.0)
        said = [record.getMessage() for record in caplog.records]

        assert capfd.readouterr() == ("", "")
        assert [line for line in said for secret in private_in(result) if secret in line] == []
        assert [line[:80] for line in said if len(line) > LONGEST_LINE] == []
        assert not any(_holds_picture(record) for record in caplog.records)


def _holds_picture(record: logging.LogRecord) -> bool:
    args = record.args.values() if isinstance(record.args, Mapping) else record.args or ()
    return any(isinstance(arg, np.ndarray) for arg in args)


class SimulatorHabits:
    """What holds for every simulator."""

    DRIVER: ClassVar[str]
    DRIVERS: ClassVar[Drivers]
    FAULTS: ClassVar[Mapping[str, Any]]

    def use(self, device: Device, *, timeout: float = 0.0) -> object:
        raise NotImplementedError

    def play(self, director: Any, scene: Scene) -> None:
        raise NotImplementedError

    def scene(self, fault: str | None = None, *, times: int = 0) -> Scene:
        raise NotImplementedError

    def test_a_close_from_another_thread_ends_a_call_that_waits(self, device: Device) -> None:
        self.play(device, self.scene(next(fault for fault in WAITS if fault in self.FAULTS)))
        closing = threading.Timer(CLOSED_AFTER, device.close)
        closing.start()

        with pytest.raises(NotConnectedError):
            self.use(device, timeout=60.0)
        closing.join()

        assert self.DRIVERS.load(self.DRIVER).ends_on_close
