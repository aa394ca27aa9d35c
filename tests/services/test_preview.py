"""The live picture: it flows, is judged now and then, ends when asked, and tells what the checks say."""

import threading
from collections.abc import Iterable, Iterator

import numpy as np
import pytest

from kiosk.biometrics.judgements import Image
from kiosk.biometrics.portrait import FaceFinder, judge_portrait
from kiosk.devices.api import (
    Device,
    Frame,
    Identity,
    Kind,
    NotConnectedError,
    Pictures,
    TooLateError,
    WrongAnswerError,
)
from kiosk.devices.sim.face import portrait
from kiosk.domain.captures import CaptureKind
from kiosk.domain.findings import Finding
from kiosk.domain.sentences_captures import CAPTURE_SENTENCES
from kiosk.services.capturing import CaptureTools
from kiosk.services.checks import FINDINGS_OF, Check, CheckCode, CheckState, checks_from, checks_of
from kiosk.services.errors import KitError
from kiosk.services.kit import NobodyAsked, RecordingKit
from kiosk.services.looking import CaptureView
from kiosk.services.preview import Preview, PreviewFrame
from tests.services.conftest import NOW

YEAR = 1990


class Reel:
    """A camera that gives the pictures it was made with, and then what it was made to end with."""

    def __init__(self, frames: Iterable[Frame], end: Exception | None = None) -> None:
        self._frames = iter(frames)
        self._end = end
        self.asked = 0
        self.closed = False
        self.at_end = lambda: None

    def identity(self) -> Identity:
        return Identity("", "reel")

    def frame(self, *, timeout: float) -> Frame:
        self.asked += 1
        frame = next(self._frames, None)
        if frame is not None:
            return frame
        self.at_end()
        raise self._end or TooLateError("the reel is over")

    def take(self, *, timeout: float) -> Pictures:
        raise NotConnectedError("a reel takes no still")

    def close(self) -> None:
        self.closed = True


class KitOf(RecordingKit):
    """A kit whose every device is the one given."""

    def __init__(self, device: Device) -> None:
        super().__init__({}, NobodyAsked())
        self._open = dict.fromkeys(Kind, device)


@pytest.fixture(scope="module")
def finder() -> FaceFinder:
    return FaceFinder.load()


@pytest.fixture(scope="module")
def sitting() -> Image:
    return portrait(1, YEAR, (600, 800))


def pictures(image: Image, count: int, *, a_second: int = 30) -> Iterator[Frame]:
    return (Frame(image, number / a_second) for number in range(count))


def played(reel: Reel, finder: FaceFinder, **changes: object) -> list[PreviewFrame]:
    """Return all that is shown of a reel, stopped at its end."""
    stop, shown = threading.Event(), list[PreviewFrame]()
    reel.at_end = stop.set
    preview = Preview(CaptureTools(KitOf(reel), finder), YEAR, **changes)  # type: ignore[arg-type]
    preview.run(shown.append, stop)
    return shown


def states(checks: Iterable[Check] | None) -> dict[CheckCode, CheckState]:
    return {check.code: check.state for check in checks or ()}


def test_every_picture_is_shown_and_three_a_second_are_judged(finder: FaceFinder, sitting: Image) -> None:
    shown = played(Reel(pictures(sitting, 60)), finder)

    judged = [frame.at for frame in shown if frame.checks is not None]
    assert len(shown) == 60
    assert {(frame.raster.width, frame.raster.height, frame.raster.channels) for frame in shown} == {
        (412, 550, 3)
    }
    assert judged == pytest.approx([0, 1 / 3, 2 / 3, 1, 4 / 3, 5 / 3])
    assert {frame.face is not None for frame in shown if frame.checks is None} == {False}


def test_a_good_portrait_passes_every_check_and_its_eyes_are_marked(
    finder: FaceFinder, sitting: Image
) -> None:
    face = judge_portrait(sitting, finder, birth_year=YEAR).face
    assert face is not None

    (shown,) = played(Reel(pictures(sitting, 1)), finder, most=(300, 400))

    assert set(states(shown.checks).values()) == {CheckState.PASSED}
    assert shown.face is not None
    assert shown.face.left_eye == pytest.approx([side / 2 for side in face.left_eye])
    assert shown.face.right_eye == pytest.approx([side / 2 for side in face.right_eye])


def test_a_wide_picture_is_cut_to_its_middle(finder: FaceFinder, sitting: Image) -> None:
    wide = np.full((800, 1400, 3), sitting[0, 0], np.uint8)
    wide[:, 400:1000] = sitting

    (shown,) = played(Reel(pictures(wide, 1)), finder, most=(300, 400))
    (alone,) = played(Reel(pictures(sitting, 1)), finder, most=(300, 400))

    assert shown.face is not None
    assert alone.face is not None
    assert shown.face.left_eye == pytest.approx(alone.face.left_eye, abs=6)
    seen, wanted = (np.frombuffer(one.raster.pixels, np.uint8).astype(int) for one in (shown, alone))
    assert np.abs(seen - wanted).mean() < 1


def test_without_a_face_only_that_can_be_told(finder: FaceFinder) -> None:
    (shown,) = played(Reel(pictures(np.full((800, 600, 3), 90, np.uint8), 1)), finder)

    told = states(shown.checks)
    assert shown.face is None
    assert told.pop(CheckCode.ONE_FACE) is CheckState.FAIL
    assert set(told.values()) == {CheckState.OPEN}


def test_a_small_face_in_the_stream_only_warns(finder: FaceFinder) -> None:
    (shown,) = played(Reel(pictures(portrait(1, YEAR, (240, 320)), 1)), finder)

    (check,) = (check for check in shown.checks or () if check.code is CheckCode.IN_FRAME)
    assert check.state is CheckState.WARN
    assert {finding.code for finding in check.findings} <= {"portrait.too_far", "portrait.coarse"}


def test_it_ends_when_asked_though_pictures_go_on(finder: FaceFinder, sitting: Image) -> None:
    stop, shown = threading.Event(), list[PreviewFrame]()
    reel = Reel(pictures(sitting, 1_000_000))

    def show(frame: PreviewFrame) -> None:
        shown.append(frame)
        if len(shown) == 3:
            stop.set()

    Preview(CaptureTools(KitOf(reel), finder), YEAR).run(show, stop)

    assert (len(shown), reel.asked, reel.closed) == (3, 3, False)


def test_a_camera_that_went_away_ends_it_and_is_closed(finder: FaceFinder, sitting: Image) -> None:
    reel = Reel(pictures(sitting, 2), NotConnectedError("gone"))

    with pytest.raises(NotConnectedError):
        played(reel, finder)

    assert reel.closed


def test_a_camera_that_stays_silent_is_given_up_in_time(finder: FaceFinder) -> None:
    reel = Reel(())

    with pytest.raises(TooLateError):
        Preview(CaptureTools(KitOf(reel), finder), YEAR).run(lambda _: None, threading.Event())

    assert reel.asked == 20


def test_a_camera_that_gives_no_colours_speaks_nonsense(finder: FaceFinder) -> None:
    reel = Reel(pictures(np.zeros((800, 600), np.uint8), 1))

    with pytest.raises(WrongAnswerError):
        played(reel, finder)


def test_what_is_no_camera_is_not_looked_through(finder: FaceFinder) -> None:
    class Lamp:
        def identity(self) -> Identity:
            return Identity("", "lamp")

        def close(self) -> None:
            """Nothing is held."""

    with pytest.raises(KitError):
        Preview(CaptureTools(KitOf(Lamp()), finder), YEAR).run(lambda _: None, threading.Event())


def test_every_finding_of_a_portrait_belongs_to_exactly_one_check() -> None:
    listed = [code for codes in FINDINGS_OF.values() for code in codes]

    assert sorted(listed) == sorted(code for code in CAPTURE_SENTENCES if code.startswith("portrait."))
    assert list(FINDINGS_OF) == list(CheckCode)


@pytest.mark.parametrize(
    ("flaw", "code", "state"),
    [
        ("roll", CheckCode.STRAIGHT, CheckState.FAIL),
        ("eyes_closed", CheckCode.EYES_OPEN, CheckState.FAIL),
        ("blur", CheckCode.SHARP, CheckState.FAIL),
        ("dark", CheckCode.EVEN_LIGHT, CheckState.FAIL),
        ("two_faces", CheckCode.ONE_FACE, CheckState.FAIL),
    ],
)
def test_each_fault_fails_its_own_check(
    flaw: str, code: CheckCode, state: CheckState, finder: FaceFinder
) -> None:
    judgement = judge_portrait(portrait(1, YEAR, (600, 800), flaw=flaw), finder, birth_year=YEAR)

    checks = {check.code: check for check in checks_from(judgement.findings, judgement.measures)}

    assert checks[code].state is state
    assert {finding.code for finding in checks[code].findings} <= FINDINGS_OF[code]


def test_a_kept_portrait_is_checked_from_what_is_kept_of_it(finder: FaceFinder, sitting: Image) -> None:
    judgement = judge_portrait(sitting, finder, birth_year=YEAR + 1)
    kept = CaptureView(CaptureKind.PORTRAIT, 2, judgement.findings, judgement.measures, NOW.wall)

    checks = {check.code: check for check in checks_of(kept)}

    assert checks[CheckCode.BACKGROUND].state is CheckState.FAIL
    assert dict(checks[CheckCode.BACKGROUND].values) == {"colour": "blue"}
    assert dict(checks[CheckCode.ONE_FACE].values) == {"count": "1"}
    assert int(dict(checks[CheckCode.STRAIGHT].values)["degrees"]) < 5
    assert int(dict(checks[CheckCode.SHARP].values)["sharpness"]) > 75


def test_light_from_one_side_warns_and_says_how_much() -> None:
    finding = Finding.warning("portrait.light_from_one_side", "portrait", share="40")
    checks = {check.code: check for check in checks_from([finding], [])}

    assert checks[CheckCode.EVEN_LIGHT] == Check(CheckCode.EVEN_LIGHT, CheckState.WARN, (), (finding,))
