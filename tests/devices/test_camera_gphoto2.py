"""The gphoto2 camera on the virtual one that its library brings, which takes a picture of ours."""

import os
import signal
import threading
import time
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.api import (
    BusyError,
    Camera,
    Device,
    DeviceError,
    Image,
    NotConnectedError,
    NotSupportedError,
    RefusedError,
    Settings,
    TooLateError,
    WrongAnswerError,
)
from kiosk.devices.drivers.camera_gphoto2 import error_of, identity_in, picture_in
from kiosk.devices.registry import load
from tests.devices.conftest import Opener
from tests.devices.contract import LIMIT, SHORT, CameraContract
from tests.devices.lacking import needs_library
from tests.devices.library_children import child_of_this_process

pytestmark = pytest.mark.timeout(60)

DRIVER = "camera.gphoto2"
MODEL = "Nikon DSC D750"
PROGRAM = "gphoto2_process"


def drawn() -> Image:
    """Return a picture, RGB: left half red, right half a little darker."""
    image = np.full((120, 160, 3), (200, 30, 30), np.uint8)
    image[:, 80:] //= 2
    return image


def jpeg() -> bytes:
    return bytes(cv2.imencode(".jpg", drawn()[..., ::-1])[1])


@pytest.fixture
def card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The virtual camera's card; what it takes is the picture that lies there."""
    needs_library("gphoto2", "gphoto2")
    monkeypatch.setenv("VCAMERADIR", str(tmp_path))
    folder = tmp_path / "DCIM" / "100NIKON"
    folder.mkdir(parents=True)
    (folder / "seen.jpg").write_bytes(jpeg())
    return folder


class TestGphoto2Camera(CameraContract):
    DRIVER = DRIVER

    @pytest.fixture
    def settings(self, card: Path) -> Settings:
        return {}

    def test_the_live_picture_is_rgb_and_goes_on(self, device: Device) -> None:
        """The virtual camera has no live picture; one that has is tried by hand."""
        assert isinstance(device, Camera)

        with pytest.raises(NotSupportedError, match="no live picture"):
            device.frame(timeout=LIMIT)

        assert self.is_good(self.use(device))


def opened(opener: Opener, **settings: str) -> Camera:
    device = opener(DRIVER, settings)
    assert isinstance(device, Camera)
    return device


def test_a_still_is_the_picture_the_camera_took(opener: Opener, card: Path) -> None:
    image = opened(opener).take(timeout=LIMIT).images[0][1]

    assert image.shape == (120, 160, 3)
    assert int(image[:, :40].reshape(-1, 3).mean(0).argmax()) == 0
    assert np.abs(image.astype(int) - drawn()).mean() < 3


def test_it_says_who_it_is(opener: Opener, card: Path) -> None:
    identity = opened(opener).identity()

    assert (identity.make, identity.model, identity.serial, identity.firmware) == (
        "GP",
        MODEL,
        "0.1",
        "2.5.11",
    )


def test_a_camera_that_is_not_there_is_not_connected_and_found_once_it_is(
    opener: Opener, card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as without:
        without.delenv("VCAMERADIR")
        with pytest.raises(NotConnectedError, match="switch it on"):
            opened(opener)

    with pytest.raises(NotConnectedError, match="switch it on"):
        opened(opener, camera="Canon EOS 5D")
    assert opened(opener, camera=MODEL).take(timeout=LIMIT).images


def test_a_picture_that_is_no_jpeg_is_a_wrong_answer(opener: Opener, card: Path) -> None:
    (card / "seen.jpg").write_bytes(b"raw" * 5000)
    camera = opened(opener)

    with pytest.raises(WrongAnswerError, match="set it to JPEG"):
        camera.take(timeout=LIMIT)
    camera.close()
    (card / "seen.jpg").write_bytes(jpeg())

    assert opened(opener).take(timeout=LIMIT).images


def test_a_library_that_hangs_is_ended_in_time_and_the_next_still_is_taken(
    opener: Opener, card: Path
) -> None:
    camera = opened(opener)
    os.kill(child_of_this_process(PROGRAM), signal.SIGSTOP)
    begun = time.monotonic()

    with pytest.raises(TooLateError):
        camera.take(timeout=SHORT)

    assert time.monotonic() - begun < 2
    assert camera.take(timeout=LIMIT).images


def test_a_close_from_another_thread_ends_a_call(opener: Opener, card: Path) -> None:
    camera = opened(opener)
    os.kill(child_of_this_process(PROGRAM), signal.SIGSTOP)
    closing = threading.Timer(0.3, camera.close)
    closing.start()

    with pytest.raises(NotConnectedError, match="closed"):
        camera.take(timeout=600)
    closing.join()


def test_the_cameras_of_the_machine_are_found(card: Path) -> None:
    assert [device.settings for device in load(DRIVER).find()] == [{"camera": MODEL}]


@given(st.binary(max_size=400) | st.integers(0, len(jpeg())).map(lambda end: jpeg()[:end]))
def test_any_bytes_are_a_picture_or_a_wrong_answer(content: bytes) -> None:
    try:
        image = picture_in(content)
    except WrongAnswerError:
        return

    assert image.ndim == 3
    assert image.dtype == np.uint8


@given(st.text())
def test_any_summary_gives_an_identity(summary: str) -> None:
    assert identity_in(summary, MODEL).model == MODEL


@pytest.mark.parametrize(
    ("code", "error", "says"),
    [
        (-105, NotConnectedError, "switch it on"),
        (-52, NotConnectedError, "cable"),
        (-53, BusyError, "Another program"),
        (-110, BusyError, "Another program"),
        (-10, TooLateError, "in time"),
        (-6, NotSupportedError, "another one"),
        (-115, RefusedError, "card"),
        (-1, WrongAnswerError, "focus"),
        (-99999, WrongAnswerError, "focus"),
    ],
)
def test_a_code_of_the_library_is_an_error_that_says_what_to_do(
    code: int, error: type[DeviceError], says: str
) -> None:
    found = error_of(code)

    assert type(found) is error
    assert says in str(found)
