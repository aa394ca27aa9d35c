"""A grey picture made into WSQ and back, by a process of its own.

The codec holds the interpreter for up to a tenth of a second a plate and 30 ms a finger: in the kiosk's process its
window would stand still.  The process starts with the first picture, and ends with the kiosk, whose pipe it reads.
"""

import atexit
import logging
import subprocess
import sys
from contextlib import suppress
from threading import Lock, Timer

from kiosk.biometrics.judgements import Image
from kiosk.biometrics.wsq_program import answer_from, ask, grey_map_from, wsq_from

logger = logging.getLogger(__name__)

PROGRAM = "kiosk.biometrics.wsq_program"
LIMIT = 10.0  # seconds a picture may take


def wsq_of(image: Image) -> bytes:
    """Return a grey picture as WSQ; made here after all where the other process does not work."""
    height, width = image.shape
    pixels = image.tobytes()
    return _CODEC.asked(pixels, width, height) or wsq_from(pixels, width, height)


def opened_wsq(content: bytes) -> bytes:
    """Return a WSQ as a portable grey map; raises bare Exceptions for a damaged one."""
    return _CODEC.asked(content) or grey_map_from(content)


class WsqCodec:
    """The other process; one picture at a time, from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.process: subprocess.Popen[bytes] | None = None
        atexit.register(self.close)

    def asked(self, given: bytes, width: int = 0, height: int = 0) -> bytes:
        """Return the picture made (with sides) or opened (without); empty where it cannot be done there."""
        with self._lock:
            try:
                return self._answer(given, width, height)
            except (OSError, EOFError) as error:
                logger.warning(
                    "WSQ is left to the kiosk's own process, since another does not do it: %s", error
                )
                self._end()
                return b""

    def close(self) -> None:
        """End the process; the next picture starts another."""
        with self._lock:
            self._end()

    def _answer(self, given: bytes, width: int, height: int) -> bytes:
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None  # both are pipes
        guard = Timer(LIMIT, process.kill)
        guard.daemon = True
        guard.start()
        try:
            ask(process.stdin, given, width, height)
            return answer_from(process.stdout)
        finally:
            guard.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            self._end()
            command = [
                sys.executable,
                "-P",
                "-m",
                PROGRAM,
            ]  # -P: nothing of the folder we stand in is imported
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        return self.process

    def _end(self) -> None:
        process, self.process = self.process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):  # what nobody read any more is still to be written
                    pipe.close()


_CODEC = WsqCodec()
