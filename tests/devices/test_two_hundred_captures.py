"""Two hundred captures in a row from one kit, the device pulled out at random: nothing is left over, nothing grows."""

import gc
import os
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import pytest

from kiosk.devices.api import (
    Camera,
    CardReader,
    Device,
    DeviceError,
    FingerprintScanner,
    IrisCamera,
    Kind,
    NotConnectedError,
    Scene,
    SignaturePad,
    Slap,
    TicketPrinter,
    TicketText,
)
from kiosk.domain.captures import EYES
from kiosk.services.kit import DeviceChoice, NobodyAsked, RecordingKit

CAPTURES, WARM_UP = 200, 6
LOOKS = 20  # at most, at the memory of a run: before each, all of Python's garbage is looked for
# What takes long (pictures are drawn and sent) takes fewer by itself; `make faults` takes all of every kind.
FEWER = {
    Kind.CAMERA: 7,
    Kind.CARD_READER: 100,
    Kind.FINGERPRINT: 8,
    Kind.IRIS: 8,
    Kind.SIGNATURE: 9,
    Kind.TICKET_PRINTER: 16,
}
EVERY = os.environ.get("KIOSK_EVERY_PLACE") == "1"
PULLS = 0.3  # of the captures
FAULTS = ("vanish", "vanish", "vanish", "garbage", "cut")
LIMIT = 10.0
GROWTH = (
    12.0  # megabytes from the least of the first quarter to the least of the last: two pictures of a camera
)


def _camera(device: Device) -> object:
    assert isinstance(device, Camera)
    return device.take(timeout=LIMIT)


def _fingers(device: Device) -> object:
    assert isinstance(device, FingerprintScanner)
    return device.take(Slap.THUMBS, missing=frozenset(), timeout=LIMIT)


def _eyes(device: Device) -> object:
    assert isinstance(device, IrisCamera)
    return device.take(EYES, timeout=LIMIT)


def _strokes(device: Device) -> object:
    assert isinstance(device, SignaturePad)
    return device.take(timeout=LIMIT)


def _card(device: Device) -> object:
    assert isinstance(device, CardReader)
    return device.card(timeout=LIMIT)


def _ticket(device: Device) -> object:
    assert isinstance(device, TicketPrinter)
    return device.print((TicketText("A-017"),), timeout=LIMIT)


USES: dict[Kind, Callable[[Device], object]] = {
    Kind.CAMERA: _camera,
    Kind.FINGERPRINT: _fingers,
    Kind.IRIS: _eyes,
    Kind.SIGNATURE: _strokes,
    Kind.CARD_READER: _card,
    Kind.TICKET_PRINTER: _ticket,
}


@pytest.fixture
def kit() -> Iterator[RecordingKit]:
    made = RecordingKit({kind: DeviceChoice(f"{kind}.simulated") for kind in USES}, NobodyAsked())
    yield made
    made.close()


def _descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def _resident() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def _one(kit: RecordingKit, kind: Kind, *, fault: str | None) -> str:
    """Take one capture; returns what it came to."""
    kit.stage(Scene(person=7, fault=fault, times=1 if fault else 0))
    try:
        with kit.lend(kind) as device:
            got = USES[kind](device)
    except DeviceError as error:
        return type(error).__name__
    assert got is not None
    return "good"


@pytest.mark.slow
@pytest.mark.parametrize("kind", USES)
def test_the_next_good_capture_always_works_and_nothing_grows(kit: RecordingKit, kind: Kind) -> None:
    draw, faults = random.Random(f"pulled out {kind}"), cycle(FAULTS)
    captures = CAPTURES if EVERY else FEWER.get(kind, CAPTURES)
    came: Counter[str] = Counter()
    sizes: list[float] = []
    for _ in range(WARM_UP):
        assert _one(kit, kind, fault=None) == "good"
    threads, descriptors = threading.active_count(), _descriptors()
    for number in range(captures):
        if draw.random() < PULLS:
            came[_one(kit, kind, fault=next(faults))] += 1
        came[_one(kit, kind, fault=None)] += 1
        if number % max(1, captures // LOOKS) == 0:
            sizes.append(_resident())

    assert came["good"] >= captures  # every capture without a fault, whatever went before
    assert came[NotConnectedError.__name__] > 0
    assert (threading.active_count(), _descriptors()) == (threads, descriptors)
    quarter = len(sizes) // 4
    assert min(sizes[-quarter:]) - min(sizes[:quarter]) < GROWTH
