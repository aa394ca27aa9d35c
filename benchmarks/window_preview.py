"""The live picture of the simulated camera on the page of the portrait, beside reading the same camera unseen.

Counted are the paintings of the picture, and the processor time of the kiosk's own process meanwhile; the simulator is
a process of its own.  The baseline reads the camera in the same process once the window is closed.

`python -m benchmarks.window_preview FOLDER` prints both as JSON.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject

from benchmarks.figures import Figure, high, middle
from benchmarks.window_session import forms, officer, play, rest, told_by, window_of
from kiosk.app.wiring import make_practice, opened, tools_of
from kiosk.devices.api import Camera, Kind
from kiosk.ui.player import Script
from kiosk.ui.program import Program
from kiosk.ui.typist import Hand, log_in, record_resident
from kiosk.ui.visit.portrait_page import PortraitPage
from kiosk.ui.visit.portrait_preview import PortraitPreview

RUNS = 3
BEFORE, LONG = 2.0, 10.0  # seconds
LEAST, MOST = 25, 60  # pictures a second, percent of one core


@dataclass(frozen=True, slots=True)
class Seen:
    """Pictures a second and percent of one core."""

    rate: float
    load: float


def measure() -> list[Figure]:
    """Return the figures of the live picture."""
    told = []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            make_practice(Path(folder) / "kiosk")
            told.append(told_by("benchmarks.window_preview", str(Path(folder) / "kiosk")))
    rates, loads = [run["window"]["rate"] for run in told], [run["window"]["load"] for run in told]
    bare = "reading the camera unseen"
    return [
        Figure(
            "live picture painted", "1/s", middle(rates), high(rates),
            bare, middle([run["camera"]["rate"] for run in told]),
            aim=f"at least {LEAST}", holds=middle(rates) >= LEAST,
        ),
        Figure(
            "processor time meanwhile", "%", middle(loads), high(loads),
            bare, middle([run["camera"]["load"] for run in told]),
            aim=f"under {MOST} % of one core", holds=middle(loads) < MOST,
        ),
    ]  # fmt: skip


class Paintings(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QObject) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def in_window(folder: Path) -> Seen:
    """Return what the page of the portrait came to, left alone."""
    with window_of(folder) as program:
        play(program, _to_portrait(program, officer()))
        preview = program.window.findChild(PortraitPreview)
        assert preview is not None  # the page is shown
        paintings = Paintings(preview)
        return _over(lambda: _left_alone(program, paintings))


def unseen(folder: Path) -> Seen:
    """Return what reading the camera comes to."""
    with (
        opened(folder) as installation,
        tools_of(installation) as tools,
        tools.kit.lend(Kind.CAMERA) as camera,
    ):
        assert isinstance(camera, Camera)  # practice settings name one
        camera.frame(timeout=10.0)
        return _over(lambda: _read(camera))


def _to_portrait(program: Program, hand: Hand) -> Script:
    yield from log_in(program, hand)
    for waits_for in record_resident(program, hand, forms(1)[0]):
        yield waits_for
        page = program.window.findChild(PortraitPage)
        if page is not None and page.isVisible():
            break
    yield from rest(BEFORE)


def _left_alone(program: Program, paintings: Paintings) -> int:
    before = paintings.count
    play(program, rest(LONG))
    return paintings.count - before


def _read(camera: Camera) -> int:
    count, until = 0, time.monotonic() + LONG
    while time.monotonic() < until:
        camera.frame(timeout=1.0)
        count += 1
    return count


def _over(work: Callable[[], int]) -> Seen:
    """Return the rate and the load of work that counts."""
    wall, spent = time.monotonic(), time.process_time()
    count = work()
    lasted = time.monotonic() - wall
    return Seen(count / lasted, (time.process_time() - spent) / lasted * 100)


if __name__ == "__main__":
    office = Path(sys.argv[1])
    told = {"window": asdict(in_window(office)), "camera": asdict(unseen(office))}
    sys.stdout.write(json.dumps(told))
