"""The window of a data folder: painted before the modules that open the counter are even imported."""

import logging
from dataclasses import replace
from pathlib import Path

from kiosk.app.allocation import give_back_memory
from kiosk.app.places import is_vacant
from kiosk.app.window_settings import WindowSettings, read_window_settings, write_window_settings
from kiosk.ui.application import run_window
from kiosk.ui.look import Look
from kiosk.ui.program import Opened, Start

logger = logging.getLogger(__name__)


def show_window(folder: Path, *, full_screen: bool = False, started_again: bool = False) -> int:
    """Show the window until it is closed; returns the exit code."""
    return run_window(replace(window_start(folder), full_screen=full_screen, started_again=started_again))


def window_start(folder: Path) -> Start:
    """Return how the window of a folder begins; a folder without a kiosk asks whether to practise or to join."""
    give_back_memory()
    found = read_window_settings(folder)
    return Start(
        open_counter=lambda: _open_counter(folder),
        open_practice=lambda: _open_practice(folder),
        open_joined=lambda code, address: _open_joined(folder, code, address),
        keep=lambda look: _keep(folder, look),
        look=Look(found.language, found.text_scale, found.idle_minutes),
        vacant=is_vacant(folder),
    )


def _open_counter(folder: Path) -> Opened:
    from kiosk.app.opening import open_counter

    return open_counter(folder)


def _open_practice(folder: Path) -> Opened:
    from kiosk.app.opening import open_practice

    return open_practice(folder)


def _open_joined(folder: Path, code: str, address: str) -> Opened:
    from kiosk.app.opening import open_joined

    return open_joined(folder, code, address)


def _keep(folder: Path, look: Look) -> None:
    if is_vacant(folder):
        return
    settings = WindowSettings(look.language, round(look.text_scale * 100), round(look.idle_minutes))
    try:
        write_window_settings(folder, settings)
    except OSError as error:  # the window looks so until it is closed; nobody's work stops for that
        logger.warning("how the window looks could not be kept: %s", error)
