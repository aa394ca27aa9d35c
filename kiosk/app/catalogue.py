"""The words of a counter, in the language its window is set to."""

from pathlib import Path

from kiosk.app.places import RESOURCES
from kiosk.app.window_settings import read_window_settings
from kiosk.domain.words import Words


def words_of(folder: Path) -> Words:
    """Return the words of the window of a folder as it is set now."""
    return Words.load(RESOURCES / "locale", read_window_settings(folder).language)
