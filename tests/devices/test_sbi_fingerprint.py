"""The slap scanner behind a biometric service, over real HTTP, and its simulator."""

import json
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
    NotConnectedError,
    NotSupportedError,
    Pictures,
    RefusedError,
    Scene,
    Settings,
    Slap,
    TooLateError,
    WrongAnswerError,
)
from kiosk.devices.drivers.sbi_chain import variant_of
from kiosk.devices.drivers.sbi_jwt import text_of, token_of, unpacked
from kiosk.devices.registry import open_device
from kiosk.domain.captures import FINGERS_OF, CaptureKind
from kiosk.services.kit import NobodyAsked
from tests.devices.contract import LIMIT, PERSON, SHORT, FingerprintContract, SimulatorContract
from tests.devices.sbi_stand import SIGNED, opened, remote, service, taken, trusted

pytestmark = pytest.mark.timeout(60)

SBI_LINE: dict[str, type[DeviceError] | None] = {
    "vanish": NotConnectedError,
    "silence": TooLateError,
    "nobody": TooLateError,
    "slow": TooLateError,
    "garbage": WrongAnswerError,
    "cut": WrongAnswerError,
    "wrong_count": WrongAnswerError,
    "busy": BusyError,
    "refused": RefusedError,
    "not_registered": RefusedError,
    "not_ready": BusyError,
    **dict.fromkeys(SIGNED, WrongAnswerError),
}


@pytest.fixture(scope="module", autouse=True)
def _process() -> Iterator[None]:
    """Keep the process of the peers, and the keys it made, while this module runs."""
    keeper = open_device("fingerprint.simulated_sbi", {}, NobodyAsked())
    yield
    keeper.close()


class TestSbiFingerprintScanner(FingerprintContract):
    DRIVER = "fingerprint.sbi"

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Iterator[Settings]:
        with remote("sbi_finger_peer", tmp_path) as known:
            yield known


class TestSimulatedSbiFingerprintScanner(SimulatorContract, FingerprintContract):
    DRIVER = "fingerprint.simulated_sbi"
    FAULTS: ClassVar = {
        **SBI_LINE,
        **dict.fromkeys(("dry", "smudged", "lifted", "low_contrast", "wet", "turned", "tips_only")),
        **dict.fromkeys(("dirty_plate", "wrong_hand", "wrong_person")),
    }

    def use(self, device: Device, *, timeout: float = LIMIT) -> object:
        """Take one thumb: every finger is drawn, coded and decoded."""
        assert isinstance(device, FingerprintScanner)
        return device.take(Slap.THUMBS, missing=frozenset({Finger.RIGHT_THUMB}), timeout=timeout).images


def laid(device: Device, slap: Slap, *, missing: frozenset[Finger] = frozenset()) -> Pictures:
    assert isinstance(device, FingerprintScanner)
    return device.take(slap, missing=missing, timeout=LIMIT)


@pytest.mark.parametrize("slap", Slap)
def test_the_fingers_of_a_slap_lie_side_by_side_in_the_order_of_the_hand(tmp_path: Path, slap: Slap) -> None:
    with service() as peer, opened(peer, tmp_path) as device:
        laid(device, slap)  # a first attempt may be poor
        pictures = laid(device, slap)

    judged = judge_slap(pictures.images[0][1], FINGERS_OF[CaptureKind(slap)], ppi=pictures.ppi)
    assert {finger.finger for finger in judged.fingers} == set(FINGERS_OF[CaptureKind(slap)])
    assert [finding.code for finding in judged.findings] == []
    assert [measure.part for measure in pictures.measures] == [finger.finger for finger in judged.fingers]


def test_a_missing_finger_is_told_to_the_service_and_leaves_no_gap(tmp_path: Path) -> None:
    lost = frozenset({Finger.RIGHT_RING})
    with service() as peer, opened(peer, tmp_path) as device:
        laid(device, Slap.RIGHT_FOUR, missing=lost)
        pictures = laid(device, Slap.RIGHT_FOUR, missing=lost)

    asked = FINGERS_OF[CaptureKind.RIGHT_FOUR]
    judged = judge_slap(pictures.images[0][1], asked, ppi=500, missing=lost)
    assert [finger.finger for finger in judged.fingers] == [one for one in asked if one not in lost]


def test_a_finger_the_person_lacks_and_nobody_told_of_is_missed(tmp_path: Path) -> None:
    with service() as peer, opened(peer, tmp_path) as device:
        peer.stage.set(Scene(person=PERSON, missing=frozenset({"right_ring"})))

        with pytest.raises(WrongAnswerError, match="3 of 4"):
            laid(device, Slap.RIGHT_FOUR)


def test_a_slap_of_which_every_finger_is_missing_is_not_asked_for(tmp_path: Path) -> None:
    with service() as peer, opened(peer, tmp_path) as device:
        thumbs = frozenset({Finger.LEFT_THUMB, Finger.RIGHT_THUMB})

        with pytest.raises(NotSupportedError, match="leave the step"):
            laid(device, Slap.THUMBS, missing=thumbs)


def test_what_the_device_signed_is_kept_whole_every_finger_and_the_chain_included(tmp_path: Path) -> None:
    with service() as peer, opened(peer, tmp_path) as device:
        pictures = laid(device, Slap.LEFT_FOUR)

    assert pictures.signed is not None
    entries = json.loads(pictures.signed)["biometrics"]
    payloads = [token_of(entry["data"], "scanner").payload for entry in entries]
    records = [unpacked(text_of(payload, "bioValue"), "scanner") for payload in payloads]
    assert len({payload["bioSubType"] for payload in payloads}) == 4
    assert variant_of(zip(records, (entry["hash"] for entry in entries), strict=True)) == "hash_chain_bytes"
    assert pictures.notes == ("hash_chain_bytes",)


def test_the_devices_own_quality_is_told_finger_by_finger(tmp_path: Path) -> None:
    with service() as peer, opened(peer, tmp_path) as device:
        measures = laid(device, Slap.RIGHT_FOUR).measures

    assert {measure.name for measure in measures} == {"device_quality"}
    assert all(0 < measure.value <= 100 for measure in measures)


def test_the_device_is_told_less_time_than_the_call_has(tmp_path: Path) -> None:
    with service(fault="nobody") as peer, opened(peer, tmp_path) as device:
        begun = time.monotonic()

        with pytest.raises(TooLateError, match="saw nothing"):
            taken(device, timeout=2.4)

    assert 1.5 < time.monotonic() - begun < 2.4


def in_a_thread(device: Device, ended: list[DeviceError]) -> threading.Thread:
    """Let another thread capture; its error is put down."""

    def capture() -> None:
        try:
            taken(device, timeout=600)
        except DeviceError as error:
            ended.append(error)

    thread = threading.Thread(target=capture, daemon=True)
    thread.start()
    return thread


def test_a_second_capture_of_the_same_device_is_busy_and_a_close_ends_the_first(tmp_path: Path) -> None:
    ended: list[DeviceError] = []
    with service(fault="silence") as peer, opened(peer, tmp_path) as device:
        waiting = in_a_thread(device, ended)
        time.sleep(0.2)

        with pytest.raises(BusyError, match="captures already"):
            taken(device, timeout=SHORT)
        device.close()
        waiting.join(LIMIT)

    assert [type(error) for error in ended] == [NotConnectedError]
    assert "open it again" in str(ended[0])


def test_a_service_that_was_started_anew_at_another_port_is_found_without_opening_anew(
    tmp_path: Path,
) -> None:
    with service() as first, service() as second:
        settings = {"ports": f"{first.port},{second.port}", "trust": trusted(tmp_path / "trust")}
        device = open_device("fingerprint.sbi", settings, NobodyAsked())
        first.close()

        with pytest.raises(NotConnectedError):
            taken(device)
        again = taken(device)
        device.close()

    assert len(again.images) == 1


def test_a_lost_service_says_what_to_do_until_it_is_back(tmp_path: Path) -> None:
    with service() as peer, opened(peer, tmp_path) as device:
        peer.close()

        for _ in range(2):
            with pytest.raises(NotConnectedError, match="start"):
                taken(device)


def test_the_same_scene_gives_the_same_plate(tmp_path: Path) -> None:
    plates = []
    for _ in range(2):
        with service() as peer, opened(peer, tmp_path) as device:
            plates.append(laid(device, Slap.THUMBS).images[0][1])

    assert np.array_equal(*plates)
