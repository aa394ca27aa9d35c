"""Devices: looking for them, a capture until its quality is known, and a self-test, each beside the bare device call.

Simulators stand behind the real drivers; what they take to draw somebody is in both columns.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path

from serial.tools import list_ports

from benchmarks.figures import Figure, high, middle, timed
from kiosk.app.wiring import make_practice, opened, tools_of
from kiosk.devices.api import Device, FingerprintScanner, IrisCamera, Kind, Scene, Slap
from kiosk.devices.registry import list_drivers, load
from kiosk.domain.captures import EYES, CaptureKind
from kiosk.domain.selftest import Part
from kiosk.services.counter import Counter
from kiosk.services.judging import judge_iris_attempt, judge_slap_attempt
from kiosk.services.kit import RecordingKit
from kiosk.services.selftest import SelfTester

ROUNDS = 20
LONGEST_FIND = 3000.0  # milliseconds a driver may look for its devices
LIMIT = 20.0


def measure() -> list[Figure]:
    """Return the figures of devices."""
    with tempfile.TemporaryDirectory() as folder:
        make_practice(Path(folder) / "kiosk")
        with opened(Path(folder) / "kiosk") as installation, tools_of(installation) as tools:
            tools.kit.stage(Scene(person=21))
            return [
                _listing(),
                _finding(),
                *_captures(tools.kit),
                _selftest(installation.counter, tools.kit),
            ]


def _listing() -> Figure:
    own = [timed(list_drivers) for _ in range(ROUNDS)]
    bare = [timed(list_ports.comports) for _ in range(ROUNDS)]
    return Figure(
        "all drivers listed, none imported",
        "ms",
        middle(own),
        high(own),
        "the serial ports listed",
        middle(bare),
    )


def _finding() -> Figure:
    """Measure the driver that looks longest, beside looking at the serial ports."""
    drivers = [load(entry.name) for entry in list_drivers() if not entry.name.split(".")[1].startswith("sim")]
    own = [max(timed(driver.find) for driver in drivers) for _ in range(3)]
    bare = [timed(list_ports.comports) for _ in range(ROUNDS)]
    return Figure(
        "discovery, the driver that looks longest", "ms", middle(own), high(own), "the serial ports listed",
        middle(bare), aim=f"under {LONGEST_FIND:.0f} ms", holds=max(own) < LONGEST_FIND,
    )  # fmt: skip


def _captures(kit: RecordingKit) -> list[Figure]:
    thumbs = CaptureKind.THUMBS

    def bare_thumbs(device: Device) -> object:
        assert isinstance(device, FingerprintScanner)  # asked of that kind
        return device.take(Slap.THUMBS, missing=frozenset(), timeout=LIMIT)

    def judged_thumbs(device: Device) -> object:
        assert isinstance(device, FingerprintScanner)  # asked of that kind
        pictures = device.take(Slap.THUMBS, missing=frozenset(), timeout=LIMIT)
        return judge_slap_attempt(pictures, thumbs, missing=frozenset(), earlier=())

    def bare_eyes(device: Device) -> object:
        assert isinstance(device, IrisCamera)  # asked of that kind
        return device.take(EYES, timeout=LIMIT)

    def judged_eyes(device: Device) -> object:
        assert isinstance(device, IrisCamera)  # asked of that kind
        return judge_iris_attempt(device.take(EYES, timeout=LIMIT))

    return [
        _pair("two thumbs until their quality is known", kit, Kind.FINGERPRINT, judged_thumbs, bare_thumbs),
        _pair("two eyes until their quality is known", kit, Kind.IRIS, judged_eyes, bare_eyes),
    ]


def _pair(
    name: str,
    kit: RecordingKit,
    kind: Kind,
    judged: Callable[[Device], object],
    bare: Callable[[Device], object],
) -> Figure:
    """Measure both in turn, so that whatever else the machine does hits both."""
    own, base = [], []
    with kit.lend(kind) as device:
        bare(device)
        for _ in range(ROUNDS):
            own.append(timed(lambda: judged(device)))
            base.append(timed(lambda: bare(device)))
    return Figure(name, "ms", middle(own), high(own), "the bare device call", middle(base))


def _selftest(counter: Counter, kit: RecordingKit) -> Figure:
    tester = SelfTester(counter, kit)
    own, base = [], []
    with kit.lend(Kind.IRIS) as device:
        assert isinstance(device, IrisCamera)  # lent as that
        for _ in range(ROUNDS):
            own.append(timed(lambda: tester.test(Part.IRIS)))
            base.append(timed(lambda: device.take(EYES, timeout=LIMIT)))
    return Figure(
        "self-test of the iris camera, kept",
        "ms",
        middle(own),
        high(own),
        "the bare device call",
        middle(base),
    )
