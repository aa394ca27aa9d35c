"""How the window of this counter looks: language, size of text, minutes until it locks; `window.toml` in its folder.

Read before anything heavy is imported, so it is a file of its own beside the settings of devices and zone.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Value = TypeVar("Value", str, int)
FILE = "window.toml"
LANGUAGES = ("id", "en")
TEXT_PERCENTS = (100, 110, 120)
IDLE_MINUTES = (2, 5, 10)


@dataclass(frozen=True, slots=True)
class WindowSettings:
    """language: `id` or `en`.  text_percent: 100 is the usual size.  idle_minutes: until the window locks."""

    language: str = "id"
    text_percent: int = 100
    idle_minutes: int = 5

    @property
    def text_scale(self) -> float:
        """The size of all text, 1.0 is usual."""
        return self.text_percent / 100


def read_window_settings(folder: Path) -> WindowSettings:
    """Read the file; what is missing or unusable is as usual: a window must come up to say what is wrong."""
    try:
        table = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return WindowSettings()
    usual = WindowSettings()
    return WindowSettings(
        language=_one_of(table.get("language"), LANGUAGES, usual.language),
        text_percent=_one_of(table.get("text_percent"), TEXT_PERCENTS, usual.text_percent),
        idle_minutes=_one_of(table.get("idle_minutes"), IDLE_MINUTES, usual.idle_minutes),
    )


def window_text(settings: WindowSettings) -> str:
    """Return the settings as the file holds them."""
    return (
        "# How the window of this counter looks; its page of settings writes this file.\n"
        f'language = "{settings.language}"\n'
        f"text_percent = {settings.text_percent}\n"
        f"idle_minutes = {settings.idle_minutes}\n"
    )


def write_window_settings(folder: Path, settings: WindowSettings) -> None:
    """Write the file whole, or leave the old one."""
    making = folder / f".{FILE}.making"
    making.write_text(window_text(settings), encoding="utf-8")
    making.replace(folder / FILE)


def _one_of(found: object, known: tuple[Value, ...], usual: Value) -> Value:
    return next((value for value in known if value == found and type(value) is type(found)), usual)
