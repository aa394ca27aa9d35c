"""A technician sets up a device at the real window, by keys alone; a restarted program uses it."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from kiosk.devices.api import Kind
from kiosk.domain.selftest import Part, Verdict
from kiosk.services.kit import DeviceChoice
from kiosk.services.selftest import look_at_parts
from kiosk.settings import FILE, read_settings
from kiosk.ui.frame.rail import DEVICES
from kiosk.ui.pages.device_setup import DeviceSetUpPage
from kiosk.ui.places import DEVICE_SETUP
from kiosk.ui.player import type_text
from tests.ui.window.conftest import Opener
from tests.ui.window.shown_window import TECHNICIAN, ShownWindow

MODULE = "fingerprint.simulated_zfm"


def _page(window: ShownWindow) -> DeviceSetUpPage:
    page = window.room.page
    assert isinstance(page, DeviceSetUpPage)
    return page


def _opened(window: ShownWindow, kind: Kind) -> DeviceSetUpPage:
    window.sign_in(TECHNICIAN)
    window.until(lambda: window.is_settled and window.place == DEVICES)
    window.press("F6")
    window.until(lambda: window.place == DEVICE_SETUP and window.office.room is not None)
    page = _page(window)
    while page.kinds.line is None or page.kinds.line.kind is not kind:
        window.press("Down")
    window.until(page.save.isEnabled)
    window.until(page.found.again.isEnabled)  # nothing is looked for any more
    return page


def _tested(window: ShownWindow, part: Part) -> str:
    last = next(view.last for view in look_at_parts(window.counter) if view.part is part)
    return last.device.driver if last is not None and last.device is not None else ""


def test_a_driver_is_chosen_tested_and_used_after_a_restart_by_keys(
    open_window: Opener, folder: Path
) -> None:
    window = open_window(folder)
    page = _opened(window, Kind.FINGERPRINT)

    window.press("Return")
    assert QApplication.focusWidget() in (page.driver, page.driver.line)
    page.driver.line.selectAll()
    type_text("UART satu jari tiruan")
    window.press("Tab")
    window.until(lambda: page.draft.driver == MODULE)
    assert page.unsaved.isVisibleTo(page)
    page.focus_first()
    page.save.setFocus()
    window.press("Return")
    window.until(lambda: window.place == DEVICES and window.office.room is not None)
    window.until(lambda: _tested(window, Part.FINGERPRINT) == MODULE)

    assert read_settings(folder).devices[Kind.FINGERPRINT] == DeviceChoice(MODULE)
    assert window.desk.tools.kit.choices()[Kind.FINGERPRINT] == DeviceChoice(MODULE)
    window.settle()


def test_what_is_typed_and_not_saved_stays_from_kind_to_kind(window: ShownWindow) -> None:
    page = _opened(window, Kind.CAMERA)

    page.driver.show_key("camera.opencv")
    page.driver.chosen.emit("camera.opencv")
    page.fields.lines["source"].setText("/dev/video7")
    page.fields.typed.emit()
    window.press("Down")
    window.until(lambda: page.kinds.line is not None and page.kinds.line.kind is not Kind.CAMERA)
    window.press("Up")
    window.until(lambda: "source" in page.fields.lines)
    window.until(page.found.again.isEnabled)

    assert page.fields.lines["source"].text() == "/dev/video7"
    assert window.desk.tools.kit.choices()[Kind.CAMERA].driver == "camera.simulated"


def test_a_file_that_cannot_be_written_is_told_and_the_device_stays(window: ShownWindow) -> None:
    page = _opened(window, Kind.IRIS)
    (window.folder / f".{FILE}.making").mkdir()

    page.driver.show_key("")
    page.driver.chosen.emit("")
    page.save.click()
    window.until(lambda: page.box.isVisibleTo(page))

    assert page.box.text.startswith("Setelan tidak dapat disimpan.")
    assert window.place == DEVICE_SETUP
    assert window.desk.tools.kit.choices()[Kind.IRIS].driver == "iris.simulated"


def test_a_counter_without_a_kind_is_tested_as_without(window: ShownWindow) -> None:
    page = _opened(window, Kind.CARD_READER)

    page.driver.show_key("")
    page.driver.chosen.emit("")
    page.save.click()
    window.until(lambda: window.place == DEVICES and window.office.room is not None)
    window.settle()

    views = {view.part: view.last for view in look_at_parts(window.counter)}
    absent = views[Part.CARD_READER]
    assert absent is not None
    assert absent.verdict is Verdict.ABSENT
