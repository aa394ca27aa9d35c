"""The drivers that need the program's window, made for one window and handed to the registry by the program."""

from collections.abc import Callable

from kiosk.devices.api import Driver
from kiosk.domain.words import Words
from kiosk.ui.devices import printer_qt
from kiosk.ui.devices.keyboard_ear import KeyboardEar
from kiosk.ui.devices.signature_screen import screen_driver
from kiosk.ui.devices.signing_place import SigningPlace
from kiosk.ui.devices.wedge import wedge_driver


def screen_drivers(words: Callable[[], Words]) -> tuple[Driver, ...]:
    """Return them; any thread may ask, before or beside the window.

    words: how the screen speaks when a sheet is shown.
    """
    return (
        wedge_driver(KeyboardEar.of_window()),
        screen_driver(SigningPlace.of_window(words)),
        printer_qt.DRIVER,
    )
