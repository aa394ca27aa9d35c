"""Listening to the code scanner while papers are checked: each code whole, none of before, ended at once."""

import queue
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kiosk.devices.api import Identity, Kind, NotConnectedError, Scene
from kiosk.services.counter import Officer
from kiosk.services.errors import KitError
from kiosk.services.kit import DeviceChoice, KitState, NobodyAsked, RecordingKit
from kiosk.services.paper_scanner import LONG_LOOK, PaperScanner
from tests.services.sealed_papers import LETTERS, with_portrait

LIMIT = 20.0  # seconds until something that does not come is given up


class Line:
    """The other end of a scanner's serial line."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(LIMIT)
        self.choice = DeviceChoice(
            "code_scanner.serial", {"port": f"socket://127.0.0.1:{self._listener.getsockname()[1]}"}
        )
        self._connection: socket.socket | None = None

    def send(self, text: str, *, pieces: int = 1, pause: float = 0.0) -> None:
        """Send a text in so many pieces."""
        if self._connection is None:
            self._connection, _ = self._listener.accept()
        size = -(-len(text) // pieces)
        for start in range(0, len(text), size):
            self._connection.sendall(text[start : start + size].encode())
            threading.Event().wait(pause)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._listener.close()


@pytest.fixture
def line() -> Iterator[Line]:
    made = Line()
    yield made
    made.close()


@contextmanager
def listening(kit: RecordingKit, officer: Officer) -> Iterator["queue.SimpleQueue[str]"]:
    """Listen in a thread of its own; afterwards it was ended from outside."""
    heard: queue.SimpleQueue[str] = queue.SimpleQueue()
    scanner = PaperScanner(kit, officer)
    thread = threading.Thread(target=scanner.listen, args=(heard.put,))
    thread.start()
    try:
        yield heard
    finally:
        scanner.interrupt()
        thread.join(LIMIT)
        kit.close()
    assert LONG_LOOK > LIMIT  # else the look would have ended by itself
    assert not thread.is_alive()


def test_a_code_that_takes_longer_than_any_look_for_cards_comes_whole(line: Line, officer: Officer) -> None:
    kit, long = RecordingKit({Kind.CODE_SCANNER: line.choice}, NobodyAsked()), with_portrait()

    with listening(kit, officer) as heard:
        line.send("\r")  # the line is there
        threading.Event().wait(0.3)
        line.send(f"{long}\r", pieces=20, pause=0.08)
        first = heard.get(timeout=LIMIT)
        line.send(f" {LETTERS} \r")
        second = heard.get(timeout=LIMIT)

    assert len(long) > 1000
    assert first == long
    assert second == f" {LETTERS} "
    assert [state.state for state in kit.states()] == [KitState.READY]  # ended from outside is no failure


def test_what_a_simulated_visit_held_before_the_scanner_is_put_away(officer: Officer) -> None:
    kit = RecordingKit({Kind.CODE_SCANNER: DeviceChoice("code_scanner.simulated")}, NobodyAsked())
    kit.stage(Scene(person=1, code="KK:3325070101200001"))

    with listening(kit, officer) as heard:
        with pytest.raises(queue.Empty):
            heard.get(timeout=1.5)
        kit.stage(Scene(person=1, code=LETTERS))
        assert heard.get(timeout=LIMIT) == LETTERS


class Given:
    """A scanner that gives what it was made with, look by look, and then fails."""

    def __init__(self, *codes: str | None) -> None:
        self._codes = list(codes)

    def identity(self) -> Identity:
        return Identity("", "given")

    def read(self, *, timeout: float) -> str | None:
        if not self._codes:
            raise NotConnectedError("gone")
        return self._codes.pop(0)

    def close(self) -> None:
        """Nothing is held."""


class KitOf(RecordingKit):
    def __init__(self, scanner: Given) -> None:
        super().__init__({}, NobodyAsked())
        self._open = {Kind.CODE_SCANNER: scanner}


def test_codes_scanned_before_anybody_listened_are_thrown_away_and_a_failure_is_told(
    officer: Officer,
) -> None:
    heard: list[str] = []

    with pytest.raises(NotConnectedError):
        PaperScanner(KitOf(Given("old", "older", None, "new", None, "newer")), officer).listen(heard.append)

    assert heard == ["new", "newer"]


def test_stopped_before_it_began_it_opens_nothing(officer: Officer) -> None:
    scanner = PaperScanner(RecordingKit({}, NobodyAsked()), officer)
    scanner.stop()

    scanner.listen(lambda _: None)  # without a stop this kit has no scanner


def test_without_a_scanner_that_is_told(officer: Officer) -> None:
    with pytest.raises(KitError):
        PaperScanner(RecordingKit({}, NobodyAsked()), officer).listen(lambda _: None)
