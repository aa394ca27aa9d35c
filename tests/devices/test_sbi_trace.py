"""What a trace of a biometric service tells: everything but the captures, and enough to meet a fault again."""

import json
from pathlib import Path

import pytest

from kiosk.devices.api import BusyError, Camera, DeviceError, Scene, Settings, Trace, Traced
from kiosk.devices.drivers.sbi_lines import SHOWN
from kiosk.devices.registry import open_device
from kiosk.devices.traces import Way
from kiosk.services.kit import NobodyAsked
from tests.devices.contract import LIMIT, PERSON, SHORT
from tests.devices.replay import kept, recorded, replaying
from tests.devices.sbi_stand import FACE_CAMERA, IRIS_CAMERA, opened, service, taken, trusted

pytestmark = pytest.mark.timeout(60)


def error_of(settings: Settings, timeout: float) -> type[DeviceError] | None:
    """Open the camera and use it once; return the error."""
    device = open_device("iris.sbi", settings, NobodyAsked())
    try:
        taken(device, timeout=timeout)
    except DeviceError as error:
        return type(error)
    finally:
        device.close()
    return None


@pytest.mark.parametrize(
    "staged", ["busy", "refused", "not_registered", "vanish", "garbage", "cut", "silence", "bad_signature"]
)
def test_the_trace_of_a_staged_fault_ends_with_the_same_error_again(tmp_path: Path, staged: str) -> None:
    timeout = SHORT if staged == "silence" else LIMIT
    with service(IRIS_CAMERA) as peer, opened(peer, tmp_path) as device:
        trace = recorded(device)
        peer.stage.set(Scene(person=PERSON, fault=staged))
        with pytest.raises(DeviceError) as first:
            taken(device, timeout=timeout)

    with replaying(kept(trace)) as replay:
        port = replay.address.rpartition(":")[2]
        again = error_of({"ports": port, "trust": trusted(tmp_path / "trust")}, timeout)

    assert again is first.type


def test_nothing_of_a_capture_is_in_its_trace_and_the_rest_is(tmp_path: Path) -> None:
    with service(IRIS_CAMERA) as peer, opened(peer, tmp_path) as device:
        trace = recorded(device)
        pictures = taken(device)

    assert pictures.signed is not None
    sent = b"".join(step.content for step in trace.steps if step.way is Way.OUT)
    came = b"".join(step.content for step in trace.steps if step.way is Way.IN)
    payloads = [entry["data"].split(".")[1] for entry in json.loads(pictures.signed)["biometrics"]]
    assert not any(
        payload[start : start + 80].encode() in came
        for payload in payloads
        for start in (len(payload) // 2, 9000)
    )
    assert b"RCAPTURE /capture" in sent
    assert b'"previousHash"' in sent
    assert b'"errorCode": "0"' in came
    assert len(came) > len(pictures.signed)
    assert all(step.masked for step in trace.steps if b"A" * (SHOWN + 1) in step.content)


def test_each_call_is_a_line_of_its_own_that_is_opened_and_closed(tmp_path: Path) -> None:
    with service(IRIS_CAMERA) as peer, opened(peer, tmp_path) as device:
        trace = recorded(device)
        taken(device)
        device.trace(None)  # type: ignore[attr-defined]
        taken(device)

    ways = [step.way for step in trace.steps]
    assert (ways.count(Way.OPENED), ways.count(Way.CLOSED)) == (2, 2)
    assert ways[0] is Way.OPENED
    assert ways[-1] is Way.CLOSED


def test_a_live_picture_is_traced_without_its_pictures(tmp_path: Path) -> None:
    with service(FACE_CAMERA) as peer, opened(peer, tmp_path) as device:
        assert isinstance(device, Camera)
        trace = recorded(device)
        device.frame(timeout=LIMIT)

    came = b"".join(step.content for step in trace.steps if step.way is Way.IN)
    assert b"multipart/x-mixed-replace" in came
    assert b"Content-Length" in came
    assert b"\xff\xd8\xff" not in came


def test_an_error_in_place_of_a_live_picture_is_traced(tmp_path: Path) -> None:
    with service(FACE_CAMERA, fault="busy") as peer, opened(peer, tmp_path) as device:
        assert isinstance(device, Camera)
        trace = Trace("camera.sbi")
        assert isinstance(device, Traced)
        device.trace(trace)

        with pytest.raises(BusyError):
            device.frame(timeout=LIMIT)

    assert b'"errorCode": "111"' in b"".join(step.content for step in trace.steps if step.way is Way.IN)
