"""A counter without a pad: the resident signs on a sheet over the window, and the visit goes on as with a pad."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from kiosk.devices.api import Kind
from kiosk.domain.captures import CaptureKind
from kiosk.services.kit import DeviceChoice
from kiosk.services.looking import look_at
from kiosk.services.stages import Stage
from kiosk.settings import FILE, practice_settings, settings_text
from kiosk.ui.devices.signing_sheet import SigningSheet
from kiosk.ui.places import VISIT
from kiosk.ui.player import press
from tests.ui.window.conftest import Opener
from tests.ui.window.residents import visit_at
from tests.ui.window.shown_window import ShownWindow


@pytest.fixture
def window(open_window: Opener, folder: Path) -> ShownWindow:
    """The window of a counter whose screen is its signature pad."""
    devices = {**practice_settings().devices, Kind.SIGNATURE: DeviceChoice("signature.screen")}
    (folder / FILE).write_text(settings_text(replace(practice_settings(), devices=devices)))
    return open_window(folder)


def sheet_of(window: ShownWindow) -> SigningSheet | None:
    sheets = window.program.window.findChildren(SigningSheet)
    return next((sheet for sheet in sheets if sheet.isVisible()), None)


def shown_sheet(window: ShownWindow) -> SigningSheet:
    window.until(lambda: sheet_of(window) is not None)
    sheet = sheet_of(window)
    assert sheet is not None
    return sheet


def sign(sheet: SigningSheet) -> None:
    places = [QPoint(40 + 12 * step, 60 + (step % 5) * 18) for step in range(28)]
    QTest.mousePress(sheet.pad, Qt.MouseButton.LeftButton, pos=places[0])
    for place in places:
        QTest.mouseMove(sheet.pad, place)
        QTest.qWait(20)
    QTest.mouseRelease(sheet.pad, Qt.MouseButton.LeftButton, pos=places[-1])


def test_a_signature_on_the_screen_is_kept_with_what_it_was_written_with(window: ShownWindow) -> None:
    window.sign_in()
    visit_id = visit_at(window.counter, Stage.SIGNATURE)
    window.go(VISIT, visit_id)

    press("Return")
    sheet = shown_sheet(window)
    sign(sheet)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    window.until(lambda: not window.visit.captures.working)

    with window.counter.store.reading() as ledger:
        kept = ledger.captures.get(visit_id, CaptureKind.SIGNATURE)
    assert kept is not None
    assert (kept.device.driver, kept.device.model) == ("signature.screen", "screen, mouse")
    assert CaptureKind.SIGNATURE in look_at(window.counter, visit_id).captures
    assert sheet_of(window) is None


def test_a_signing_that_is_called_off_is_told_and_can_be_asked_for_again(window: ShownWindow) -> None:
    window.sign_in()
    visit_id = visit_at(window.counter, Stage.SIGNATURE)
    window.go(VISIT, visit_id)

    press("Return")
    QTest.keyClick(shown_sheet(window), Qt.Key.Key_Escape)
    window.until(lambda: not window.visit.captures.working)
    window.settle()

    assert CaptureKind.SIGNATURE not in look_at(window.counter, visit_id).captures
    press("Return")
    assert shown_sheet(window).isVisible()
    QTest.keyClick(shown_sheet(window), Qt.Key.Key_Escape)
    window.until(lambda: not window.visit.captures.working)
