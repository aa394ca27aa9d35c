"""A technician tries devices live at the real window, by keys: they are pulled out, put back, left, locked."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer

from kiosk.devices.api import Kind, Scene
from kiosk.domain.captures import CaptureKind
from kiosk.domain.selftest import DEVICES as PARTS
from kiosk.services.trying_seen import CameraSeen, CardSeen, CodeSeen, EyesSeen, PlateSeen, StrokesSeen
from kiosk.ui.frame.rail import DEVICES
from kiosk.ui.pages.device_live import DeviceLivePage
from kiosk.ui.pages.device_live_state import Phase
from kiosk.ui.places import DEVICE_LIVE
from kiosk.ui.player import Script, press, typing
from kiosk.ui.rooms.device_live import DeviceLiveRoom
from tests.ui.window.shown_window import TECHNICIAN, ShownWindow, hand_of, texts

ANNA, GONE = Scene(person=21), Scene(person=21, fault="vanish")
ROWS = list(PARTS)


class Bench:
    """The technician at the page of devices."""

    def __init__(self, window: ShownWindow) -> None:
        self.window = window
        window.sign_in(TECHNICIAN)
        window.until(lambda: window.is_settled and window.place == DEVICES)
        self.kit = window.desk.tools.kit
        self.kit.stage(ANNA)

    @property
    def room(self) -> DeviceLiveRoom:
        room = self.window.room
        assert isinstance(room, DeviceLiveRoom)
        return room

    @property
    def page(self) -> DeviceLivePage:
        page = self.room.page
        assert isinstance(page, DeviceLivePage)
        return page

    def press(self, *keys: str) -> None:
        """Press keys and wait for nothing: what is live is never done."""

        def script() -> Script:
            for key in keys:
                yield lambda: True
                press(key)

        self.window.play(script())

    def try_live(self, kind: Kind) -> None:
        """Go to the row of a kind and try it."""
        place = next(number for number, part in enumerate(ROWS) if part.value == kind.value)
        self.press(*["Down"] * place, "F4")
        self.window.until(lambda: self.window.place == DEVICE_LIVE and self.room.state.kind is kind)

    def until(self, holds: Callable[[], bool]) -> None:
        self.window.until(holds)

    def leave(self) -> None:
        """Go back by Esc and wait until every lane rests."""
        self.press("Escape")
        self.until(lambda: self.window.place == DEVICES and self.window.program.tasks.idle)


@pytest.fixture
def bench(window: ShownWindow) -> Bench:
    return Bench(window)


def running_timers(room: DeviceLiveRoom) -> list[QTimer]:
    return [timer for timer in room.findChildren(QTimer) if timer.isActive()]


def test_a_camera_that_is_pulled_out_is_told_and_shows_again_by_itself(bench: Bench) -> None:
    bench.try_live(Kind.CAMERA)
    bench.until(lambda: isinstance(bench.room.state.seen, CameraSeen))
    assert bench.room.state.phase is Phase.LIVE

    bench.kit.stage(GONE)
    bench.until(lambda: bench.room.state.phase is Phase.AWAY)
    told = " ".join(texts(bench.page))
    bench.kit.stage(ANNA)
    bench.until(lambda: bench.room.state.phase is Phase.LIVE)
    bench.until(lambda: isinstance(bench.room.state.seen, CameraSeen))

    assert "Alat tidak tersambung." in told
    assert "lanjut sendiri" in told
    assert "Alat tidak tersambung." not in texts(bench.page)


def test_leaving_ends_the_live_picture_and_leaves_no_thread_no_timer_and_no_picture(bench: Bench) -> None:
    before = {thread.name for thread in threading.enumerate()}
    bench.try_live(Kind.CAMERA)
    bench.until(lambda: isinstance(bench.room.state.seen, CameraSeen))
    room, page, live = bench.room, bench.page, {thread.name for thread in threading.enumerate()}

    bench.leave()
    left = {thread.name for thread in threading.enumerate()} - before

    assert "camera" in live  # its reader
    assert {name for name in left if not name.startswith("lane ")} == set()
    assert running_timers(room) == []
    assert Kind.CAMERA not in bench.kit._open
    assert (page.stage, room.state.seen, room._frame) == (None, None, None)


def test_leaving_while_the_device_is_away_looks_for_it_no_more(bench: Bench) -> None:
    bench.kit.stage(GONE)
    bench.try_live(Kind.CAMERA)
    bench.until(lambda: bench.room.state.phase is Phase.AWAY and bool(running_timers(bench.room)))
    room = bench.room

    bench.leave()

    assert running_timers(room) == []


def test_the_idle_lock_ends_it_and_after_it_enter_begins_again(bench: Bench) -> None:
    window, hand = bench.window, hand_of(TECHNICIAN)
    bench.try_live(Kind.CAMERA)
    bench.until(lambda: isinstance(bench.room.state.seen, CameraSeen))
    window.program.idle.set_minutes(1 / 60_000)
    window.program.idle.begin()
    bench.until(lambda: window.program.entry.login.isVisible() and window.program.tasks.idle)
    window.program.idle.set_minutes(5)

    assert Kind.CAMERA not in bench.kit._open

    def sign_in_again() -> Script:
        window.program.entry.login.password.line.setFocus()
        yield window.program.entry.login.password.line.hasFocus
        yield from typing(hand.password)
        press("Return")
        yield lambda: not window.program.entry.login.isVisible()

    window.play(sign_in_again())
    bench.until(lambda: window.place == DEVICE_LIVE and bench.room.state.phase is Phase.READY)
    bench.press("Return")
    bench.until(lambda: isinstance(bench.room.state.seen, CameraSeen))


@pytest.mark.parametrize(
    ("kind", "seen"),
    [(Kind.FINGERPRINT, PlateSeen), (Kind.IRIS, EyesSeen), (Kind.SIGNATURE, StrokesSeen)],
)
def test_what_a_person_does_is_taken_once_and_again_by_enter(bench: Bench, kind: Kind, seen: type) -> None:
    bench.try_live(kind)
    bench.until(lambda: bench.room.state.phase is Phase.DONE)
    first = bench.room.state.seen

    bench.press("Return")
    bench.until(lambda: bench.room.state.phase is Phase.DONE and bench.room.state.seen is not first)

    assert isinstance(first, seen)
    assert isinstance(bench.room.state.seen, seen)


def test_a_scanner_that_is_pulled_out_while_it_waits_takes_by_itself_once_it_is_back(bench: Bench) -> None:
    bench.kit.stage(GONE)
    bench.try_live(Kind.FINGERPRINT)
    bench.until(lambda: bench.room.state.phase is Phase.AWAY)

    bench.kit.stage(ANNA)
    bench.until(lambda: bench.room.state.phase is Phase.DONE)

    assert isinstance(bench.room.state.seen, PlateSeen)
    assert {finger.finger for finger in bench.room.state.seen.slap.fingers}
    assert "Telunjuk kanan" in texts(bench.page)


def test_escape_ends_a_scanner_that_waits_for_fingers(bench: Bench) -> None:
    bench.kit.stage(Scene(person=21, fault="nobody"))
    bench.try_live(Kind.FINGERPRINT)
    bench.until(lambda: bench.room.state.phase is Phase.TAKING)

    bench.leave()  # waits until the lane of the scanner rests

    assert Kind.FINGERPRINT not in bench.kit._open


def test_cards_and_codes_come_by_themselves(bench: Bench) -> None:
    bench.try_live(Kind.CARD_READER)
    bench.until(lambda: isinstance(bench.room.state.seen, CardSeen))
    bench.kit.stage(Scene(person=21, fault="no_card"))
    bench.until(lambda: len(bench.room.state.events) == 2)
    shown = texts(bench.page)
    bench.kit.stage(ANNA)
    bench.leave()
    bench.press(*["Up"] * len(ROWS))
    bench.try_live(Kind.CODE_SCANNER)
    bench.until(lambda: isinstance(bench.room.state.seen, CodeSeen))

    assert {"Kartu terbaca", "Kartu diangkat"} <= set(shown)
    assert "•••• 6789" in texts(bench.page)


def test_a_printer_prints_when_it_is_told_to_and_asks_whether_it_came_out(bench: Bench) -> None:
    bench.try_live(Kind.TICKET_PRINTER)
    bench.until(lambda: bench.room.state.phase is Phase.READY)
    bench.press("Return")
    bench.until(lambda: bench.room.state.phase is Phase.ASKING)
    bench.press("F6")
    poor = bench.room.state
    bench.press("Return")
    bench.until(lambda: bench.room.state.phase is Phase.ASKING)
    bench.press("Return")

    assert (poor.phase, poor.came_out) == (Phase.DONE, False)
    assert (bench.room.state.phase, bench.room.state.came_out) == (Phase.DONE, True)


def test_a_printer_that_is_back_prints_nothing_by_itself(bench: Bench) -> None:
    bench.kit.stage(GONE)
    bench.try_live(Kind.PAGE_PRINTER)
    bench.until(lambda: bench.room.state.phase is Phase.AWAY)
    bench.kit.stage(ANNA)
    bench.until(lambda: bench.room.state.phase is not Phase.AWAY)
    bench.until(lambda: bench.window.program.tasks.idle)

    assert bench.room.state.phase is Phase.READY


def test_a_page_is_scanned_by_enter(bench: Bench) -> None:
    bench.try_live(Kind.DOCUMENT_SCANNER)
    bench.until(lambda: bench.room.state.phase is Phase.READY)
    bench.press("Return")
    bench.until(lambda: bench.room.state.phase is Phase.DONE)

    assert not bench.room.state.trouble


def test_it_waits_for_whoever_uses_the_device_and_begins_when_he_has_done(bench: Bench) -> None:
    """A capture of a visit whose officer was locked out has the lane first."""
    capturing, done = threading.Event(), list[str]()

    def capture() -> None:
        capturing.wait(20)
        done.append(CaptureKind.THUMBS)

    room = bench.window.room
    room.ask(capture, lane=Kind.FINGERPRINT.value)
    bench.try_live(Kind.FINGERPRINT)
    waiting = bench.room.state.phase
    told = texts(bench.page)
    capturing.set()
    bench.until(lambda: bench.room.state.phase is Phase.DONE)

    assert waiting is Phase.WAITING
    assert "Alat sedang dipakai." in told
    assert done == ["thumbs"]


def test_what_is_no_device_cannot_be_tried_live(bench: Bench) -> None:
    bench.press(*["Down"] * len(ROWS), "F4")
    bench.window.settle()

    assert bench.window.place == DEVICES
