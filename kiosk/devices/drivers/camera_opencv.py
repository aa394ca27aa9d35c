"""Cameras that OpenCV opens (a number, a device path), video files, and motion-JPEG over HTTP.

A reader thread keeps the newest picture.  It begins with the first call and rests when nobody asked for a while; a
source that failed is opened again by the next call.
"""

import threading
import time
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from kiosk.devices.api import (
    DeviceError,
    Driver,
    Frame,
    Identity,
    Image,
    Kind,
    NotConnectedError,
    NotSupportedError,
    Person,
    Pictures,
    Setting,
    Settings,
)
from kiosk.devices.drivers.live import LivePicture, Source, decoded_picture
from kiosk.devices.drivers.mjpeg import Fetch

PATIENCE = 5.0  # seconds for opening a source, and for one picture of it


class _HttpSource:
    rests = True

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch

    def read(self) -> Image:
        return decoded_picture(self._fetch.part(time.monotonic() + PATIENCE))

    def skip(self) -> None:
        self._fetch.part(time.monotonic() + PATIENCE)

    def interrupt(self) -> None:
        self._fetch.interrupt()

    def close(self) -> None:
        self._fetch.close()


class _CaptureSource:
    """A camera, or a film that begins again at its end; film: its path, empty for a camera."""

    def __init__(self, capture: cv2.VideoCapture, *, film: str) -> None:
        self.rests = bool(film)
        self._capture, self._film = capture, film
        self._pause = 1 / (capture.get(cv2.CAP_PROP_FPS) or 25) if film else 0.0
        self._stopped = threading.Event()

    def read(self) -> Image:
        done, picture = self._capture.read()
        # opened anew: winding a film back fails now and then on a busy machine, and then it reads nothing any more
        if not done and self._film and self._capture.open(self._film):
            done, picture = self._capture.read()
        if not done:
            raise NotConnectedError("The camera went away; plug it in again.")
        self._stopped.wait(self._pause)
        return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8)

    def skip(self) -> None:
        if not self._capture.grab():
            raise NotConnectedError("The camera went away; plug it in again.")

    def interrupt(self) -> None:
        self._stopped.set()

    def close(self) -> None:
        self._capture.release()


@dataclass(frozen=True, slots=True)
class _Wanted:
    source: str
    still: str
    width: int
    height: int


class OpenCvCamera:
    """One camera; safe to call from one thread at a time, `close` from any."""

    def __init__(self, wanted: _Wanted) -> None:
        self._wanted = wanted
        self._live = LivePicture(lambda: _open_source(wanted))
        self._closed = False

    def start(self) -> None:
        """Open the source and wait for its first picture; raises what went wrong."""
        try:
            self.frame(timeout=PATIENCE)
        except DeviceError:
            self.close()
            raise

    def identity(self) -> Identity:
        return Identity("OpenCV", self._wanted.source)

    def frame(self, *, timeout: float) -> Frame:
        return self._live.frame(timeout=timeout)

    def take(self, *, timeout: float) -> Pictures:
        if not self._wanted.still:
            return Pictures((("portrait", self.frame(timeout=timeout).image),), ppi=0)
        if self._closed:
            raise NotConnectedError("The camera was closed; open it again.")
        deadline = time.monotonic() + timeout
        fetch = Fetch.start(self._wanted.still, deadline)
        try:
            return Pictures((("portrait", decoded_picture(fetch.whole(deadline))),), ppi=0)
        finally:
            fetch.close()

    def close(self) -> None:
        self._closed = True
        self._live.close()


def _open_source(wanted: _Wanted) -> Source:
    if wanted.source.startswith("http://"):
        return _HttpSource(Fetch.start(wanted.source, time.monotonic() + PATIENCE))
    is_device = wanted.source.isdecimal() or wanted.source.startswith("/dev/")
    if not wanted.source.isdecimal() and not Path(wanted.source).exists():
        raise NotConnectedError(f"There is no camera at {wanted.source}; plug it in, or change the setting.")
    capture = cv2.VideoCapture(int(wanted.source) if wanted.source.isdecimal() else wanted.source)
    if not capture.isOpened():
        capture.release()
        raise NotConnectedError("The camera cannot be opened; plug it in, or close the program that uses it.")
    if is_device:
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, wanted.width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, wanted.height)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return _CaptureSource(capture, film="" if is_device else wanted.source)


def _open(settings: Settings, person: Person) -> OpenCvCamera:
    size = settings.get("width", "1280"), settings.get("height", "960")
    if not all(side.isdecimal() for side in size):
        raise NotSupportedError("The settings width and height are whole numbers of pixels.")
    camera = OpenCvCamera(
        _Wanted(settings.get("source", "0"), settings.get("still", ""), int(size[0]), int(size[1]))
    )
    camera.start()
    return camera


DRIVER = Driver(
    name="camera.opencv",
    kind=Kind.CAMERA,
    title="Webcam, network camera or video file",
    open=_open,
    settings=(
        Setting(
            "source",
            "0",
            "number or path of the device, path of a video file, or http:// address of a stream",
        ),
        Setting(
            "still",
            "",
            "http:// address of a still picture in full size; empty: a picture of the stream is taken",
        ),
        Setting("width", "1280", "pixels asked of the device"),
        Setting("height", "960", "pixels asked of the device"),
    ),
    ends_on_close=True,
)
