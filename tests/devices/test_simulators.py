"""Every simulator keeps the contract of its kind, and plays the scene it was given."""

from collections.abc import Callable, Iterator
from typing import ClassVar

import cv2
import numpy as np
import pytest

from kiosk.biometrics.same_finger import likeness
from kiosk.biometrics.slap import judge_slap
from kiosk.devices.api import (
    BusyError,
    Camera,
    CodeScanner,
    Device,
    DeviceError,
    Eye,
    Finger,
    FingerprintScanner,
    Image,
    IrisCamera,
    NotConnectedError,
    RefusedError,
    Scene,
    Simulated,
    Slap,
    TooLateError,
    WrongAnswerError,
)
from kiosk.devices.registry import open_device
from kiosk.devices.sim.stage import Play, Stage, flaw
from kiosk.domain.captures import FINGERS_OF, CaptureKind
from kiosk.services.kit import NobodyAsked
from tests.devices.conftest import Opener
from tests.devices.contract import (
    LIMIT,
    PERSON,
    SHORT,
    CameraContract,
    CodeScannerContract,
    FingerprintContract,
    IrisContract,
    SignatureContract,
    SimulatorContract,
)

pytestmark = pytest.mark.timeout(60)

LINE: dict[str, type[DeviceError] | None] = {
    "vanish": NotConnectedError,
    "silence": TooLateError,
    "nobody": TooLateError,
    "slow": TooLateError,
    "garbage": WrongAnswerError,
    "checksum": WrongAnswerError,
    "cut": WrongAnswerError,
    "wrong_count": WrongAnswerError,
    "busy": BusyError,
    "refused": RefusedError,
}
MARKER = b"MARKER-7f3a9c51e2d84b06"


@pytest.fixture(scope="module", autouse=True)
def _process() -> Iterator[None]:
    """Keep the process of the peers while this module runs: its beginning and its end have tests of their own."""
    keeper = open_device("code_scanner.simulated", {}, NobodyAsked())
    yield
    keeper.close()


def poor(*faults: str) -> dict[str, type[DeviceError] | None]:
    """Faults that are seen in the picture only: the device gives it."""
    return dict.fromkeys(faults)


class TestSimulatedCamera(SimulatorContract, CameraContract):
    DRIVER = "camera.simulated"
    FAULTS: ClassVar = {
        **{
            fault: LINE[fault] for fault in ("vanish", "silence", "slow", "garbage", "cut", "busy", "refused")
        },
        **poor("eyes_closed", "blur", "turned", "off_centre", "no_face", "two_faces", "mouth_open", "dark"),
        **poor("bright", "roll", "far", "near"),
    }

    @pytest.mark.parametrize("gone", ["vanish", "silence", "slow", "garbage", "cut", "busy", "refused"])
    def test_the_live_picture_stops_with_a_fault_and_comes_back_without_opening_anew(
        self, device: Device, gone: str
    ) -> None:
        assert isinstance(device, Camera)
        self.play(device, self.scene(gone))

        stopped = stops(device, limit=SHORT if gone in self.WAITED_OUT else LIMIT)
        self.play(device, self.scene())
        image = seen_again(device)

        assert stopped
        assert image.shape == (800, 600, 3)


class TestSimulatedFingerprintScanner(SimulatorContract, FingerprintContract):
    DRIVER = "fingerprint.simulated"
    FAULTS: ClassVar = {
        **LINE,
        **poor("dry", "smudged", "lifted", "low_contrast", "wet", "turned", "tips_only", "dirty_plate"),
        **poor("wrong_hand", "wrong_person"),
    }


class TestSimulatedIrisCamera(SimulatorContract, IrisContract):
    DRIVER = "iris.simulated"
    FAULTS: ClassVar = {
        **LINE,
        **poor("blur", "half_closed", "closed", "looks_away", "too_dark", "wrong_person"),
    }


class TestSimulatedSignaturePad(SimulatorContract, SignatureContract):
    DRIVER = "signature.simulated"
    FAULTS: ClassVar = {**LINE, **poor("dot", "off_the_pad")}


class TestSimulatedCodeScanner(SimulatorContract, CodeScannerContract):
    DRIVER = "code_scanner.simulated"
    FAULTS: ClassVar = {
        "nobody": None,
        "vanish": NotConnectedError,
        "slow": WrongAnswerError,
        "garbage": WrongAnswerError,
        "cut": WrongAnswerError,
        "endless": WrongAnswerError,
    }
    WAITED_OUT = frozenset({"nobody", "slow", "cut"})

    def hold_code(self, device: Device) -> None:
        """Play the next scene: a code is shown once a scene, and one with a fault was not shown yet."""
        if self.played is None or self.played.fault is None:
            self.play(device, self.scene())

    def test_a_code_is_shown_once_a_scene(self, device: Device) -> None:
        assert isinstance(device, CodeScanner)
        self.play(device, Scene(person=PERSON, code="3325077108900002"))

        read = [device.read(timeout=LIMIT), device.read(timeout=SHORT)]
        self.play(device, Scene(person=PERSON, code="3325077108900002"))

        assert [*read, device.read(timeout=LIMIT)] == ["3325077108900002", None, "3325077108900002"]

    def test_without_a_code_nothing_is_read(self, device: Device) -> None:
        assert isinstance(device, CodeScanner)
        self.play(device, Scene(person=PERSON))

        assert device.read(timeout=SHORT) is None


def stops(camera: Camera, *, limit: float) -> bool:
    """Look on until no picture comes; what is on the line already is still seen."""
    for _ in range(20):
        try:
            camera.frame(timeout=limit)
        except DeviceError:
            return True
    return False


def seen_again(camera: Camera) -> Image:
    """Return the next live picture, past the error the old connection may still have left."""
    try:
        return camera.frame(timeout=LIMIT).image
    except DeviceError:
        return camera.frame(timeout=LIMIT).image


def staged(opener: Opener, name: str, scene: Scene) -> Device:
    """Open a simulator and play a scene."""
    device = opener(name, {})
    assert isinstance(device, Simulated)
    device.stage(scene)
    return device


def laid(device: Device, slap: Slap, *, missing: frozenset[Finger] = frozenset()) -> Image:
    assert isinstance(device, FingerprintScanner)
    return device.take(slap, missing=missing, timeout=LIMIT).images[0][1]


def prints(device: Device, slap: Slap) -> list[Image]:
    """Return the fingers cut out of a slap, of the second attempt: only a first one may be poor."""
    laid(device, slap)
    judged = judge_slap(laid(device, slap), FINGERS_OF[CaptureKind(slap)], ppi=500, missing=frozenset())
    return [finger.image for finger in judged.fingers]


def test_a_scene_plays_the_same_way_twice(opener: Opener) -> None:
    first = laid(staged(opener, "fingerprint.simulated", Scene(person=PERSON)), Slap.THUMBS)
    second = laid(staged(opener, "fingerprint.simulated", Scene(person=PERSON)), Slap.THUMBS)

    assert np.array_equal(first, second)


def test_another_attempt_lies_elsewhere_with_the_same_fingers(opener: Opener) -> None:
    scanner = staged(opener, "fingerprint.simulated", Scene(person=PERSON))

    first, second = prints(scanner, Slap.THUMBS), prints(scanner, Slap.THUMBS)

    assert not np.array_equal(first[0], second[0])
    assert likeness(first[0], second[0]) > 1.5 * likeness(first[0], second[1])


def test_the_person_with_the_fault_wrong_person_has_other_fingers(opener: Opener) -> None:
    scanner = staged(opener, "fingerprint.simulated", Scene(person=PERSON))
    assert isinstance(scanner, Simulated)

    own = prints(scanner, Slap.THUMBS)
    scanner.stage(Scene(person=PERSON, fault="wrong_person"))
    other = prints(scanner, Slap.THUMBS)
    scanner.stage(Scene(person=PERSON))
    again = prints(scanner, Slap.THUMBS)

    assert likeness(own[0], again[0]) > 1.3 * likeness(own[0], other[0])


@pytest.mark.parametrize("told_by", ["person", "caller"])
def test_a_finger_that_is_missing_is_not_on_the_plate(opener: Opener, told_by: str) -> None:
    lost = frozenset({Finger.RIGHT_RING})
    scene = Scene(person=PERSON, missing=frozenset(lost if told_by == "person" else ()))
    scanner = staged(opener, "fingerprint.simulated", scene)

    image = laid(scanner, Slap.RIGHT_FOUR, missing=lost if told_by == "caller" else frozenset())

    assert fingers_on(image) == 3
    assert fingers_on(laid(scanner, Slap.LEFT_FOUR)) == 4


def fingers_on(image: Image) -> int:
    """Count the dark patches of a finger's size."""
    dark = (cv2.GaussianBlur(image, (0, 0), 12) < 205).astype(np.uint8)
    _, _, figures, _ = cv2.connectedComponentsWithStats(dark)
    return sum(int(area) > 20_000 for area in figures[1:, cv2.CC_STAT_AREA])


def test_an_eye_that_is_missing_is_seen_closed(opener: Opener) -> None:
    camera = staged(opener, "iris.simulated", Scene(person=PERSON, missing=frozenset({"left_eye"})))
    assert isinstance(camera, IrisCamera)

    images = dict(camera.take((Eye.RIGHT, Eye.LEFT), timeout=LIMIT).images)

    darkest = {eye: int(np.percentile(image[150:330, 200:440], 2)) for eye, image in images.items()}
    assert darkest[Eye.RIGHT] < 45 < darkest[Eye.LEFT]


@pytest.mark.parametrize(("birth_year", "strongest"), [(1991, 0), (1990, 2)])
def test_an_odd_birth_year_has_a_red_backdrop_and_an_even_one_a_blue(
    opener: Opener, birth_year: int, strongest: int
) -> None:
    camera = staged(opener, "camera.simulated", Scene(person=PERSON, birth_year=birth_year))
    assert isinstance(camera, Camera)

    portrait = camera.take(timeout=LIMIT).images[0][1]
    frames = [camera.frame(timeout=LIMIT).image for _ in range(8)]  # the old scene may still be on the line

    corners = [image[40:80, 20:60].reshape(-1, 3).mean(0) for image in (portrait, frames[-1])]
    assert [int(corner.argmax()) for corner in corners] == [strongest, strongest]
    assert all(corner.max() > 2 * np.median(corner) for corner in corners)


def portraits(device: Device) -> list[Image]:
    assert isinstance(device, Camera)
    return [image for _, image in device.take(timeout=LIMIT).images]


def slaps(device: Device) -> list[Image]:
    return [laid(device, slap) for slap in Slap]


def eyes(device: Device) -> list[Image]:
    assert isinstance(device, IrisCamera)
    return [image for _, image in device.take((Eye.RIGHT, Eye.LEFT), timeout=LIMIT).images]


@pytest.mark.parametrize(
    ("name", "captured", "count"),
    [("camera.simulated", portraits, 1), ("fingerprint.simulated", slaps, 3), ("iris.simulated", eyes, 2)],
)
def test_the_marker_stands_in_the_first_row_of_every_capture(
    opener: Opener, name: str, captured: Callable[[Device], list[Image]], count: int
) -> None:
    device = staged(opener, name, Scene(person=PERSON, marker=MARKER))

    images = captured(device)

    assert [image[0].tobytes()[: len(MARKER)] for image in images] == [MARKER] * count


def test_about_one_first_attempt_in_four_is_poor_and_no_second_one() -> None:
    first = [flaw(Play(Scene(person=person), 0, None), "thumbs", ("dry", "lifted")) for person in range(600)]
    second = [flaw(Play(Scene(person=person), 1, None), "thumbs", ("dry", "lifted")) for person in range(600)]

    assert 0.2 < sum(found is not None for found in first) / 600 < 0.3
    assert set(first) == {"dry", "lifted", None}
    assert set(second) == {None}


def test_a_fault_of_the_line_is_no_attempt_and_a_poor_picture_is_one() -> None:
    stage = Stage(("vanish", "dry"), Scene(person=PERSON))

    attempts = []
    for fault in (None, "vanish", "dry", None):
        stage.set(Scene(person=PERSON, fault=fault))
        attempts.append(stage.call("thumbs").attempt)
    stage.set(Scene(person=PERSON + 1))

    assert attempts == [0, 1, 1, 2]
    assert stage.call("thumbs").attempt == 0
