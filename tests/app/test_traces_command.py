"""`kiosk devices --record`, `--replay` and `--simulate`: written whole, met again, and refused with their reason."""

from pathlib import Path

import pytest

from kiosk.app.main import main
from kiosk.devices.traces import read_trace


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(tmp_path / "kiosk")


def test_a_recorded_device_is_met_again_and_its_file_is_never_written_over(
    folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "pad.trace"
    main(["devices", "--data", folder, "--use", "signature", "signature.simulated_topaz"])

    recorded = main(["devices", "--data", folder, "--record", "signature", str(file)])
    replayed = main(["devices", "--data", folder, "--replay", str(file)])
    before = file.read_bytes()
    again = main(["devices", "--data", folder, "--record", "signature", str(file)])

    told = capsys.readouterr()
    assert (recorded, replayed, again) == (0, 0, 1)
    assert read_trace(before.decode())[0] == "signature.topaz"
    assert "signature.topaz met nothing" in told.out
    assert "is there already" in told.err
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--simulate", "telescope"], "no kind of device"),
        (["--simulate", "iris", "blur", "busy"], "One fault"),
        (["--record", "telescope", "x"], "no kind of device"),
        (["--replay", "no_such_file"], "cannot be played back"),
        (["--replay", "no_such_file", "trust"], "KEY=VALUE"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    folder: str, given: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["devices", "--data", folder, *given]) != 0

    assert told in capsys.readouterr().err
