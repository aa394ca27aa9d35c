"""The drivers of the window, as commands see them: listed and opened without one, and a plain no where it is needed."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import sys
{before}
from pathlib import Path
from kiosk.app.drivers import all_drivers
from kiosk.devices.api import DeviceError
from kiosk.services.kit import NobodyAsked
drivers = all_drivers(Path({folder!r}))
print(*(entry.name for entry in drivers.list() if entry.name in ("code_scanner.wedge", "signature.screen")))
for name in ("code_scanner.wedge", "signature.screen"):
    try:
        device = drivers.open(name, {{}}, NobodyAsked())
        print(device.identity().model)
        device.read(timeout=5) if name == "code_scanner.wedge" else device.take(timeout=5)
    except DeviceError as error:
        print(type(error).__name__, error)
"""


def told(folder: Path, before: str = "") -> list[str]:
    script = SCRIPT.format(folder=str(folder), before=before)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.mark.timeout(60)
def test_without_a_window_they_say_who_they_are_and_that_the_window_is_needed(tmp_path: Path) -> None:
    lines = told(tmp_path)

    assert lines[0] == "code_scanner.wedge signature.screen"
    assert lines[1::2] == ["code scanner that types", "screen"]
    assert all(
        line.startswith("NotSupportedError") and line.endswith("open the window.") for line in lines[2::2]
    )


@pytest.mark.timeout(60)
def test_where_qt_is_missing_there_are_the_other_drivers(tmp_path: Path) -> None:
    lines = told(tmp_path, "sys.modules['PySide6'] = None")

    assert lines[0] == ""
    assert all(line.startswith("NotSupportedError") for line in lines[1:])
