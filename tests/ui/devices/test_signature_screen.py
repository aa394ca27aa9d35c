"""Signing on the screen: with pen, finger and mouse, called off, left alone, and closed from elsewhere."""

import threading
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QInputDevice,
    QKeySequence,
    QPointingDevice,
    QPointingDeviceUniqueId,
    QShortcut,
    QTabletEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from kiosk.devices.api import (
    BusyError,
    Device,
    Identity,
    NotConnectedError,
    RefusedError,
    Stroke,
    TooLateError,
)
from kiosk.devices.registry import Drivers
from kiosk.domain.words import Words
from kiosk.services.kit import NobodyAsked
from kiosk.ui.devices.signature_screen import ScreenPad, screen_driver
from kiosk.ui.devices.signing_place import SigningPlace
from kiosk.ui.devices.signing_sheet import FIELD, SigningSheet
from kiosk.ui.visit.drawing_pad import DrawingPad
from tests.devices.contract import LIMIT, SHORT, SignatureContract
from tests.ui.devices.lanes import beside
from tests.ui.visit.stand import active

NAME = "signature.screen"
Act = Callable[[SigningSheet], None]


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    shown = QMainWindow()
    shown.setCentralWidget(QLineEdit())
    shown.resize(1180, 640)
    active(qtbot, shown)
    shown.centralWidget().setFocus()
    return shown


@pytest.fixture
def place(qapp: QApplication, english: Words) -> Iterator[SigningPlace]:
    made = SigningPlace.of_window(lambda: english)
    yield made
    made.deleteLater()
    qapp.sendPostedEvents(made, QEvent.Type.DeferredDelete)


@pytest.fixture
def pad(place: SigningPlace, window: QMainWindow) -> Iterator[ScreenPad]:
    device = Drivers((screen_driver(place),)).open(NAME, {}, NobodyAsked())
    assert isinstance(device, ScreenPad)
    yield device
    device.close()


def sheet_of(window: QMainWindow) -> SigningSheet | None:
    return next((sheet for sheet in window.findChildren(SigningSheet) if sheet.isVisible()), None)


def take(
    qtbot: QtBot, pad: ScreenPad, window: QMainWindow, act: Act, *, timeout: float = LIMIT
) -> tuple[Stroke, ...]:
    """Ask for a signature in a lane, and do something with the sheet that is shown."""

    def sign() -> None:
        qtbot.waitUntil(lambda: sheet_of(window) is not None)
        sheet = sheet_of(window)
        assert sheet is not None
        act(sheet)

    return beside(qtbot, lambda: pad.take(timeout=timeout), sign)


def by_mouse(sheet: SigningSheet) -> None:
    QTest.mousePress(sheet.pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 60))
    QTest.mouseMove(sheet.pad, QPoint(90, 30))
    QTest.mouseMove(sheet.pad, QPoint(140, 80))
    QTest.mouseRelease(sheet.pad, Qt.MouseButton.LeftButton, pos=QPoint(180, 50))


def keep(sheet: SigningSheet) -> None:
    QTest.keyClick(sheet, Qt.Key.Key_Return)


def signed_by_mouse(sheet: SigningSheet) -> None:
    by_mouse(sheet)
    keep(sheet)


class TestScreenPad(SignatureContract):
    DRIVER = NAME

    @pytest.fixture(autouse=True)
    def _window(self, qtbot: QtBot, window: QMainWindow, place: SigningPlace) -> Iterator[None]:
        self.qtbot, self.window = qtbot, window
        type(self).DRIVERS = Drivers((screen_driver(place),))
        yield
        type(self).DRIVERS = Drivers()

    def use(self, device: Device, *, timeout: float = LIMIT) -> object:
        assert isinstance(device, ScreenPad)
        if timeout < LIMIT:  # nobody signs
            return device.take(timeout=timeout)
        return take(self.qtbot, device, self.window, signed_by_mouse, timeout=timeout)

    def test_strokes_lie_in_the_field_and_go_forward_in_time(self, device: Device) -> None:
        strokes = self.use(device)

        assert isinstance(device, ScreenPad)
        assert isinstance(strokes, tuple)
        points = [point for stroke in strokes for point in stroke]
        assert all(0 <= point.x <= FIELD[0] and 0 <= point.y <= FIELD[1] for point in points)
        assert points[0].at == 0
        assert [point.at for point in points] == sorted(point.at for point in points)


@cache
def stylus() -> QPointingDevice:
    return QPointingDevice(
        "Pen of a test",
        7,
        QInputDevice.DeviceType.Stylus,
        QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Pressure | QInputDevice.Capability.Position,
        1,
        2,
        "",
        QPointingDeviceUniqueId(),
    )


def pen(pad: DrawingPad, kind: QEvent.Type, place: QPointF, pressure: float) -> None:
    left, bare = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QTabletEvent(kind, stylus(), place, place, pressure, 0.0, 0.0, 0.0, 0.0, 0.0, bare, left, left)
    QApplication.sendEvent(pad, event)


def by_pen(sheet: SigningSheet) -> None:
    pen(sheet.pad, QEvent.Type.TabletPress, QPointF(20, 20), 0.25)
    pen(sheet.pad, QEvent.Type.TabletMove, QPointF(60, 40), 0.75)
    pen(sheet.pad, QEvent.Type.TabletRelease, QPointF(90, 30), 0.5)
    keep(sheet)


def test_a_pen_tells_its_pressure_and_its_name(qtbot: QtBot, pad: ScreenPad, window: QMainWindow) -> None:
    (stroke,) = take(qtbot, pad, window, by_pen)

    assert [point.pressure for point in stroke] == pytest.approx([0.25, 0.75, 0.5])
    assert pad.identity() == Identity("Pen of a test", "screen, pen")


@cache
def touch_screen() -> QPointingDevice:
    return QTest.createTouchDevice()


def touch(pad: DrawingPad, **fingers: tuple[str, int, int]) -> None:
    """Let fingers, by their numbers, press, move or release at places of the pad."""
    touching = QTest.touchEvent(pad, touch_screen(), autoCommit=False)
    for name, (deed, x, y) in fingers.items():
        getattr(touching, deed)(int(name.removeprefix("finger")), QPoint(x, y), pad)
    touching.commit()


def by_finger(sheet: SigningSheet) -> None:
    touch(sheet.pad, finger0=("press", 20, 20))
    touch(sheet.pad, finger0=("move", 60, 40), finger1=("press", 300, 150))
    touch(sheet.pad, finger0=("move", 90, 30), finger1=("move", 310, 150))
    touch(sheet.pad, finger0=("release", 90, 30), finger1=("release", 310, 150))
    keep(sheet)


def test_the_first_finger_writes_and_what_rests_beside_it_does_not(
    qtbot: QtBot, pad: ScreenPad, window: QMainWindow
) -> None:
    (stroke,) = take(qtbot, pad, window, by_finger)

    per_mm = 90 / stroke[-1].x
    assert [round(point.x * per_mm) for point in stroke] == [20, 60, 90, 90]
    assert pad.identity().model == "screen, finger"


def test_a_palm_that_lay_there_before_the_pen_leaves_no_ink(
    qtbot: QtBot, pad: ScreenPad, window: QMainWindow
) -> None:
    def palm_then_pen(sheet: SigningSheet) -> None:
        touch(sheet.pad, finger0=("press", 300, 150))
        by_pen(sheet)
        touch(sheet.pad, finger0=("release", 300, 150))

    (stroke,) = take(qtbot, pad, window, palm_then_pen)

    assert [point.pressure for point in stroke] == pytest.approx([0.25, 0.75, 0.5])


def test_a_mouse_presses_fully_and_several_strokes_are_kept(
    qtbot: QtBot, pad: ScreenPad, window: QMainWindow
) -> None:
    def twice(sheet: SigningSheet) -> None:
        by_mouse(sheet)
        signed_by_mouse(sheet)

    strokes = take(qtbot, pad, window, twice)

    assert len(strokes) == 2
    assert {point.pressure for stroke in strokes for point in stroke} == {1.0}
    assert pad.identity().model == "screen, mouse"


def test_a_pen_that_rests_ends_the_signature_by_itself(
    qtbot: QtBot, pad: ScreenPad, window: QMainWindow
) -> None:
    assert len(take(qtbot, pad, window, by_mouse)) == 1


def test_a_signature_begun_before_the_limit_may_be_finished(
    qtbot: QtBot, pad: ScreenPad, window: QMainWindow
) -> None:
    assert len(take(qtbot, pad, window, by_mouse, timeout=1.0)) == 1


def test_again_takes_the_ink_away(qtbot: QtBot, pad: ScreenPad, window: QMainWindow) -> None:
    def again(sheet: SigningSheet) -> None:
        by_mouse(sheet)
        sheet.again.click()
        signed_by_mouse(sheet)

    assert len(take(qtbot, pad, window, again)) == 1


def test_nobody_signs_and_the_sheet_goes_away(qtbot: QtBot, pad: ScreenPad, window: QMainWindow) -> None:
    with pytest.raises(TooLateError):
        take(qtbot, pad, window, lambda _: None, timeout=0.3)
    qtbot.waitUntil(lambda: sheet_of(window) is None)

    assert window.centralWidget().hasFocus()


@pytest.mark.parametrize("how", ["key", "button"])
def test_a_signing_that_is_called_off_is_refused(
    qtbot: QtBot, pad: ScreenPad, window: QMainWindow, how: str
) -> None:
    def call_off(sheet: SigningSheet) -> None:
        if how == "key":
            QTest.keyClick(sheet, Qt.Key.Key_Escape)
        else:
            sheet.cancel.click()

    with pytest.raises(RefusedError) as refused:
        take(qtbot, pad, window, call_off)

    assert refused.value.reason == "cancelled"


def test_keys_do_not_reach_what_the_sheet_covers(qtbot: QtBot, pad: ScreenPad, window: QMainWindow) -> None:
    def keys(sheet: SigningSheet) -> None:
        for key in (Qt.Key.Key_Return, Qt.Key.Key_A, Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_B):
            handle = window.windowHandle()
            assert handle is not None
            QTest.keyClick(handle, key)
        signed_by_mouse(sheet)

    take(qtbot, pad, window, keys)

    field = window.centralWidget()
    assert isinstance(field, QLineEdit)
    assert field.text() == ""


def test_shortcuts_of_the_page_do_nothing_while_it_is_covered(
    qtbot: QtBot, pad: ScreenPad, window: QMainWindow
) -> None:
    pressed: list[str] = []
    QShortcut(QKeySequence("F9"), window).activated.connect(lambda: pressed.append("F9"))

    def press(sheet: SigningSheet) -> None:
        handle = window.windowHandle()
        assert handle is not None
        QTest.keyClick(handle, Qt.Key.Key_F9)
        signed_by_mouse(sheet)

    take(qtbot, pad, window, press)

    assert pressed == []


def test_a_page_that_is_left_calls_the_signing_off(qtbot: QtBot, pad: ScreenPad, window: QMainWindow) -> None:
    with pytest.raises(RefusedError):
        take(qtbot, pad, window, lambda _: window.centralWidget().hide())


def test_one_sheet_at_a_time(qtbot: QtBot, pad: ScreenPad, place: SigningPlace, window: QMainWindow) -> None:
    def ask_too(sheet: SigningSheet) -> None:
        with pytest.raises(BusyError):
            ScreenPad(place).take(timeout=SHORT)
        signed_by_mouse(sheet)

    assert len(take(qtbot, pad, window, ask_too)) == 1


def test_a_close_from_another_thread_ends_a_signing_that_waits(
    qtbot: QtBot, pad: ScreenPad, window: QMainWindow
) -> None:
    def close_soon(sheet: SigningSheet) -> None:
        closing = threading.Thread(target=pad.close)
        closing.start()
        closing.join()

    with pytest.raises(NotConnectedError):
        take(qtbot, pad, window, close_soon)
    qtbot.waitUntil(lambda: sheet_of(window) is None)


def test_a_window_that_closes_takes_the_signing_with_it(
    qtbot: QtBot, pad: ScreenPad, window: QMainWindow
) -> None:
    with pytest.raises(NotConnectedError, match="no window"):
        take(qtbot, pad, window, lambda sheet: sheet.deleteLater())


def test_without_a_window_there_is_nothing_to_sign(qtbot: QtBot, place: SigningPlace) -> None:
    pad = ScreenPad(place)

    with pytest.raises(NotConnectedError, match="no window"):
        beside(qtbot, lambda: pad.take(timeout=LIMIT), lambda: None)
