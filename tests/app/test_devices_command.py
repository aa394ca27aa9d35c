"""`kiosk devices`: what is found is told, a driver is chosen, and what cannot stand is refused with its reason."""

from pathlib import Path

import pytest

from kiosk.app.main import main
from kiosk.devices.api import Kind
from kiosk.services.kit import DeviceChoice
from kiosk.settings import practice_settings, read_settings


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(tmp_path / "kiosk")


def test_a_driver_is_chosen_with_its_settings(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["fingerprint", "fingerprint.zfm", "port=/dev/ttyUSB0", "password=0000=000"]

    assert main(["devices", "--data", folder, "--use", *given]) == 0

    chosen = DeviceChoice("fingerprint.zfm", {"port": "/dev/ttyUSB0", "password": "0000=000"})
    assert read_settings(Path(folder)).devices == {**practice_settings().devices, Kind.FINGERPRINT: chosen}
    assert capsys.readouterr().out.split() == ["fingerprint", "fingerprint.zfm"]


def test_a_counter_may_be_told_that_it_has_no_such_device(folder: str) -> None:
    assert main(["devices", "--data", folder, "--use", "iris"]) == 0

    assert Kind.IRIS not in read_settings(Path(folder)).devices


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["telescope", "x"], "telescope is no kind of device"),
        (["iris", "iris.nobodys"], "No driver named iris.nobodys"),
        (["iris", "fingerprint.zfm"], "No driver named fingerprint.zfm"),
        (["iris", "iris.sbi", "colour=red"], "no setting colour"),
        (["iris", "iris.sbi", "score"], "KEY=VALUE"),
    ],
)
def test_what_cannot_stand_is_refused_and_changes_nothing(
    folder: str, capsys: pytest.CaptureFixture[str], given: list[str], told: str
) -> None:
    assert main(["devices", "--data", folder, "--use", *given]) == 1

    assert told in capsys.readouterr().err
    assert read_settings(Path(folder)) == practice_settings()


def test_what_each_driver_finds_is_told(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["devices", "--data", folder, "--find"]) == 0

    told = capsys.readouterr().out.splitlines()
    assert any(line.startswith("fingerprint.zfm") for line in told)
    assert any(line.startswith("camera.simulated ") for line in told)
