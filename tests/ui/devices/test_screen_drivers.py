"""The window's drivers are made beside the window, as when a counter is opened, and hear it all the same."""

from pytestqt.qtbot import QtBot

from kiosk.devices.api import Kind
from kiosk.devices.registry import Drivers
from kiosk.domain.words import Words
from kiosk.services.kit import DeviceChoice, NobodyAsked, RecordingKit
from kiosk.ui.devices.screen_drivers import screen_drivers
from kiosk.ui.devices.wedge import KeyboardWedge
from tests.devices.contract import CODE, LIMIT
from tests.ui.devices.keyboards import Keyboard
from tests.ui.devices.lanes import beside
from tests.ui.devices.test_wedge import Counter
from tests.ui.visit.stand import active


def test_each_driver_that_needs_the_window_is_handed_over(english: Words) -> None:
    drivers = Drivers(screen_drivers(lambda: english))

    offered = {entry.name: entry.kind for entry in drivers.list()}

    assert offered["code_scanner.wedge"] is Kind.CODE_SCANNER
    assert offered["signature.screen"] is Kind.SIGNATURE
    assert offered["page_printer.qt"] is Kind.PAGE_PRINTER
    assert [
        entry.error for entry in drivers.probe() if entry.name.endswith((".wedge", ".screen", ".qt"))
    ] == [None] * 3


def test_a_kit_made_in_a_lane_hears_the_windows_keys(qtbot: QtBot, english: Words) -> None:
    counter = Counter()
    active(qtbot, counter)
    kit = beside(qtbot, lambda: made_kit(english), lambda: None)

    def scan() -> None:
        qtbot.waitUntil(lambda: is_heard(kit))
        Keyboard(counter).scan(CODE)

    code = beside(qtbot, lambda: read(kit), scan)
    kit.close()

    assert code == CODE


def made_kit(words: Words) -> RecordingKit:
    choices = {Kind.CODE_SCANNER: DeviceChoice("code_scanner.wedge")}
    return RecordingKit(choices, NobodyAsked(), drivers=Drivers(screen_drivers(lambda: words)))


def is_heard(kit: RecordingKit) -> bool:
    wedge = kit._open.get(Kind.CODE_SCANNER)
    return isinstance(wedge, KeyboardWedge) and wedge.waits and wedge._ear._window is not None


def read(kit: RecordingKit) -> str | None:
    with kit.lend(Kind.CODE_SCANNER) as wedge:
        assert isinstance(wedge, KeyboardWedge)
        return wedge.read(timeout=LIMIT)
