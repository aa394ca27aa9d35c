"""What a self-test does with each kind of device: who it is, then what it is for; what a person must do stays apart."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from kiosk.biometrics.quality import quality_of
from kiosk.devices.api import (
    Camera,
    CardReader,
    CodeScanner,
    Device,
    DocumentScanner,
    FingerprintScanner,
    Image,
    IrisCamera,
    Kind,
    PagePrinter,
    PrinterStatus,
    RefusedError,
    SignaturePad,
    Slap,
    Ticket,
    TicketPrinter,
    TicketText,
    TooLateError,
    Trouble,
)
from kiosk.domain.captures import EYES, FINGERS_OF, CaptureKind
from kiosk.domain.selftest import Measure, Problem
from kiosk.domain.words import msg
from kiosk.services.finger_limits import slap_limit
from kiosk.services.judging import JudgedAttempt, judge_iris_attempt, judge_slap_attempt

FRAME_SECONDS = 1.0  # for how long pictures are counted
LEAST_RATE = 10.0  # pictures a second; with fewer the live picture is no help
LEAST_SHARPNESS = 2.0  # mean square of the grey steps beside each other; a covered lens gives less than 1
PERSON_LIMIT = 15.0  # seconds a person has for what is asked of him
LIMIT = 10.0
SCAN_PPI = 100
_STOPS = {
    Trouble.PAPER_OUT: Problem.PAPER_OUT,
    Trouble.COVER_OPEN: Problem.COVER_OPEN,
    Trouble.PAPER_JAM: Problem.PAPER_JAM,
    Trouble.SUPPLY_OUT: Problem.SUPPLY_OUT,
    Trouble.OFFLINE: Problem.NOT_CONNECTED,
    Trouble.PAUSED: Problem.BUSY,
    Trouble.OTHER: Problem.REFUSED,
}
_SOON = {Trouble.PAPER_LOW: Problem.PAPER_LOW, Trouble.SUPPLY_LOW: Problem.SUPPLY_LOW}


@dataclass(frozen=True, slots=True)
class Came:
    """What an exercise gave: a short text, the figure to compare, and what is not quite right."""

    told: str
    measure: Measure | None = None
    problem: Problem = Problem.NONE


@dataclass(frozen=True, slots=True)
class Exercise:
    """One thing a device is for.  asks: what a person is asked to do for it; empty where none is needed."""

    name: str
    do: Callable[[Device], Came]
    asks: str = ""


def _frames(device: Device) -> Came:
    assert isinstance(device, Camera)
    sharpness, count = 0.0, 0
    begun = device.frame(timeout=LIMIT).at
    last = begun
    while last - begun < FRAME_SECONDS:
        frame = device.frame(timeout=LIMIT)
        last, count = frame.at, count + 1
        sharpness = max(sharpness, sharpness_of(frame.image))
    rate = count / max(last - begun, 0.001)
    measure = Measure("rate", round(rate, 1), "pictures/s", 1)
    problem = Problem.SLOW if rate < LEAST_RATE else Problem.NONE
    if sharpness < LEAST_SHARPNESS:
        problem = Problem.BLURRED
    return Came(f"{rate:.0f}/s", measure, problem)


def sharpness_of(image: Image) -> float:
    """Return the mean square of the steps between neighbouring grey pixels; near 0 for a covered lens."""
    grey = image.mean(axis=2, dtype=np.float32) if image.ndim == len("RGB") else image.astype(np.float32)
    return float(np.square(np.diff(grey, axis=1)).mean())


def _still(device: Device) -> Came:
    assert isinstance(device, Camera)
    height, width = device.take(timeout=LIMIT).images[0][1].shape[:2]
    return Came(f"{width} x {height}")


def _fingers(device: Device) -> Came:
    assert isinstance(device, FingerprintScanner)
    kind = CaptureKind.THUMBS
    limit = slap_limit(device, len(FINGERS_OF[kind]), plate=PERSON_LIMIT)
    pictures = device.take(Slap.THUMBS, missing=frozenset(), timeout=limit)
    judged = judge_slap_attempt(pictures, kind, missing=frozenset(), earlier=())
    return _quality(judged, FINGERS_OF[kind])


def _eyes(device: Device) -> Came:
    assert isinstance(device, IrisCamera)
    return _quality(judge_iris_attempt(device.take(EYES, timeout=PERSON_LIMIT)), EYES)


def _quality(judged: JudgedAttempt, parts: Iterable[str]) -> Came:
    """Return the poorest part's quality, 0 to 100."""
    poorest = min(quality_of(judged.findings, judged.measures, part) or 0 for part in parts)
    return Came(str(poorest), Measure("quality", float(poorest), "", 1))


def _strokes(device: Device) -> Came:
    assert isinstance(device, SignaturePad)
    strokes = device.take(timeout=PERSON_LIMIT)
    points = [point for stroke in strokes for point in stroke]
    seconds = sum(stroke[-1].at - stroke[0].at for stroke in strokes)
    rate = len(points) / seconds if seconds > 0 else 0.0
    return Came(f"{rate:.0f}/s", Measure("points", round(rate), "points/s", 1))


def _code(device: Device) -> Came:
    assert isinstance(device, CodeScanner)
    begun = time.monotonic()
    if device.read(timeout=PERSON_LIMIT) is None:
        raise TooLateError("No code was shown; hold one before the scanner and test again.")
    return _seconds(begun)


def _card(device: Device) -> Came:
    assert isinstance(device, CardReader)
    begun = time.monotonic()
    if device.card(timeout=PERSON_LIMIT) is None:
        raise TooLateError("No card was held there; lay one on the reader and test again.")
    return _seconds(begun)


def _page(device: Device) -> Came:
    assert isinstance(device, DocumentScanner)
    begun = time.monotonic()
    device.scan(ppi=SCAN_PPI, timeout=PERSON_LIMIT * 2)
    return _seconds(begun)


def _seconds(begun: float) -> Came:
    taken = time.monotonic() - begun
    return Came(f"{taken:.1f} s", Measure("time", round(taken, 2), "s", -1))


def _paper(device: Device) -> Came:
    assert isinstance(device, TicketPrinter | PagePrinter)
    status = device.status(timeout=LIMIT)
    for trouble, problem in _STOPS.items():
        if trouble in status.stops:
            raise RefusedError(f"The printer stands still: {trouble.value}.", reason=problem.value)
    soon = next((problem for trouble, problem in _SOON.items() if trouble in status.troubles), Problem.NONE)
    return Came(_supplies(status), _fullest(status), soon)


def _supplies(status: PrinterStatus) -> str:
    levels = [f"{supply.name} {supply.level}%" for supply in status.supplies if supply.level >= 0]
    return ", ".join(levels[:2]) if status.told else "?"


def _fullest(status: PrinterStatus) -> Measure | None:
    levels = [supply.level for supply in status.supplies if supply.level >= 0]
    return Measure("supply", float(min(levels)), "%", 1) if levels else None


def _ticket(device: Device) -> Came:
    assert isinstance(device, TicketPrinter)
    ticket: Ticket = (TicketText("TEST", large=True, centred=True), TicketText("0123456789 ABC abc"))
    begun = time.monotonic()
    device.print(ticket, timeout=LIMIT)
    return _seconds(begun)


_PAPER = Exercise(msg("Paper and cover"), _paper)
EXERCISES: Mapping[Kind, tuple[Exercise, ...]] = {
    Kind.CAMERA: (Exercise(msg("Live picture"), _frames), Exercise(msg("Still picture"), _still)),
    Kind.FINGERPRINT: (Exercise(msg("Two thumbs"), _fingers, msg("Lay both thumbs on the plate.")),),
    Kind.IRIS: (Exercise(msg("Both eyes"), _eyes, msg("Look into the iris camera.")),),
    Kind.SIGNATURE: (Exercise(msg("A line drawn"), _strokes, msg("Draw a line on the pad.")),),
    Kind.CODE_SCANNER: (Exercise(msg("A code read"), _code, msg("Hold a code before the scanner.")),),
    Kind.CARD_READER: (Exercise(msg("A card seen"), _card, msg("Lay a card on the reader.")),),
    Kind.DOCUMENT_SCANNER: (Exercise(msg("A page scanned"), _page, msg("Lay a paper on the glass.")),),
    Kind.TICKET_PRINTER: (
        _PAPER,
        Exercise(msg("A ticket printed"), _ticket, msg("A ticket will be printed.")),
    ),
    Kind.PAGE_PRINTER: (_PAPER,),
}
"""What is done with a device of each kind, in order."""
