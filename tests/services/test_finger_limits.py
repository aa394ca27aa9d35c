"""The time a person has for a slap: once on a plate, for each finger where a scanner takes one after the other."""

import numpy as np
import pytest

from kiosk.biometrics.portrait import FaceFinder
from kiosk.devices.api import ONE_BY_ONE, Finger, Identity, Pictures, Slap
from kiosk.domain.captures import CaptureKind
from kiosk.domain.exceptions import CaptureException, ExceptionReason
from kiosk.services.capturing import Asked, CaptureTools
from kiosk.services.finger_limits import FINGER, PLATE, slap_limit
from kiosk.storage.records import Draft
from tests.services.test_preview import KitOf

SENDING = 7.0


class Plate:
    """A plate that notes how long it is given."""

    def __init__(self) -> None:
        self.limits: list[float] = []

    def identity(self) -> Identity:
        return Identity("", "plate")

    def take(self, slap: Slap, *, missing: frozenset[Finger], timeout: float) -> Pictures:
        self.limits.append(timeout)
        return Pictures(((slap.value, np.full((400, 400), 255, np.uint8)),), 500, notes=(ONE_BY_ONE,))

    def close(self) -> None:
        """Nothing is held."""


class Sensor(Plate):
    """The same for one finger at a time."""

    def finger_seconds(self) -> float:
        return SENDING


@pytest.fixture(scope="module")
def finder() -> FaceFinder:
    return FaceFinder.load()


def asked(kind: CaptureKind, *lacking: Finger) -> Asked:
    exceptions = tuple(CaptureException(finger.value, ExceptionReason.MISSING) for finger in lacking)
    draft = Draft("0199a1b2-0000-7000-8000-000000000001", exceptions=exceptions)
    return Asked(kind, draft, (), 1990)


@pytest.mark.parametrize("kind", [CaptureKind.RIGHT_FOUR, CaptureKind.THUMBS])
def test_a_plate_has_one_limit_however_many_fingers(finder: FaceFinder, kind: CaptureKind) -> None:
    plate = Plate()

    CaptureTools(KitOf(plate), finder).attempt(asked(kind))

    assert plate.limits == [PLATE]


@pytest.mark.parametrize(
    ("kind", "lacking", "fingers"),
    [
        (CaptureKind.RIGHT_FOUR, (), 4),
        (CaptureKind.THUMBS, (), 2),
        (CaptureKind.LEFT_FOUR, (Finger.LEFT_RING, Finger.LEFT_LITTLE), 2),
    ],
)
def test_finger_by_finger_each_has_its_time_and_that_of_its_picture(
    finder: FaceFinder, kind: CaptureKind, lacking: tuple[Finger, ...], fingers: int
) -> None:
    sensor = Sensor()

    CaptureTools(KitOf(sensor), finder).attempt(asked(kind, *lacking))

    assert sensor.limits == [fingers * (FINGER + SENDING)]


def test_what_a_device_said_of_its_pictures_stays_with_the_attempt(finder: FaceFinder) -> None:
    attempt = CaptureTools(KitOf(Plate()), finder).attempt(asked(CaptureKind.THUMBS))

    assert attempt.notes == (ONE_BY_ONE,)


def test_another_plate_limit_may_be_given() -> None:
    assert slap_limit(Plate(), 4, plate=3.0) == 3.0
    assert slap_limit(Sensor(), 0, plate=3.0) == FINGER + SENDING
