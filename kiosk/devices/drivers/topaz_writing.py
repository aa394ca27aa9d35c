"""A signature as it comes from a pad: bytes become strokes, from pen down to pen up."""

from kiosk.devices.api import Stroke, StrokePoint
from kiosk.devices.drivers.topaz_frames import LENGTH, PenFrame, read_frames
from kiosk.devices.drivers.topaz_models import Field


class Writing:
    """What was written so far.

    used, lost: bytes that were part of a frame, and that were not.  rest: those of a begun frame.
    begun, touched, heard: the moments of the first touch, the last touch and the last frame, 0 before; the clock is the
    caller's.
    """

    def __init__(self, field: Field, byte_seconds: float) -> None:
        self.used = self.lost = self.points = 0
        self.begun = self.touched = self.heard = 0.0
        self.down = False
        self._field = field
        self._frame_seconds = byte_seconds * LENGTH
        self.rest = b""
        self._strokes: list[list[StrokePoint]] = []
        self._at = 0.0
        self._first_at = 0.0

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """The strokes from the first touch on."""
        return tuple(map(tuple, self._strokes))

    def add(self, came: bytes, now: float) -> None:
        """Take bytes of which the last came just now."""
        read = read_frames(self.rest + came)
        self.rest = read.rest
        self.lost += read.lost
        self.used += LENGTH * len(read.frames)
        for number, frame in enumerate(read.frames, 1):
            # Many frames come at once from the system, but each took its time on the line.
            self._at = max(
                now - (len(read.frames) - number) * self._frame_seconds, self._at + self._frame_seconds
            )
            self._follow(frame, now)

    def _follow(self, frame: PenFrame, now: float) -> None:
        self.heard = now
        if frame.down:
            if not self.points:
                self.begun, self._first_at = now, self._at
            if not self.down:
                self._strokes.append([])
            self._strokes[-1].append(self._field.point(frame.x, frame.y, self._at - self._first_at))
            self.touched = now
            self.points += 1
        self.down = frame.down
