"""Topaz pads on a serial line, over a pseudo terminal and over a loopback line: strokes, and all that disturbs them."""

import contextlib
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.devices.api import (
    BusyError,
    Device,
    DeviceError,
    Followed,
    NotConnectedError,
    NotSupportedError,
    Scene,
    Settings,
    SignaturePad,
    Simulated,
    Stroke,
    TooLateError,
    WrongAnswerError,
)
from kiosk.devices.registry import open_device
from kiosk.devices.sim.signature_topaz import RANGE
from kiosk.devices.sim.signatures import signature
from kiosk.devices.sim.stage import Stage
from kiosk.devices.sim.topaz_peer import AWAY, DOWN, MENU, NEAR, TopazPeer, frame
from kiosk.devices.traces import Way
from kiosk.services.kit import NobodyAsked
from tests.devices.cables import Cable
from tests.devices.conftest import Opener
from tests.devices.contract import LIMIT, PERSON, SHORT, SignatureContract, SimulatorContract
from tests.devices.replay import kept, recorded, replaying

pytestmark = [
    pytest.mark.timeout(60),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals"),
]
BAUD = 19200
FIELD = {"range": ",".join(map(str, RANGE)), "size": "88x39", "rest": "0.2", "parity": "none"}


@pytest.fixture(scope="module", autouse=True)
def _process() -> Iterator[None]:
    """Keep the process of the peers while this module runs."""
    keeper = open_device("signature.simulated_topaz", {}, NobodyAsked())
    yield
    keeper.close()


@contextlib.contextmanager
def pad(scene: Scene | None = None, *, eager: bool = False) -> Iterator[TopazPeer]:
    peer = TopazPeer(Stage(MENU, scene or Scene(person=PERSON)), eager=eager)
    peer.start()
    with contextlib.closing(peer):
        yield peer


@pytest.fixture
def cable(tmp_path: Path) -> Iterator[Cable]:
    """A pad on which somebody signs again and again, on a cable that is plugged in."""
    with pad(eager=True) as peer:
        plugged = Cable(tmp_path / "pad", peer.port, baud=BAUD)
        plugged.plug()
        yield plugged
        plugged.unplug()


@pytest.fixture
def quiet(tmp_path: Path) -> Iterator[Cable]:
    """A pad on which nobody writes."""
    with pad() as peer:
        plugged = Cable(tmp_path / "quiet", peer.port, baud=BAUD)
        plugged.plug()
        yield plugged
        plugged.unplug()


class Doing:
    """A person who does something once asked, and notes the questions."""

    def __init__(self, does: Callable[[], None]) -> None:
        self.questions: list[str] = []
        self._does = does

    def asked(self, question: str) -> bool:
        self.questions.append(question)
        self._does()
        return True


class TestTopazPad(SignatureContract):
    DRIVER = "signature.topaz"

    @pytest.fixture
    def settings(self, cable: Cable) -> Settings:
        return {"port": str(cable.name), **FIELD}


class TestSimulatedTopaz(SimulatorContract, SignatureContract):
    DRIVER = "signature.simulated_topaz"
    FAULTS: ClassVar = {
        "nobody": TooLateError,
        "hovers": TooLateError,
        "silence": TooLateError,
        "slow": TooLateError,
        "vanish": NotConnectedError,
        "garbage": WrongAnswerError,
        "cut": WrongAnswerError,
        "endless": WrongAnswerError,
        **dict.fromkeys(("lost_bytes", "noise", "dot", "off_the_pad")),
    }
    WAITED_OUT = frozenset({"silence", "nobody", "slow", "hovers"})


def signed(device: Device, *, timeout: float = LIMIT) -> tuple[Stroke, ...]:
    assert isinstance(device, SignaturePad)
    return device.take(timeout=timeout)


def opened(cable: Cable, does: Callable[[], None], **changed: str) -> contextlib.closing[Device]:
    """Open the driver for somebody who does this when asked to sign."""
    chosen = {"port": str(cable.name), **FIELD, **changed}
    return contextlib.closing(open_device("signature.topaz", chosen, Doing(does)))


def drawn(*places: tuple[int, float, float]) -> bytes:
    return b"".join(frame(*place) for place in places)


def rounded(strokes: tuple[Stroke, ...]) -> list[list[tuple[float, float]]]:
    return [[(round(point.x), round(point.y)) for point in stroke] for stroke in strokes]


LINE_AND_DOT = drawn(
    (NEAR, 9, 9), (DOWN, 10, 10), (DOWN, 20, 12), (NEAR, 20, 12), (DOWN, 30, 8), (AWAY, 0, 0)
)


def test_strokes_go_from_pen_down_to_pen_up_in_millimetres(quiet: Cable) -> None:
    with opened(quiet, lambda: quiet.disturb(LINE_AND_DOT)) as device:
        strokes = signed(device)

    assert rounded(strokes) == [[(10, 10), (20, 12)], [(30, 8)]]


def test_whoever_follows_a_signature_sees_it_before_it_is_whole(quiet: Cable) -> None:
    seen: list[tuple[Stroke, ...]] = []

    def told(so_far: tuple[Stroke, ...]) -> None:
        if not seen:  # only then is the second stroke drawn
            quiet.disturb(drawn((DOWN, 30, 8), (AWAY, 0, 0)))
        seen.append(so_far)

    line = drawn((NEAR, 9, 9), (DOWN, 10, 10), (DOWN, 20, 12), (NEAR, 20, 12))
    with opened(quiet, lambda: quiet.disturb(line)) as device:
        assert isinstance(device, Followed)
        device.follow(told)
        strokes = signed(device)

    assert len(seen[0]) == 1
    assert rounded(strokes) == [[(10, 10), (20, 12)], [(30, 8)]]


def test_the_simulated_signature_is_the_one_that_was_drawn(opener: Opener) -> None:
    device = opener("signature.simulated_topaz", {})
    assert isinstance(device, Simulated)
    device.stage(Scene(person=PERSON))

    strokes = signed(device)

    meant = signature(PERSON)
    assert [len(stroke) for stroke in strokes] == [len(stroke) for stroke in meant]
    assert all(
        abs(found.x - drawn.x) < 0.1 and abs(found.y - drawn.y) < 0.1
        for stroke, other in zip(strokes, meant, strict=True)
        for found, drawn in zip(stroke, other, strict=True)
    )


def test_it_asks_for_the_signature_once_it_listens_and_forgets_what_was_there_before(quiet: Cable) -> None:
    quiet.disturb(drawn((DOWN, 80, 30), (NEAR, 80, 30)))
    person = Doing(lambda: quiet.disturb(LINE_AND_DOT))
    device = open_device("signature.topaz", {"port": str(quiet.name), **FIELD}, person)
    with contextlib.closing(device):
        strokes = signed(device)

    assert person.questions == ["topaz.sign"]
    assert rounded(strokes)[0][0] == (10, 10)


def test_a_stroke_after_a_pause_shorter_than_the_rest_belongs_to_the_signature(quiet: Cable) -> None:
    later = threading.Timer(0.3, quiet.disturb, (LINE_AND_DOT,))

    def sign() -> None:
        quiet.disturb(LINE_AND_DOT)
        later.start()

    with opened(quiet, sign, rest="1.2") as device:
        strokes = signed(device)
    later.join()

    assert len(strokes) == 4


def test_bytes_that_are_lost_or_added_cost_a_few_points(opener: Opener) -> None:
    device = opener("signature.simulated_topaz", {})
    assert isinstance(device, Simulated)
    meant = sum(map(len, signature(PERSON)))
    counts = []
    for fault in ("lost_bytes", "noise"):
        device.stage(Scene(person=PERSON, fault=fault))
        counts.append(sum(map(len, signed(device))))

    assert all(0.8 * meant < count <= 1.2 * meant for count in counts)


def test_nobody_who_writes_is_too_late_and_says_so(quiet: Cable) -> None:
    with opened(quiet, lambda: None) as device, pytest.raises(TooLateError, match="Nobody wrote"):
        signed(device, timeout=SHORT)


def test_a_pen_that_only_hovers_is_told_apart(quiet: Cable) -> None:
    hovering = drawn((NEAR, 20, 20)) * 10
    with (
        opened(quiet, lambda: quiet.disturb(hovering)) as device,
        pytest.raises(TooLateError, match="did not touch"),
    ):
        signed(device, timeout=SHORT)


def test_a_pad_that_falls_silent_in_a_stroke_is_a_wrong_answer_and_the_next_signature_is_read(
    quiet: Cable,
) -> None:
    written = iter([drawn((DOWN, 10, 10), (DOWN, 20, 12)), LINE_AND_DOT])
    with opened(quiet, lambda: quiet.disturb(next(written))) as device:
        with pytest.raises(WrongAnswerError, match="midst of a stroke"):
            signed(device)

        assert len(signed(device)) == 2


def test_the_wrong_speed_is_noise_and_named_as_what_it_may_be(opener: Opener, cable: Cable) -> None:
    device = opener("signature.topaz", {"port": str(cable.name), **FIELD, "baud": "38400"})

    with pytest.raises(WrongAnswerError, match=r"speed \(baud\)"):
        signed(device)


def test_a_model_has_its_own_speed(tmp_path: Path) -> None:
    with pad(eager=True) as peer:
        cable = Cable(tmp_path / "fast", peer.port, baud=38400)
        cable.plug()
        with opened(cable, lambda: None, model="t-lbk755") as device:
            identity, strokes = device.identity(), signed(device)
        cable.unplug()

    assert "38400 baud" in identity.model
    assert strokes


def test_a_pad_that_was_unplugged_is_found_again_without_opening_anew(opener: Opener, cable: Cable) -> None:
    device = opener("signature.topaz", {"port": str(cable.name), **FIELD})
    signed(device)
    cable.unplug()

    for _ in range(2):
        with pytest.raises(NotConnectedError, match="plug it in"):
            signed(device)
    cable.plug()

    assert signed(device)


def test_a_close_from_another_thread_ends_a_call_that_waits(quiet: Cable) -> None:
    with opened(quiet, lambda: None) as device:
        closing = threading.Timer(0.3, device.close)
        closing.start()

        with pytest.raises(NotConnectedError):
            signed(device, timeout=60)
        closing.join()


def test_a_port_without_parity_says_which_setting_to_change(quiet: Cable) -> None:
    with pytest.raises(NotSupportedError, match="setting parity"):
        opened(quiet, lambda: None, parity="odd")


def test_a_port_that_another_holds_is_busy(quiet: Cable) -> None:
    with opened(quiet, lambda: None), pytest.raises(BusyError):
        opened(quiet, lambda: None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"port": ""}, {"baud": "fast"}, {"parity": "mark"}, {"model": "pen"}, {"rest": "0"}, {"rest": "soon"},
        {"rest": "99"},
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_refused(opener: Opener, wrong: dict[str, str]) -> None:
    with pytest.raises(NotSupportedError, match="setting"):
        opener("signature.topaz", {"port": "/dev/ttyUSB0", **wrong})


def error_of(device: Device, *, timeout: float) -> tuple[type[DeviceError], str]:
    with pytest.raises(DeviceError) as met:
        signed(device, timeout=timeout)
    return met.type, str(met.value)


@pytest.mark.parametrize("staged", ["nobody", "hovers", "vanish", "garbage", "cut"])
def test_the_trace_of_a_staged_fault_ends_with_the_same_error_again(opener: Opener, staged: str) -> None:
    with pad(Scene(person=PERSON, fault=staged)) as peer:
        settings = {"port": f"socket://127.0.0.1:{peer.port}", **FIELD}
        device = open_device("signature.topaz", settings, Doing(lambda: peer.show("topaz.sign")))
        trace = recorded(device)
        first = error_of(device, timeout=0.5)
        device.close()

    with replaying(kept(trace)) as replay:
        again = error_of(opener("signature.topaz", {"port": replay.address, **FIELD}), timeout=1)

    assert first == again


def test_a_trace_tells_that_there_was_a_pen_and_never_where(quiet: Cable) -> None:
    with opened(quiet, lambda: quiet.disturb(LINE_AND_DOT)) as device:
        trace = recorded(device)
        strokes = signed(device)

    came = b"".join(step.content for step in trace.steps if step.way is Way.IN)
    assert len(came) == len(LINE_AND_DOT)
    assert {byte for byte in came if byte & 0x80} == {NEAR, DOWN, AWAY}
    assert not any(byte for byte in came if not byte & 0x80)
    assert len(strokes) == 2


def ending(listener: socket.socket, content: bytes) -> object:
    """Let the driver hear these bytes, then the end; return its strokes or the error."""
    connections: list[socket.socket] = []

    def send() -> None:
        connections.append(listener.accept()[0])
        connections[0].sendall(content)
        connections[0].shutdown(socket.SHUT_WR)

    chosen = {"port": f"socket://127.0.0.1:{listener.getsockname()[1]}", **FIELD}
    with contextlib.closing(open_device("signature.topaz", chosen, Doing(send))) as device:
        try:
            return signed(device, timeout=SHORT)
        except DeviceError as error:
            return error
        finally:
            connections[0].close()


@settings(max_examples=10, deadline=None)
@given(st.binary(max_size=600) | st.lists(st.sampled_from(LINE_AND_DOT), max_size=600).map(bytes))
def test_whatever_a_pad_sends_a_call_ends_with_strokes_or_a_device_error(content: bytes) -> None:
    begun = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        ended = ending(listener, content)

    assert isinstance(ended, DeviceError | tuple)
    assert time.monotonic() - begun < LIMIT
