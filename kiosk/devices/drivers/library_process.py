"""A maker's library in a process of its own, for its calls may never return: a process can be ended, a thread not."""

import contextlib
import os
import subprocess
import sys
import threading
from dataclasses import dataclass

from kiosk.devices.api import (
    DeviceError,
    NotConnectedError,
    NotSupportedError,
    TooLateError,
    WrongAnswerError,
)
from kiosk.devices.drivers.library_messages import SPENT, DamagedMessageError, Message, encode, read_message

START_LIMIT = 10.0  # seconds until the library is loaded
END_LIMIT = 1.0  # seconds a library has for letting go of its device


@dataclass(frozen=True, slots=True)
class Library:
    """A program with a library: what sentences call the device, its module, and the package that brings the library."""

    device: str
    program: str
    package: str


class LibraryProcess:
    """The process of one open device; started by the first call, and again by the next one after it was ended.

    One thread asks at a time; `close` may come from any and ends a call that waits.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._closed = False

    def ask(self, limit: float, **fields: object) -> Message:
        """Return the answer to a request.

        A call that lasts longer than `limit` seconds is ended together with its process and raises `TooLateError`.
        Starting the process is not counted; it takes a moment, `START_LIMIT` seconds at most.  Nor is ending it after
        an answer that says it is spent: `END_LIMIT` seconds at most.
        Raises `NotConnectedError` when closed, `NotSupportedError` without the library, and `WrongAnswerError` when
        the library breaks down.
        """
        with self._lock:
            answer = self._exchanged(self._started(), limit, encode(Message(fields)))
            if SPENT in answer.fields:
                self._end()
            return answer

    def close(self) -> None:
        """End the process for good; a second call does nothing."""
        self._closed = True
        if not self._lock.acquire(blocking=False):
            self._kill()
            self._lock.acquire()
        try:
            self._end()
        finally:
            self._lock.release()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._check_open()
            self._process = _program(self._library)
            told = self._exchanged(self._process, START_LIMIT)
            if "missing" in told.fields:
                self._end()
                raise NotSupportedError(
                    f"The library of the {self._library.device} cannot be loaded ({told.text('missing')}); "
                    f"install {self._library.package}."
                )
        self._check_open()
        return self._process

    def _exchanged(self, process: subprocess.Popen[bytes], limit: float, request: bytes = b"") -> Message:
        """Send a request, if there is one, and return what comes; the process lives on if it was in time."""
        late = threading.Event()
        ending = threading.Timer(limit, self._end_late, (late,))  # a killed program ends the wait, everywhere
        ending.start()
        try:
            answer = None if self._closed else _sent_and_read(process, request)
        finally:
            ending.cancel()
            ending.join()
        if answer is None or late.is_set():
            self._kill()
            self._end()
        if answer is None:
            raise self._failed(late=late.is_set())
        return answer

    def _failed(self, *, late: bool) -> DeviceError:
        if self._closed:
            return NotConnectedError(f"The {self._library.device} was closed; open it again.")
        if late:
            return TooLateError(f"The {self._library.device} did not answer in time; try again.")
        return WrongAnswerError(
            f"The library of the {self._library.device} broke down; unplug the device, plug it in and try again."
        )

    def _check_open(self) -> None:
        if self._closed:
            raise self._failed(late=False)

    def _end_late(self, late: threading.Event) -> None:
        late.set()
        self._kill()

    def _kill(self) -> None:
        process = self._process
        if process is not None:
            process.kill()

    def _end(self) -> None:
        """Close the process's input, by which it ends, and wait for it."""
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            with contextlib.suppress(OSError):  # what was not sent any more
                pipe.close()
        try:
            process.wait(END_LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def asked_once(library: Library, limit: float, **fields: object) -> Message:
    """Ask one thing of a process started for it; all of it ends within `limit` seconds and the `END_LIMIT`.

    Raises as `LibraryProcess.ask` does, and `NotConnectedError` when it takes longer.
    """
    process = LibraryProcess(library)
    ending = threading.Timer(limit, process.close)
    ending.start()
    try:
        return process.ask(limit, **fields)
    finally:
        ending.cancel()
        process.close()
        ending.join()


def _program(library: Library) -> subprocess.Popen[bytes]:
    try:  # -P: nothing of the folder we happen to stand in is imported
        return subprocess.Popen(
            [sys.executable, "-P", "-m", library.program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=dict(os.environ),
        )
    except OSError as error:
        raise NotConnectedError(
            f"The library of the {library.device} cannot be started; close other programs and try again."
        ) from error


def _sent_and_read(process: subprocess.Popen[bytes], request: bytes) -> Message | None:
    """Return the answer, or None when the process ended or spoke nonsense."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(request)
        process.stdin.flush()
        return read_message(process.stdout)
    except (OSError, DamagedMessageError):
        return None
