"""Still cameras on a cable that libgphoto2 knows: a still by the shutter, a live picture where the camera has one."""

import re
import time
from collections.abc import Mapping

import cv2
import numpy as np

from kiosk.devices.api import (
    BusyError,
    DeviceError,
    Driver,
    Found,
    Frame,
    Identity,
    Image,
    Kind,
    NotConnectedError,
    NotSupportedError,
    Person,
    Pictures,
    RefusedError,
    Setting,
    Settings,
    TooLateError,
    WrongAnswerError,
)
from kiosk.devices.drivers.library_messages import Message
from kiosk.devices.drivers.library_process import Library, LibraryProcess, asked_once

LIBRARY = Library("camera", "kiosk.devices.drivers.gphoto2_process", "gphoto2")
OPEN_LIMIT = 15.0  # seconds a camera may take until it has told of itself
LIVE_LIMIT = 4.0
FIND_LIMIT = 1.5
JPEG = (b"\xff\xd8", b"\xff\xd9")  # its first and its last bytes
MOST_BYTES = 64 << 20

GONE = "The camera is not there; switch it on and check its cable."
HELD = "Another program holds the camera; close it, or switch the camera off and on."
LATE = "The camera did not answer in time; switch it off and on."
FULL = "The camera's card is full or locked; change it."
UNABLE = "This camera cannot do that; use another one for it."
BLIND = "This camera gives no live picture; look through the camera and take a still."
FAILED = "The camera took no picture; check that it finds its focus, and switch it off and on."
DAMAGED = "The camera's picture cannot be read; set it to JPEG and try again."

_ERRORS: Mapping[int, tuple[type[DeviceError], str]] = {
    **dict.fromkeys((-4, -5, -7, -31, -34, -35, -52, -105), (NotConnectedError, GONE)),
    **dict.fromkeys((-53, -60, -110), (BusyError, HELD)),
    -10: (TooLateError, LATE),
    -6: (NotSupportedError, UNABLE),
}
NO_SPACE = -115
_TOLD = {
    "make": "Manufacturer", "model": "Model", "serial": "Serial Number", "firmware": "Version",
}  # fmt: skip


class Gphoto2Camera:
    """One camera, by its model or the first there is; found again by the next call after it was lost."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._process = LibraryProcess(LIBRARY)

    def connect(self) -> None:
        """See that the camera is there; raises `NotConnectedError` or `BusyError`."""
        self.identity()

    def identity(self) -> Identity:
        told = self._asked(OPEN_LIMIT, "summary")
        return identity_in(told.text("summary"), told.text("model"))

    def frame(self, *, timeout: float) -> Frame:
        """Return a live picture; raises `NotSupportedError` where the camera has none.

        It may take up to `LIVE_LIMIT` seconds whatever `timeout` is: the first one lifts the mirror, and a camera that
        was cut short must be looked for anew.
        """
        try:
            content = self._asked(max(timeout, LIVE_LIMIT), "preview").body
        except NotSupportedError as error:
            raise NotSupportedError(BLIND) from error
        return Frame(picture_in(content), time.monotonic())

    def take(self, *, timeout: float) -> Pictures:
        return Pictures((("portrait", picture_in(self._asked(timeout, "still").body)),), ppi=0)

    def close(self) -> None:
        self._process.close()

    def _asked(self, limit: float, do: str) -> Message:
        return _answered(self._process.ask(limit, do=do, camera=self._model))


def picture_in(content: bytes) -> Image:
    """Return a JPEG as RGB, upright as the camera was held; raises `WrongAnswerError` for anything else."""
    start, end = JPEG
    whole = content.startswith(start) and content.rstrip(b"\0").endswith(end) and len(content) <= MOST_BYTES
    picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR) if whole else None
    if picture is None:
        raise WrongAnswerError(DAMAGED)
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8)


def identity_in(summary: str, model: str) -> Identity:
    """Return what a camera says of itself; `model` is what the library calls it."""
    told = {
        key: found[1].strip()
        for key, name in _TOLD.items()
        if (found := re.search(rf"^\s*{name}: (.*)$", summary, re.MULTILINE))
    }
    return Identity(told.get("make", ""), model, told.get("serial", ""), told.get("firmware", ""))


def error_of(code: int) -> DeviceError:
    """Return what a code of libgphoto2 means to a person; one that is not known is a picture that was not taken."""
    if code == NO_SPACE:
        return RefusedError(FULL, reason="card_full")
    kind, sentence = _ERRORS.get(code, (WrongAnswerError, FAILED))
    return kind(sentence)


def _answered(told: Message) -> Message:
    if "code" in told.fields:
        raise error_of(int(told.number("code")))
    return told


def _find() -> tuple[Found, ...]:
    try:
        cameras = _answered(asked_once(LIBRARY, FIND_LIMIT, do="cameras")).fields["cameras"]
    except DeviceError:
        return ()
    assert isinstance(cameras, list)
    return tuple(Found(str(model), {"camera": str(model)}) for model in cameras)


def _open(settings: Settings, person: Person) -> Gphoto2Camera:
    camera = Gphoto2Camera(settings.get("camera", ""))
    try:
        camera.connect()
    except DeviceError:
        camera.close()
        raise
    return camera


DRIVER = Driver(
    name="camera.gphoto2",
    kind=Kind.CAMERA,
    title="Still camera on a USB cable (gphoto2)",
    open=_open,
    settings=(Setting("camera", "", "the camera's model as gphoto2 calls it; empty: the first there is"),),
    find=_find,
    ends_on_close=True,
)
