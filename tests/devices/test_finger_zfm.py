"""UART fingerprint modules, over a pseudo terminal and over a loopback line: fingers one by one, and all that fails."""

import contextlib
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from kiosk.biometrics.slap import judge_slap
from kiosk.devices.api import (
    BusyError,
    Device,
    DeviceError,
    Finger,
    FingerprintScanner,
    Image,
    NotConnectedError,
    NotSupportedError,
    OneByOne,
    Pictures,
    RefusedError,
    Scene,
    Settings,
    Simulated,
    Slap,
    TooLateError,
    WrongAnswerError,
)
from kiosk.devices.drivers.finger_zfm import side_by_side
from kiosk.devices.registry import open_device
from kiosk.devices.sim.stage import Play, Stage
from kiosk.devices.sim.zfm_peer import MENU, ZfmModule
from kiosk.devices.traces import Way
from kiosk.domain.captures import FINGERS_OF, CaptureKind
from kiosk.services.kit import NobodyAsked
from tests.devices.cables import Cable
from tests.devices.conftest import Opener
from tests.devices.contract import LIMIT, PERSON, SHORT, FingerprintContract, SimulatorContract
from tests.devices.replay import kept, recorded, replaying

pytestmark = [
    pytest.mark.timeout(60),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals"),
]
BAUD = 57600
RIGHT_THUMB_ONLY = frozenset({Finger.LEFT_THUMB})


def striped(play: Play, finger: Finger) -> Image:
    """Return stripes in place of a print: quickly drawn, and told apart by their distance."""
    wide = 4 + list(Finger).index(finger)
    row = np.where(np.arange(256) // wide % 2, 240, 16).astype(np.uint8)
    return np.tile(row, (288, 1))


def stripes(finger: Finger) -> Image:
    """Return what the driver makes of `striped`: four bits a pixel."""
    return (striped(Play(Scene(PERSON), 0, None), finger) // 16 * 17).astype(np.uint8)


@pytest.fixture(scope="module", autouse=True)
def _process() -> Iterator[None]:
    """Keep the process of the peers while this module runs."""
    keeper = open_device("fingerprint.simulated_zfm", {}, NobodyAsked())
    yield
    keeper.close()


@contextlib.contextmanager
def module(scene: Scene | None = None, *, eager: bool = False) -> Iterator[ZfmModule]:
    peer = ZfmModule(Stage(MENU, scene or Scene(person=PERSON)), draw=striped, eager=eager)
    peer.start()
    with contextlib.closing(peer):
        yield peer


@pytest.fixture
def cable(tmp_path: Path) -> Iterator[Cable]:
    """A module whose person lays down one finger after another, on a cable that is plugged in."""
    with module(eager=True) as peer:
        plugged = Cable(tmp_path / "module", peer.port, baud=BAUD)
        plugged.plug()
        yield plugged
        plugged.unplug()


class Laying:
    """A person who lays down the finger that is asked for, and notes the questions."""

    def __init__(self, peer: ZfmModule) -> None:
        self.questions: list[str] = []
        self._peer = peer

    def asked(self, question: str) -> bool:
        self.questions.append(question)
        self._peer.show(question)
        return True


class TestZfmScanner(FingerprintContract):
    DRIVER = "fingerprint.zfm"

    @pytest.fixture
    def settings(self, cable: Cable) -> Settings:
        return {"port": str(cable.name)}


class TestSimulatedZfm(SimulatorContract, FingerprintContract):
    DRIVER = "fingerprint.simulated_zfm"
    FAULTS: ClassVar = {
        "nobody": TooLateError,
        "left_on": TooLateError,
        "silence": TooLateError,
        "slow": TooLateError,
        "cut": TooLateError,
        "vanish": NotConnectedError,
        "garbage": WrongAnswerError,
        "checksum": WrongAnswerError,
        "wrong_count": WrongAnswerError,
        "endless": WrongAnswerError,
        "refused": RefusedError,
        "locked": RefusedError,
        **dict.fromkeys(("dry", "smudged", "low_contrast", "wet", "wrong_finger", "wrong_person")),
    }
    WAITED_OUT = frozenset({"silence", "nobody", "slow", "refused"})

    def use(self, device: Device, *, timeout: float = LIMIT) -> object:
        """Take one thumb, or both where the first one is not lifted."""
        left_on = self.played is not None and self.played.fault == "left_on"
        missing = frozenset() if left_on else RIGHT_THUMB_ONLY
        return taken(device, Slap.THUMBS, missing=missing, timeout=0.5 if left_on else timeout).images


def taken(
    device: Device, slap: Slap, *, missing: frozenset[Finger] = frozenset(), timeout: float = LIMIT
) -> Pictures:
    assert isinstance(device, FingerprintScanner)
    return device.take(slap, missing=missing, timeout=timeout)


def thumb(device: Device, *, timeout: float = LIMIT) -> Image:
    return taken(device, Slap.THUMBS, missing=RIGHT_THUMB_ONLY, timeout=timeout).images[0][1]


def on_cable(opener: Opener, cable: Cable, **changed: str) -> Device:
    return opener("fingerprint.zfm", {"port": str(cable.name), **changed})


@pytest.mark.parametrize(
    ("slap", "order"),
    [
        (Slap.RIGHT_FOUR, ("right_index", "right_middle", "right_ring", "right_little")),
        (Slap.LEFT_FOUR, ("left_little", "left_ring", "left_middle", "left_index")),
        (Slap.THUMBS, ("left_thumb", "right_thumb")),
    ],
)
def test_fingers_are_asked_for_one_by_one_and_lie_side_by_side_as_on_a_plate(
    slap: Slap, order: tuple[str, ...]
) -> None:
    with module() as peer:
        person = Laying(peer)
        device = open_device("fingerprint.zfm", {"port": f"socket://127.0.0.1:{peer.port}"}, person)
        with contextlib.closing(device):
            pictures = taken(device, slap)

    assert person.questions == [f"zfm.{finger}" for finger in order]
    assert pictures.notes == ("low_quality", "one_by_one")
    assert np.array_equal(pictures.images[0][1], side_by_side([stripes(Finger(name)) for name in order]))


def test_a_missing_finger_is_neither_asked_for_nor_left_a_gap() -> None:
    with module() as peer:
        person = Laying(peer)
        device = open_device("fingerprint.zfm", {"port": f"socket://127.0.0.1:{peer.port}"}, person)
        with contextlib.closing(device):
            image = taken(device, Slap.RIGHT_FOUR, missing=frozenset({Finger.RIGHT_MIDDLE})).images[0][1]

    assert person.questions == ["zfm.right_index", "zfm.right_ring", "zfm.right_little"]
    assert image.shape == (288 + 2 * 64, 3 * 256 + 4 * 64)


def test_without_any_finger_the_plate_is_empty(opener: Opener, cable: Cable) -> None:
    missing = frozenset({Finger.LEFT_THUMB, Finger.RIGHT_THUMB})

    image = taken(on_cable(opener, cable), Slap.THUMBS, missing=missing).images[0][1]

    assert image.min() == 255


def test_the_judge_of_plates_finds_the_fingers(opener: Opener) -> None:
    device = opener("fingerprint.simulated_zfm", {})
    assert isinstance(device, Simulated)
    device.stage(Scene(person=3))
    kind = CaptureKind.RIGHT_FOUR

    image = taken(device, Slap.RIGHT_FOUR).images[0][1]

    judged = judge_slap(image, FINGERS_OF[kind], ppi=500, missing=frozenset())
    assert [finger.finger for finger in judged.fingers] == list(FINGERS_OF[kind])


def test_a_module_says_what_it_is(opener: Opener, cable: Cable) -> None:
    identity = on_cable(opener, cable).identity()

    assert identity.model == "UART fingerprint module 0x0009, 1000 places, packets of 128, 57600 baud"


def test_a_module_that_was_unplugged_is_found_again_without_opening_anew(
    opener: Opener, cable: Cable
) -> None:
    device = on_cable(opener, cable)
    thumb(device)
    cable.unplug()

    for _ in range(2):
        with pytest.raises(NotConnectedError, match="plug it in"):
            thumb(device)
    cable.plug()

    assert thumb(device).shape == (416, 384)


def test_the_wrong_speed_is_named_as_what_it_may_be(opener: Opener, cable: Cable) -> None:
    with pytest.raises(TooLateError, match=r"speed \(baud\)"):
        thumb(on_cable(opener, cable, baud="9600"))

    assert thumb(on_cable(opener, cable)).shape == (416, 384)


def test_noise_before_the_first_word_does_not_matter(opener: Opener, cable: Cable) -> None:
    device = on_cable(opener, cable)
    cable.disturb(b"\x55\xef\x01\x00\xff" * 40)

    assert thumb(device).shape == (416, 384)


def test_noise_without_end_is_a_wrong_answer(opener: Opener, cable: Cable) -> None:
    device, stop = on_cable(opener, cable), threading.Event()

    def disturb() -> None:
        while not stop.wait(0.005):
            cable.disturb(b"\x55\xaa")

    disturbing = threading.Thread(target=disturb)
    disturbing.start()
    try:
        with pytest.raises(WrongAnswerError, match="without being asked"):
            thumb(device)
    finally:
        stop.set()
        disturbing.join()


def test_a_module_that_is_silent_is_named_as_what_it_may_be(opener: Opener, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        cable = Cable(tmp_path / "silent", silent.getsockname()[1], baud=BAUD)
        cable.plug()
        begun = time.monotonic()

        with pytest.raises(TooLateError, match="power"):
            thumb(on_cable(opener, cable))
        cable.unplug()

    assert time.monotonic() - begun < LIMIT


@pytest.mark.parametrize(("baud", "seconds"), [("57600", 14), ("115200", 7.5), ("9600", 79)])
def test_a_module_says_how_long_a_finger_takes_it(
    opener: Opener, cable: Cable, baud: str, seconds: float
) -> None:
    device = on_cable(opener, cable, baud=baud)
    assert isinstance(device, OneByOne)

    assert device.finger_seconds() == pytest.approx(seconds, abs=0.5)


def test_a_finger_that_is_not_laid_down_is_named(opener: Opener) -> None:
    with module() as peer:
        device = opener("fingerprint.zfm", {"port": f"socket://127.0.0.1:{peer.port}"})

        with pytest.raises(TooLateError, match="right thumb was not laid"):
            thumb(device, timeout=SHORT)


def test_a_password_of_the_settings_is_used_and_a_wrong_one_refused(opener: Opener, cable: Cable) -> None:
    with pytest.raises(RefusedError, match="password") as refused:
        thumb(on_cable(opener, cable, password="00000001"))

    assert refused.value.reason == "password"


def test_a_trace_does_not_tell_the_password(opener: Opener, cable: Cable) -> None:
    device = on_cable(opener, cable, password="c0ffee11")
    trace = recorded(device)
    with pytest.raises(RefusedError):
        thumb(device)

    assert "c0ffee11" not in trace.as_text()
    with replaying(kept(trace)) as replay, pytest.raises(RefusedError):
        thumb(opener("fingerprint.zfm", {"port": replay.address}))


def test_another_size_than_the_modules_is_a_wrong_answer(opener: Opener, cable: Cable) -> None:
    with pytest.raises(WrongAnswerError, match="setting size"):
        thumb(on_cable(opener, cable, size="256x360"))


def test_a_close_from_another_thread_ends_a_call_that_waits(opener: Opener) -> None:
    with module() as peer:
        device = opener("fingerprint.zfm", {"port": f"socket://127.0.0.1:{peer.port}"})
        closing = threading.Timer(0.3, device.close)
        closing.start()

        with pytest.raises(NotConnectedError):
            thumb(device, timeout=60)
        closing.join()


def test_a_port_that_another_holds_is_busy(opener: Opener, cable: Cable) -> None:
    on_cable(opener, cable)

    with pytest.raises(BusyError):
        on_cable(opener, cable)


@pytest.mark.parametrize(
    "wrong",
    [
        {"port": ""}, {"baud": "fast"}, {"size": "256"}, {"size": "255x288"}, {"size": "0x0"}, {"size": "9000x9000"},
        {"password": "secret"}, {"password": "0000"},
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_refused(opener: Opener, wrong: dict[str, str]) -> None:
    with pytest.raises(NotSupportedError, match="setting"):
        opener("fingerprint.zfm", {"port": "/dev/ttyUSB0", **wrong})


def error_of(device: Device, *, timeout: float) -> tuple[type[DeviceError], str]:
    with pytest.raises(DeviceError) as met:
        thumb(device, timeout=timeout)
    return met.type, str(met.value)


@pytest.mark.parametrize(
    "staged",
    ["nobody", "cut", "vanish", "garbage", "checksum", "wrong_count", "endless", "refused"],
)
def test_the_trace_of_a_staged_fault_ends_with_the_same_error_again(opener: Opener, staged: str) -> None:
    with module(Scene(person=PERSON, fault=staged)) as peer:
        device = open_device("fingerprint.zfm", {"port": f"socket://127.0.0.1:{peer.port}"}, Laying(peer))
        trace = recorded(device)
        first = error_of(device, timeout=SHORT)
        device.close()

    with replaying(kept(trace)) as replay:
        again = error_of(opener("fingerprint.zfm", {"port": replay.address}), timeout=SHORT)

    assert first == again
    assert replay.as_recorded or staged in ("nobody", "refused")  # these look again and again


def test_a_trace_holds_nothing_of_a_print_and_plays_back_as_a_black_one(opener: Opener, cable: Cable) -> None:
    device = on_cable(opener, cable)
    trace = recorded(device)
    thumb(device)

    with replaying(kept(trace)) as replay:
        image = thumb(opener("fingerprint.zfm", {"port": replay.address}))

    came = b"".join(step.content for step in trace.steps if step.way is Way.IN and step.masked)
    assert len(came) > 36_864
    assert image[64:-64, 64:-64].max() == 0
