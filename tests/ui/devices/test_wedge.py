"""A scanner that types into the window: its codes are read by who waits, and an officer's keys all arrive."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kiosk.devices.api import BusyError, Device, NotConnectedError, NotSupportedError
from kiosk.devices.registry import Drivers
from kiosk.services.kit import NobodyAsked
from kiosk.ui.devices.keyboard_ear import KeyboardEar
from kiosk.ui.devices.wedge import KeyboardWedge, wedge_driver
from tests.devices.contract import CODE, LIMIT, SHORT, CodeScannerContract
from tests.ui.devices.keyboards import ENTER, TAB, Keyboard
from tests.ui.devices.lanes import beside
from tests.ui.visit.stand import active

NAME = "code_scanner.wedge"
WAITS = 2.0  # seconds


class Counter(QMainWindow):
    """A window with a field to type into and a button that Enter presses."""

    def __init__(self) -> None:
        super().__init__()
        self.field, self.button = QLineEdit(), QPushButton("Onward")
        self.onward = 0
        self.button.setDefault(True)
        self.button.setAutoDefault(True)
        self.button.clicked.connect(self._go_on)
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.addWidget(self.field)
        layout.addWidget(self.button)
        self.setCentralWidget(middle)

    def _go_on(self) -> None:
        self.onward += 1


@pytest.fixture
def counter(qtbot: QtBot) -> Counter:
    window = Counter()
    active(qtbot, window)
    window.field.setFocus()
    return window


@pytest.fixture
def keyboard(counter: Counter) -> Keyboard:
    return Keyboard(counter)


@pytest.fixture
def ear(qapp: QApplication) -> Iterator[KeyboardEar]:
    made = KeyboardEar.of_window()
    yield made
    made.deleteLater()
    qapp.sendPostedEvents(made, QEvent.Type.DeferredDelete)


@pytest.fixture
def drivers(ear: KeyboardEar) -> Drivers:
    return Drivers((wedge_driver(ear),))


Opener = Callable[..., KeyboardWedge]


@pytest.fixture
def opened(drivers: Drivers, keyboard: Keyboard) -> Iterator[Opener]:
    """Open a wedge with settings; closed at the end."""
    devices: list[Device] = []

    def open_one(**settings: str) -> KeyboardWedge:
        device = drivers.open(NAME, settings, NobodyAsked())
        assert isinstance(device, KeyboardWedge)
        devices.append(device)
        return device

    yield open_one
    for device in devices:
        device.close()


def read(
    qtbot: QtBot, wedge: KeyboardWedge, keys: Callable[[], None], *, timeout: float = WAITS
) -> str | None:
    """Wait for a code in a lane while somebody presses keys."""

    def press() -> None:
        qtbot.waitUntil(lambda: wedge.waits)
        keys()

    return beside(qtbot, lambda: wedge.read(timeout=timeout), press)


class TestKeyboardWedge(CodeScannerContract):
    DRIVER = NAME

    @pytest.fixture(autouse=True)
    def _window(self, qtbot: QtBot, keyboard: Keyboard, drivers: Drivers) -> Iterator[None]:
        self.qtbot, self.keyboard = qtbot, keyboard
        type(self).DRIVERS = drivers
        yield
        type(self).DRIVERS = Drivers()

    def use(self, device: Device, *, timeout: float = LIMIT) -> object:
        assert isinstance(device, KeyboardWedge)
        if timeout < LIMIT:  # nothing is shown
            return device.read(timeout=timeout)
        return read(self.qtbot, device, lambda: self.keyboard.scan(CODE), timeout=timeout)


@pytest.mark.parametrize("mark", [ENTER, TAB])
def test_a_scanned_code_is_read_and_nothing_of_it_reaches_the_window(
    qtbot: QtBot, opened: Opener, counter: Counter, keyboard: Keyboard, mark: str
) -> None:
    code = read(qtbot, opened(), lambda: keyboard.scan("KTP-3325071708900001x", mark))
    keyboard.rest()

    assert code == "KTP-3325071708900001x"
    assert (counter.field.text(), counter.onward, counter.field.hasFocus()) == ("", 0, True)


def test_what_an_officer_types_while_a_code_is_awaited_arrives_in_order(
    qtbot: QtBot, opened: Opener, counter: Counter, keyboard: Keyboard
) -> None:
    def keys() -> None:
        keyboard.type("BUDI", every=120)
        keyboard.rest()
        keyboard.type("SANT", every=20)  # quick, and no end mark
        keyboard.rest()

    assert read(qtbot, opened(), keys, timeout=0.6) is None
    assert counter.field.text() == "BUDISANT"


def test_typing_right_before_and_after_a_scan_stays_typing(
    qtbot: QtBot, opened: Opener, counter: Counter, keyboard: Keyboard
) -> None:
    def keys() -> None:
        keyboard.type("ab", every=100)
        keyboard.scan(CODE)
        keyboard.type("cd", every=100)

    code = read(qtbot, opened(), keys)
    keyboard.rest()

    assert (code, counter.field.text()) == (CODE, "abcd")


def test_a_key_that_is_held_down_is_no_scanner(
    qtbot: QtBot, opened: Opener, counter: Counter, keyboard: Keyboard
) -> None:
    def keys() -> None:
        for _ in range(8):
            keyboard.press("7", after=10, repeats=True)
        keyboard.press(ENTER, after=10)

    assert read(qtbot, opened(), keys, timeout=0.3) is None
    assert counter.field.text() == "77777777"


def test_a_window_that_was_busy_tells_typing_by_the_keys_own_times(
    qtbot: QtBot, opened: Opener, counter: Counter, keyboard: Keyboard
) -> None:
    """All keys are delivered at a stroke, as after a long pause of the window; they were pressed slowly."""
    assert read(qtbot, opened(), lambda: keyboard.type("3325071\r", every=90), timeout=0.3) is None
    assert counter.field.text() == "3325071"


def test_while_nobody_waits_keys_are_not_kept_back(
    opened: Opener, counter: Counter, keyboard: Keyboard
) -> None:
    opened()
    keyboard.press("3")

    assert counter.field.text() == "3"


def test_a_code_nobody_asked_for_goes_into_the_field_and_presses_no_button(
    opened: Opener, counter: Counter, keyboard: Keyboard
) -> None:
    opened()
    keyboard.scan(CODE)
    in_field = counter.field.text()
    counter.button.setFocus()
    keyboard.scan(CODE)

    assert (in_field, counter.onward) == (CODE, 0)


def test_a_button_that_a_person_presses_is_pressed(
    opened: Opener, counter: Counter, keyboard: Keyboard
) -> None:
    opened()
    counter.button.setFocus()
    keyboard.press(" ", after=500)

    assert counter.onward == 1


def test_what_was_scanned_before_anybody_waited_is_not_read(
    qtbot: QtBot, opened: Opener, keyboard: Keyboard
) -> None:
    wedge = opened()
    keyboard.scan(CODE)

    assert wedge.read(timeout=SHORT) is None
    assert read(qtbot, wedge, lambda: keyboard.scan("654321")) == "654321"


def test_a_scanner_that_ends_with_two_marks_presses_nothing_with_the_second(
    qtbot: QtBot, opened: Opener, counter: Counter, keyboard: Keyboard
) -> None:
    counter.button.setFocus()

    code = read(qtbot, opened(), lambda: keyboard.scan(CODE, ENTER + ENTER))

    assert (code, counter.onward) == (CODE, 0)


def test_signs_of_a_code_are_no_shortcuts_of_the_page(
    qtbot: QtBot, opened: Opener, counter: Counter, keyboard: Keyboard
) -> None:
    pressed: list[str] = []
    QShortcut(QKeySequence("3"), counter).activated.connect(lambda: pressed.append("3"))
    counter.button.setFocus()

    assert read(qtbot, opened(), lambda: keyboard.scan(CODE)) == CODE
    assert pressed == []


def test_prefix_suffix_and_speed_are_as_set(
    qtbot: QtBot, opened: Opener, counter: Counter, keyboard: Keyboard
) -> None:
    wedge = opened(prefix="~", suffix="tab", speed="20")

    def keys() -> None:
        keyboard.scan("111111", TAB)  # no prefix
        counter.field.setFocus()
        keyboard.type(f"~222222{ENTER}")  # another mark
        keyboard.type(f"~333333{TAB}", every=25)  # too slow
        counter.field.setFocus()
        keyboard.scan("~444444", TAB)

    code = read(qtbot, wedge, keys)

    assert (code, counter.field.text()) == ("444444", "111111~222222~333333")


def test_the_window_that_has_the_keyboard_is_heard_and_its_end_is_lived_through(
    qtbot: QtBot, opened: Opener, qapp: QApplication
) -> None:
    wedge = opened()
    other = Counter()
    active(qtbot, other)

    first = read(qtbot, wedge, lambda: Keyboard(other).scan(CODE))
    other.close()
    again = Counter()
    active(qtbot, again)

    assert first == CODE
    assert read(qtbot, wedge, lambda: Keyboard(again).scan("654321")) == "654321"


def test_only_one_wedge_hears_at_a_time(opened: Opener) -> None:
    first = opened()

    with pytest.raises(BusyError):
        opened()
    first.close()

    opened()


def test_a_close_from_another_thread_ends_a_read_that_waits(opened: Opener) -> None:
    wedge = opened()
    closing = threading.Timer(0.1, wedge.close)
    closing.start()

    with pytest.raises(NotConnectedError):
        wedge.read(timeout=LIMIT)
    closing.join()


@pytest.mark.parametrize(
    "wrong",
    [
        {"speed": "0"},
        {"speed": "500"},
        {"speed": "³"},
        {"suffix": "bell"},
        {"prefix": "\x02"},
        {"prefix": "~" * 9},
    ],
)
def test_a_setting_that_cannot_be_is_refused(opened: Opener, wrong: dict[str, str]) -> None:
    with pytest.raises(NotSupportedError, match="setting"):
        opened(**wrong)
