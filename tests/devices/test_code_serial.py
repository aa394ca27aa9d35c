"""The serial code scanner on a pseudo terminal: end marks, silence, noise, unplugging and codes without end."""

import contextlib
import os
import select
import sys
import threading
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.devices.api import (
    BusyError,
    CodeScanner,
    Device,
    NotConnectedError,
    NotSupportedError,
    Settings,
    WrongAnswerError,
)
from tests.devices.conftest import Opener
from tests.devices.contract import CODE, LIMIT, SHORT, CodeScannerContract

pytestmark = [
    pytest.mark.timeout(30),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals"),
]


class Plug:
    """A scanner's cable: a pseudo terminal behind a name that stays when it is plugged again."""

    def __init__(self, name: Path) -> None:
        self.name = name
        self._ends: tuple[int, int] | None = None
        self.plug()

    def plug(self) -> None:
        self.unplug()
        self._ends = os.openpty()
        tty.setraw(self._ends[1])  # nothing is echoed or changed on the way
        self.name.unlink(missing_ok=True)
        self.name.symlink_to(os.ttyname(self._ends[1]))

    def unplug(self) -> None:
        ends, self._ends = self._ends, None
        for end in ends or ():
            os.close(end)

    def send(self, content: bytes) -> None:
        """Send without ever waiting for good: what nobody reads is given up after a while."""
        assert self._ends is not None
        os.set_blocking(self._ends[0], False)
        while content and select.select((), (self._ends[0],), (), 1)[1]:
            with contextlib.suppress(BlockingIOError):
                content = content[os.write(self._ends[0], content[:512]) :]


@pytest.fixture
def plug(tmp_path: Path) -> Iterator[Plug]:
    cable = Plug(tmp_path / "scanner")
    yield cable
    cable.unplug()


class TestSerialCodeScanner(CodeScannerContract):
    DRIVER = "code_scanner.serial"

    @pytest.fixture(autouse=True)
    def _cable(self, plug: Plug) -> None:
        self.plug = plug

    @pytest.fixture
    def settings(self, plug: Plug) -> Settings:
        return {"port": str(plug.name)}

    def hold_code(self, device: Device) -> None:
        self.plug.send(CODE.encode() + b"\r")


def scanner(opener: Opener, plug: Plug, *, end: str = "cr") -> CodeScanner:
    device = opener("code_scanner.serial", {"port": str(plug.name), "end": end})
    assert isinstance(device, CodeScanner)
    return device


@pytest.mark.parametrize(
    ("end", "mark"), [("cr", b"\r"), ("lf", b"\n"), ("crlf", b"\r\n"), ("tab", b"\t"), ("cr", b"\r\n")]
)
def test_each_code_comes_without_its_end_mark(opener: Opener, plug: Plug, end: str, mark: bytes) -> None:
    device = scanner(opener, plug, end=end)
    plug.send(b"first" + mark + b"second" + mark)

    read = [device.read(timeout=LIMIT), device.read(timeout=LIMIT), device.read(timeout=SHORT)]

    assert read == ["first", "second", None]


def test_a_code_may_hold_letters_of_any_script_and_group_marks(opener: Opener, plug: Plug) -> None:
    device = scanner(opener, plug)
    plug.send("]C1(01)\x1dé字\r".encode())

    assert device.read(timeout=LIMIT) == "]C1(01)\x1dé字"


def test_silence_is_no_code(opener: Opener, plug: Plug) -> None:
    device = scanner(opener, plug)

    assert device.read(timeout=SHORT) is None


def test_a_code_that_never_ends_is_a_wrong_answer_and_the_next_one_is_read(
    opener: Opener, plug: Plug
) -> None:
    device = scanner(opener, plug)
    plug.send(b"3325")

    with pytest.raises(WrongAnswerError, match="end mark"):
        device.read(timeout=SHORT)
    device.read(timeout=0.01)
    plug.send(b"again\r")

    assert device.read(timeout=LIMIT) == "again"


@pytest.mark.parametrize("noise", [b"\x80\xff\xfe\r", b"33\x0025\r", b"\x01\x02\r\xff\xff\xff\r"])
def test_noise_is_a_wrong_answer_and_the_next_code_is_read(opener: Opener, plug: Plug, noise: bytes) -> None:
    device = scanner(opener, plug)
    plug.send(noise)

    with pytest.raises(WrongAnswerError, match="noise"):
        device.read(timeout=LIMIT)
    device.read(timeout=0.01)
    plug.send(b"3325\r")

    assert device.read(timeout=LIMIT) == "3325"


def test_a_scanner_that_sends_without_end_is_stopped(opener: Opener, plug: Plug) -> None:
    device = scanner(opener, plug)
    sending = threading.Thread(target=plug.send, args=(b"8" * 20_000,))
    sending.start()

    with pytest.raises(WrongAnswerError, match="without end"):
        device.read(timeout=LIMIT)
    device.close()
    sending.join()


def test_the_longest_code_there_is_is_read(opener: Opener, plug: Plug) -> None:
    device = scanner(opener, plug)
    sending = threading.Thread(target=plug.send, args=(b"8" * 7089 + b"\r",))
    sending.start()

    code = device.read(timeout=LIMIT)
    sending.join()

    assert code == "8" * 7089


def test_a_scanner_that_was_unplugged_is_found_again_without_opening_anew(opener: Opener, plug: Plug) -> None:
    device = scanner(opener, plug)
    plug.unplug()

    for _ in range(2):
        with pytest.raises(NotConnectedError):
            device.read(timeout=LIMIT)
    plug.plug()
    device.read(timeout=0.01)
    plug.send(b"3325\r")

    assert device.read(timeout=LIMIT) == "3325"


def test_half_a_code_from_before_the_unplugging_is_forgotten(opener: Opener, plug: Plug) -> None:
    device = scanner(opener, plug)
    plug.send(b"33")
    plug.unplug()

    with pytest.raises(NotConnectedError):
        device.read(timeout=LIMIT)
    plug.plug()
    device.read(timeout=0.01)
    plug.send(b"25\r")

    assert device.read(timeout=LIMIT) == "25"


def test_a_port_that_another_holds_is_busy(opener: Opener, plug: Plug) -> None:
    scanner(opener, plug)

    with pytest.raises(BusyError):
        scanner(opener, plug)


@pytest.mark.parametrize("port", ["/dev/no-such-port", "carrier-pigeon://loft"])
def test_a_port_that_is_not_there_is_not_connected(opener: Opener, port: str) -> None:
    with pytest.raises(NotConnectedError):
        opener("code_scanner.serial", {"port": port})


@pytest.mark.parametrize("wrong", [{"port": ""}, {"baud": "fast"}, {"end": "bell"}])
def test_a_setting_that_cannot_be_is_refused(opener: Opener, plug: Plug, wrong: dict[str, str]) -> None:
    with pytest.raises(NotSupportedError, match="setting"):
        opener("code_scanner.serial", {"port": str(plug.name), **wrong})
