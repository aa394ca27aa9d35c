"""The captures in every state: photo, fingers, irises."""

from datetime import timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kiosk.domain.captures import CaptureKind, Finger
from kiosk.domain.exceptions import ExceptionReason
from kiosk.domain.findings import Finding
from kiosk.domain.words import Words
from kiosk.services.looking import CaptureView, VisitView
from kiosk.services.neighbours import NearbyOffice
from kiosk.ui.kit.badges import State
from kiosk.ui.visit.fingers_page import FingersPage
from kiosk.ui.visit.irises_page import IrisesPage
from kiosk.ui.visit.park_menu import ParkMenu
from kiosk.ui.visit.portrait_page import PortraitPage
from tests.ui.gallery import captured as made
from tests.ui.gallery.captured import FAINT, LEFT, RIGHT, THUMBS, kept, plate, visited
from tests.ui.gallery.shot import Shot
from tests.ui.gallery.story import NOW, in_visit
from tests.ui.gallery.visits import LONG_FORM, LONG_VILLAGE, biodata_of

LOST = "Alat tidak tersambung. Periksa kabelnya; yang sudah diambil aman."
SIDE = {"portrait.light_from_one_side": "Cahaya ruangan"}


def _photo(
    words: Words, view: VisitView, *before: VisitView, live: str | None = None
) -> tuple[PortraitPage, QWidget]:
    """Return the page with what it saw before, and its window."""
    page = PortraitPage(words)
    window = in_visit(words, page, view)
    for seen in (*before, view):
        page.show_visit(seen)
    page.enter()
    page.show_device(State.GOOD, "Kamera siap")
    if live is not None:
        page.show_frame(made.frame(live or None))
    return page, window


def photo_live(words: Words) -> QWidget:
    return _photo(words, visited(), live="")[1]


def photo_two_faces(words: Words) -> QWidget:
    return _photo(words, visited(), live="two_faces")[1]


def _photo_taken(words: Words, view: VisitView) -> QWidget:
    first = visited(made.portrait_kept("eyes_closed", 1), portrait_approved=False)
    page, window = _photo(words, view, first)
    page.show_picture(made.portrait_picture())
    return window


def photo_taken(words: Words) -> QWidget:
    return _photo_taken(words, visited(made.portrait_kept(None, 2), portrait_approved=False))


def photo_approved(words: Words) -> QWidget:
    return _photo_taken(words, visited(made.lit_from_one_side(made.portrait_kept(None, 2)), reasons=SIDE))


def photo_warning(words: Words) -> QWidget:
    lit = made.lit_from_one_side(made.portrait_kept(None, 2))
    return _photo_taken(words, visited(lit, portrait_approved=False))


def photo_poor(words: Words) -> QWidget:
    view = visited(made.portrait_kept("eyes_closed", 1), portrait_approved=False)
    page, window = _photo(words, view)
    page.leave()
    page.show_picture(made.portrait_picture("eyes_closed"))
    return window


def photo_no_camera(words: Words) -> QWidget:
    page, window = _photo(words, visited())
    page.show_device(State.BROKEN, LOST)
    return window


def photo_long(words: Words) -> QWidget:
    view = visited(village=LONG_VILLAGE, form=LONG_FORM, biodata=biodata_of(LONG_FORM))
    return _photo(words, view, live="")[1]


def _fingers(words: Words, view: VisitView, *before: VisitView) -> tuple[FingersPage, QWidget]:
    page = FingersPage(words)
    window = in_visit(words, page, view)
    for seen in (*before, view):
        page.show_visit(seen)
    page.show_device(State.GOOD, "Pemindai siap")
    return page, window


def _left() -> CaptureView:
    return kept(CaptureKind.LEFT_FOUR, LEFT)


def _story(*captures: CaptureView, **changes: Any) -> VisitView:
    photo = made.portrait_kept()
    signed = kept(CaptureKind.SIGNATURE, {})
    return visited(photo, signed, *captures, **changes)


def fingers_poor(words: Words) -> QWidget:
    first = kept(CaptureKind.RIGHT_FOUR, RIGHT | {Finger.RIGHT_RING: 19}, FAINT, attempts=1)
    second = kept(CaptureKind.RIGHT_FOUR, RIGHT, FAINT, attempts=2)
    page, window = _fingers(words, _story(_left(), second), _story(_left()), _story(_left(), first))
    page.show_slap(plate(CaptureKind.RIGHT_FOUR, Finger.RIGHT_RING), CaptureKind.RIGHT_FOUR)
    return window


def fingers_begin(words: Words) -> QWidget:
    return _fingers(words, _story())[1]


def fingers_working(words: Words) -> QWidget:
    page, window = _fingers(words, _story(_left()))
    page.show_working(working=True)
    return window


def fingers_missing(words: Words) -> QWidget:
    gone = made.exempt(("right_ring", ExceptionReason.MISSING))
    good = {finger: worth for finger, worth in RIGHT.items() if finger is not Finger.RIGHT_RING}
    view = _story(_left(), kept(CaptureKind.RIGHT_FOUR, good), exceptions=gone)
    page, window = _fingers(words, view)
    page.show_kind(CaptureKind.RIGHT_FOUR)
    page.show_slap(plate(CaptureKind.RIGHT_FOUR, missing=frozenset({"right_ring"})), CaptureKind.RIGHT_FOUR)
    return window


def fingers_lost(words: Words) -> QWidget:
    page, window = _fingers(words, _story(_left()))
    page.show_device(State.BROKEN, "Pemindai tidak tersambung. Rekaman kiri aman.")
    return window


NEARBY = (
    NearbyOffice("33.25.05", "Limpung", NOW.replace(hour=8, minute=0)),
    NearbyOffice("33.25.08", "Subah", NOW.replace(hour=14, minute=0) - timedelta(days=1)),
    NearbyOffice("33.25.04", "Kepulauan Pongok dan Kepulauan Lepar Pongok", NOW - timedelta(days=6)),
)


def parking(words: Words, offices: tuple[NearbyOffice, ...]) -> QWidget:
    """Return the page with its scanner gone and the list of F9 open, as a part of the window to be seen with it."""
    window = fingers_lost(words)
    parked = ParkMenu(words, window)
    parked.show_offices(offices, NOW)
    parked.menu.setParent(window, Qt.WindowType.Widget)
    height = 40 * len(parked.menu.actions())
    parked.menu.setGeometry(292, 664 - height, 600, height)
    parked.menu.show()
    return window


def fingers_count(words: Words) -> QWidget:
    wrong = Finding.error("slap.count", "right_four", found="3", expected="4")
    page, window = _fingers(words, _story(_left(), kept(CaptureKind.RIGHT_FOUR, {}, wrong)))
    page.show_slap(made.few_fingers(), CaptureKind.RIGHT_FOUR)
    return window


def fingers_warning(words: Words) -> QWidget:
    swapped = Finding.warning("slap.hands_swapped", "right_four")
    good = kept(CaptureKind.RIGHT_FOUR, RIGHT | {Finger.RIGHT_RING: 58}, swapped)
    page, window = _fingers(words, _story(_left(), good))
    page.show_slap(plate(CaptureKind.RIGHT_FOUR), CaptureKind.RIGHT_FOUR)
    return window


def fingers_done(words: Words) -> QWidget:
    good = kept(CaptureKind.RIGHT_FOUR, RIGHT | {Finger.RIGHT_RING: 58})
    page, window = _fingers(words, _story(_left(), good, kept(CaptureKind.THUMBS, THUMBS)))
    page.show_kind(CaptureKind.THUMBS)
    page.show_slap(plate(CaptureKind.THUMBS), CaptureKind.THUMBS)
    return window


def fingers_no_hand(words: Words) -> QWidget:
    gone = made.exempt(
        *((finger.value, ExceptionReason.MISSING) for finger in Finger if finger.value.startswith("right"))
    )
    page, window = _fingers(words, _story(_left(), exceptions=gone))
    page.show_kind(CaptureKind.RIGHT_FOUR)
    return window


def _irises(words: Words, view: VisitView) -> tuple[IrisesPage, QWidget]:
    page = IrisesPage(words)
    window = in_visit(words, page, view)
    page.show_device(State.GOOD, "Kamera iris siap")
    return page, window


def _whole(*captures: CaptureView, **changes: Any) -> VisitView:
    good = kept(CaptureKind.RIGHT_FOUR, RIGHT | {Finger.RIGHT_RING: 58})
    return _story(_left(), good, kept(CaptureKind.THUMBS, THUMBS), *captures, **changes)


def irises_begin(words: Words) -> QWidget:
    return _irises(words, _whole())[1]


def irises_good(words: Words) -> QWidget:
    page, window = _irises(words, _whole(kept(CaptureKind.IRISES, {"right_eye": 78, "left_eye": 71})))
    page.show_eyes(made.eyes())
    return window


def irises_poor(words: Words) -> QWidget:
    closed = Finding.error("iris.half_closed", "left_eye", share="52")
    poor = kept(CaptureKind.IRISES, {"right_eye": 78, "left_eye": 24}, closed)
    page, window = _irises(words, _whole(poor))
    page.show_eyes(made.eyes(left_eye="half_closed"))
    return window


def irises_exempt(words: Words) -> QWidget:
    gone = made.exempt(("left_eye", ExceptionReason.BLIND))
    page, window = _irises(words, _whole(kept(CaptureKind.IRISES, {"right_eye": 78}), exceptions=gone))
    page.show_eyes(made.eyes()[:1])
    return window


def irises_lost(words: Words) -> QWidget:
    page, window = _irises(words, _whole())
    page.show_device(State.BROKEN, LOST)
    return window


SHOTS = (
    Shot("capture-portrait-live", photo_live),
    Shot("capture-portrait-two-faces", photo_two_faces),
    Shot("capture-portrait-taken", photo_taken),
    Shot("capture-portrait-approved", photo_approved),
    Shot("capture-portrait-warning", photo_warning),
    Shot("capture-portrait-poor", photo_poor),
    Shot("capture-portrait-no-camera", photo_no_camera),
    Shot("capture-portrait-long", photo_long),
    Shot("capture-fingers-poor", fingers_poor),
    Shot("capture-fingers-begin", fingers_begin),
    Shot("capture-fingers-working", fingers_working),
    Shot("capture-fingers-missing", fingers_missing),
    Shot("capture-fingers-lost", fingers_lost),
    Shot("capture-fingers-lost-parking", partial(parking, offices=NEARBY)),
    Shot("capture-fingers-lost-nobody", partial(parking, offices=())),
    Shot("capture-fingers-count", fingers_count),
    Shot("capture-fingers-warning", fingers_warning),
    Shot("capture-fingers-done", fingers_done),
    Shot("capture-fingers-no-hand", fingers_no_hand),
    Shot("capture-irises-begin", irises_begin),
    Shot("capture-irises-good", irises_good),
    Shot("capture-irises-poor", irises_poor),
    Shot("capture-irises-exempt", irises_exempt),
    Shot("capture-irises-lost", irises_lost),
)
