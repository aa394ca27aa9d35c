"""What a serial driver's test needs to record a fault and to meet it again.

    trace = recorded(device)                # a device with `trace`, staged to fail or on a cable that fails
    with pytest.raises(WrongAnswerError): device.read(timeout=LIMIT)
    with replaying(kept(trace)) as replay:  # the same bytes, from a loopback line
        again = open_device(DRIVER, {"port": replay.address}, NobodyAsked())
        ...                                 # meets the same error; `replay.as_recorded`: and asked for it the same way

A driver that says something while it is opened must be traced from before that, or say it at its first use only: what
the trace does not hold cannot be played back.
"""

from kiosk.devices.api import Device, Trace, Traced
from kiosk.devices.replay import Replay, replaying
from kiosk.devices.traces import Step, read_trace

__all__ = ["Replay", "kept", "recorded", "replaying"]


def recorded(device: Device, driver: str = "test") -> Trace:
    """Return the trace that notes what goes over the device's line from now on."""
    assert isinstance(device, Traced)
    trace = Trace(driver)
    device.trace(trace)
    return trace


def kept(trace: Trace) -> tuple[Step, ...]:
    """Return the steps as they come back from the file that is sent home."""
    return read_trace(trace.as_text())[1]
