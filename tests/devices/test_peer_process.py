"""The process of the simulators' peers: one a kiosk, gone with its last device or with the kiosk."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.devices.api import CodeScanner, Device, NotConnectedError, NotSupportedError, Scene, Simulated
from kiosk.devices.sim.cues import decode_cue, encode_cue, scene_fields, scene_of
from kiosk.devices.sim.peer_process import PeerProcess, SharedPeerProcess
from tests.devices.conftest import Opener
from tests.devices.contract import CODE, LIMIT, PERSON, held_by_this_process

pytestmark = [
    pytest.mark.timeout(60),
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are told by /proc"),
]

OPENED = """
import sys
from kiosk.devices.api import Eye, Kind, Scene, Slap
from kiosk.devices.registry import open_device
from kiosk.services.kit import NobodyAsked

opened = [open_device(f"{kind}.simulated", {}, NobodyAsked()) for kind in KINDS]
camera, code_scanner, fingerprint, iris, signature = opened
code_scanner.stage(Scene(person=1, code="7"))
taken = [
    camera.take(timeout=20), code_scanner.read(timeout=20),
    fingerprint.take(Slap.THUMBS, missing=frozenset(), timeout=20),
    iris.take((Eye.LEFT,), timeout=20), signature.take(timeout=20), camera.frame(timeout=20), signature.size(),
]
assert all(taken)
""".replace("KINDS", str(["camera", "code_scanner", "fingerprint", "iris", "signature"]))  # fmt: skip
TOLD = """
ours = {name for name in sys.modules if name.startswith("kiosk.devices.sim.")}
print(*sorted(ours | ({"scipy"} & set(sys.modules))))
"""
HALVES_HERE = {
    "camera", "catalogue", "code_scanner", "cues", "fingerprint", "frames", "iris", "line", "peer_process",
    "remote_peer", "signature", "staged",
}  # fmt: skip


def children() -> set[int]:
    """Return the processes this one has started, those that ended and were not waited for among them."""
    lists = Path("/proc/self/task").glob("*/children")
    return {int(child) for told in lists for child in told.read_text(encoding="ascii").split()}


@pytest.fixture
def before() -> set[int]:
    return children()


@pytest.fixture
def shared() -> SharedPeerProcess:
    return SharedPeerProcess()


@pytest.fixture
def peers(before: set[int], opener: Opener) -> tuple[CodeScanner, int]:
    """A simulated code scanner and the number of the process of its peer."""
    scanner = opener("code_scanner.simulated", {})
    assert isinstance(scanner, CodeScanner)
    (process,) = children() - before
    return scanner, process


def staged_code(device: Device) -> str | None:
    assert isinstance(device, CodeScanner)
    assert isinstance(device, Simulated)
    device.stage(Scene(person=PERSON, code=CODE))
    return device.read(timeout=LIMIT)


def test_a_kiosk_with_every_simulator_open_imports_nothing_they_draw_with() -> None:
    result = subprocess.run(
        [sys.executable, "-c", OPENED + TOLD], capture_output=True, text=True, check=False
    )

    assert result.returncode == 0, result.stderr
    assert set(result.stdout.split()) == {f"kiosk.devices.sim.{half}" for half in HALVES_HERE}


def test_a_killed_kiosk_leaves_no_peers_behind() -> None:
    script = OPENED + "print('open', flush=True)\nsys.stdin.read()\n"
    kiosk = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with kiosk:
        assert kiosk.stdout is not None
        assert kiosk.stderr is not None
        opened = kiosk.stdout.readline()
        kiosk.kill()
        told = kiosk.stderr.read()  # peers have it too: it ends when the last of them has

    assert (opened, told) == (b"open\n", b"")


def test_all_devices_share_one_process_which_ends_with_the_last_of_them(
    before: set[int], opener: Opener
) -> None:
    held = held_by_this_process()
    first = opener("code_scanner.simulated", {})
    alone = children() - before
    second = opener("fingerprint.simulated", {})

    both = children() - before
    first.close()
    one = children() - before
    second.close()

    assert len(alone) == 1
    assert alone == both == one
    assert children() == before
    assert held_by_this_process() - held == set()


def test_devices_whose_process_died_are_not_connected_and_come_back_when_opened_anew(
    peers: tuple[CodeScanner, int], opener: Opener
) -> None:
    scanner, process = peers
    assert isinstance(scanner, Simulated)

    os.kill(process, signal.SIGKILL)
    os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)  # it takes a moment to die
    with pytest.raises(NotConnectedError):
        scanner.read(timeout=LIMIT)
    with pytest.raises(NotConnectedError):
        scanner.stage(Scene(person=PERSON))
    anew = opener("code_scanner.simulated", {})
    scanner.close()

    assert staged_code(anew) == CODE
    assert process not in children()


def test_an_interrupt_from_the_keyboard_is_left_to_the_kiosk(peers: tuple[CodeScanner, int]) -> None:
    scanner, process = peers

    os.kill(process, signal.SIGINT)

    assert staged_code(scanner) == CODE


def test_a_closed_simulator_can_be_told_nothing(peers: tuple[CodeScanner, int]) -> None:
    scanner, _ = peers
    assert isinstance(scanner, Simulated)
    scanner.close()

    with pytest.raises(NotConnectedError, match="open it again"):
        scanner.stage(Scene(person=PERSON))


def test_a_fault_that_is_not_on_the_menu_is_refused_with_the_menu(peers: tuple[CodeScanner, int]) -> None:
    scanner, _ = peers
    assert isinstance(scanner, Simulated)

    with pytest.raises(NotSupportedError, match="no fault earthquake; it has nobody, vanish"):
        scanner.stage(Scene(person=PERSON, fault="earthquake"))


@pytest.mark.parametrize("program", ["raise SystemExit", "print('hello')", "import time; time.sleep(60)"])
def test_a_program_that_tells_no_port_is_not_waited_for(before: set[int], program: str) -> None:
    process = PeerProcess(
        subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    )

    with pytest.raises(NotConnectedError, match="do not start"):
        process.wait_for_door(timeout=0.5)
    process.end()

    assert children() == before


def test_the_process_ends_when_it_was_given_back_as_often_as_taken_and_begins_anew(
    before: set[int], shared: SharedPeerProcess
) -> None:
    taken = [shared.take() for _ in range(3)]

    for process in taken:
        shared.give_back(process)
    again = shared.take()
    shared.give_back(again)

    assert len({id(process) for process in taken}) == 1
    assert again is not taken[0]
    assert children() == before


def test_a_scene_comes_through_a_cue_as_it_was() -> None:
    scene = Scene(2**47, "vanish", 3, frozenset({"left_eye", "right_ring"}), b"\x00\xff\n", 1971, "kode \n 7")

    cue = decode_cue(encode_cue({"scene": scene_fields(scene)}))

    assert scene_of(cue) == scene
    assert encode_cue(cue).count(b"\n") == 1
