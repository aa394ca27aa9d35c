"""A self-test as other programs read it: one JSON object, with what a device said masked as logs are."""

from kiosk.domain.captures import DeviceIdentity
from kiosk.domain.masking import masked
from kiosk.domain.selftest import Measure, SelfTest, Stage


def selftest_fields(test: SelfTest) -> dict[str, object]:
    """Return all a self-test tells; seconds with three places."""
    return {
        "part": test.part.value,
        "verdict": test.verdict.value,
        "problem": test.problem.value,
        "said": masked(test.said),
        "at": test.at.isoformat(),
        "measure": None if test.measure is None else _measure(test.measure),
        "device": None if test.device is None else _device(test.device),
        "stages": [_stage(stage) for stage in test.stages],
    }


def _measure(measure: Measure) -> dict[str, object]:
    return {"name": measure.name, "value": measure.value, "unit": measure.unit}


def _device(device: DeviceIdentity) -> dict[str, object]:
    return {
        "driver": device.driver,
        "make": device.make,
        "model": device.model,
        "serial": device.serial,
        "firmware": device.firmware,
    }


def _stage(stage: Stage) -> dict[str, object]:
    return {
        "name": stage.name,
        "outcome": stage.outcome.value,
        "seconds": round(stage.seconds, 3),
        "told": masked(stage.told),
    }
