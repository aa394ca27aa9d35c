"""The newest picture of a live source: a thread reads on, and rests when nobody has asked for a while."""

import atexit
import threading
import time
from collections.abc import Callable
from typing import Protocol

import cv2
import numpy as np

from kiosk.devices.api import (
    DeviceError,
    Frame,
    Image,
    NotConnectedError,
    TooLateError,
    WrongAnswerError,
)

REST_AFTER = (
    1.0  # seconds without a call until the reader lets a source go that rests, and decodes no picture
)
PAUSE = 0.1  # seconds between two tries of a source that fails
JOIN_LIMIT = 2.0


class Source(Protocol):
    """Where pictures come from; `interrupt` may come from another thread and ends what waits."""

    rests: bool  # whether it is let go while nobody asks

    def read(self) -> Image: ...

    def skip(self) -> None: ...

    def interrupt(self) -> None: ...

    def close(self) -> None: ...


class LivePicture:
    """Reads a source from the first call on; one that failed is opened again by the next call.

    One thread at a time asks; `close` may come from any.
    """

    def __init__(self, open_source: Callable[[], Source]) -> None:
        self._open_source = open_source
        self._changed = threading.Condition()
        self._closed = False
        self._held = False
        self._newest: Frame | None = None
        self._error: DeviceError | None = None
        self._asking = False
        self._asked_at = time.monotonic()
        self._source: Source | None = None
        self._thread = threading.Thread(target=self._read_on, name="camera", daemon=True)

    def frame(self, *, timeout: float) -> Frame:
        """Return the newest picture, RGB, that was not returned before; raises what went wrong."""
        with self._changed:
            self._ask()
            came = self._changed.wait_for(self._has_something, timeout)
            self._asked_at, self._asking = time.monotonic(), False
            if not came:
                raise TooLateError("The camera sends no picture; unplug it and plug it in again.")
            if self._closed:
                raise NotConnectedError("The camera was closed; open it again.")
            if self._newest is None:
                raise self._error or NotConnectedError("The camera went away; plug it in again.")
            newest, self._newest = self._newest, None
            return newest

    def rest(self, *, timeout: float) -> bool:
        """Let the source go until the next call; return whether it was held.

        Raises `TooLateError` when it does not let go within `timeout` seconds.
        """
        with self._changed:
            held = self._held
            self._asked_at = float("-inf")
            if self._source is not None:
                self._source.interrupt()
            if not self._changed.wait_for(lambda: not self._held, timeout):
                raise TooLateError("The camera's live picture does not stop; try again.")
            return held

    def close(self) -> None:
        """Stop reading and let the source go for good; a second call does nothing."""
        with self._changed:
            self._closed = True
            atexit.unregister(self.close)
            if self._source is not None:
                self._source.interrupt()
            self._changed.notify_all()
            begun = self._thread.ident is not None
        if begun:
            self._thread.join(JOIN_LIMIT)

    def _ask(self) -> None:
        self._error = None
        self._asking = True
        if self._thread.ident is None and not self._closed:
            # a thread that decodes a picture while Python ends would abort the whole program
            atexit.register(self.close)
            self._thread.start()
        self._changed.notify_all()

    def _read_on(self) -> None:
        while self._awaited():
            try:
                self._read_from(self._open_source())
            except DeviceError as error:
                self._tell(error)
            finally:
                with self._changed:
                    self._held = False
                    self._changed.notify_all()

    def _awaited(self) -> bool:
        """Wait until somebody asks; False once it is closed."""
        with self._changed:
            while not self._closed and (self._error is not None or self._resting()):
                self._changed.wait()
            self._held = not self._closed
            return self._held

    def _has_something(self) -> bool:
        return self._newest is not None or self._error is not None or self._closed

    def _resting(self) -> bool:
        return not self._asking and time.monotonic() - self._asked_at > REST_AFTER

    def _read_from(self, source: Source) -> None:
        try:
            with self._changed:
                self._source = source
            while not self._closed and not (source.rests and self._resting()):
                self._read_once(source)
        finally:
            with self._changed:
                self._source = self._newest = None
            source.close()

    def _read_once(self, source: Source) -> None:
        if self._resting():
            source.skip()
            return
        frame = Frame(source.read(), time.monotonic())
        with self._changed:
            self._newest = frame
            self._changed.notify_all()

    def _tell(self, error: DeviceError) -> None:
        with self._changed:
            self._newest, self._error = None, error
            self._held = False  # whoever waits for it to rest need not wait for the pause
            self._changed.notify_all()
            if not self._closed:
                self._changed.wait(PAUSE)


def decoded_picture(content: bytes) -> Image:
    """Return a JPEG or PNG as RGB; raises `WrongAnswerError` for what is cut off or no picture."""
    if content[:2] == b"\xff\xd8" and not content.endswith(b"\xff\xd9"):
        raise WrongAnswerError("The camera's picture is cut off; try again.")
    picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR) if content else None
    if picture is None:
        raise WrongAnswerError("The camera's picture cannot be read; unplug it and plug it in again.")
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8)
