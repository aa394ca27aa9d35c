"""The settings file: what is written is read back, and what is wrong is named."""

from datetime import time
from pathlib import Path

import pytest

from kiosk.devices.api import Kind
from kiosk.services.kit import DeviceChoice
from kiosk.settings import FILE, Settings, SettingsError, empty_settings, read_settings, settings_text


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    settings = Settings(
        "WITA", {Kind.CAMERA: DeviceChoice("camera.opencv", {"source": 'a "quoted" \\ path'})}
    )
    (tmp_path / FILE).write_text(settings_text(settings), encoding="utf-8")

    assert read_settings(tmp_path) == settings


def test_a_folder_without_the_file_has_no_device_yet(tmp_path: Path) -> None:
    assert read_settings(tmp_path) == empty_settings()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[office\n", "cannot be read"),
        ('[office]\nzone = "GMT"\n', "WIB"),
        ('[devices.telescope]\ndriver = "x"\n', "telescope"),
        ("[devices.camera]\nport = 1\n", "names no driver"),
        ("devices = 3\n", "tables"),
        ('[selftest]\nmorning = "at dawn"\n', "06:00"),
        ("selftest = 6\n", "06:00"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")

    with pytest.raises(SettingsError, match=named):
        read_settings(tmp_path)


@pytest.mark.parametrize(
    ("text", "begins"),
    [("", time(6)), ("[selftest]\n", time(6)), ('[selftest]\nmorning = ""\n', None),
     ('[selftest]\nmorning = "05:30"\n', time(5, 30)), ("[selftest]\nmorning = 07:15:00\n", time(7, 15))],
)  # fmt: skip
def test_the_morning_begins_at_six_at_another_hour_or_never(
    tmp_path: Path, text: str, begins: time | None
) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    settings = read_settings(tmp_path)
    (tmp_path / FILE).write_text(settings_text(settings), encoding="utf-8")

    assert settings.morning == begins
    assert read_settings(tmp_path) == settings


def test_the_offices_zone_counts_hours_east_of_greenwich() -> None:
    offset = Settings("WIT", {}).tzinfo.utcoffset(None)

    assert offset is not None
    assert offset.total_seconds() == 9 * 3600
