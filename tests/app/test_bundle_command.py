"""`kiosk bundle` and `kiosk selftest --report`: what is written where, and what is refused before any work."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from kiosk.app.main import main


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A practice office whose keys were tested."""
    main(["selftest", "keys", "--data", str(tmp_path / "kiosk")])
    capsys.readouterr()
    return tmp_path / "kiosk"


def test_a_report_of_the_parts_tested_is_written_beside_what_is_printed(
    tmp_path: Path, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.pdf"
    code = main(["selftest", "disk", "clock", "--report", str(report), "--json", "--data", str(office)])
    told = capsys.readouterr()

    assert code == 0
    assert [json.loads(line)["part"] for line in told.out.splitlines()] == ["disk", "clock"]
    assert f"The report lies in {report}." in told.err
    assert report.read_bytes().startswith(b"%PDF-")


def test_a_place_for_the_report_that_will_not_do_is_told_before_anything_is_tested(
    tmp_path: Path, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.pdf").write_bytes(b"mine")
    codes = [
        main(["selftest", "disk", "--report", str(place), "--data", str(office)])
        for place in (office / "report.pdf", tmp_path / "mine.pdf", tmp_path / "gone" / "report.pdf")
    ]
    told = capsys.readouterr()

    assert codes == [1, 1, 1]
    assert told.out == ""
    assert [line.partition("; ")[0].partition(" ")[0] for line in told.err.splitlines()] == ["kiosk:"] * 3
    assert "lies in the data folder" in told.err
    assert "is there already and stays as it was" in told.err
    assert "There is no folder" in told.err
    assert (tmp_path / "mine.pdf").read_bytes() == b"mine"


def test_a_file_that_is_there_is_replaced_by_force(tmp_path: Path, office: Path) -> None:
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(b"mine")

    assert main(["bundle", str(bundle), "--data", str(office)]) == 1
    assert bundle.read_bytes() == b"mine"
    assert main(["bundle", str(bundle), "--force", "--data", str(office)]) == 0
    assert ZipFile(bundle).testzip() is None


def test_a_bundle_shows_the_settings_of_devices_and_window_without_secrets(
    tmp_path: Path, office: Path
) -> None:
    settings = office / "kiosk.toml"
    settings.write_text(settings.read_text() + 'password = "geheim"\nport = "/dev/ttyUSB7"\n')

    main(["bundle", str(tmp_path / "bundle.zip"), "--data", str(office)])
    with ZipFile(tmp_path / "bundle.zip") as zipped:
        shown = zipped.read("settings.toml").decode()
        everything = b"".join(zipped.read(name) for name in zipped.namelist())

    assert '"password" = "***"' in shown
    assert '"port" = "/dev/ttyUSB7"' in shown
    assert 'language = "id"' in shown
    assert b"geheim" not in everything


def test_a_database_that_does_not_open_stops_no_bundle(tmp_path: Path, office: Path) -> None:
    database = office / "kiosk.db"
    database.write_bytes(b"\xff" * database.stat().st_size)

    code = main(["bundle", str(tmp_path / "bundle.zip"), "--data", str(office)])
    with ZipFile(tmp_path / "bundle.zip") as zipped:
        names, missing = zipped.namelist(), zipped.read("missing.txt").decode()

    assert code == 0
    assert {"settings.toml", "machine.json", "drivers.json", "versions.json"} <= set(names)
    assert "report.pdf: " in missing
    assert "report.pdf" not in names


def test_where_no_kiosk_is_nothing_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["bundle", str(tmp_path / "bundle.zip"), "--data", str(tmp_path / "none")])

    assert code == 1
    assert "There is no kiosk in" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
