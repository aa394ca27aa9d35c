"""Trying a device live: a technician sees what it sees, for as long as he looks; nothing of it is kept.

A trial uses the device in the lane of its kind, as captures and self-tests do, and so never beside one of them.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace

from kiosk.devices.api import (
    Camera,
    CardReader,
    CodeScanner,
    Device,
    DeviceError,
    DocumentScanner,
    FingerprintScanner,
    Followed,
    Identity,
    IrisCamera,
    Kind,
    OneByOne,
    PagePrinter,
    RefusedError,
    Scene,
    SignaturePad,
    Simulated,
    Slap,
    Ticket,
    TicketCode,
    TicketPrinter,
    TicketText,
)
from kiosk.documents.trial_page import trial_page
from kiosk.domain.captures import EYES, FINGERS_OF, CaptureKind
from kiosk.domain.roles import Permission
from kiosk.services.counter import Officer, require
from kiosk.services.errors import KitError
from kiosk.services.finger_limits import slap_limit
from kiosk.services.kit import RecordingKit
from kiosk.services.preview import next_frame
from kiosk.services.selftest_devices import LIMIT, SCAN_PPI
from kiosk.services.trying_seen import (
    Began,
    CameraMeter,
    CardSeen,
    CardState,
    FingersAsked,
    PaperSeen,
    PrintedSeen,
    Seen,
    card_seen,
    code_seen,
    eyes_seen,
    page_seen,
    plate_seen,
    strokes_seen,
)

PERSON_LIMIT = (
    20.0  # seconds somebody has for laying a finger down, looking into the camera, beginning to draw
)
SCAN_LIMIT = 45.0
SLICE = 0.25  # seconds of one look: how soon an end is noticed
BETWEEN_CARDS = 0.25
PRINT_LIMIT = 20.0
CODE = "TEST 0123456789"  # what a simulator's person holds before the scanner
TICKET: Ticket = (
    TicketText("TEST", large=True, centred=True),
    TicketText("0123456789 ABCDEFGHIJ abcdefghij"),
    TicketCode("TEST 0123456789"),
)

Show = Callable[[Seen], None]
Work = Callable[[Device, Show, threading.Event], None]

WATCHED = frozenset({Kind.CAMERA, Kind.CARD_READER, Kind.CODE_SCANNER})
"""Kinds of which something comes by itself; of the others something is taken when a person asks for it."""
PRINTERS = frozenset({Kind.TICKET_PRINTER, Kind.PAGE_PRINTER})


class Trial:
    """One trial of the device of a kind; `watch` or `take` runs once, in the lane of the kind.

    Both raise `NotAllowedError` for a role that may not, `KitError` and `DeviceError`s.  The device is closed at the
    end, whatever it was.
    """

    def __init__(self, kit: RecordingKit, officer: Officer, kind: Kind) -> None:
        self._kit = kit
        self._officer = officer
        self._kind = kind
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._uses = False

    def watch(self, show: Show) -> None:
        """Show what comes by itself until `stop`; of a kind of which nothing does, only how its device stands."""
        self._use(_WATCHES.get(self._kind, _look), show)

    def take(self, show: Show) -> None:
        """Show one capture, page or print; nothing after `stop`."""
        self._use(_TAKES[self._kind], show)

    def stop(self) -> None:
        """Let it come to its end; any thread may say so."""
        self._stop.set()

    def interrupt(self) -> None:
        """Stop, and end a call that waits for a person, where the driver can be ended; it may take a second."""
        self._stop.set()
        with self._lock:
            if self._uses and self._kind not in PRINTERS and self._kit.is_interruptible(self._kind):
                self._kit.release(self._kind)

    def _use(self, work: Work, show: Show) -> None:
        require(self._officer, Permission.RUN_SELFTEST)
        with self._lock:
            self._uses = not self._stop.is_set()
        if not self._uses:
            return
        try:
            with self._kit.lend(self._kind) as device:
                self._work(work, device, show)
        finally:
            with self._lock:
                self._uses = False
                self._kit.release(self._kind)

    def _work(self, work: Work, device: Device, show: Show) -> None:
        def shown(seen: Seen) -> None:
            if not self._stop.is_set():
                show(seen)

        try:
            if not self._stop.is_set():
                shown(Began(_named(device.identity())))
                self._prepare(device)
                work(device, shown, self._stop)
        except DeviceError:
            if not self._stop.is_set():  # else it was ended from outside
                raise

    def _prepare(self, device: Device) -> None:
        """Let a simulator's person hold something before a code scanner: without a scene nobody does."""
        if self._kind is Kind.CODE_SCANNER and isinstance(device, Simulated):
            device.stage(replace(self._kit.scene or Scene(person=1), code=CODE))


def _look(device: Device, show: Show, stop: threading.Event) -> None:
    if isinstance(device, TicketPrinter | PagePrinter):
        show(PaperSeen(device.status(timeout=LIMIT)))


def _pictures(device: Device, show: Show, stop: threading.Event) -> None:
    if not isinstance(device, Camera):
        raise _other_kind(Kind.CAMERA)
    meter = CameraMeter()
    while (frame := next_frame(device, stop)) is not None:
        show(meter.seen(frame))


def _cards(device: Device, show: Show, stop: threading.Event) -> None:
    if not isinstance(device, CardReader):
        raise _other_kind(Kind.CARD_READER)
    before = CardSeen(CardState.GONE)
    while not stop.is_set():
        seen = _card(device)
        if seen != before:
            show(seen)
        before = seen
        stop.wait(BETWEEN_CARDS)


def _card(reader: CardReader) -> CardSeen:
    try:
        return card_seen(reader.card(timeout=SLICE))
    except RefusedError:  # taken away too early: the next look is as good as any
        return CardSeen(CardState.PULLED)


def _codes(device: Device, show: Show, stop: threading.Event) -> None:
    if not isinstance(device, CodeScanner):
        raise _other_kind(Kind.CODE_SCANNER)
    while not stop.is_set():
        text = device.read(timeout=SLICE)
        if text is not None:
            show(code_seen(text))


def _fingers(device: Device, show: Show, stop: threading.Event) -> None:
    if not isinstance(device, FingerprintScanner):
        raise _other_kind(Kind.FINGERPRINT)
    kind = CaptureKind.THUMBS if isinstance(device, OneByOne) else CaptureKind.RIGHT_FOUR
    show(FingersAsked(kind))
    limit = slap_limit(device, len(FINGERS_OF[kind]), plate=PERSON_LIMIT)
    show(plate_seen(device.take(Slap(kind.value), missing=frozenset(), timeout=limit), kind))


def _eyes(device: Device, show: Show, stop: threading.Event) -> None:
    if not isinstance(device, IrisCamera):
        raise _other_kind(Kind.IRIS)
    show(eyes_seen(device.take(EYES, timeout=PERSON_LIMIT)))


def _strokes(device: Device, show: Show, stop: threading.Event) -> None:
    """Show the lines as they are drawn where the pad tells of them, else once they are."""
    if not isinstance(device, SignaturePad):
        raise _other_kind(Kind.SIGNATURE)
    size = device.size()
    if isinstance(device, Followed):
        device.follow(lambda so_far: show(strokes_seen(so_far, size)))
    try:
        show(strokes_seen(device.take(timeout=PERSON_LIMIT), size))
    finally:
        if isinstance(device, Followed):
            device.follow(None)


def _page(device: Device, show: Show, stop: threading.Event) -> None:
    if not isinstance(device, DocumentScanner):
        raise _other_kind(Kind.DOCUMENT_SCANNER)
    show(page_seen(device.scan(ppi=SCAN_PPI, timeout=SCAN_LIMIT)))


def _ticket(device: Device, show: Show, stop: threading.Event) -> None:
    if not isinstance(device, TicketPrinter):
        raise _other_kind(Kind.TICKET_PRINTER)
    show(PrintedSeen(device.print(TICKET, timeout=PRINT_LIMIT)))


def _paper(device: Device, show: Show, stop: threading.Event) -> None:
    if not isinstance(device, PagePrinter):
        raise _other_kind(Kind.PAGE_PRINTER)
    show(PrintedSeen(device.print(trial_page(), title="TEST", copies=1, timeout=PRINT_LIMIT)))


_WATCHES: Mapping[Kind, Work] = {
    Kind.CAMERA: _pictures,
    Kind.CARD_READER: _cards,
    Kind.CODE_SCANNER: _codes,
}
_TAKES: Mapping[Kind, Work] = {
    Kind.FINGERPRINT: _fingers,
    Kind.IRIS: _eyes,
    Kind.SIGNATURE: _strokes,
    Kind.DOCUMENT_SCANNER: _page,
    Kind.TICKET_PRINTER: _ticket,
    Kind.PAGE_PRINTER: _paper,
}


def _named(identity: Identity) -> str:
    return ", ".join(part for part in (f"{identity.make} {identity.model}".strip(), identity.serial) if part)


def _other_kind(kind: Kind) -> KitError:
    return KitError(f"The device set up as {kind.value} is none; set another one up.")
