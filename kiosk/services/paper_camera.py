"""Looking for a paper's code through the camera: the live picture goes on while four of its pictures a second are read.

Camera and reader belong to the thread that runs it; nothing of a picture is kept.
"""

import threading
from collections.abc import Callable, Mapping

import numpy as np

from kiosk.biometrics.showing import fitted
from kiosk.devices.api import Camera, Image, Kind
from kiosk.documents.seal import Doubt, SealError, opened
from kiosk.documents.seal_reading import codes_seen
from kiosk.domain.roles import Permission
from kiosk.services.counter import Officer, require
from kiosk.services.errors import KitError
from kiosk.services.kit import RecordingKit
from kiosk.services.pictures import Raster, Size, raster_of
from kiosk.services.preview import next_frame
from kiosk.wire.signing import VerifyKey

LOOK_EVERY = 0.25  # seconds between two pictures that are read: reading one takes some hundredths
MOST: Size = (960, 720)
_GREY = 2  # dimensions of a picture without colours
_NO_KEYS: Mapping[bytes, VerifyKey] = {}


def watch_for_code(
    kit: RecordingKit, officer: Officer, show: Callable[[Raster], None], stop: threading.Event
) -> str | None:
    """Call `show` with picture after picture until one shows a QR code, and return its text; None once it is to stop.

    Of several codes in a picture the one that is a seal is taken.  Raises `NotAllowedError`, `KitError` or a
    `DeviceError`.
    """
    require(officer, Permission.CHECK_CERTIFICATE)
    with kit.lend(Kind.CAMERA) as device:
        if not isinstance(device, Camera):
            raise KitError("The device set up as the camera is none.")
        looked_at = float("-inf")
        while (frame := next_frame(device, stop)) is not None:
            show(raster_of(fitted(frame.image, MOST)[0]))
            if frame.at - looked_at >= LOOK_EVERY:
                looked_at = frame.at
                if (letters := _code_in(frame.image)) is not None:
                    return letters
    return None


def _code_in(image: Image) -> str | None:
    """Return the text of the seal in a picture, else of any other code; None without one."""
    grey = image if image.ndim == _GREY else np.ascontiguousarray(image[..., 1])
    codes = codes_seen(grey)
    return next(filter(_is_seal, codes), next(iter(codes), None))


def _is_seal(letters: str) -> bool:
    try:
        opened(letters, _NO_KEYS)
    except SealError as error:
        return error.doubt is not Doubt.UNREADABLE
    return True
