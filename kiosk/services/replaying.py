"""A trace played back to its driver: the fault that was sent home is met again, without the device."""

import contextlib
from dataclasses import dataclass

from kiosk.devices.api import Device, DeviceError, Driver, NotSupportedError, Settings
from kiosk.devices.registry import Drivers
from kiosk.devices.replay import Replay, replaying
from kiosk.devices.traces import Step, read_trace
from kiosk.services.kit import NobodyAsked
from kiosk.services.selftest_devices import EXERCISES

_MOST_USES = 50


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a driver made of a trace.

    error: what it ended with; None where all was good.  as_recorded: whether the driver asked for all of it, and in the
    same way as it did then.
    """

    driver: str
    error: DeviceError | None
    as_recorded: bool


def replay_trace(text: str, drivers: Drivers, settings: Settings) -> Replayed:
    """Play a trace back to the driver it names, which does what a self-test asks of it.

    settings: those of the device it was recorded at, as far as they matter.  Raises `TraceError` for a text that is no
    trace, and `NotSupportedError` for a driver that is not installed or whose traces cannot be played back.
    """
    name, steps = read_trace(text)
    driver = drivers.load(name)
    if driver.at_port is None:
        raise NotSupportedError(f"Traces of {name} cannot be played back; read the file itself.")
    # a self-test asks a device first who it is, a visit does not: whichever asks as it was recorded tells more
    first = _replayed(driver, steps, drivers, settings, is_asked_who=True)
    if first.as_recorded:
        return first
    second = _replayed(driver, steps, drivers, settings, is_asked_who=False)
    return second if second.as_recorded else first


def _replayed(
    driver: Driver, steps: tuple[Step, ...], drivers: Drivers, settings: Settings, *, is_asked_who: bool
) -> Replayed:
    assert driver.at_port is not None  # the caller looked
    with replaying(steps) as replay:
        known = {setting.key for setting in driver.settings}
        placed = {key: value for key, value in settings.items() if key in known} | dict(
            driver.at_port(replay.port)
        )
        error: DeviceError | None = None
        try:
            with contextlib.closing(drivers.open(driver.name, placed, NobodyAsked())) as device:
                _use(driver, device, replay, is_asked_who=is_asked_who)
        except DeviceError as met:
            error = met
    return Replayed(driver.name, error, replay.as_recorded)


def _use(driver: Driver, device: Device, replay: Replay, *, is_asked_who: bool) -> None:
    """Use the device as often as the trace has something to say: good uses may stand before the one that failed."""
    for _ in range(_MOST_USES):
        if is_asked_who:
            device.identity()
        for exercise in EXERCISES[driver.kind]:
            exercise.do(device)
        if replay.finished.is_set():
            return
