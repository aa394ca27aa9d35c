"""The camera behind a biometric service: its live picture beside its captures, and its simulator."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from kiosk.devices.api import Camera, Device, DeviceError, Settings
from kiosk.devices.registry import open_device
from kiosk.services.kit import NobodyAsked
from tests.devices.contract import LIMIT, SHORT, CameraContract, SimulatorContract
from tests.devices.sbi_stand import FACE_CAMERA, opened, remote, service
from tests.devices.test_sbi_fingerprint import SBI_LINE

pytestmark = pytest.mark.timeout(60)


@pytest.fixture(scope="module", autouse=True)
def _process() -> Iterator[None]:
    """Keep the process of the peers, and the keys it made, while this module runs."""
    keeper = open_device("camera.simulated_sbi", {}, NobodyAsked())
    yield
    keeper.close()


class TestSbiCamera(CameraContract):
    DRIVER = "camera.sbi"

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Iterator[Settings]:
        with remote("sbi_face_peer", tmp_path) as known:
            yield known


class TestSimulatedSbiCamera(SimulatorContract, CameraContract):
    DRIVER = "camera.simulated_sbi"
    FAULTS: ClassVar = {
        **SBI_LINE,
        **dict.fromkeys(("eyes_closed", "blur", "turned", "off_centre", "no_face", "two_faces")),
        **dict.fromkeys(("mouth_open", "dark", "bright", "roll", "far", "near")),
    }

    @pytest.mark.parametrize(
        "gone", ["vanish", "silence", "slow", "garbage", "cut", "busy", "refused", "not_ready"]
    )
    def test_the_live_picture_stops_with_a_fault_and_comes_back_without_opening_anew(
        self, shared: Device, gone: str
    ) -> None:
        assert isinstance(shared, Camera)
        self.play(shared, self.scene())
        shared.frame(timeout=LIMIT)
        self.play(shared, self.scene(gone))

        stopped = stops(shared, limit=SHORT if gone in self.WAITED_OUT else LIMIT)
        self.play(shared, self.scene())

        assert stopped
        assert comes_back(shared)


def stops(camera: Camera, *, limit: float) -> bool:
    """Look on until no picture comes; what is on the line already is still seen."""
    for _ in range(20):
        try:
            camera.frame(timeout=limit)
        except DeviceError:
            return True
    return False


def comes_back(camera: Camera) -> bool:
    """Look on until a picture comes; the error of the old connection may still be told."""
    for _ in range(3):
        try:
            return camera.frame(timeout=LIMIT).image.shape == (800, 600, 3)
        except DeviceError:
            continue
    return False


def test_the_live_picture_is_closed_before_a_capture_and_begun_again_after_it(tmp_path: Path) -> None:
    with service(FACE_CAMERA) as peer, opened(peer, tmp_path) as device:
        assert isinstance(device, Camera)
        device.frame(timeout=LIMIT)
        live = peer.streaming

        pictures = device.take(timeout=LIMIT)
        stopped = peer.streaming
        device.frame(timeout=LIMIT)

        assert (live, stopped, peer.streaming) == (1, 0, 2)
        assert pictures.images[0][1].shape == (960, 720, 3)


def test_another_program_that_streams_makes_it_busy_at_once(tmp_path: Path) -> None:
    with service(FACE_CAMERA) as peer, opened(peer, tmp_path) as device:
        assert isinstance(device, Camera)
        peer.streaming = 99
        begun = time.monotonic()

        with pytest.raises(DeviceError, match="Another program"):
            device.take(timeout=LIMIT)

    assert time.monotonic() - begun < 1


def test_a_live_picture_nobody_asks_for_is_let_go(tmp_path: Path) -> None:
    with service(FACE_CAMERA) as peer, opened(peer, tmp_path) as device:
        assert isinstance(device, Camera)
        device.frame(timeout=LIMIT)

        limit = time.monotonic() + LIMIT
        while peer.streaming and time.monotonic() < limit:
            time.sleep(0.05)

        assert not peer.streaming
        assert device.frame(timeout=LIMIT).image.shape == (800, 600, 3)


def test_a_live_picture_whose_time_is_over_goes_on_by_itself(tmp_path: Path) -> None:
    with service(FACE_CAMERA) as peer, opened(peer, tmp_path) as device:
        assert isinstance(device, Camera)
        device.frame(timeout=LIMIT)

        peer.streaming = 0  # as after five minutes
        seen = [device.frame(timeout=LIMIT) for _ in range(5)]

    assert len(seen) == 5


def test_a_close_from_another_thread_ends_a_call_that_waits_for_the_live_picture(tmp_path: Path) -> None:
    ended: list[str] = []
    with service(FACE_CAMERA, fault="silence") as peer, opened(peer, tmp_path) as device:
        assert isinstance(device, Camera)

        def look_on() -> None:
            try:
                device.frame(timeout=600)
            except DeviceError as error:
                ended.append(str(error))

        looking = threading.Thread(target=look_on, daemon=True)
        looking.start()
        time.sleep(0.2)
        device.close()
        looking.join(LIMIT)

    assert ended == ["The camera was closed; open it again."]
