"""A device that is tried live: each kind with what it sees, nothing yet, in use elsewhere, gone."""

from dataclasses import replace
from datetime import timedelta
from functools import cache

from PySide6.QtWidgets import QWidget

from kiosk.devices.api import Frame, Kind, Pictures, Printed, PrinterStatus, Slap, Supply, Trouble
from kiosk.devices.sim import papers
from kiosk.devices.sim.catalogue import PAD
from kiosk.devices.sim.face import live
from kiosk.devices.sim.irises import iris
from kiosk.devices.sim.signatures import signature
from kiosk.devices.sim.slaps import slap
from kiosk.domain.captures import EYES, CaptureKind
from kiosk.domain.roles import Role
from kiosk.domain.words import Words
from kiosk.services.trying_seen import (
    CameraMeter,
    CameraSeen,
    CardSeen,
    CardState,
    CodeSeen,
    EyesSeen,
    FingersAsked,
    PageSeen,
    PaperSeen,
    PlateSeen,
    PrintedSeen,
    Seen,
    StrokesSeen,
    eyes_seen,
    page_seen,
    plate_seen,
    strokes_seen,
)
from kiosk.ui.frame.rail import DEVICES
from kiosk.ui.pages.device_live import DeviceLivePage
from kiosk.ui.pages.device_live_state import Event, LiveState, Phase
from tests.ui.gallery.shot import Shot
from tests.ui.gallery.story import NOW, framed

PERSON = 17
CAMERA, CARD, CODE = "Bersama 4T-22, SIM-0007", "Bersama NFC-3, SIM-0011", "Bersama QR-1, SIM-0004"
HERE = CardSeen(CardState.THERE, "3B 81 80 01 80 80", "04 A2 5E 91 33 70 80")
GONE, PULLED = CardSeen(CardState.GONE), CardSeen(CardState.PULLED)


@cache
def camera_seen(flaw: str | None = None) -> CameraSeen:
    """Return a picture in the midst of a stream of 25 a second."""
    meter, picture = CameraMeter(), live(PERSON, 1990, (800, 600), at=1.0, flaw=flaw)
    for number in range(24):
        meter.seen(Frame(picture, number / 25))
    return meter.seen(Frame(picture, 24 / 25))


@cache
def plate(kind: CaptureKind = CaptureKind.RIGHT_FOUR, flaw: str | None = None) -> PlateSeen:
    laid = slap(PERSON, Slap(kind.value), frozenset(), attempt=1, flaw=flaw)
    return plate_seen(Pictures(((kind.value, laid),), 500), kind)


@cache
def eyes(flaw: str | None = None) -> EyesSeen:
    taken = tuple((eye.value, iris(PERSON, eye, attempt=1, flaw=flaw)) for eye in EYES)
    return eyes_seen(Pictures(taken, 0))


@cache
def strokes(share: float = 1.0) -> StrokesSeen:
    written = signature(PERSON)
    half = tuple(stroke[: max(1, round(len(stroke) * share))] for stroke in written)
    return strokes_seen(half if share < 1 else written, PAD)


@cache
def scanned() -> PageSeen:
    return page_seen(Pictures((("page", papers.page(PERSON, 100)),), 100))


def events(*seen: CardSeen | CodeSeen) -> tuple[Event, ...]:
    """Return what happened, the newest first, some seconds apart."""
    return tuple(Event(NOW - timedelta(seconds=7 * number), one) for number, one in enumerate(seen))


def state(kind: Kind, phase: Phase, seen: Seen | None = None, **changes: object) -> LiveState:
    """Return a state of the device that the story has."""
    return replace(LiveState(kind, phase, CAMERA, seen=seen), **changes)  # type: ignore[arg-type]


def page_of(words: Words, shown: LiveState) -> DeviceLivePage:
    page = DeviceLivePage(words)
    page.show_state(shown)
    return page


def _window(words: Words, shown: LiveState) -> QWidget:
    return framed(words, page_of(words, shown), place=DEVICES, role=Role.TECHNICIAN)


LOST = {"trouble": "Alat tidak tersambung.", "advice": "Periksa kabelnya; yang sudah diambil aman."}
LATE = {"trouble": "Tidak ada yang datang dari alat.", "advice": "Coba lagi; yang sudah diambil aman."}
TONER = PrinterStatus(frozenset({Trouble.SUPPLY_LOW}), (Supply("Toner", 12), Supply("Tray 1", 60)))
OUT = PrinterStatus(frozenset({Trouble.PAPER_OUT, Trouble.COVER_OPEN}))

STATES = {
    "camera": lambda: state(Kind.CAMERA, Phase.LIVE, camera_seen()),
    "camera-dark": lambda: state(Kind.CAMERA, Phase.LIVE, camera_seen("dark")),
    "nothing-yet": lambda: LiveState(Kind.CAMERA, Phase.OPENING),
    "in-use": lambda: LiveState(Kind.FINGERPRINT, Phase.WAITING),
    "gone": lambda: state(Kind.CAMERA, Phase.AWAY, **LOST),
    "ended": lambda: LiveState(Kind.CAMERA, Phase.READY),
    "fingers-asked": lambda: state(
        Kind.FINGERPRINT, Phase.TAKING, FingersAsked(CaptureKind.RIGHT_FOUR), identity=CODE
    ),
    "fingers": lambda: state(Kind.FINGERPRINT, Phase.DONE, plate()),
    "fingers-poor": lambda: state(Kind.FINGERPRINT, Phase.DONE, plate(flaw="dirty_plate")),
    "fingers-late": lambda: state(Kind.FINGERPRINT, Phase.DONE, **LATE),
    "iris": lambda: state(Kind.IRIS, Phase.DONE, eyes()),
    "iris-asked": lambda: state(Kind.IRIS, Phase.TAKING),
    "signature": lambda: state(Kind.SIGNATURE, Phase.TAKING, strokes(0.6)),
    "card": lambda: state(
        Kind.CARD_READER,
        Phase.LIVE,
        HERE,
        identity=CARD,
        events=events(HERE, GONE, HERE, PULLED, GONE, HERE),
    ),
    "card-none": lambda: state(Kind.CARD_READER, Phase.LIVE, identity=CARD),
    "code": lambda: state(
        Kind.CODE_SCANNER,
        Phase.LIVE,
        CodeSeen("0007", 16),
        identity=CODE,
        events=events(CodeSeen("0007", 16), CodeSeen("6789", 15)),
    ),
    "page": lambda: state(Kind.DOCUMENT_SCANNER, Phase.DONE, scanned()),
    "page-ready": lambda: state(Kind.DOCUMENT_SCANNER, Phase.READY),
    "ticket-out": lambda: state(Kind.TICKET_PRINTER, Phase.READY, PaperSeen(OUT)),
    "printer-ready": lambda: state(Kind.PAGE_PRINTER, Phase.READY, PaperSeen(TONER)),
    "printer-asking": lambda: state(Kind.PAGE_PRINTER, Phase.ASKING, PrintedSeen(Printed.UNKNOWN)),
    "printer-poor": lambda: state(
        Kind.PAGE_PRINTER, Phase.DONE, PrintedSeen(Printed.PRINTED), came_out=False
    ),
}
SHOTS = tuple(
    Shot(f"device-live-{name}", lambda words, made=made: _window(words, made()))  # type: ignore[misc]
    for name, made in STATES.items()
)
