"""What went over a device's line, with times: kept to send a fault home, and played back so that it becomes a test.

A trace is a text of JSON lines.  The first tells `format`, `driver` and how many steps were left out; each other is one
step: `at` (seconds since the first step), `way`, and for bytes `hex`, with `masked` where a capture was blanked.
"""

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

FORMAT = 1
MOST_BYTES = 4 << 20  # of the newest steps of a recording that was asked for; older ones are left out


class Way(StrEnum):
    """What a step is: bytes to the device, bytes from it, or the line itself coming and going."""

    OUT = "out"
    IN = "in"
    OPENED = "opened"
    LOST = "lost"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `at` in seconds since the first.  masked: the bytes are of the right number, their content is blank."""

    at: float
    way: Way
    content: bytes = field(default=b"", repr=False)
    masked: bool = False


class Trace:
    """Keeps the newest steps of one device's line; any thread may add one."""

    def __init__(
        self, driver: str, *, clock: Callable[[], float] = time.monotonic, most_bytes: int = MOST_BYTES
    ) -> None:
        self.driver = driver
        self.left_out = 0
        self._most_bytes = most_bytes
        self._clock = clock
        self._begun: float | None = None
        self._steps: deque[Step] = deque()
        self._size = 0
        self._lock = threading.Lock()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that are kept, in order."""
        with self._lock:
            return tuple(self._steps)

    def sent(self, content: bytes, *, masked: bool = False) -> None:
        """Note bytes that went to the device; whoever sends something of a person masks it first."""
        self._add(Way.OUT, bytes(content), masked=masked)

    def came(self, content: bytes, *, masked: bool = False) -> None:
        """Note bytes that came from the device; whoever reads a capture blanks it first (`blanked`)."""
        self._add(Way.IN, bytes(content), masked=masked)

    def line(self, way: Way) -> None:
        """Note that the line was opened, lost or closed."""
        self._add(way, b"", masked=False)

    def as_text(self) -> str:
        """Return the trace as JSON lines."""
        head = {"format": FORMAT, "driver": self.driver, "left_out": self.left_out}
        return "".join(json.dumps(line) + "\n" for line in (head, *map(_fields, self.steps)))

    def _add(self, way: Way, content: bytes, *, masked: bool) -> None:
        with self._lock:
            now = self._clock()
            if self._begun is None:
                self._begun = now
            self._steps.append(Step(now - self._begun, way, content, masked))
            self._size += len(content)
            while self._size > self._most_bytes and len(self._steps) > 1:
                self._size -= len(self._steps.popleft().content)
                self.left_out += 1


class TraceError(ValueError):
    """A text is no trace; the sentence says in which line."""


def read_trace(text: str) -> tuple[str, tuple[Step, ...]]:
    """Return the driver and the steps of a trace's text; raises `TraceError`."""
    lines = [line for line in text.splitlines() if line.strip()]
    head = _object(lines[:1], 1)
    if head.get("format") != FORMAT or not isinstance(head.get("driver"), str):
        raise TraceError("Line 1 does not begin a trace of this program.")
    steps = tuple(_step(_object([line], number), number) for number, line in enumerate(lines[1:], 2))
    return str(head["driver"]), steps


def blanked(content: bytes, start: int = 0, end: int | None = None) -> bytes:
    """Return the same number of bytes with nothing of a capture between `start` and `end` (default: to its end)."""
    stop = len(content) if end is None else min(end, len(content))
    return content[:start] + bytes(max(0, stop - start)) + content[stop:]


def _fields(step: Step) -> dict[str, object]:
    told: dict[str, object] = {"at": round(step.at, 6), "way": step.way.value}
    if step.way in (Way.IN, Way.OUT):
        told["hex"] = step.content.hex()
    if step.masked:
        told["masked"] = True
    return told


def _object(lines: Iterable[str], number: int) -> dict[str, object]:
    try:
        found = json.loads("".join(lines))
    except (ValueError, RecursionError) as error:
        raise TraceError(f"Line {number} cannot be read.") from error
    if not isinstance(found, dict):
        raise TraceError(f"Line {number} is no step of a trace.")
    return found


def _step(told: dict[str, object], number: int) -> Step:
    at, way, content = told.get("at"), told.get("way"), told.get("hex", "")
    try:
        if isinstance(at, bool) or not isinstance(at, int | float) or not isinstance(content, str):
            raise TraceError(f"Line {number} is no step of a trace.")
        return Step(float(at), Way(str(way)), bytes.fromhex(content), told.get("masked") is True)
    except ValueError as error:
        raise TraceError(f"Line {number} is no step of a trace.") from error
