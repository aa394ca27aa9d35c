"""What the commands say to bad input: one clear sentence, an exit code, and nothing changed."""

import json
from pathlib import Path

import pytest

from kiosk.app.main import main
from kiosk.app.rehearse import read_line
from kiosk.services.saving import Refused


@pytest.mark.parametrize("command", [["outbox"], ["send"], ["doctor"]])
def test_a_command_on_a_folder_without_a_kiosk_says_so_and_makes_nothing(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "nothing"

    code = main([*command, "--data", str(folder)])

    assert code == 1
    assert "no kiosk" in capsys.readouterr().err
    assert not folder.exists()


def test_no_practice_office_is_made_among_other_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "letters.txt").write_text("mine")

    code = main(["rehearse", "--sample", "1", "--data", str(tmp_path)])

    assert code == 1
    assert "no kiosk" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def test_rehearse_wants_either_a_file_or_a_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["rehearse", "--data", str(tmp_path)])

    assert code == 2
    assert "FILE.jsonl" in capsys.readouterr().err


def test_the_schema_of_a_line_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    main(["rehearse", "--schema"])

    schema = json.loads(capsys.readouterr().out)
    assert {"service", "biodata", "exceptions"} <= set(schema["properties"])


@pytest.mark.parametrize(
    "line",
    ["", "{", "[]", '{"service": "first_enrollment"}', '{"service": "a haircut", "biodata": {}}', "\x00\x01"],
)
def test_a_line_that_is_no_resident_is_refused_with_a_finding(line: str) -> None:
    outcome = read_line(line)

    assert isinstance(outcome, Refused)
    assert [finding.code for finding in outcome.findings] == ["line.malformed"]


def test_a_mistyped_join_code_is_refused_before_anything_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "kiosk"

    code = main(["join", "ABCD-EFGH", "--centre", "http://127.0.0.1:1", "--data", str(folder)])

    assert code == 1
    assert "slip" in capsys.readouterr().err
    assert not folder.exists()


def test_the_demo_does_not_write_into_a_folder_that_holds_something(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "letters.txt").write_text("mine")

    code = main(["demo", "--headless", "--out", str(tmp_path)])

    assert code == 1
    assert "not empty" in capsys.readouterr().err
