"""A device is pulled out in the middle of its work: the page says so, keeps everything, and goes on when it is back."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.devices.api import Kind
from kiosk.domain.captures import CaptureKind
from kiosk.services.kit import KitState
from kiosk.services.looking import look_at
from kiosk.services.stages import Stage
from kiosk.services.staging import scene_of
from kiosk.ui.places import VISIT
from kiosk.ui.visit.capture_bar import Going
from kiosk.ui.visit.portrait_page import PortraitPage
from tests.ui.window.residents import visit_at
from tests.ui.window.shown_window import ShownWindow, texts

DEVICES = [
    pytest.param(Stage.FINGERS, Kind.FINGERPRINT, CaptureKind.LEFT_FOUR, id="fingerprint"),
    pytest.param(Stage.IRISES, Kind.IRIS, CaptureKind.IRISES, id="iris"),
    pytest.param(Stage.SIGNATURE, Kind.SIGNATURE, CaptureKind.SIGNATURE, id="signature"),
]


class Bench:
    """A visit at one step, whose devices a test pulls out and puts back."""

    def __init__(self, window: ShownWindow, stage: Stage) -> None:
        self.window = window
        self.visit_id = visit_at(window.counter, stage)
        self.kept = look_at(window.counter, self.visit_id)

    def open(self) -> None:
        """Open the visit in the window."""
        self.window.go(VISIT, self.visit_id)

    def pull_out(self) -> None:
        """Let every simulator be gone from its next call on."""
        self.window.desk.tools.kit.stage(replace(scene_of(self.kept), fault="vanish"))

    def put_back(self) -> None:
        """Let the simulators be there again."""
        self.window.desk.tools.kit.stage(scene_of(self.kept))

    def state(self, kind: Kind) -> KitState:
        return next(state.state for state in self.window.desk.tools.kit.states() if state.kind is kind)


@pytest.fixture
def bench(window: ShownWindow) -> Callable[[Stage], Bench]:
    def make(stage: Stage) -> Bench:
        window.sign_in()
        return Bench(window, stage)

    return make


@pytest.mark.parametrize(("stage", "kind", "capture"), DEVICES)
def test_a_device_that_goes_away_during_a_capture_is_told_and_found_again(
    window: ShownWindow, bench: Callable[[Stage], Bench], stage: Stage, kind: Kind, capture: CaptureKind
) -> None:
    at = bench(stage)
    at.open()
    page = window.visit.shell.page
    at.pull_out()
    head = window.program.words.say("The device is not connected.")

    window.press("Return")
    window.until(lambda: at.state(kind) is KitState.FAILED)
    window.settle()
    told, after = " ".join(texts(page)), look_at(window.counter, at.visit_id)

    assert head.rstrip(".") in told
    assert window.visit.shell.page is page
    assert (after.form, after.captures) == (at.kept.form, at.kept.captures)

    at.put_back()
    window.until(lambda: at.state(kind) is KitState.READY)  # by itself
    window.until(lambda: head.rstrip(".") not in " ".join(texts(page)))
    window.press("Return")
    window.until(lambda: not window.visit.captures.working)

    assert capture in look_at(window.counter, at.visit_id).captures


def test_a_camera_that_goes_away_while_it_shows_is_told_and_shows_again(
    window: ShownWindow, bench: Callable[[Stage], Bench]
) -> None:
    at = bench(Stage.PORTRAIT)
    at.open()
    page = window.visit.portrait
    seen: list[object] = []
    window.visit.captures.live.framed.connect(seen.append)
    window.until(lambda: bool(seen))

    at.pull_out()
    window.until(lambda: page.device.is_broken)
    told = " ".join(texts(page))
    seen.clear()

    assert window.program.words.say("The device is not connected.").rstrip(".") in told
    assert look_at(window.counter, at.visit_id).form == at.kept.form

    at.put_back()
    window.until(lambda: bool(seen))  # by itself

    assert not page.device.is_broken
    assert_takes(window, page)
    assert CaptureKind.PORTRAIT in look_at(window.counter, at.visit_id).captures


def test_a_camera_that_goes_away_while_it_takes_is_told_and_takes_afterwards(
    window: ShownWindow, bench: Callable[[Stage], Bench]
) -> None:
    at = bench(Stage.PORTRAIT)
    at.open()
    page = window.visit.portrait
    window.until(lambda: at.state(Kind.CAMERA) is KitState.READY or page.is_live)
    window.until(
        lambda: page._going() is Going.TAKE and page.primary is not None and page.primary.isEnabled()
    )

    window.press("Return")
    at.pull_out()
    window.until(lambda: not window.visit.captures.working)
    at.put_back()
    window.until(lambda: not page.device.is_broken)

    assert_takes(window, page)
    assert CaptureKind.PORTRAIT in look_at(window.counter, at.visit_id).captures


def assert_takes(window: ShownWindow, page: PortraitPage) -> None:
    """Take a photo by keys, unless one was taken."""
    window.until(lambda: page.primary is not None and page.primary.isEnabled())
    if page._going() is Going.TAKE:
        window.press("Return")
        window.until(lambda: not window.visit.captures.working)
    window.settle()
