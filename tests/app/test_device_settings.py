"""Which driver serves a kind is written whole or not at all, and what somebody wrote by hand stays."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.app.device_settings import BEFORE, keep_choice
from kiosk.devices.api import Kind
from kiosk.services.errors import SettingsUnkeptError
from kiosk.services.kit import DeviceChoice
from kiosk.settings import FILE, Settings, practice_settings, read_settings, settings_text

MODULE = DeviceChoice("fingerprint.zfm", {"port": "/dev/ttyUSB0"})


def _written(folder: Path) -> str:
    (folder / FILE).write_text(settings_text(practice_settings()), encoding="utf-8")
    return (folder / FILE).read_text(encoding="utf-8")


def test_one_kind_is_changed_and_the_others_stay(tmp_path: Path) -> None:
    before = _written(tmp_path)

    keep_choice(tmp_path, Kind.FINGERPRINT, MODULE)

    known = read_settings(tmp_path)
    assert known.devices == {**practice_settings().devices, Kind.FINGERPRINT: MODULE}
    assert (tmp_path / BEFORE).read_text(encoding="utf-8") == before
    assert "[devices.fingerprint]" in (tmp_path / FILE).read_text(encoding="utf-8")


def test_what_was_changed_by_hand_meanwhile_stays(tmp_path: Path) -> None:
    text = _written(tmp_path).replace('zone = "WIB"', 'zone = "WIT"')
    (tmp_path / FILE).write_text(text, encoding="utf-8")

    keep_choice(tmp_path, Kind.IRIS, None)

    known = read_settings(tmp_path)
    assert known.zone == "WIT"
    assert Kind.IRIS not in known.devices


def test_a_file_that_cannot_be_read_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("[devices\nmine = 1", encoding="utf-8")

    with pytest.raises(SettingsUnkeptError, match="cannot be read"):
        keep_choice(tmp_path, Kind.IRIS, None)

    assert (tmp_path / FILE).read_text(encoding="utf-8") == "[devices\nmine = 1"


def test_a_file_that_cannot_be_written_is_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _written(tmp_path)
    making = tmp_path / f".{FILE}.making"
    making.mkdir()  # where the new file would be written

    with pytest.raises(SettingsUnkeptError, match="cannot be written"):
        keep_choice(tmp_path, Kind.FINGERPRINT, MODULE)

    assert (tmp_path / FILE).read_text(encoding="utf-8") == before
    assert list(making.iterdir()) == []


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_of_a_setting_is_read_back(text: str) -> None:
    settings = Settings("WIB", {Kind.CAMERA: DeviceChoice("camera.opencv", {"source": text})})
    assert tomllib.loads(settings_text(settings))["devices"]["camera"]["source"] == text
