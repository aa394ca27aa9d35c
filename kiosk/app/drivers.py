"""Every driver of the program: the installed ones, and those that need its window."""

import logging
from functools import partial
from importlib import import_module
from pathlib import Path

from kiosk.app.catalogue import words_of
from kiosk.devices.registry import INSTALLED, Drivers

logger = logging.getLogger(__name__)

_OF_WINDOW = "kiosk.ui.devices.screen_drivers"  # imported when it is needed: commands work where Qt is not


def all_drivers(folder: Path) -> Drivers:
    """Return them for the kiosk of a folder; without a window, its drivers say so when they are used."""
    try:
        of_window = import_module(_OF_WINDOW)
    except ImportError as error:
        logger.info("no driver of the window: %s", error)
        return INSTALLED
    return Drivers(of_window.screen_drivers(partial(words_of, folder)))
