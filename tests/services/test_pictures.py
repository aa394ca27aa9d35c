"""Pictures for the screen are those that were kept, small enough, with every finger where it lies."""

from collections.abc import Iterator

import numpy as np
import pytest

from kiosk.biometrics.encoding import decode
from kiosk.biometrics.portrait import FaceFinder
from kiosk.devices.api import Kind, Scene
from kiosk.domain.captures import LEFT_FOUR, RIGHT_FOUR, CaptureKind, Eye
from kiosk.domain.requests import Service
from kiosk.services.arrivals import arrive
from kiosk.services.capturing import CaptureTools, take
from kiosk.services.counter import Counter, Officer
from kiosk.services.kit import DeviceChoice, NobodyAsked, RecordingKit
from kiosk.services.looking import look_at
from kiosk.services.pictures import (
    ACCEPTED,
    Raster,
    iris_views,
    portrait_raster,
    quality_of,
    signature_raster,
    slap_view,
)

SIMULATED = {
    Kind.CAMERA: DeviceChoice("camera.simulated"),
    Kind.FINGERPRINT: DeviceChoice("fingerprint.simulated"),
    Kind.IRIS: DeviceChoice("iris.simulated"),
    Kind.SIGNATURE: DeviceChoice("signature.simulated"),
}


@pytest.fixture(scope="module")
def tools() -> Iterator[CaptureTools]:
    kit = RecordingKit(SIMULATED, NobodyAsked())
    kit.stage(Scene(person=21))
    yield CaptureTools(kit, FaceFinder.load())
    kit.close()


@pytest.fixture
def visit_id(counter: Counter, officer: Officer) -> str:
    return arrive(counter, officer, Service.FIRST_ENROLLMENT).visit_id


def pixels(raster: Raster) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    shape = (raster.height, raster.width, raster.channels)
    return np.frombuffer(raster.pixels, np.uint8).reshape(shape)


def test_nothing_is_shown_of_what_was_not_captured(counter: Counter, visit_id: str) -> None:
    assert portrait_raster(counter, visit_id) is None
    assert signature_raster(counter, visit_id) is None
    assert slap_view(counter, visit_id, CaptureKind.THUMBS) is None
    assert iris_views(counter, visit_id) == ()


LEFT_TO_RIGHT = {
    CaptureKind.RIGHT_FOUR: RIGHT_FOUR,
    CaptureKind.LEFT_FOUR: tuple(reversed(LEFT_FOUR)),
}


@pytest.mark.parametrize("kind", LEFT_TO_RIGHT)
def test_each_finger_of_a_plate_is_framed_where_its_ridges_are(
    counter: Counter, officer: Officer, visit_id: str, tools: CaptureTools, *, kind: CaptureKind
) -> None:
    take(counter, officer, visit_id, kind, tools=tools)

    view = slap_view(counter, visit_id, kind, most=(544, 340))

    assert view is not None
    assert view.raster.width <= 544
    assert view.raster.height == 340
    assert tuple(one.finger for one in view.fingers) == LEFT_TO_RIGHT[kind]
    plate = pixels(view.raster)[:, :, 0]
    inside = np.zeros(plate.shape, bool)
    for one in view.fingers:
        box = plate[one.top : one.top + one.height, one.left : one.left + one.width]
        inside[one.top : one.top + one.height, one.left : one.left + one.width] = True
        assert box.mean() < plate[~inside].max() - 40
        assert abs(one.angle) < 50
    assert plate[inside].mean() < plate[~inside].mean() - 40


def test_fingers_are_worth_the_same_on_the_plate_and_in_the_hands(
    counter: Counter, officer: Officer, visit_id: str, tools: CaptureTools
) -> None:
    take(counter, officer, visit_id, CaptureKind.RIGHT_FOUR, tools=tools)
    seen = look_at(counter, visit_id).captures[CaptureKind.RIGHT_FOUR]

    view = slap_view(counter, visit_id, CaptureKind.RIGHT_FOUR)

    assert view is not None
    assert {one.finger: one.quality for one in view.fingers} == {
        finger: quality_of(seen.findings, seen.measures, finger) for finger in RIGHT_FOUR
    }
    assert all((one.quality >= ACCEPTED) == (one.findings == ()) for one in view.fingers)


def test_a_plate_with_the_wrong_number_of_fingers_names_none(
    counter: Counter, officer: Officer, visit_id: str, tools: CaptureTools
) -> None:
    tools.kit.stage(Scene(person=21, missing=frozenset({"left_thumb"})))
    take(counter, officer, visit_id, CaptureKind.THUMBS, tools=tools)
    tools.kit.stage(Scene(person=21))

    view = slap_view(counter, visit_id, CaptureKind.THUMBS)

    assert view is not None
    assert view.fingers == ()
    assert "slap.count" in {finding.code for finding in view.findings}


def test_both_eyes_are_shown_with_what_they_are_worth(
    counter: Counter, officer: Officer, visit_id: str, tools: CaptureTools
) -> None:
    take(counter, officer, visit_id, CaptureKind.IRISES, tools=tools)

    right, left = iris_views(counter, visit_id, most=(320, 240))

    assert (right.eye, left.eye) == (Eye.RIGHT, Eye.LEFT)
    assert (right.raster.width, right.raster.height, right.raster.channels) == (320, 240, 1)
    assert right.raster.pixels != left.raster.pixels
    assert all((one.quality >= ACCEPTED) == (one.findings == ()) for one in (right, left))


def test_portrait_and_signature_are_those_that_were_kept(
    counter: Counter, officer: Officer, visit_id: str, tools: CaptureTools
) -> None:
    for kind in (CaptureKind.PORTRAIT, CaptureKind.SIGNATURE):
        take(counter, officer, visit_id, kind, tools=tools)
    with counter.store.reading() as ledger:
        kept = {
            kind: ledger.captures.part(visit_id, kind, kind)
            for kind in (CaptureKind.PORTRAIT, CaptureKind.SIGNATURE)
        }
    portrait, signature = kept[CaptureKind.PORTRAIT], kept[CaptureKind.SIGNATURE]
    assert portrait is not None
    assert signature is not None

    shown, signed = portrait_raster(counter, visit_id), signature_raster(counter, visit_id, most=(2000, 2000))

    assert shown is not None
    assert signed is not None
    assert np.array_equal(pixels(shown), decode(portrait))
    assert np.array_equal(pixels(signed)[:, :, 0], decode(signature))
    assert look_at(counter, visit_id).portrait == portrait.content
    assert signature_raster(counter, visit_id, kind=CaptureKind.STATEMENT) is None
