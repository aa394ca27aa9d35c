"""A trace that is played back: the same bytes at the same turns, ends and openings included."""

import contextlib
import time
from collections.abc import Iterator

import pytest

from kiosk.devices.api import CodeScanner, Device, DeviceError, NotConnectedError, Scene, WrongAnswerError
from kiosk.devices.replay import lines_of
from kiosk.devices.serial_line import LineSettings, SerialLine
from kiosk.devices.sim.code_source import peer_of
from kiosk.devices.traces import Step, Way
from tests.devices.conftest import Opener
from tests.devices.contract import CODE, LIMIT, PERSON, SHORT
from tests.devices.replay import Replay, kept, recorded, replaying

pytestmark = pytest.mark.timeout(30)

OPENED, LOST, CLOSED = (Step(0, way) for way in (Way.OPENED, Way.LOST, Way.CLOSED))


def out(content: bytes) -> Step:
    return Step(0, Way.OUT, content)


def came(content: bytes, *, at: float = 0.0, masked: bool = False) -> Step:
    return Step(at, Way.IN, content, masked)


@contextlib.contextmanager
def opened(replay: Replay) -> Iterator[SerialLine]:
    with contextlib.closing(SerialLine(LineSettings("device", replay.address, 9600))) as line:
        yield line


def asked(line: SerialLine, question: bytes, count: int) -> bytes:
    """Send the question and return so many bytes of the answer."""
    line.write(question)
    return line.exactly(count, time.monotonic() + LIMIT)


def test_each_answer_waits_for_as_many_bytes_as_were_sent_then() -> None:
    steps = (OPENED, out(b"who?"), came(b"me"), out(b"go"), came(b"gone"), CLOSED)
    with replaying(steps) as replay, opened(replay) as line:
        line.write(b"wh")
        early = line.some(SHORT)

        heard = [asked(line, b"o?", 2), asked(line, b"go", 4)]

        assert replay.finished.wait(LIMIT)
    assert (early, heard) == (b"", [b"me", b"gone"])
    assert replay.as_recorded


def test_a_blanked_capture_is_sent_with_its_number_of_bytes() -> None:
    with replaying((out(b"go"), came(bytes(40_000), masked=True))) as replay, opened(replay) as line:
        assert asked(line, b"go", 40_000) == bytes(40_000)


def test_a_driver_that_asks_otherwise_is_answered_and_told_of() -> None:
    with replaying((out(b"go"), came(b"gone"))) as replay, opened(replay) as line:
        heard = asked(line, b"no", 4)

    assert heard == b"gone"
    assert not replay.as_recorded


def test_a_line_that_was_lost_ends_after_what_had_come_and_is_opened_again() -> None:
    steps = (OPENED, out(b"1"), came(b"one"), LOST, OPENED, out(b"2"), came(b"two"))
    with replaying(steps) as replay, opened(replay) as line:
        first = asked(line, b"1", 3)

        with pytest.raises(NotConnectedError):
            line.some(LIMIT)
        second = asked(line, b"2", 3)

    assert (first, second) == (b"one", b"two")


def test_what_was_sent_unasked_is_not_lost_to_the_opening() -> None:
    with replaying((OPENED, came(b"button"))) as replay, opened(replay) as line:
        assert line.exactly(6, time.monotonic() + LIMIT) == b"button"


def test_after_the_last_step_there_is_silence() -> None:
    with replaying((OPENED, out(b"1"), came(b"one"), CLOSED)) as replay, opened(replay) as line:
        asked(line, b"1", 3)

        assert line.some(SHORT) == b""


def test_pauses_are_left_out() -> None:
    steps = (OPENED, out(b"1"), came(b"one", at=1000.0))
    with replaying(steps) as replay, opened(replay) as line:
        assert asked(line, b"1", 3) == b"one"


def test_pauses_are_kept_when_asked_for() -> None:
    steps = (OPENED, out(b"1"), came(b"one", at=0.5), came(b"two", at=1.0))
    with replaying(steps, pace=1) as replay, opened(replay) as line:
        begun = time.monotonic()
        asked(line, b"1", 6)

    assert time.monotonic() - begun > 0.9


def test_a_replay_that_waits_for_its_driver_can_be_closed() -> None:
    with replaying((OPENED, out(b"more than is ever sent"))) as replay, opened(replay) as line:
        line.write(b"less")
        replay.close()
        replay.close()

        with pytest.raises(NotConnectedError):
            line.some(LIMIT)
    assert not replay.as_recorded


@pytest.mark.parametrize(
    ("steps", "count"),
    [
        ((), 1),
        ((OPENED, out(b"1")), 1),
        ((out(b"1"), LOST, OPENED, out(b"1")), 2),
        ((OPENED, LOST, OPENED, OPENED), 3),
    ],
)
def test_each_opening_is_a_line_of_its_own(steps: tuple[Step, ...], count: int) -> None:
    lines = lines_of(steps)

    assert len(lines) == count
    assert not any(step.way is Way.OPENED for line in lines for step in line)


def read_error(device: Device, seconds: float) -> type[DeviceError] | None:
    """Return the error of reading a code."""
    assert isinstance(device, CodeScanner)
    try:
        device.read(timeout=seconds)
    except DeviceError as error:
        return type(error)
    return None


@pytest.mark.parametrize("staged", ["vanish", "garbage", "cut", "endless"])
def test_the_trace_of_a_staged_fault_ends_with_the_same_error_again(opener: Opener, staged: str) -> None:
    seconds = SHORT if staged == "cut" else LIMIT
    with contextlib.closing(peer_of(Scene(person=PERSON, fault=staged, code=CODE))) as source:
        source.start()
        device = opener("code_scanner.serial", {"port": f"socket://127.0.0.1:{source.port}"})
        trace = recorded(device)
        source.show()
        first = read_error(device, seconds)

    with replaying(kept(trace)) as replay:
        again = read_error(opener("code_scanner.serial", {"port": replay.address}), 3 * seconds)

    assert first is again
    assert first in (NotConnectedError, WrongAnswerError)
