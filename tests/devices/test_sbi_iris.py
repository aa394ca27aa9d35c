"""The iris camera behind a biometric service, over real HTTP, and its simulator."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from kiosk.devices.api import Device, Eye, IrisCamera, Scene, Settings
from kiosk.devices.registry import open_device
from kiosk.services.kit import NobodyAsked
from tests.devices.contract import LIMIT, PERSON, IrisContract, SimulatorContract
from tests.devices.sbi_stand import IRIS_CAMERA, opened, remote, service
from tests.devices.test_sbi_fingerprint import SBI_LINE

pytestmark = pytest.mark.timeout(60)

MARKER = b"MARKER-7f3a9c51e2d84b06"


@pytest.fixture(scope="module", autouse=True)
def _process() -> Iterator[None]:
    """Keep the process of the peers, and the keys it made, while this module runs."""
    keeper = open_device("iris.simulated_sbi", {}, NobodyAsked())
    yield
    keeper.close()


class TestSbiIrisCamera(IrisContract):
    DRIVER = "iris.sbi"

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Iterator[Settings]:
        with remote("sbi_iris_peer", tmp_path) as known:
            yield known


class TestSimulatedSbiIrisCamera(SimulatorContract, IrisContract):
    DRIVER = "iris.simulated_sbi"
    FAULTS: ClassVar = {
        **SBI_LINE,
        **dict.fromkeys(("blur", "half_closed", "closed", "looks_away", "too_dark", "wrong_person")),
    }

    def use(self, device: Device, *, timeout: float = LIMIT) -> object:
        """Take one eye: every one is drawn, coded and decoded."""
        assert isinstance(device, IrisCamera)
        return device.take((Eye.LEFT,), timeout=timeout).images


@pytest.mark.parametrize("eyes", [(Eye.RIGHT, Eye.LEFT), (Eye.LEFT, Eye.RIGHT), (Eye.RIGHT,), (Eye.LEFT,)])
def test_eyes_come_in_the_order_asked_for_each_with_its_quality(
    tmp_path: Path, eyes: tuple[Eye, ...]
) -> None:
    with service(IRIS_CAMERA) as peer, opened(peer, tmp_path) as device:
        assert isinstance(device, IrisCamera)
        pictures = device.take(eyes, timeout=LIMIT)

    assert [part for part, _ in pictures.images] == list(eyes)
    assert [(measure.part, measure.name) for measure in pictures.measures] == [
        (eye.value, "device_quality") for eye in eyes
    ]


def test_a_chain_joined_as_texts_is_accepted_and_told_of(tmp_path: Path) -> None:
    with service(IRIS_CAMERA) as peer, opened(peer, tmp_path) as device:
        assert isinstance(device, IrisCamera)
        pictures = device.take((Eye.RIGHT, Eye.LEFT), timeout=LIMIT)

    assert pictures.notes == ("hash_chain_texts",)


def test_nothing_of_a_picture_is_lost_on_the_way(tmp_path: Path) -> None:
    with service(IRIS_CAMERA) as peer, opened(peer, tmp_path) as device:
        assert isinstance(device, IrisCamera)
        peer.stage.set(Scene(person=PERSON, marker=MARKER))
        pictures = device.take((Eye.RIGHT, Eye.LEFT), timeout=LIMIT)

    assert [image[0].tobytes()[: len(MARKER)] for _, image in pictures.images] == [MARKER] * 2
