"""`kiosk selftest`: what it prints, and what it says by its exit code."""

import json
from pathlib import Path

import pytest

from kiosk.app.main import main


def test_the_counters_own_parts_are_tested_and_told_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["selftest", "disk", "keys", "--data", str(tmp_path / "kiosk")])
    told = capsys.readouterr().out

    assert code == 0
    assert told.startswith("disk              good")
    assert "    reached     Written and flushed" in told
    assert "keys              care" in told
    assert "    1. Known: this machine has no TPM this user may use." in told


def test_a_part_is_an_object_a_line_for_other_programs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["selftest", "database", "link", "--json", "--data", str(tmp_path / "kiosk")])
    database, link = map(json.loads, capsys.readouterr().out.splitlines())

    assert (database["part"], database["verdict"]) == ("database", "good")
    assert [stage["outcome"] for stage in database["stages"]] == ["reached", "reached"]
    assert (link["verdict"], link["problem"]) == ("care", "not_joined")


def test_a_broken_part_ends_with_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "kiosk"
    main(["selftest", "keys", "--data", str(folder)])
    settings = folder / "kiosk.toml"
    settings.write_text(settings.read_text().replace('"iris.simulated"', '"iris.gone"'))
    capsys.readouterr()

    code = main(["selftest", "iris", "--data", str(folder)])

    assert code == 1
    told = capsys.readouterr().out
    assert "iris              broken" in told
    assert "No driver named iris.gone is installed" in told


def test_an_unknown_part_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(["selftest", "toaster", "--data", str(tmp_path / "kiosk")])

    assert not (tmp_path / "kiosk").exists()
